"""Words about statements of both kinds: kind, work, public, triage, wording, fit, relation (domain.md 2.2, 2.6, 3)."""

from __future__ import annotations

from annotations.rules.errors import noop
from annotations.rules.vocabulary.terms import Term, Vocabulary

KINDS = Vocabulary(
    noop("kind of statement"),
    (
        Term("claim", noop("Claim"), noop("Something asserted, which evidence can support or refute.")),
        Term("proposal", noop("Proposal"), noop("Something that an actor is asked, or undertakes, to bring about.")),
    ),
)

#: Column `work` (UX.md 4.5). A claim moves through the first seven, a proposal through PROPOSAL_WORK.
WORK = Vocabulary(
    noop("work state"),
    (
        Term("untriaged", noop("Untriaged"), noop("Marked, but nobody has decided yet whether it goes on.")),
        Term("set_aside", noop("Set aside"), noop("Not to be checked for now, for the reason given.")),
        Term("queued", noop("Queued"), noop("Worth checking; waits for a checker.")),
        Term("in_progress", noop("Checking"), noop("Somebody is checking it.")),
        Term("in_review", noop("In review"), noop("The check is done; a second person looks at it.")),
        Term("changes_requested", noop("Changes requested"), noop("The reviewer sent the check back.")),
        Term("approved", noop("Approved"), noop("A second person reached the same verdict.")),
        Term("tracked", noop("Tracked"), noop("Its progress is followed, milestone by milestone.")),
    ),
)
CLAIM_WORK = WORK.only(
    noop("work state"),
    "untriaged",
    "set_aside",
    "queued",
    "in_progress",
    "in_review",
    "changes_requested",
    "approved",
)
PROPOSAL_WORK = Vocabulary(
    noop("work state"),
    (
        WORK["untriaged"],
        WORK["tracked"],
        Term("set_aside", noop("Not tracked"), noop("Its progress is not followed, for the reason given.")),
    ),
)

#: Column `public`: what readers outside may see.
PUBLIC = Vocabulary(
    noop("public state"),
    (
        Term("none", noop("Not published"), noop("Never published.")),
        Term("published", noop("Published"), noop("Has a public page with verdict, date and reasons.")),
        Term("paused", noop("Paused"), noop("The public page says that it is under review.")),
        Term("withdrawn", noop("Withdrawn"), noop("Taken back for good; stays visible as withdrawn.")),
    ),
)

#: The one word shown: withdrawn, paused, published, else work (UX.md 4.5); in workflow order, for filters.
STATUSES = Vocabulary(
    noop("status"), (*CLAIM_WORK, WORK["tracked"], PUBLIC["published"], PUBLIC["paused"], PUBLIC["withdrawn"])
)

#: When a step happens by itself, without a person.
OCCASIONS = Vocabulary(
    noop("occasion"),
    (
        Term("resolve_by", noop("The day has come on which the prediction can be checked")),
        Term("evidence_lost", noop("Evidence of the approved check was withdrawn")),
    ),
)

WORDINGS = Vocabulary(
    noop("state of the wording"),
    (
        Term("as_quoted", noop("As quoted"), noop("The text is the passage itself.")),
        Term("stands_alone", noop("Stands alone"), noop("Understandable without the document around it.")),
    ),
)

WORDING_PROBLEMS = Vocabulary(
    noop("wording problem"),
    (
        Term("year", noop("Says when only relative to the document"), noop("Replace it by the year.")),
        Term("date", noop("Date without a year"), noop("Add the year.")),
        Term("pointer", noop("Points at something outside this sentence"), noop("Name what it points at.")),
        Term("speaker", noop("Means the speaker or the speaker's country"), noop("Name the speaker or the country.")),
        Term("connective", noop("Continues an enumeration or an argument"), noop("Leave it out.")),
    ),
)

TRIAGE_REASONS = Vocabulary(
    noop("reason for setting a claim aside"),
    (
        Term("opinion", noop("Opinion"), noop("Evaluates or appeals; evidence cannot settle it.")),
        Term("prediction", noop("Prediction"), noop("About the future; comes back on a date.")),
        Term("too_vague", noop("Too vague"), noop("Cannot be pinned down.")),
        Term("trivial", noop("Trivial"), noop("Nobody needs to have it checked.")),
        Term("duplicate", noop("Duplicate"), noop("The same statement is already there.")),
        Term("out_of_scope", noop("Out of scope"), noop("Not what this corpus is about.")),
    ),
)

PROPOSAL_REASONS = Vocabulary(
    noop("reason for not tracking a proposal"),
    (
        TRIAGE_REASONS["too_vague"],
        Term("not_prospective", noop("Already under way"), noop("Describes what is being done, asks for nothing new.")),
        Term("no_action", noop("No action asked for"), noop("States a position; no outcome is to be brought about.")),
        TRIAGE_REASONS["trivial"],
        TRIAGE_REASONS["duplicate"],
        TRIAGE_REASONS["out_of_scope"],
    ),
)

CHECKWORTHINESS = Vocabulary(
    noop("check-worthiness"),
    (
        Term("high", noop("High"), noop("Check it first.")),
        Term("medium", noop("Medium"), noop("Check it when there is time.")),
        Term("low", noop("Low"), noop("Not worth a checker's time.")),
    ),
)

#: Answers to the first and the fourth triage question; the second and third are numbers from 1 to 5.
VERIFIABLE = Vocabulary(
    noop("answer"),
    (Term("yes", noop("Yes")), Term("no", noop("No")), Term("unsure", noop("Unsure"))),
)
WORTH_CHECKING = Vocabulary(
    noop("answer"),
    (
        Term("no_need", noop("No need")),
        Term("trivial", noop("No, too trivial")),
        Term("not_urgent", noop("Yes, not urgent")),
        Term("urgent", noop("Yes, urgent")),
    ),
)

FITS = Vocabulary(
    noop("fit"),
    (
        Term("same", noop("Same"), noop("Says exactly this statement; the verdict holds for it, too.")),
        Term("variant", noop("Variant"), noop("Nearly this statement; the verdict does not carry over.")),
    ),
)

DIFFERENCES = Vocabulary(
    noop("difference"),
    (
        Term("number", noop("Number"), noop("Another figure.")),
        Term("date", noop("Date"), noop("Another time.")),
        Term("negation", noop("Negation"), noop("One affirms what the other denies.")),
        Term("modality", noop("Strength"), noop("Worded as more or less binding.")),
        Term("scope", noop("Scope"), noop("About more or fewer cases.")),
    ),
)

REWORDINGS = Vocabulary(
    noop("what a new wording does"),
    (
        Term("dropped", noop("Dropped"), noop("The new version no longer says it.")),
        Term("negation", noop("Negation"), noop("One affirms what the other denies.")),
        Term("softened", noop("Softened"), noop("Less binding than before.")),
        Term("hardened", noop("Hardened"), noop("More binding than before.")),
        Term("number", noop("Number"), noop("Another figure.")),
        Term("date", noop("Date"), noop("Another time.")),
        Term("scope", noop("Scope"), noop("About more or fewer cases.")),
    ),
)

RELATIONS = Vocabulary(
    noop("relation"),
    (
        Term("supports", noop("Supports"), noop("Gives a reason or evidence for the other.")),
        Term("attacks", noop("Contradicts"), noop("Contradicts, undercuts or limits the other.")),
        Term("restates", noop("Restates"), noop("Nearly the same proposition elsewhere.")),
        Term("specifies", noop("Specifies"), noop("Is a narrower case, a part or a means of the other.")),
        Term("addresses", noop("Addresses"), noop("A proposal that answers the problem the other states.")),
        Term("supersedes", noop("Supersedes"), noop("A newer proposal takes the place of the other.")),
    ),
)
#: The same as the target of the relation reads it.
RELATIONS_BACK = Vocabulary(
    noop("relation, from its target"),
    (
        Term("supports", noop("Supported by"), noop("The other gives a reason or evidence for this one.")),
        Term("attacks", noop("Contradicted by"), noop("The other contradicts, undercuts or limits this one.")),
        RELATIONS["restates"],
        Term("specifies", noop("Specified by"), noop("The other is a narrower case, a part or a means of this one.")),
        Term("addresses", noop("Addressed by"), noop("The other is a proposal that answers this problem.")),
        Term("supersedes", noop("Superseded by"), noop("The other, a newer proposal, takes the place of this one.")),
    ),
)
#: Stored once and shown from both ends.
SYMMETRIC_RELATIONS = frozenset({"restates"})

RELATION_STATES = Vocabulary(
    noop("state of the relation"),
    (
        Term("suggested", noop("Suggested")),
        Term("confirmed", noop("Confirmed")),
        Term("rejected", noop("Turned down")),
    ),
)
