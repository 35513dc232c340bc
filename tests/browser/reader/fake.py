"""An API in memory for the reader's browser tests: it keeps the promises of the real one, and breaks when told to."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.browser.reader.rows import Json, Rows
from tests.browser.reader.text import AUTHOR, TITLE

ME: Json = {"id": 1, "name": "陈", "role": "annotator", "can": {"annotate": True}}
KNOWN: list[Json] = [
    {"id": 31, "label": "C-31", "kind": "claim", "text": "全球算力集中在少数国家", "status": "queued"},
    {"id": 32, "label": "C-32", "kind": "claim", "text": "事故正在增加", "status": "untriaged"},
]
TAGS: list[Json] = [
    {"id": 11, "label": "安全", "colour": "red", "key": "1", "definition": "Safety of systems and of people."},
    {"id": 12, "label": "能力建设", "colour": "green", "key": "2", "definition": "Training, equipment, access."},
    {"id": 13, "label": "机构与机制", "colour": "blue", "key": "3", "definition": "New bodies and procedures."},
    {"id": 14, "label": "标准与评测", "colour": "violet", "key": "4", "definition": "Standards, tests, audits."},
    {"id": 15, "label": "数据", "colour": "amber", "key": "5", "definition": ""},
    {"id": 16, "label": "少用的标签", "colour": "brown", "key": "", "definition": "A tag without a digit."},
]
LABELS: Json = {
    "status": {"untriaged": "Untriaged", "queued": "Queued"},
    "verdict": {},
    "progress": {},
    "voice": {"indirect": "indirect", "author": "the author"},
    "modality": {"recommend": "recommend", "must": "must"},
    "difference": {
        "number": "number",
        "date": "date",
        "negation": "negation",
        "modality": "strength",
        "scope": "scope",
    },
}


class Refusal(Exception):
    """An answer that is not 2xx."""

    def __init__(self, status: int, detail: str, **more: object) -> None:
        super().__init__(detail)
        self.status = status
        self.body: Json = {"type": "about:blank", "title": detail, "status": status, "detail": detail, **more}


@dataclass
class Answer:
    status: int
    body: object = None
    op: str | None = None


@dataclass
class Change:
    undo: Callable[[], Json]
    redo: Callable[[], Json]


@dataclass
class Fake(Rows):
    """Rules of the API. `plans` are taken one per write: "drop", "drop answer", or a Refusal."""

    plans: list[object] = field(default_factory=list)
    log: list[tuple[str, str, Json]] = field(default_factory=list)
    answered: dict[str, Answer] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)
    reading: list[Json] = field(default_factory=list)
    known: list[Json] = field(default_factory=lambda: [dict(one) for one in KNOWN])
    down: bool = False
    lock: threading.RLock = field(default_factory=threading.RLock)
    can: Json = field(default_factory=lambda: dict(ME))

    # --- writes ---------------------------------------------------------------------------------
    def put_row(self, row: Json) -> Json:
        known = self.rows.get(row["id"], row)
        fresh = {**row, "version": known["version"] + 1}
        self.rows[row["id"]] = fresh
        return {"results": [fresh], "removed": []}

    def drop_row(self, row: Json) -> Json:
        self.rows.pop(row["id"], None)
        return {"results": [], "removed": [row["id"]]}

    def create(self, body: Json) -> tuple[Answer, Change]:
        space = str(body["space"])
        start, end = body["start"], body["end"]
        found = self.text(space)[start:end]
        if body.get("exact") not in (None, found):
            raise Refusal(409, f"The text there is “{found}”.")
        row = self.add(start, end, space, list(body.get("tags") or []))
        row["note"] = body.get("note", "")
        row["statements"] = [self.statement(one) for one in body.get("statements") or []]
        return Answer(201, row), Change(lambda: self.drop_row(row), lambda: self.put_row(row))

    def change(self, row: Json, body: Json) -> tuple[Answer, Change]:
        after = {**row, "version": row["version"] + 1, "note": body.get("note", row["note"])}
        tags: list[int] = list(body.get("tags", row["tags"])) + list(body.get("add_tags") or [])
        after["tags"] = [tag for tag in tags if tag not in (body.get("remove_tags") or [])]
        kept = [one for one in row["statements"] if one["occurrence"] not in (body.get("remove_statements") or [])]
        after["statements"] = kept + [self.statement(one) for one in body.get("add_statements") or []]
        self.rows[row["id"]] = after
        return Answer(200, after), Change(lambda: self.put_row(row), lambda: self.put_row(after))

    def facts(self, occurrence: int, body: Json) -> tuple[Answer, Change]:
        row = next(
            row for row in self.rows.values() if any(one["occurrence"] == occurrence for one in row["statements"])
        )
        said = [one for other in self.rows.values() for one in other["statements"]]
        if "like" in body:
            before = next(one for one in said if one["occurrence"] == body["like"])
            body = {name: before[name] for name in ("voice", "speaker", "modality") if name in before}
        new = [
            {**one, **body, "occurrence_version": one["occurrence_version"] + 1, "prefilled": []}
            if one["occurrence"] == occurrence
            else one
            for one in row["statements"]
        ]
        after = {**row, "statements": new, "version": row["version"] + 1}
        self.rows[row["id"]] = after
        return Answer(200, after), Change(lambda: self.put_row(row), lambda: self.put_row(after))

    def elsewhere(self, row: Json) -> list[Json]:
        text, quote = self.text("clean"), str(row["quote"])
        taken = {one["clean_start"] for one in self.rows.values() if one["quote"] == quote}
        places = [match.start() for match in re.finditer(re.escape(quote), text)]
        return [
            self.span(at, at + len(quote), "clean")
            for at in places
            if at not in taken and self.block_at(at, "clean").copy_of is None
        ]

    def repeat(self, row: Json) -> tuple[Answer, Change]:
        made = [self.add(one["clean_start"], one["clean_end"]) for one in self.elsewhere(row)]
        for one in made:
            one["tags"] = row["tags"]
            one["statements"] = [{**s, "occurrence": self.next_id()} for s in row["statements"]]
        results: Json = {"op": "", "results": made}
        gone: Json = {"results": [], "removed": [one["id"] for one in made]}
        return Answer(200, results), Change(
            lambda: [self.drop_row(one) for one in made] and gone,
            lambda: {"results": [self.put_row(one)["results"][0] for one in made]},
        )

    # --- routes ---------------------------------------------------------------------------------
    def read(self, path: str, query: dict[str, str]) -> Answer:
        if path == "/api/documents/1/annotations/":
            return Answer(
                200,
                {
                    "count": len(self.rows),
                    "next": None,
                    "previous": None,
                    "seq": 1,
                    "results": list(self.rows.values()),
                },
            )
        if path == "/api/documents/1/annotations/same/":
            return Answer(200, {"results": self.elsewhere(self.rows[int(query["annotation"])])})
        if path == "/api/corpora/1/statements/":
            asked = query.get("q", "")
            return Answer(200, {"results": [one for one in self.known if asked in str(one["text"])]})
        row = self.rows.get(int(path.split("/")[3])) if path.startswith("/api/annotations/") else None
        if row is None:
            raise Refusal(404, "There is no such passage.")
        return Answer(200, row)

    def write(self, method: str, path: str, body: Json, headers: dict[str, str]) -> tuple[Answer, Change | None]:
        if path.endswith("/undo/") or path.endswith("/redo/"):
            change = self.changes.get(str(body["op"]))
            if change is None:
                raise Refusal(404, "There is no such change.")
            return Answer(200, change.undo() if path.endswith("/undo/") else change.redo()), None
        if path.endswith("/reading/"):
            self.reading.append(body)
            return Answer(200, {"next": None}), None
        if path == "/api/documents/1/annotations/":
            return self.create(body)
        if path.endswith("/same/"):
            return self.repeat(self.rows[body["annotation"]])
        number = int(path.split("/")[3])
        if path.startswith("/api/occurrences/"):
            said = [one for row in self.rows.values() for one in row["statements"] if one["occurrence"] == number]
            if headers.get("If-Match") != f'"{number}-{said[0]["occurrence_version"]}"':
                raise Refusal(412, "Somebody else changed it meanwhile.", current={"id": number})
            return self.facts(number, body)
        row = self.rows.get(number)
        if row is None:
            raise Refusal(404, "There is no such passage.")
        if "If-Match" not in headers:
            raise Refusal(428, "If-Match is missing.")
        if headers["If-Match"] != f'"{number}-{row["version"]}"':
            raise Refusal(412, "Somebody else changed it meanwhile.", current=row)
        if method == "DELETE":
            self.drop_row(row)
            return Answer(204), Change(lambda: self.put_row(row), lambda: self.drop_row(row))
        return self.change(row, body)

    def answer(
        self, method: str, path: str, query: dict[str, str], body: Json, headers: dict[str, str]
    ) -> Answer | None:
        """None = the connection breaks."""
        with self.lock:
            if method == "GET":
                return self.read(path, query)
            self.log.append((method, path, body))
            assert headers.get("X-CSRFToken") == "static-token", "every write carries the token"
            plan = "drop" if self.down else self.plans.pop(0) if self.plans else None
            if isinstance(plan, Refusal):
                raise plan
            if plan == "drop":
                return None
            key = headers.get("Idempotency-Key", "")
            if key in self.answered:
                return self.answered[key]
            result, change = self.write(method, path, body, headers)
            if change is not None:
                result.op = key
                self.changes[key] = change
                self.answered[key] = result
            return None if plan == "drop answer" else result

    def boot(self) -> Json:
        urls = {
            "undo": "/api/corpora/1/undo/",
            "redo": "/api/corpora/1/redo/",
            "statements": "/api/corpora/1/statements/",
            "reading": "/api/documents/1/reading/",
            "statement": "/c/1/statements/{label}/",
            "home": "/home",
            "documents": "/documents",
        }
        document = {"id": 1, "title": TITLE, "author": AUTHOR, "date": "2026-01-15"}
        return {
            "strings": {},
            "tags": TAGS,
            "member": self.can,
            "urls": urls,
            "kinds": {"claim": "Claim", "proposal": "Proposal"},
            "labels": LABELS,
            "document": document,
        }
