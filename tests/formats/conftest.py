"""A small corpus in records: two documents, three passages (one without a statement), a claim and a proposal."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest

from annotations import records as r
from annotations.text.blocks import Block

RAW = "標題\n今(jīn)年事故升至233起。\n=HYPERLINK 𠮷 應設立新組織。"
CLEAN = "標題\n今年事故升至233起。\n=HYPERLINK 𠮷 應設立新組織。"
WHEN = "2026-11-21T09:30:00Z"
LATER = "2026-11-22T10:00:00Z"


def uid(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, name))


CORPUS = r.CorpusRecord(uid("corpus"), "demo", "AI 治理", "A small corpus", "zh-Hant", WHEN)
MEMBER = r.MemberRecord(uid("member"), "陳", "annotator")
AGENT = r.AgentRecord(uid("agent"), "某組織", "intergovernmental", ("組織", "Org"), "https://org.example/")
TAG_SET = r.TagSetRecord(uid("set"), "Topics", "annotation", True, False, 1)
TAG = r.TagRecord(uid("tag"), uid("set"), "t1", "風險", "风险", "風險", "", "red", "1", None, False, 1)
VERSION = r.VersionRecord(
    uid("version"), 1, "ab" * 32, RAW, CLEAN, "aigov-1", "0,4;",
    (Block("title", 0, 2), Block("paragraph", 3, 19, page=1)), "a.txt", "cd" * 32, "plain", WHEN, uid("member"),
)  # fmt: skip
DOCUMENT = r.DocumentRecord(
    uid("document"), "標題", "zh-Hant", "opinion", ("某人",), "", "", "", "https://news.example/a", "2026-01-02", "",
    2026, "", ("title",), "", (uid("tag"),), "", WHEN, uid("member"), (VERSION,),
)  # fmt: skip
BARE_DOCUMENT = replace(DOCUMENT, uid=uid("other"), title="Other", versions=(), reference_year=None, created_by=None)
ANCHOR = r.AnchorRecord(uid("version"), 3, 18, RAW[3:18], CLEAN[3:13], "標題\n", "。", "ok", "exact", 1.0)
ANNOTATION = r.AnnotationRecord(
    uid("annotation-1"), uid("document"), uid("member"), WHEN, LATER, "a note", 2, (uid("tag"),), (ANCHOR,)
)
CLAIM = r.StatementRecord(
    uid=uid("claim"), number=1, kind="claim", text="2026年事故升至233起。", gloss_en="", language="zh-Hant",
    types=("quantity",), wording="stands_alone", work="approved", public="published", verdict="supported",
    verdict_as_of="2026-11-21", progress="", progress_date="", triage_reason="", checkworthiness="high",
    triage_answers={"q1": "yes", "q2": 5}, priority=1, assignee=uid("member"), due="", about_date="2026",
    reference_year=2026, resolve_by="", resolution_criteria="", note="", redirect_to=None, tags=(), created_at=WHEN,
    created_by=uid("member"), updated_at=LATER,
)  # fmt: skip
PROPOSAL = replace(
    CLAIM, uid=uid("proposal"), kind="proposal", text="應設立新組織。", types=(), work="tracked", public="none",
    verdict="", triage_answers={}, assignee=None,
    proposal=r.ProposalRecord(actor=(uid("agent"),), mechanism="new_institution", specificity=2),
)  # fmt: skip
OCCURRENCE = r.OccurrenceRecord(
    uid("occurrence"), uid("annotation-1"), uid("claim"), "document", uid("agent"), "", "reports", "will", "", "same",
    "", ("voice",), WHEN, uid("member"),
)  # fmt: skip
SOURCE = r.SourceRecord(
    uid("source"), "Index", "report", "", (), "2026", "https://index.example/", "", "en", "", "", "", WHEN, None
)
VERIFICATION = r.VerificationRecord(
    uid("check"), uid("claim"), 1, uid("member"), "approved", "supported", ("outdated",), "Because.", "2026-11-21", "",
    "na", "", ({"query": "事故", "engine": "site"},),
    (r.QuestionRecord(uid("question"), "How many?", 1, (r.AnswerRecord(uid("answer"), "233", "extractive", ""),)),),
    (r.ReviewRecord(uid("review"), None, "supported", False, "approve", "", LATER),), WHEN,
)  # fmt: skip
EVIDENCE = r.EvidenceRecord(
    uid("evidence"), uid("claim"), uid("answer"), uid("source"), "233 incidents", "p. 3", "supports", "web text", "",
    WHEN, None,
)  # fmt: skip
TABLES: dict[str, list[object]] = {
    "members": [MEMBER], "agents": [AGENT], "tag_sets": [TAG_SET], "tags": [TAG], "sources": [SOURCE],
    "documents": [DOCUMENT, BARE_DOCUMENT], "annotations": [ANNOTATION], "statements": [CLAIM, PROPOSAL],
    "occurrences": [OCCURRENCE], "relations": [], "verifications": [VERIFICATION], "evidence": [EVIDENCE],
    "milestones": [], "saved_views": [], "comments": [],
}  # fmt: skip

ROWS = [
    r.OccurrenceRow(
        statement_id="C-1", kind="claim", type="quantity", statement_text="2026年事故升至233起。", verdict="supported",
        document_title="標題", annotation_id=uid("annotation-1"), start="3", end="18", quote_raw=RAW[3:18],
        quote_clean=CLEAN[3:13], note='says "so"\nand more', annotation_tags="風險 | 數字",
    ),
    r.OccurrenceRow(
        statement_id="P-2", kind="proposal", quote_raw="=HYPERLINK 𠮷", note="-3", document_title="標題",
        created_by="@陳",
    ),
    r.OccurrenceRow(statement_id="C-3", kind="claim", statement_text="Without a passage\x00\x0b"),
]  # fmt: skip

_CLAIM = {
    "id": "C-1", "uid": uid("claim"), "kind": "claim", "text": "2026年事故升至233起。", "type": "quantity",
    "status": "published", "verdict": "supported", "fit": "same", "voice": "document", "speaker": "某組織",
    "modality": "",
}  # fmt: skip
_PROPOSAL = {
    **_CLAIM,
    "id": "P-2",
    "uid": uid("proposal"),
    "kind": "proposal",
    "type": "",
    "status": "tracked",
    "verdict": None,
}
_QUEUED = {**_CLAIM, "id": "C-3", "uid": uid("claim-3"), "status": "in_review", "verdict": "refuted"}
PASSAGE = r.PassageRow(
    uid("annotation-1"), uid("document"), "標題", "https://news.example/a", uid("version"), WHEN, 3, 18, RAW[3:18],
    CLEAN[3:13], "標題\n", "。", "ok", "陳", WHEN, LATER, "a note", ("風險", "數字"), (_CLAIM, _QUEUED),
)  # fmt: skip
PASSAGES = [
    PASSAGE,
    PASSAGE._replace(
        uid=uid("annotation-2"), start=20, end=32, exact=RAW[20:32], quote_clean=RAW[20:32], creator="", note="",
        tags=(), document_url="not an address", statements=(_PROPOSAL,),
    ),
    PASSAGE._replace(
        uid=uid("annotation-3"), start=0, end=2, exact="標題", quote_clean="標題", note="=1+1", statements=(),
    ),
]  # fmt: skip


#: What no export holds, or only the dump.
KEPT_BACK = {
    "removed": 5, "own_views": 2, "closed_checks": 3, "rounds": 6, "corrections": 7, "confidence": 8,
    "bare_documents": 10,
}  # fmt: skip


def make_export(
    rows: Iterable[r.OccurrenceRow] = ROWS,
    passages: Iterable[r.PassageRow] = PASSAGES,
    tables: dict[str, list[object]] = TABLES,
    base_url: str = "https://host.example",
    filters: str = "",
    counts: dict[str, int] | None = None,
) -> r.Export:
    counted = {name: len(records) for name, records in tables.items()}
    counted |= {"events": 9, "comments": 2, "snapshots": 1, "reading": 4, **KEPT_BACK, **(counts or {})}
    return r.Export(
        CORPUS, base_url, LATER, filters, {name: _giving(table) for name, table in tables.items()}, lambda: rows,
        lambda: passages, counted,
    )  # fmt: skip


def _giving(records: Sequence[object]) -> Callable[[], Iterable[object]]:
    return lambda: iter(records)


@pytest.fixture
def export() -> r.Export:
    return make_export()


@pytest.fixture(scope="session")
def exporting() -> Callable[..., r.Export]:
    """`make_export`, for tests that choose the parts themselves."""
    return make_export


@pytest.fixture(scope="session")
def w3c() -> Path:
    """The folder with the W3C suite, which is not part of the repository."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "w3c"
    if not (folder / "run_model_tests.py").exists():
        pytest.skip("the W3C suite is not here")
    return folder
