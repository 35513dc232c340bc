"""How far each statement of the demo has come: every step taken through the workflow by somebody who may take it."""

from __future__ import annotations

from annotations.models import Member, Source, Statement
from annotations.services import milestones, sources, verifications, workflow
from annotations.services.demo.content import Demo, Entry
from annotations.services.op import writing
from annotations.services.workflow import Asked

#: What a claim passes through on its way to a state, in order.
ROAD = ("queued", "in_progress", "in_review", "approved", "published")
#: What a check says besides its questions.
SAID = (
    "verdict", "flags", "justification", "as_of_date", "limitations", "claimant_contacted", "sole_source_reason",
    "search_log",
)  # fmt: skip


def walk(demo: Demo) -> None:
    for entry in demo.tables["statements"]:
        walker = Walker(demo, entry)
        walker.proposal() if entry["kind"] == "proposal" else walker.claim()


class Walker:
    """Takes one statement to the state its entry names."""

    def __init__(self, demo: Demo, entry: Entry) -> None:
        self.demo, self.entry, self.state = demo, entry, entry["state"]
        #: Checked in full, also when it was withdrawn in the end.
        self.reviewed = self.state in ("approved", "published", "paused") or bool(entry.get("reviews"))
        self.statement = Statement.objects.get(pk=demo.statements[entry["key"]].pk)
        self.annotator = demo.by_role("annotator")
        self.author = demo.members[entry.get("author", "li")]

    def move(self, by: Member, target: str, reason: str = "", note: str = "", **public: str) -> None:
        with writing(by=by) as op:
            other = self.demo.statements.get(self.entry.get("duplicate_of", ""))
            workflow.transition(op, self.statement, target, Asked(reason, note, other, **public))

    def set_aside(self) -> None:
        self.move(self.annotator, "set_aside", self.entry["set_aside_reason"], self.entry.get("set_aside_note", ""))

    def proposal(self) -> None:
        if self.state == "set_aside":
            return self.set_aside()
        if self.state not in ("untriaged", "withdrawn"):
            self.move(self.annotator, "tracked")
        for step in self.entry.get("milestones", ()):
            self.milestone(step)
        if self.state == "withdrawn":
            self.move(self.demo.by_role("editor"), "withdrawn", note=self.entry["withdrawn_reason"])
        self.assign()

    def milestone(self, step: Entry) -> None:
        source = self.demo.sources[step["source"]] if step.get("source") else None
        with writing(by=self.demo.members[step["by"]]) as op:
            made = milestones.propose(
                op,
                self.statement,
                status=step["status"],
                date=str(step["date"]),
                source=source,
                note=step.get("note", ""),
            )
        if step.get("confirmed_by"):
            with writing(by=self.demo.members[step["confirmed_by"]]) as op:
                milestones.confirm(op, made)
        if step.get("refused_by"):
            with writing(by=self.demo.members[step["refused_by"]]) as op:
                milestones.refuse(op, made, step["refused_reason"])
        self.statement.refresh_from_db()

    def assign(self) -> None:
        key = self.entry.get("assignee")
        if key and self.statement.assignee_id is None and self.state != "set_aside":
            with writing(by=self.demo.by_role("editor")) as op:
                workflow.assign(op, self.statement, self.demo.members[key])

    def claim(self) -> None:
        answers = {name: self.entry[name] for name in ("q1", "q2", "q3", "q4") if self.entry.get(name)}
        if answers:
            with writing(by=self.annotator) as op:
                workflow.answer_triage(op, self.statement, answers)
        if self.state == "set_aside":
            return self.set_aside()
        if self.state == "untriaged":
            return None
        if self.state != "withdrawn" or self.reviewed:
            self.move(self.annotator, "queued")
            if self.state != "queued":
                self.check()
        self.assign()
        self.finish()

    def check(self) -> None:
        """Start, write, send, review, as far as the state says; `earlier` is what the first version said."""
        self.move(self.author, "in_progress")
        earlier = self.entry.get("earlier", {})
        self.write({**self.entry, **earlier})
        if self.state == "in_progress":
            return
        self.move(self.author, "in_review")
        self.review([{**self.entry["reviews"][-1], "blind_verdict": earlier["verdict"]}] if earlier else None)

    def review(self, reviews: list[Entry] | None = None) -> None:
        """The second person's verdicts and decisions, in order."""
        reviews = self.entry.get("reviews", []) if reviews is None else reviews
        for turn, review in enumerate(reviews):
            if turn and self.statement.work == "changes_requested":
                self.move(self.author, "in_progress")
                self.move(self.author, "in_review")
            check = verifications.open_one(self.statement)
            if check is None:
                break
            with writing(by=self.demo.members[review["reviewer"]]) as op:
                verifications.record_blind(op, check, review["blind_verdict"])
            if review.get("decision") == "changes_requested":
                self.move(self.demo.members[review["reviewer"]], "changes_requested", note=review.get("comment", ""))
        if self.state in ("approved", "published", "paused", "withdrawn") and reviews:
            self.move(self.demo.members[reviews[-1]["reviewer"]], "approved", note=reviews[-1].get("comment", ""))

    def write(self, entry: Entry) -> None:
        """Verdict and reasons; the questions of a first version, which later ones take over."""
        check = verifications.open_one(self.statement)
        with writing(by=self.author) as op:
            assert check is not None
            values = {name: entry[name] for name in SAID if name in entry}
            if "search_log" in values:
                values["search_log"] = [{k: str(v) for k, v in one.items()} for one in values["search_log"]]
            verifications.save(op, check, **values)
            for asked in entry.get("questions", ()) if check.number == 1 else ():
                question = verifications.ask(op, check, asked["text"])
                for given in asked.get("answers", ()):
                    answer = verifications.reply(
                        op,
                        question,
                        text=given.get("text", ""),
                        type=given["type"],
                        boolean_explanation=given.get("boolean_explanation", ""),
                    )
                    for item in given.get("evidence", ()):
                        sources.add_evidence(
                            op,
                            self.statement,
                            self.demo.sources[item["source"]],
                            stance=item["stance"],
                            quote=item.get("quote", ""),
                            locator=item.get("locator", ""),
                            note=item.get("note", ""),
                            medium=item.get("medium", "web_text"),
                            answer=answer,
                        )

    def finish(self) -> None:
        editor = self.demo.by_role("editor")
        if self.state in ("published", "paused") or (self.state == "withdrawn" and self.reviewed):
            self.move(self.demo.members[self.entry.get("published_by", "zhao")], "published")
        if self.entry.get("earlier"):
            self.correct(editor, self.entry["earlier"])
        if self.entry.get("evidence_withdrawn"):
            self.withdraw_evidence(self.demo.sources[self.entry["evidence_withdrawn"]])
        if self.state == "paused":
            self.move(editor, "paused", note=self.entry["pause_reason"])
        if self.state == "withdrawn":
            self.move(editor, "withdrawn", note=self.entry["withdrawn_reason"])

    def withdraw_evidence(self, source: Source) -> None:
        """What the approved check stood on goes: the claim is opened again by itself."""
        row = self.statement.evidence.get(source=source, removed_at=None)
        with writing(by=self.author) as op:
            sources.remove_evidence(op, row)

    def correct(self, editor: Member, earlier: Entry) -> None:
        """Pause what was published, check it once more, publish it again with a note that says what changed."""
        self.move(editor, "paused", note=earlier["pause_reason"])
        self.move(self.demo.by_role("reviewer"), "in_progress", note=earlier["pause_reason"])
        self.write(self.entry)
        self.move(self.author, "in_review")
        self.review()
        told = {"correction_note": earlier["correction_note"], "correction_kind": earlier.get("correction_kind", "")}
        self.move(editor, "published", **told)
