"""What each sign counts for a claim and for a proposal: log odds, set by hand and settled on the development documents.

benchmarks/suggestions.py measures them on documents that had no part in setting them; the figures: docs/decisions/0035.
"""

import math
from collections.abc import Mapping

Signs = Mapping[str, float]

CLAIM: Signs = {
    "bias": -1.3, "number": 1.0, "share": 1.4, "money": 0.8, "date": 0.8, "event": 0.7, "aspect": 0.6, "compare": 0.5,
    "superlative": 0.9, "trend": 0.7, "concentration": 1.2, "cause": 0.6, "attributed": 1.2, "says": 0.7,
    "introduces": -1.2, "document": 0.2, "rule": 0.8, "quantifier": 0.4, "predict": 0.3, "property": 0.3,
    "denial": 0.5, "actor": 0.5, "name": 0.4, "should": -1.0, "must": -0.3, "measure": -1.0, "institution": -0.6,
    "question": -2.0, "rhetoric": -1.0, "meta": -1.5, "subordinate": -0.8, "result": -0.2, "brief": -1.0,
    "example": 0.2, "long": 0.1,
}  # fmt: skip
PROPOSAL: Signs = {
    "bias": -1.4, "must": 1.0, "should": 2.1, "recommend": 1.6, "measure": 1.5, "institution": 1.2, "commit": 0.9,
    "listed": 0.5, "in_list": 0.7, "after_measure": 0.5, "actor_does": 0.6, "introduces": -1.2, "denial": -0.5,
    "question": -2.0, "rhetoric": -0.8, "meta": -1.5, "event": -0.2, "property": -0.7, "subordinate": -0.3,
    "pronoun": -0.4, "result": -0.1, "brief": -0.8, "actor": 0.1, "aspect": -0.4, "trend": -0.4, "cause": -0.4,
    "concentration": -0.3, "document": -0.2,
}  # fmt: skip
WEIGHTS: Mapping[str, Signs] = {"claim": CLAIM, "proposal": PROPOSAL}


def odds(kind: str, signs: Signs) -> float:
    """The log odds that a passage with these signs is one of the kind."""
    weights = WEIGHTS[kind]
    return sum(weights.get(sign, 0.0) * strength for sign, strength in signs.items())


def chance(log_odds: float) -> float:
    """Log odds as a number from 0 to 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
