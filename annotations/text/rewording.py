"""What a new wording does to what was said: hardened, softened, another number, date, negation or scope.

One answer for both scripts and English (variants.py and modality.py compare folded text). A hint for a person who looks
at both wordings, no verdict.
"""

from __future__ import annotations

from annotations.text import modality
from annotations.text.classes import fold_text
from annotations.text.variants import differences

#: From the weakest to the strongest; wording without any cue states a fact or a plan, harder than "may" and "can".
STRENGTH = ("can_be", "may", "", "ongoing", "will", "recommend", "should", "must")
#: All effects, the gravest first.
EFFECTS = ("negation", "softened", "hardened", "number", "date", "scope")


def effects(old: str, new: str) -> tuple[str, ...]:
    """Codes of EFFECTS, gravest first; () when nothing of weight differs."""
    if fold_text(old) == fold_text(new):
        return ()
    found = differences(old, new) - {"modality"}
    if turned := strength(old, new):
        found.add(turned)
    return tuple(code for code in EFFECTS if code in found)


def strength(old: str, new: str) -> str:
    """hardened, softened or "": the first cue of each wording decides."""
    before, after = (STRENGTH.index(modality.strength(text)) for text in (old, new))
    return "" if before == after else "hardened" if after > before else "softened"
