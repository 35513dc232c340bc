"""The documents of the demo, their passages, and who has read what."""

from typing import Any

from annotations import sandbox
from annotations.models import Document, Occurrence
from annotations.services import (
    annotations,
    coverage,
    documents,
    files,
    limits,
    loading,
    new_versions,
    occurrences,
    sources,
    texts,
    translations,
    versions,
)
from annotations.services.annotations import Span
from annotations.services.demo.content import Demo, Entry
from annotations.services.occurrences import Wanted
from annotations.services.op import Op, writing

GIVEN = (
    "title",
    "language",
    "genre",
    "authors",
    "publisher",
    "published_date",
    "source_note",
    "url",
    "reference_year",
    "affiliation",
    "rights",
)


def load(demo: Demo) -> None:
    """Read every file as an upload would be, and add the sources."""
    with writing(by=demo.by_role("annotator")) as op:
        batch = documents.new_batch(op, "Demo")
        for entry in demo.tables["documents"]:
            data = (demo.folder / "documents" / entry["file"]).read_bytes()
            plain = sandbox.is_plain(data, entry["file"])
            read = sandbox.read_plain if plain else sandbox.read_upload
            source = (
                read(data, entry["file"]) if plain else sandbox.read_upload(data, entry["file"], limits.of_sandbox())
            )
            incoming = loading.Incoming(documents.prepare(source), entry["file"], files.keep_bytes(data), len(data))
            facts = {name: entry[name] for name in GIVEN if entry.get(name) not in (None, "")}
            demo.documents[entry["key"]] = loading.store(op, incoming, batch=batch, **facts)
    with writing(by=demo.by_role("checker")) as op:
        for entry in demo.tables["sources"]:
            demo.sources[entry["key"]] = _source(op, entry)


def _source(op: Op, entry: Entry) -> Any:
    return sources.create(
        op,
        text=entry.get("snapshot", ""),
        again=True,
        title=entry["title"],
        type=entry["type"],
        publisher=entry.get("publisher", ""),
        authors=entry.get("authors", []),
        published_date=str(entry.get("date", "")),
        url=entry.get("url", ""),
        identifier=entry.get("identifier", ""),
        language=entry.get("language", ""),
        reliability_note=entry.get("note", ""),
        independent_group=entry.get("independent_group", ""),
        no_snapshot_reason=entry.get("no_snapshot_reason", ""),
    )


def mark(demo: Demo) -> None:
    """Highlight every passage as the person who found it."""
    by_person: dict[str, list[Entry]] = {}
    for entry in demo.tables["passages"]:
        by_person.setdefault(entry["by"], []).append(entry)
    for key, entries in by_person.items():
        with writing(by=demo.members[key]) as op:
            for entry in entries:
                _passage(op, demo, entry)


def _passage(op: Op, demo: Demo, entry: Entry) -> None:
    document = demo.documents[entry["document"]]
    span = place(document, entry["quote"], int(entry.get("nth", 1)))
    tags = [demo.tags[code].pk for code in entry.get("tags", ())]
    annotation = annotations.create(op, document, span, tags=tags, note=entry.get("note", ""))
    demo.passages[entry["document"], entry["quote"]] = annotation
    anchor = annotation.anchors.select_related("annotation__document").get()
    for link in entry.get("statements", ()):
        statement = demo.statements[link["statement"]]
        wanted = Wanted(statement_id=statement.pk, fit=link.get("fit", "same"), difference=link.get("difference", ""))
        _express(op, demo, occurrences.link(op, annotation, anchor, statement, wanted), link)


def place(document: Document, quote: str, nth: int = 1) -> Span:
    """The nth place of a quote in the clean text; ValueError naming both when it is not there."""
    clean, start = texts.get(document.current_id or 0).clean, -1
    for _ in range(nth):
        start = clean.find(quote, start + 1)
        if start < 0:
            raise ValueError(f"{document.title}: {quote}")
    return Span(start, start + len(quote), "clean", quote)


def _express(op: Op, demo: Demo, occurrence: Occurrence, link: Entry) -> None:
    values: dict[str, Any] = {
        name: link[name]
        for name in ("voice", "reported_via", "author_stance", "modality", "utterance_date")
        if name in link
    }
    if "speaker" in link:
        values["speaker"] = demo.agents[link["speaker"]].name
    occurrences.update_occurrence(op, occurrence, **values)


def read(demo: Demo) -> None:
    for entry in demo.tables["documents"]:
        for state in entry.get("reading", ()):
            with writing(by=demo.members[state["person"]]) as op:
                row = documents.set_reading(
                    op, demo.documents[entry["key"]], state["state"], int(state.get("paragraph", 0))
                )
            if row.state == "reading":  # what was in view up to the paragraph one had come to
                version = demo.documents[entry["key"]].current_id or 0
                coverage.note(demo.members[state["person"]], row.document, version, [(0, row.paragraph)])


def revise(demo: Demo) -> None:
    """Later wordings of documents, and which document translates which."""
    for entry in demo.tables["documents"]:
        document = Document.objects.select_related("current", "translation_of").get(pk=demo.documents[entry["key"]].pk)
        if name := entry.get("later_file"):
            data = (demo.folder / "documents" / name).read_bytes()
            prepared = documents.prepare(sandbox.read_plain(data, name))
            incoming = loading.Incoming(prepared, name, files.keep_bytes(data), len(data))
            with writing(by=demo.by_role("annotator")) as op:
                new_versions.store(op, document, incoming, versions.plan(document, prepared))
        if original := entry.get("translation_of"):
            with writing(by=demo.by_role("annotator")) as op:
                translations.say(op, document, translations.original_of(op, demo.documents[original].pk))
