"""The Tracker's read model: one table over all statements of a corpus, each page of it in a handful of queries.

Nothing here reads an unapproved check but its own contributors' (UX.md 4.6): the querysets of Verification decide.
"""
