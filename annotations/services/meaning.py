"""Passages are compared by meaning with what people of the corpus accepted and turned down: it moves the order in which
claims and proposals are suggested, and says of which accepted passage one reminds. Only vectors that are kept are used
here; services/meaning_run.py has them worked out. Without an embedding nothing of this happens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from django.db.models import Sum

from annotations.models import Suggestion, Tag
from annotations.services import embedding, lessons, texts, vectors
from annotations.services.nearness import Judged, Near, Taste, enough
from annotations.text.suggest import Candidate, Teaching, candidates
from annotations.text.suggest.weights import Signs

SUGGESTER = "meaning"
CLOSE, CLOSE_EXAMPLE = "close", "close_example"  # codes of reasons
#: An example of the codebook says less than a decision: it is written before the texts are read.
CODEBOOK = 0.5
SHORTEST, TOLD = 6, 80  # characters of such an example; of a passage that a reason names
BULLET = re.compile(r"^\s*(?:[-*•·–—]|\d{1,2}[.)、])?\s*")
SEVERAL = re.compile(r"[\n;；]")
KEPT = 16  # corpora

_cache: dict[int, tuple[object, Taste | None]] = {}
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Taught:
    """What words teach, and what meaning adds to it."""

    words: Teaching
    near: Mapping[str, Near]

    def odds(self, text: str, signs: Signs) -> dict[str, float]:
        """What to add to the log odds of the rules, for each kind. By meaning it is the same for both: it says whether
        a passage is worth a look, the rules say as what."""
        found = self.words.odds(text, signs)
        near = self.near.get(text)
        return {kind: value + near.odds for kind, value in found.items()} if near else found

    def close(self, text: str) -> dict[str, object] | None:
        """Why meaning speaks for a passage: what it is close to. None where it does not."""
        near = self.near.get(text)
        if near is None or near.odds <= 0:
            return None
        return {"code": CLOSE_EXAMPLE if near.to.example else CLOSE, "words": [shortened(near.to.words)]}


def enabled() -> bool:
    """Whether texts are compared by meaning in this installation (AIGOV_EMBEDDING)."""
    return embedding.enabled()


def taught(corpus_id: int, text: texts.Text, words: Teaching) -> Taught:
    """What is known of the passages of a text."""
    found = taste(corpus_id) if enabled() else None
    if found is None:
        return Taught(words, {})
    there = vectors.kept(corpus_id, passages(text))
    return Taught(words, dict(zip(there, found.of(list(there.values())), strict=True)))


def passages(text: texts.Text) -> list[str]:
    """The words of all passages that could be suggested."""
    return [text.clean[one.start : one.end] for one in candidates(text.clean, lessons.parts(text))]


def close(text: texts.Text, found: Iterable[Candidate], known: Taught) -> list[tuple[Candidate, dict[str, object]]]:
    """Those of the suggested passages for which meaning speaks, each with its reason."""
    pairs = ((one, known.close(text.clean[one.start : one.end])) for one in found)
    return [(one, reason) for one, reason in pairs if reason]


def shortened(words: str) -> str:
    return words if len(words) <= TOLD else words[: TOLD - 1] + "…"


def taste(corpus_id: int) -> Taste | None:
    """What this corpus takes and turns down; None while too little was decided. Kept until somebody decides."""
    now = (*lessons.fingerprint(corpus_id), edition(corpus_id), embedding.digest())
    with _lock:
        known = _cache.get(corpus_id)
        if known is not None and known[0] == now:
            return known[1]
    said = examples(corpus_id)
    there = vectors.kept(corpus_id, said)
    judged = [Judged(words, there[words], *said[words]) for words in said if words in there]
    found = Taste(judged) if enough(judged) else None
    if len(judged) == len(said):  # else the others are worked out soon
        with _lock:
            _cache[corpus_id] = (now, found)
            while len(_cache) > KEPT:
                del _cache[next(iter(_cache))]
    return found


def edition(corpus_id: int) -> int:
    """Another one when the codebook has changed."""
    return Tag.objects.filter(corpus=corpus_id).aggregate(found=Sum("version"))["found"] or 0


def examples(corpus_id: int) -> dict[str, tuple[bool, float, bool]]:
    """Words that people decided on, in the order in which lessons has them: whether they are worth a look (as claim or
    as proposal, else as neither), how much that weighs, and whether they are an example of the codebook."""
    found: dict[str, tuple[bool, float, bool]] = {}
    for one in lessons.examples(corpus_id):
        right, weight, _ = found.get(one.text, (False, 0.0, False))
        found[one.text] = (right or one.right, max(weight, one.weight), False)
    return dict.fromkeys(codebook(corpus_id), (True, CODEBOOK, True)) | found


def codebook(corpus_id: int) -> Iterable[str]:
    """The examples of the tags in use, one a line or between semicolons."""
    rows = Tag.objects.filter(corpus=corpus_id, deprecated=False).exclude(examples="").order_by("id")
    for text in rows.values_list("examples", flat=True):
        for line in SEVERAL.split(text):
            words = BULLET.sub("", line, count=1).strip()
            if SHORTEST <= len(words) <= lessons.LONGEST:
                yield words


def decisions(corpus_id: int) -> int:
    """How many decisions and marks there are to compare with."""
    decided, _, marked, *_ = lessons.fingerprint(corpus_id)
    assert isinstance(decided, int) and isinstance(marked, int)
    return decided + marked


def waiting_for(document_id: int) -> bool:
    """Whether suggestions of it are open in a text, as they may be from a time when there was an embedding."""
    return Suggestion.objects.filter(document=document_id, suggester=SUGGESTER, state="open").exists()
