"""Suggestions of check-worthy claims and of proposals in clean text: rules, what a corpus has taught, and a choice.

Rules find cues (cues.py) and weigh them (weights.py); a learner adds what earlier decisions say (learner.py); the
choice keeps to a share of the text (choice.py). A person decides about each.
"""

from annotations.text.suggest.choice import SHARE, choose
from annotations.text.suggest.cues import Cue, codes
from annotations.text.suggest.learner import NOTHING, Example, Learned, Teaching, trained
from annotations.text.suggest.passages import SILENT, Candidate, Part, candidates, signs

__all__ = [
    "NOTHING", "SHARE", "SILENT", "Candidate", "Cue", "Example", "Learned", "Part", "Teaching",
    "candidates", "choose", "codes", "signs", "trained",
]  # fmt: skip
