"""Agreement between coders: on labels (labels.py), on spans (spans.py), on both at once (unitizing.py), with intervals
(interval.py). Pure Python; research/domain.md 6 holds the reference values.

What cannot be said is None, never 1: one coder, nothing coded, or one category only.
"""

from annotations.rules.agreement.interval import Interval, bootstrap
from annotations.rules.agreement.labels import METRICS, alpha, cohen, fleiss, observed, s_score, scott
from annotations.rules.agreement.spans import F1, Span, f1, matched
from annotations.rules.agreement.unitizing import Parts, Unit, parts, pooled, unit_alpha

__all__ = [
    "F1", "METRICS", "Interval", "Parts", "Span", "Unit", "alpha", "bootstrap", "cohen", "f1", "fleiss", "matched",
    "observed", "parts", "pooled", "s_score", "scott", "unit_alpha",
]  # fmt: skip
