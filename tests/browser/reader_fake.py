"""A server in memory for the reader's browser tests: the page, the static files and an API that keeps the real one's promises."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from tests.browser.reader_text import AUTHOR, TITLE, Block, page

STATIC = Path(__file__).resolve().parents[2] / "annotations" / "static"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
Json = dict[str, object]
ME: Json = {"id": 1, "name": "陈", "role": "annotator", "can": {"annotate": True}}
TAGS: list[Json] = [
    {"id": 11, "label": "安全", "colour": "red", "key": "1", "definition": "Safety of systems and of people."},
    {"id": 12, "label": "能力建设", "colour": "green", "key": "2", "definition": "Training, equipment, access."},
    {"id": 13, "label": "机构与机制", "colour": "blue", "key": "3", "definition": "New bodies and procedures."},
    {"id": 14, "label": "标准与评测", "colour": "violet", "key": "4", "definition": "Standards, tests, audits."},
    {"id": 15, "label": "数据", "colour": "amber", "key": "5", "definition": ""},
    {"id": 16, "label": "少用的标签", "colour": "brown", "key": "", "definition": "A tag without a digit."},
]
LABELS: Json = {
    "status": {"untriaged": "Untriaged", "queued": "Queued"}, "verdict": {}, "progress": {},
    "voice": {"indirect": "indirect", "author": "the author"}, "modality": {"recommend": "recommend", "must": "must"},
    "difference": {"number": "number", "date": "date", "negation": "negation", "modality": "strength", "scope": "scope"},
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
class Fake:
    """State and rules of the API. `plans` are taken one per write: "drop", "drop answer", or a Refusal."""

    blocks: list[Block]
    rows: dict[int, Json] = field(default_factory=dict)
    plans: list[object] = field(default_factory=list)
    log: list[tuple[str, str, Json]] = field(default_factory=list)
    answered: dict[str, Answer] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=lambda: {"claim": 0, "proposal": 0, "id": 100})
    reading: list[Json] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    can: Json = field(default_factory=lambda: dict(ME))

    # --- text -----------------------------------------------------------------------------------
    def text(self, space: str) -> str:
        return "\n".join(block.raw if space == "raw" else block.clean for block in self.blocks)

    def block_at(self, start: int, space: str) -> Block:
        key = "raw_start" if space == "raw" else "clean_start"
        return [block for block in self.blocks if getattr(block, key) <= start][-1]

    def move(self, offset: int, space: str, ends: bool = False) -> int:
        """Raw <-> clean inside a block; a clean character takes its damage along."""
        block = self.block_at(max(0, offset - 1) if ends else offset, space)
        pairs = re.split(r"(\([^()]*\))", block.raw)
        raw, clean = block.raw_start, block.clean_start
        for part in pairs:
            damage = part.startswith("(") and part not in block.clean
            here, step = (raw, len(part)) if space == "raw" else (clean, 0 if damage else len(part))
            if offset < here + step or (ends and offset == here + step and not damage and part is pairs[-1]):
                return (clean if space == "raw" else raw) + (0 if damage and space == "raw" else offset - here)
            raw, clean = raw + len(part), clean + (0 if damage else len(part))
        return clean if space == "raw" else raw

    def span(self, start: int, end: int, space: str) -> Json:
        if space == "raw":
            clean = (self.move(start, "raw"), self.move(end - 1, "raw") + 1)
            raw = (start, end)
        else:
            clean = (start, end)
            raw = (self.move(start, "clean"), self.move(end, "clean") if end < len(self.text("clean")) else len(self.text("raw")))
        quote = self.text("clean")[clean[0] : clean[1]]
        copies = [
            [block.clean_start + clean[0] - home.clean_start, block.clean_start + clean[1] - home.clean_start]
            for block in self.blocks if block.copy_of is not None
            for home in [self.blocks[block.copy_of]] if home.clean_start <= clean[0] and clean[1] <= home.clean_start + len(home.clean)
        ]
        return {
            "start": raw[0], "end": raw[1], "clean_start": clean[0], "clean_end": clean[1], "home_start": raw[0], "home_end": raw[1],
            "exact": self.text("raw")[raw[0] : raw[1]], "quote": quote, "copies": copies, "copies_raw": [],
        }

    # --- rows -----------------------------------------------------------------------------------
    def next_id(self) -> int:
        self.numbers["id"] += 1
        return self.numbers["id"]

    def statement(self, wanted: Json) -> Json:
        kind = str(wanted.get("kind", "claim"))
        label = wanted.get("id") and f"C-{wanted['id']}"
        if not label:
            self.numbers[kind] += 1
            label = f"{'C' if kind == 'claim' else 'P'}-{self.numbers[kind]}"
        facts = {"voice": "indirect", "speaker": "主席", "modality": "recommend", "prefilled": ["voice", "speaker"]} if kind == "proposal" else {}
        return {
            "occurrence": self.next_id(), "id": wanted.get("id") or self.next_id(), "label": label, "kind": kind, "fit": wanted.get("fit", "same"),
            "difference": wanted.get("difference"), "status": "untriaged", "verdict": None, "version": 1, **facts,
        }

    def add(self, start: int, end: int, space: str = "clean", tags: list[int] | None = None, kinds: tuple[str, ...] = (), by: str = "陈") -> Json:
        """A row as if somebody had made it before."""
        row: Json = {
            "id": self.next_id(), "uid": "", "version": 1, "document": 1, **self.span(start, end, space), "creator": {"id": 1 if by == "陈" else 2, "name": by},
            "created_at": "2026-01-20T09:41:00Z", "note": "", "tags": tags or [], "anchor_state": "ok", "statements": [self.statement({"kind": kind}) for kind in kinds],
        }
        self.rows[int(str(row["id"]))] = row
        return row

    def find(self, words: str, nth: int = 0) -> tuple[int, int]:
        """Clean offsets of the nth place of some words."""
        at = -1
        for _ in range(nth + 1):
            at = self.text("clean").index(words, at + 1)
        return at, at + len(words)

    # --- writes ---------------------------------------------------------------------------------
    def put_row(self, row: Json) -> Json:
        known = self.rows.get(int(str(row["id"])), row)
        fresh = {**row, "version": int(str(known["version"])) + 1}
        self.rows[int(str(row["id"]))] = fresh
        return {"results": [fresh], "removed": []}

    def drop_row(self, row: Json) -> Json:
        self.rows.pop(int(str(row["id"])), None)
        return {"results": [], "removed": [row["id"]]}

    def create(self, body: Json) -> tuple[Answer, Change]:
        space = str(body["space"])
        start, end = int(str(body["start"])), int(str(body["end"]))
        found = self.text(space)[start:end]
        if body.get("exact") not in (None, found):
            raise Refusal(409, f"The text there is “{found}”.")
        row = self.add(start, end, space, list(body.get("tags") or []))  # type: ignore[call-overload]
        row["note"] = body.get("note", "")
        row["statements"] = [self.statement(one) for one in body.get("statements") or []]  # type: ignore[attr-defined]
        return Answer(201, row), Change(lambda: self.drop_row(row), lambda: self.put_row(row))

    def change(self, row: Json, body: Json) -> tuple[Answer, Change]:
        after = {**row, "version": int(str(row["version"])) + 1, "note": body.get("note", row["note"])}
        tags: list[int] = list(body.get("tags", row["tags"])) + list(body.get("add_tags") or [])  # type: ignore[call-overload]
        after["tags"] = [tag for tag in tags if tag not in (body.get("remove_tags") or [])]  # type: ignore[operator]
        kept = [one for one in row["statements"] if one["occurrence"] not in (body.get("remove_statements") or [])]  # type: ignore[attr-defined,operator]
        after["statements"] = kept + [self.statement(one) for one in body.get("add_statements") or []]  # type: ignore[attr-defined]
        self.rows[int(str(row["id"]))] = after
        return Answer(200, after), Change(lambda: self.put_row(row), lambda: self.put_row(after))

    def facts(self, occurrence: int, body: Json) -> tuple[Answer, Change]:
        row = next(row for row in self.rows.values() if any(one["occurrence"] == occurrence for one in row["statements"]))  # type: ignore[attr-defined]
        new = [{**one, **body, "version": one["version"] + 1, "prefilled": []} if one["occurrence"] == occurrence else one for one in row["statements"]]  # type: ignore[attr-defined]
        after = {**row, "statements": new, "version": int(str(row["version"])) + 1}
        self.rows[int(str(row["id"]))] = after
        return Answer(200, after), Change(lambda: self.put_row(row), lambda: self.put_row(after))

    def elsewhere(self, row: Json) -> list[Json]:
        text, quote = self.text("clean"), str(row["quote"])
        taken = {one["clean_start"] for one in self.rows.values() if one["quote"] == quote}
        places = [match.start() for match in re.finditer(re.escape(quote), text)]
        return [self.span(at, at + len(quote), "clean") for at in places if at not in taken and self.block_at(at, "clean").copy_of is None]

    def repeat(self, row: Json) -> tuple[Answer, Change]:
        made = [self.add(int(str(one["clean_start"])), int(str(one["clean_end"]))) for one in self.elsewhere(row)]
        for one in made:
            one["tags"] = row["tags"]
            one["statements"] = [{**s, "occurrence": self.next_id()} for s in row["statements"]]  # type: ignore[attr-defined]
        results: Json = {"op": "", "results": [row, *made]}
        gone: Json = {"results": [], "removed": [one["id"] for one in made]}
        return Answer(200, results), Change(lambda: [self.drop_row(one) for one in made] and gone, lambda: {"results": [self.put_row(one)["results"][0] for one in made]})  # type: ignore[index]

    # --- routes ---------------------------------------------------------------------------------
    def read(self, path: str, query: dict[str, str]) -> Answer:
        if path == "/api/documents/1/annotations/":
            return Answer(200, {"count": len(self.rows), "next": None, "previous": None, "seq": 1, "results": list(self.rows.values())})
        if path == "/api/documents/1/annotations/same/":
            return Answer(200, {"results": self.elsewhere(self.rows[int(query["annotation"])])})
        if path == "/api/corpora/1/statements/":
            found = [{"id": 31, "label": "C-31", "kind": "claim", "text": "全球算力集中在少数国家", "status": "queued"}, {"id": 32, "label": "C-32", "kind": "claim", "text": "事故正在增加", "status": "untriaged"}]
            return Answer(200, {"results": [one for one in found if query.get("q", "") in str(one["text"])]})
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
            return self.repeat(self.rows[int(str(body["annotation"]))])
        number = int(path.split("/")[3])
        if path.startswith("/api/occurrences/"):
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

    def answer(self, method: str, path: str, query: dict[str, str], body: Json, headers: dict[str, str]) -> Answer | None:
        """None = the connection breaks."""
        with self.lock:
            if method == "GET":
                return self.read(path, query)
            self.log.append((method, path, body))
            assert headers.get("X-CSRFToken") == "static-token", "every write carries the token"
            plan = self.plans.pop(0) if self.plans else None
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
        urls = {"undo": "/api/corpora/1/undo/", "redo": "/api/corpora/1/redo/", "statements": "/api/corpora/1/statements/", "reading": "/api/documents/1/reading/", "statement": "/c/1/statements/{label}/", "home": "/home", "documents": "/documents"}
        document = {"id": 1, "title": TITLE, "author": AUTHOR, "date": "2026-01-15"}
        return {"strings": {}, "tags": TAGS, "member": self.can, "urls": urls, "kinds": {"claim": "Claim", "proposal": "Proposal"}, "labels": LABELS, "document": document}


class Handler(BaseHTTPRequestHandler):
    """HTTP around the fake."""

    fake: Fake
    html: Callable[[dict[str, str]], str]
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Tests read what they need from the fake's log."""

    def reply(self, status: int, kind: str, data: bytes, op: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", POLICY)
        if op:
            self.send_header("X-Op", op)
        self.end_headers()
        self.wfile.write(data)

    def handle_any(self) -> None:
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        if parts.path.startswith("/static/"):
            file = STATIC / parts.path.removeprefix("/static/")
            self.reply(200, TYPES.get(file.suffix, "text/plain"), file.read_bytes()) if file.is_file() else self.reply(404, "text/plain", b"")
        elif parts.path.startswith("/api/"):
            self.api(parts.path, query, body)
        else:
            self.reply(200, "text/html; charset=utf-8", type(self).html(query).encode())

    def api(self, path: str, query: dict[str, str], body: Json) -> None:
        try:
            answer = self.fake.answer(self.command, path, query, body, dict(self.headers))
        except Refusal as error:
            return self.reply(error.status, "application/problem+json", json.dumps(error.body).encode())
        if answer is None:
            self.close_connection = True
            self.connection.close()
            return None
        data = b"" if answer.body is None else json.dumps(answer.body, ensure_ascii=False).encode()
        return self.reply(answer.status, "application/json", data, answer.op)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = handle_any


def serve(fake: Fake, html: Callable[[dict[str, str]], str] | None = None) -> tuple[ThreadingHTTPServer, str]:
    """Start a server on this machine; the caller shuts it down."""
    render = html or (lambda query: page(fake.blocks, fake.boot(), query))
    handler = type("OwnHandler", (Handler,), {"fake": fake, "html": staticmethod(render)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}"
