"""The acceptance walk: one team takes two documents from upload to an approved check and an export, in real pages."""
