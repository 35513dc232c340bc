"""The embedding that the operator laid into a folder (AIGOV_EMBEDDING): a small model that makes a vector of a text, so
that texts which mean the same lie close together. It runs on this machine; nothing is ever fetched for it.

The folder is what Hugging Face calls an ONNX export: `model.onnx` (inputs input_ids, attention_mask, perhaps
token_type_ids), `tokenizer.json`, and where there is one `1_Pooling/config.json`. The packages that read it
(requirements-embedding.txt) are imported when the first text is read, and never where no folder is named.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)

MODEL, TOKENIZER, POOLING = "model.onnx", "tokenizer.json", "1_Pooling/config.json"
FILES = (MODEL, TOKENIZER)
#: All that the vectors follow from; weights of more than 2 GB lie beside the model.
TELLING = (MODEL, "model.onnx_data", TOKENIZER, POOLING)
PACKAGES = ("numpy", "onnxruntime", "tokenizers")
INSTALL = "Install its parts (make install_embedding), or leave AIGOV_EMBEDDING unset."
LAY = "Name a folder with model.onnx and tokenizer.json, or leave AIGOV_EMBEDDING unset."
#: A file that is smaller is none: most likely the pointer that a large file was left out for.
LEAST_BYTES = {MODEL: 200, TOKENIZER: 100}
TOKENS = 512  # of a text; what is longer is cut
BATCH = 16  # texts
#: Ways to make one vector of those of the tokens; the first output that is there is taken.
READY, STATES = ("sentence_embedding",), ("last_hidden_state", "token_embeddings")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the embedding cannot be used, and what to do about it; English, for the operator."""

    what: str
    remedy: str


class Unusable(Exception):
    """The files are there and are no model that this program can use."""


class Embedding:
    """A model that was read. `digest`: of all it consists of; vectors of another model cannot be compared with its."""

    def __init__(self, folder: Path) -> None:
        """Raises Unusable, with a sentence for the operator."""
        self.digest = digest_of(folder)
        self._np: Any = import_module("numpy")
        try:
            self._tokenizer = tokenizer(folder)
            self._session = session(folder / MODEL)
        except Exception as problem:  # whatever the two libraries raise for a file that is none
            raise Unusable(f"{folder} holds no model that can be read: {problem}") from problem
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._output = wanted_output([one.name for one in self._session.get_outputs()])
        self._first = first_token(folder)
        if "input_ids" not in self._inputs or self._output is None:
            raise Unusable(f"{folder / MODEL} is no model of sentences: it takes no input_ids or gives no states.")

    def vectors(self, texts: Sequence[str]) -> list[bytes]:
        """A vector of length 1 for each text, as half-precision numbers, lowest byte first."""
        np = self._np
        found: list[bytes] = [b""] * len(texts)
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))  # alike in length: little padding
        for first in range(0, len(order), BATCH):
            places = order[first : first + BATCH]
            made = self._batch([texts[at] for at in places])
            lengths = np.linalg.norm(made, axis=1, keepdims=True)
            for at, vector in zip(places, made / np.maximum(lengths, 1e-12), strict=True):
                found[at] = vector.astype("<f2").tobytes()
        return found

    def _batch(self, texts: Sequence[str]) -> Any:
        np = self._np
        read = self._tokenizer.encode_batch(list(texts))
        columns = {
            "input_ids": [one.ids for one in read],
            "attention_mask": [one.attention_mask for one in read],
            "token_type_ids": [one.type_ids for one in read],
        }
        given = {name: np.array(rows, np.int64) for name, rows in columns.items()}
        [states] = self._session.run([self._output], {name: given[name] for name in given if name in self._inputs})
        states = states.astype(np.float32)
        if states.ndim == 2:
            return states
        if self._first:
            return states[:, 0]
        seen = given["attention_mask"][:, :, None].astype(np.float32)
        return (states * seen).sum(1) / np.maximum(seen.sum(1), 1)


def folder() -> Path | None:
    """Where the operator laid a model."""
    return settings.AIGOV_EMBEDDING


def trouble() -> Trouble | None:
    """What can be seen without reading the model. None: no folder is named, or nothing speaks against it."""
    where = folder()
    if where is None:
        return None
    if missing := [name for name in PACKAGES if find_spec(name) is None]:
        return Trouble(f"AIGOV_EMBEDDING is set, but these packages are missing: {', '.join(missing)}.", INSTALL)
    for name in FILES:
        if not (where / name).is_file():
            return Trouble(f"AIGOV_EMBEDDING names {where}, where there is no {name}.", LAY)
        if (where / name).stat().st_size < LEAST_BYTES[name]:
            return Trouble(f"{where / name} is too small: perhaps the pointer to a file that was not copied.", LAY)
    return None


def trouble_in_depth() -> Trouble | None:
    """What is seen when the model is read and tried (half a second and its memory)."""
    where = folder()
    try:
        if where is not None:
            Embedding(where).vectors(["a", "人工智能"])
    except Exception as problem:
        return Trouble(f"The embedding cannot be used: {problem}", LAY)
    return None


_lock = Lock()
_read: dict[Path, Embedding | None] = {}


def enabled() -> bool:
    """Whether texts can be compared by meaning here. A model that could not be read is not tried again by this
    process."""
    where = folder()
    return where is not None and _read.get(where, True) is not None and trouble() is None


def load() -> Embedding | None:
    """The model, read when it is first asked for; None where there is none, or none that can be used."""
    where = folder()
    if where is None or not enabled():
        return None
    with _lock:
        if where not in _read:
            try:
                _read[where] = Embedding(where)
            except Unusable:
                logger.exception("The embedding of AIGOV_EMBEDDING is left out")
                _read[where] = None
        return _read[where]


def digest() -> str:
    """Which model it is, without reading it as one; empty where there is none."""
    where = folder()
    return digest_of(where) if where is not None and enabled() else ""


def digest_of(where: Path) -> str:
    there = [where / name for name in TELLING if (where / name).is_file()]
    return _digest(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in there))


@lru_cache(maxsize=8)
def _digest(files: tuple[tuple[Path, int, int], ...]) -> str:
    """16 hexadecimal digits; a file is read again when it has changed."""
    found = hashlib.sha256()
    for path, _, size in files:
        found.update(f"{path.name} {size}\n".encode())
        for piece in pieces(path):
            found.update(piece)
    return found.hexdigest()[:16]


def pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            yield piece


def session(path: Path) -> Any:
    """One thread: the requests beside it come first."""
    runtime = import_module("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False  # else it keeps the most that a batch ever took
    options.add_session_config_entry("session.disable_prepacking", "1")  # a second copy of the weights, no faster
    options.log_severity_level = 3  # errors
    return runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def tokenizer(where: Path) -> Any:
    found = import_module("tokenizers").Tokenizer.from_file(str(where / TOKENIZER))
    limit = (found.truncation or {}).get("max_length", TOKENS)
    found.enable_truncation(min(limit, TOKENS))
    found.enable_padding(**{key: value for key, value in (found.padding or {}).items() if key != "length"})
    return found


def wanted_output(names: Sequence[str]) -> str | None:
    return next((name for name in (*READY, *STATES) if name in names), None)


def first_token(where: Path) -> bool:
    """Whether the vector of the first token stands for the text; else the mean of all."""
    try:
        said = json.loads((where / POOLING).read_text())
    except (OSError, ValueError):
        return False
    return isinstance(said, dict) and bool(said.get("pooling_mode_cls_token"))
