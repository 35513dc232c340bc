"""Words about proposals: mechanism, instrument, agents' roles, specificity, progress (domain.md 2.5)."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.rules.errors import noop
from annotations.rules.vocabulary.terms import Term, Vocabulary


@dataclass(frozen=True, slots=True)
class Mechanism(Term):
    """`agora`: the "Strategies" code of AGORA that an export gives it; "Other" where AGORA has none."""

    agora: str = "Other"


MECHANISMS = Vocabulary(
    noop("mechanism"),
    (
        Mechanism("new_institution", noop("New institution"), agora="New institution"),
        Mechanism("rule_making", noop("Rule-making"), agora="Governance development"),
        Mechanism("standards_evaluation", noop("Standards and evaluation"), agora="Evaluation"),
        Mechanism("performance_requirement", noop("Performance requirement"), agora="Performance requirements"),
        Mechanism("technical_safeguard", noop("Technical safeguard"), agora="Performance requirements"),
        Mechanism(
            "licensing_registration",
            noop("Licensing or registration"),
            agora="Licensing, registration, and certification",
        ),
        Mechanism("tiering", noop("Tiering by risk"), agora="Tiering"),
        Mechanism("disclosure", noop("Disclosure"), agora="Disclosure"),
        Mechanism("information_study", noop("Study or report"), agora="Government study or report"),
        Mechanism("coordination", noop("Coordination"), agora="Convening"),
        Mechanism("multilateral_support", noop("Support of multilateral bodies"), agora="Convening"),
        Mechanism("capacity_building", noop("Capacity building"), agora="Government support"),
        Mechanism("research_development", noop("Research and development"), agora="Government support"),
        Mechanism("funding_infrastructure", noop("Funding or infrastructure"), agora="Government support"),
        Mechanism("pilots", noop("Pilots and testbeds"), agora="Pilots and testbeds"),
        Mechanism("technology_sharing", noop("Technology sharing")),
        Mechanism("risk_monitoring", noop("Risk monitoring")),
        Mechanism("responsibility_norm", noop("Norm of responsibility")),
    ),
)

INSTRUMENTS = Vocabulary(
    noop("instrument"),
    (
        Term("treaty", noop("Treaty")),
        Term("resolution", noop("Resolution")),
        Term("declaration", noop("Declaration")),
        Term("law", noop("Law")),
        Term("regulation", noop("Regulation")),
        Term("standard", noop("Standard")),
        Term("guideline", noop("Guideline")),
        Term("action_plan", noop("Action plan")),
        Term("organization", noop("Organization")),
        Term("fund", noop("Fund")),
        Term("programme", noop("Programme")),
        Term("voluntary_commitment", noop("Voluntary commitment")),
        Term("none_named", noop("None named")),
    ),
)

BINDINGNESS = Vocabulary(
    noop("bindingness"),
    (
        Term("hard_law", noop("Hard law"), noop("Legally binding.")),
        Term("soft_law", noop("Soft law"), noop("Agreed, but not legally binding.")),
        Term("other", noop("Other")),
    ),
)

PROPOSAL_ROLES = Vocabulary(
    noop("role in a proposal"),
    (
        Term("proposer", noop("Proposer"), noop("Who proposes it.")),
        Term("actor", noop("Actor"), noop("Who should act.")),
        Term("addressee", noop("Addressee"), noop("Whom the action is aimed at.")),
        Term("beneficiary", noop("Beneficiary"), noop("Who gains by it.")),
        Term("enforcer", noop("Enforcer"), noop("Who makes sure that it is done.")),
        Term("monitor", noop("Monitor"), noop("Who watches and reports.")),
    ),
)

#: The codes are the numbers 0 to 3, as text; the column holds the number.
SPECIFICITY = Vocabulary(
    noop("specificity"),
    (
        Term("0", noop("Slogan")),
        Term("1", noop("Goal")),
        Term("2", noop("Named mechanism")),
        Term("3", noop("Mechanism, actor, and target or deadline")),
    ),
)
#: Below this a proposal is not trackable by default.
TRACKABLE_SPECIFICITY = 2

PROGRESS = Vocabulary(
    noop("progress"),
    (
        Term("not_yet_rated", noop("Not yet rated"), noop("No milestone has been confirmed.")),
        Term("in_the_works", noop("In the works"), noop("A formal step by an actor able to act.")),
        Term("adopted", noop("Adopted"), noop("Formally agreed by the competent body, not yet operating.")),
        Term("implemented", noop("Implemented"), noop("Operating, or the outcome is reached.")),
        Term(
            "partly_implemented",
            noop("Partly implemented"),
            noop("Substantially less than proposed but in line with the goal, or late."),
        ),
        Term("stalled", noop("Stalled"), noop("No movement for the review period.")),
        Term("rejected", noop("Rejected or dropped"), noop("Refused, abandoned, blocked or expired.")),
        Term("superseded", noop("Superseded"), noop("Replaced by another proposal; link it.")),
        Term("not_trackable", noop("Not trackable"), noop("Too vague to tell whether it was done.")),
    ),
)
#: After these nothing is awaited any more, so nothing is overdue.
FINISHED_PROGRESS = frozenset({"implemented", "rejected", "superseded", "not_trackable"})

MILESTONE_STATES = Vocabulary(
    noop("state of the milestone"),
    (
        Term("proposed", noop("Proposed")),
        Term("confirmed", noop("Confirmed")),
        Term("refused", noop("Refused")),
    ),
)
