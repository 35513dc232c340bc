"""Vectors of words, worked out once and kept: by the words, for one corpus and the model of this installation."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Sequence

from annotations.models import Vector
from annotations.services import embedding

#: So many are worked out and written at a time: a tenth of a second that a kill may cost.
BATCH = 32
#: So many are asked for in one query.
LOOKED_UP = 400


def key(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def kept(corpus_id: int, texts: Iterable[str]) -> dict[str, bytes]:
    """The vectors that are there, by their texts."""
    model = embedding.digest()
    asked = {key(text): text for text in texts} if model else {}
    keys, found = list(asked), {}
    for first in range(0, len(keys), LOOKED_UP):
        rows = Vector.objects.filter(corpus=corpus_id, model=model, words__in=keys[first : first + LOOKED_UP])
        found.update({asked[words]: bytes(vector) for words, vector in rows.values_list("words", "vector")})
    return found


def make(corpus_id: int, texts: Iterable[str], until: float) -> bool:
    """Work out those that are not there, until it is `until` (time.monotonic) at the earliest after one batch; whether
    all are there now. Several processes may do this at once."""
    asked = list(dict.fromkeys(texts))
    known = kept(corpus_id, asked)
    missing = [text for text in asked if text not in known]
    for first in range(0, len(missing), BATCH):
        if first and time.monotonic() >= until:
            return False
        if not _write(corpus_id, missing[first : first + BATCH]):
            return False
    return True


def _write(corpus_id: int, texts: Sequence[str]) -> bool:
    """Book-keeping of the machine: nobody's history, so no Op."""
    model = embedding.load()
    if model is None:
        return False
    rows = [
        Vector(corpus_id=corpus_id, model=model.digest, words=key(text), vector=vector)
        for text, vector in zip(texts, model.vectors(texts), strict=True)
    ]
    Vector.objects.bulk_create(rows, ignore_conflicts=True)
    return True


def forget_others(corpus_id: int, until: float) -> bool:
    """No vectors of the models that were here before; whether none is left. A few rows at a time: others write, too."""
    others = Vector.objects.filter(corpus=corpus_id).exclude(model=embedding.digest())
    while old := list(others.values_list("model", "words")[:LOOKED_UP]):
        for model in {model for model, _ in old}:
            Vector.objects.filter(corpus=corpus_id, model=model, words__in=[words for _, words in old]).delete()
        if time.monotonic() >= until:
            return False
    return True
