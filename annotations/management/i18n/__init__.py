"""Catalogues without gettext's programs: find the words, read and write .po, compile .mo, compare everything."""
