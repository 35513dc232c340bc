"""The table of event kinds, each with the sentence the history shows. A kind that is not here cannot be told.

Parameters of the sentences: actor (who did it), label (C-12), document, title, name (of a person, body, view or tag),
role, to, state, status, decision, format, occasion (codes, shown as labels), number, date, count, fields (what
changed), source, into, host (of a webhook).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from annotations.rules.errors import Msgid, noop, render
from annotations.rules.event_fields import FIELDS
from annotations.rules.vocabulary import (
    DECISIONS,
    IMPORTS,
    OCCASIONS,
    PROGRESS,
    READING_STATES,
    ROLES,
    STATUSES,
    SUGGESTION_STATES,
    Term,
    Vocabulary,
)

#: What stands where a parameter is unknown, for instance because its object was erased.
UNKNOWN = "…"


@dataclass(frozen=True, slots=True)
class EventKind:
    """`template`: a msgid; `codes`: parameters that hold a code of a vocabulary and are shown as its label; `absent`:
    the codes of parameters that older events do not have."""

    code: str
    template: str
    codes: Mapping[str, Vocabulary[Term]] = field(default_factory=dict)
    absent: Mapping[str, str] = field(default_factory=dict)

    @property
    def params(self) -> tuple[str, ...]:
        """Names of the parameters of the sentence."""
        return tuple(re.findall(r"%\((\w+)\)s", self.template))

    def sentence(self, values: Mapping[str, object], translate: Callable[[str], str] = noop) -> str:
        """The sentence. `values`: the payload and what the reader looked up (actor, document); more may be in it."""
        return render(self.template, {name: self._word(name, values) for name in self.params}, translate)

    def _word(self, name: str, values: Mapping[str, object]) -> object:
        if name == "fields":
            changes = values.get("changes")
            names = list(changes) if isinstance(changes, Mapping) else []
            return tuple(Msgid(FIELDS.get(key, key)) for key in names) or UNKNOWN
        value = values.get(name, self.absent.get(name))
        if value is None or value == "":
            return UNKNOWN
        vocabulary = self.codes.get(name)
        return Msgid(vocabulary.label(str(value))) if vocabulary and value in vocabulary else value


_ROLE, _TO = {"role": ROLES}, {"to": STATUSES}
_PROGRESS = {"status": PROGRESS}
_TABLE = (
    # the corpus and its people
    EventKind("corpus.created", noop("%(actor)s made the corpus %(name)s")),
    EventKind("corpus.updated", noop("%(actor)s changed the corpus: %(fields)s")),
    EventKind("member.invited", noop("%(actor)s invited somebody as %(role)s"), _ROLE),
    EventKind("member.invitation_revoked", noop("%(actor)s took back an invitation as %(role)s"), _ROLE),
    EventKind("member.joined", noop("%(name)s joined as %(role)s"), _ROLE),
    EventKind("member.role", noop("%(actor)s changed what %(name)s may do")),
    EventKind("member.left", noop("%(name)s left")),
    EventKind("agent.created", noop("%(actor)s named %(name)s")),
    EventKind("agent.updated", noop("%(actor)s changed %(fields)s of %(name)s")),
    EventKind("agent.merged", noop("%(actor)s merged %(name)s into %(into)s")),
    EventKind("codebook.set_added", noop("%(actor)s added the tag set %(name)s")),
    EventKind("codebook.set_removed", noop("%(actor)s removed the tag set %(name)s")),
    EventKind("codebook.set_restored", noop("%(actor)s brought back the tag set %(name)s")),
    EventKind("codebook.set_updated", noop("%(actor)s changed %(fields)s of the tag set %(name)s")),
    EventKind("codebook.tag_added", noop("%(actor)s added the tag %(label)s")),
    EventKind("codebook.tag_updated", noop("%(actor)s changed %(fields)s of the tag %(label)s")),
    EventKind("codebook.tag_merged", noop("%(actor)s merged the tag %(label)s into %(into)s")),
    EventKind("codebook.tag_separated", noop("%(actor)s took back the merging of the tag %(label)s into %(into)s")),
    EventKind("codebook.tag_split", noop("%(actor)s split the tag %(label)s: %(count)s went to %(into)s")),
    EventKind("codebook.tag_rejoined", noop("%(actor)s took back the splitting of the tag %(label)s into %(into)s")),
    EventKind("codebook.followed", noop("%(actor)s had %(count)s go over from the tag %(label)s to %(into)s")),
    EventKind("codebook.tag_placed", noop("%(actor)s moved the tag %(label)s to the set %(into)s")),
    EventKind("codebook.named", noop("%(actor)s named edition %(number)s of the codebook: %(name)s")),
    EventKind("view.saved", noop("%(actor)s saved the view %(name)s")),
    EventKind("view.removed", noop("%(actor)s removed the view %(name)s")),
    # documents and passages
    EventKind("document.loaded", noop("%(actor)s added %(title)s")),
    EventKind("document.updated", noop("%(actor)s changed %(fields)s of %(title)s")),
    EventKind("document.noted", noop("%(actor)s wrote a note on %(title)s")),
    EventKind("document.translates", noop("%(actor)s said that %(title)s is a translation of %(original)s")),
    EventKind("document.stands_alone", noop("%(actor)s said that %(title)s is no translation of %(original)s")),
    EventKind("document.tagged", noop("%(actor)s changed the tags of %(title)s")),
    EventKind("document.removed", noop("%(actor)s removed %(title)s")),
    EventKind("document.restored", noop("%(actor)s brought back %(title)s")),
    EventKind("document.read", noop("%(actor)s finished %(title)s: %(state)s"), {"state": READING_STATES}),
    EventKind("version.added", noop("%(actor)s added version %(number)s of %(title)s")),
    EventKind("reading.reset", noop("%(actor)s marked %(title)s as unread")),
    EventKind("annotation.created", noop("%(actor)s marked a passage in %(document)s")),
    EventKind("annotation.updated", noop("%(actor)s changed %(fields)s of a passage in %(document)s")),
    EventKind("annotation.coded", noop("%(actor)s changed %(fields)s of a passage")),
    EventKind("annotation.noted", noop("%(actor)s wrote a note on a passage in %(document)s")),
    EventKind("annotation.tagged", noop("%(actor)s changed the tags of a passage in %(document)s")),
    EventKind("annotation.anchored", noop("%(actor)s put a passage back in its place in %(document)s")),
    EventKind("annotation.let_go", noop("%(actor)s said that %(document)s no longer holds a passage")),
    EventKind("annotation.sought", noop("%(actor)s took up the search for a passage in %(document)s again")),
    EventKind("annotation.removed", noop("%(actor)s removed a passage in %(document)s")),
    EventKind("annotation.restored", noop("%(actor)s brought back a passage in %(document)s")),
    EventKind("suggestion.offered", noop("%(count)s passages in %(title)s are suggested")),
    EventKind(
        "suggestion.decided",
        noop("%(actor)s decided on a suggestion in %(document)s: %(state)s"),
        {"state": SUGGESTION_STATES},
    ),
    # statements
    EventKind("statement.created", noop("%(actor)s made %(label)s")),
    EventKind("statement.updated", noop("%(actor)s changed %(fields)s of %(label)s")),
    EventKind("statement.tagged", noop("%(actor)s changed the tags of %(label)s")),
    EventKind("statement.agents", noop("%(actor)s changed %(fields)s of %(label)s")),
    EventKind("statement.triaged", noop("%(actor)s answered the triage questions on %(label)s")),
    EventKind("statement.assigned", noop("%(actor)s gave %(label)s to %(to)s")),
    EventKind("statement.moved", noop("%(actor)s moved %(label)s on: %(to)s"), _TO),
    EventKind(
        "statement.came_up", noop("%(label)s moved on by itself: %(to)s. %(occasion)s."), {**_TO, "occasion": OCCASIONS}
    ),
    EventKind("statement.progress", noop("The progress of %(label)s changed")),
    EventKind("statement.merged", noop("%(actor)s merged %(label)s into %(into)s")),
    EventKind("statement.split", noop("%(actor)s split %(label)s")),
    EventKind("statement.removed", noop("%(actor)s removed %(label)s")),
    EventKind("statement.restored", noop("%(actor)s brought back %(label)s")),
    EventKind("occurrence.created", noop("%(actor)s linked a passage to %(label)s")),
    EventKind("occurrence.updated", noop("%(actor)s changed %(fields)s of a passage of %(label)s")),
    EventKind("occurrence.removed", noop("%(actor)s unlinked a passage from %(label)s")),
    EventKind("occurrence.restored", noop("%(actor)s linked a passage to %(label)s again")),
    EventKind("relation.created", noop("%(actor)s related %(label)s to %(to)s")),
    EventKind("relation.updated", noop("%(actor)s changed how %(label)s relates to %(to)s")),
    EventKind("relation.removed", noop("%(actor)s removed the relation of %(label)s to %(to)s")),
    EventKind("comment.created", noop("%(actor)s commented on %(label)s")),
    EventKind("comment.updated", noop("%(actor)s changed a comment on %(label)s")),
    EventKind("comment.resolved", noop("%(actor)s settled a comment on %(label)s")),
    EventKind("comment.reopened", noop("%(actor)s took up a comment on %(label)s again")),
    EventKind("comment.removed", noop("%(actor)s removed a comment on %(label)s")),
    # checking
    EventKind("source.created", noop("%(actor)s added the source %(title)s")),
    EventKind("source.updated", noop("%(actor)s changed %(fields)s of the source %(title)s")),
    EventKind("source.asked", noop("%(actor)s had the address of the source %(title)s captured")),
    EventKind("source.captured", noop("%(actor)s archived the source %(title)s")),
    EventKind("source.unchanged", noop("%(actor)s captured the source %(title)s, which says what it said before")),
    EventKind("source.retried", noop("The source %(title)s could not be captured; it is tried again")),
    EventKind("source.not_captured", noop("The source %(title)s could not be captured")),
    EventKind("source.merged", noop("%(actor)s merged the source %(title)s into %(into)s")),
    EventKind("source.removed", noop("%(actor)s removed the source %(title)s")),
    EventKind("source.restored", noop("%(actor)s brought back the source %(title)s")),
    EventKind("evidence.created", noop("%(actor)s quoted %(source)s for %(label)s")),
    EventKind("evidence.updated", noop("%(actor)s changed %(fields)s of evidence for %(label)s")),
    EventKind("evidence.placed", noop("%(actor)s placed evidence under an answer on %(label)s")),
    EventKind("evidence.removed", noop("%(actor)s withdrew evidence from %(source)s for %(label)s")),
    EventKind("evidence.restored", noop("%(actor)s brought back evidence from %(source)s for %(label)s")),
    EventKind("verification.started", noop("%(actor)s started check %(number)s of %(label)s")),
    EventKind("verification.updated", noop("%(actor)s worked on the check of %(label)s")),
    EventKind("verification.question", noop("%(actor)s changed a question of the check of %(label)s")),
    EventKind("verification.answer", noop("%(actor)s answered a question of the check of %(label)s")),
    EventKind("review.blind", noop("%(actor)s recorded a verdict of their own on %(label)s")),
    EventKind("review.decided", noop("%(actor)s reviewed %(label)s: %(decision)s"), {"decision": DECISIONS}),
    EventKind("correction.added", noop("%(actor)s added a public correction note to %(label)s")),
    EventKind("milestone.proposed", noop("%(actor)s entered a milestone of %(label)s: %(status)s"), _PROGRESS),
    EventKind("milestone.confirmed", noop("%(actor)s confirmed a milestone of %(label)s: %(status)s"), _PROGRESS),
    EventKind("milestone.refused", noop("%(actor)s refused a milestone of %(label)s: %(status)s"), _PROGRESS),
    EventKind("milestone.removed", noop("%(actor)s removed a milestone of %(label)s: %(status)s"), _PROGRESS),
    # watches
    EventKind("watch.added", noop("%(actor)s watches %(name)s")),
    EventKind("watch.updated", noop("%(actor)s changed the watch %(name)s")),
    EventKind("watch.removed", noop("%(actor)s no longer watches %(name)s")),
    EventKind("watch.found", noop("“%(name)s” is found in %(title)s")),
    EventKind("watch.repeated", noop("%(label)s repeats in %(title)s")),
    EventKind("webhook.added", noop("%(actor)s has %(host)s told what watches find")),
    EventKind("webhook.updated", noop("%(actor)s changed what %(host)s is told")),
    EventKind("webhook.renewed", noop("%(actor)s made a new secret for %(host)s")),
    EventKind("webhook.removed", noop("%(actor)s no longer has %(host)s told anything")),
    EventKind("webhook.tested", noop("%(actor)s sent %(host)s a test")),
    EventKind("webhook.resent", noop("%(actor)s sent %(host)s a message again")),
    EventKind("webhook.stopped", noop("%(host)s was switched off: tries that failed in a row: %(number)s")),
    # rounds, many at once, and what the feed itself says
    EventKind("round.opened", noop("%(actor)s opened the round %(name)s")),
    EventKind("round.updated", noop("%(actor)s changed the round %(name)s")),
    EventKind("round.closed", noop("%(actor)s closed the round %(name)s")),
    EventKind("round.settled", noop("%(actor)s settled a place of %(document)s in the round %(name)s")),
    EventKind("round.unsettled", noop("%(actor)s took back what was settled in %(document)s in the round %(name)s")),
    EventKind("layer.done", noop("%(actor)s finished %(document)s in the round %(name)s")),
    EventKind("layer.reopened", noop("%(actor)s went on with %(document)s in the round %(name)s")),
    EventKind("bulk", noop("%(actor)s changed %(count)s rows at once")),
    EventKind("bulk.imported", noop("%(actor)s imported %(format)s"), {"format": IMPORTS}, {"format": "file"}),
    EventKind("revealed", noop("What was private on %(label)s can be read now")),
)
EVENTS: Mapping[str, EventKind] = {kind.code: kind for kind in _TABLE}


def sentence(kind: str, values: Mapping[str, object], translate: Callable[[str], str] = noop) -> str:
    """The sentence of an event; an unknown kind is told by its code, so that a history never breaks."""
    entry = EVENTS.get(kind)
    return entry.sentence(values, translate) if entry else f"{values.get('actor') or UNKNOWN}: {kind}"
