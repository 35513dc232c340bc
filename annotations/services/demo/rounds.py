"""The coding rounds of the demo: one closed and half settled, one open."""

from annotations.models import Document, Round
from annotations.services import adjudication, annotations, coding, rounds, texts
from annotations.services.annotations import Span
from annotations.services.demo.content import Demo, Entry
from annotations.services.occurrences import Wanted
from annotations.services.op import writing


def make(demo: Demo) -> None:
    """Open each round, code as the file says, and close and settle those that are to be."""
    for entry in demo.tables["rounds"]:
        with writing(by=demo.by_role("editor")) as op:
            round = rounds.open_round(
                op, name=entry["name"], documents=[_document(demo, key) for key in entry["documents"]],
                coders=[demo.by_role(role) for role in entry["coders"]], guide=entry["guide"],
            )  # fmt: skip
        for passage in entry["passages"]:
            for role in passage["coders"]:
                _mark(demo, round, passage, role)
        for ended in _ended(entry):
            _end(demo, round, ended)
        if entry.get("settled"):
            _settle(demo, round)


def _document(demo: Demo, key: str) -> Document:
    return Document.objects.select_related("current").get(pk=demo.documents[key].pk)


def _mark(demo: Demo, round: Round, passage: Entry, role: str) -> None:
    document = _document(demo, passage["document"])
    start = texts.get(document.current_id or 0).clean.index(passage["quote"])
    span = Span(start, start + len(passage["quote"]), "clean", passage["quote"])
    tags = [demo.tags[key].pk for key in passage.get("tags", ())]
    with writing(by=demo.by_role(role)) as op:
        layer = coding.layer_for(op, round, document)
        wanted = [Wanted(kind=kind) for kind in passage["kinds"]]
        annotations.create(op, document, span, tags=tags, wanted=wanted, layer=layer)


def _ended(entry: Entry) -> list[Entry]:
    """What is ended: as the file says, or all of a round that is settled."""
    if not entry.get("settled"):
        return list(entry["ended"])
    pairs = [(role, key) for role in entry["coders"] for key in entry["documents"]]
    return [{"coder": role, "document": key, "state": "done"} for role, key in pairs]


def _end(demo: Demo, round: Round, ended: Entry) -> None:
    coder = demo.by_role(ended["coder"])
    with writing(by=coder) as op:
        mine = coding.assignment_of(round, _document(demo, ended["document"]), coder)
        rounds.finish(op, mine, ended["state"])


def _settle(demo: Demo, round: Round) -> None:
    """The reviewer takes over what both marked alike; the rest waits."""
    with writing(by=demo.by_role("editor")) as op:
        rounds.close(op, round)
    with writing(by=demo.by_role("reviewer")) as op:
        adjudication.accept_agreed(op, round)
