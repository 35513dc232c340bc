"""The six roles of a member, from the least to the most rights; what each may do is in rules/roles.py."""

from __future__ import annotations

from annotations.rules.errors import noop
from annotations.rules.vocabulary.terms import Term, Vocabulary

ROLES = Vocabulary(
    noop("role"),
    (
        Term("viewer", noop("Viewer"), noop("Reads everything and exports.")),
        Term("annotator", noop("Annotator"), noop("Also adds documents, marks passages and triages.")),
        Term("checker", noop("Checker"), noop("Also checks claims and adds sources, evidence and milestones.")),
        Term("reviewer", noop("Reviewer"), noop("Also reviews checks of others and reopens them.")),
        Term("editor", noop("Editor"), noop("Also publishes, corrects, assigns and keeps the codebook.")),
        Term("admin", noop("Admin"), noop("Also manages members and the corpus itself.")),
    ),
)
