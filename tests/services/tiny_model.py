"""A model of sentences of a few hundred bytes, written by hand: each character is a direction of its own, so that texts
with the same characters lie close together. It has the files and the shapes of a real one."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from pathlib import Path

FLOAT, INT64 = 1, 7
PAD, UNKNOWN = "[PAD]", "[UNK]"


def write(folder: Path, characters: str, *, ready: bool = False, first: bool = False, limit: int = 0) -> Path:
    """A folder with a model that knows these characters. `ready`: it gives one vector a text (of the first token);
    `first`: a note says that the first token stands for the text."""
    folder.mkdir(exist_ok=True)
    vocabulary = [PAD, UNKNOWN, *dict.fromkeys(characters)]
    (folder / "model.onnx").write_bytes(model(len(vocabulary), ready=ready))
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer(vocabulary, limit)))
    if first:
        (folder / "1_Pooling").mkdir(exist_ok=True)
        (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    return folder


def tokenizer(vocabulary: Sequence[str], limit: int) -> dict[str, object]:
    cut = {"max_length": limit, "strategy": "LongestFirst", "stride": 0, "direction": "Right"} if limit else None
    return {
        "version": "1.0", "truncation": cut, "padding": None, "added_tokens": [], "normalizer": None,
        "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "."}, "behavior": "Isolated", "invert": False},
        "post_processor": None, "decoder": None,
        "model": {
            "type": "WordLevel", "vocab": {word: at for at, word in enumerate(vocabulary)}, "unk_token": UNKNOWN,
        },
    }  # fmt: skip


def model(size: int, *, ready: bool) -> bytes:
    """ModelProto: the row of a unit matrix for each token, or of the first one alone."""
    unit = b"".join(struct.pack("<f", float(row == column)) for row in range(size) for column in range(size))
    parts = [text(2, "tiny"), part(5, tensor("table", FLOAT, [size, size], unit))]
    taken = "input_ids"
    if ready:
        taken = "first_ids"
        parts.append(part(5, tensor("zero", INT64, [], struct.pack("<q", 0))))
        parts.append(part(1, node("Gather", ["input_ids", "zero"], "first_ids", attribute("axis", 1))))
    output = "sentence_embedding" if ready else "last_hidden_state"
    parts.append(part(1, node("Gather", ["table", taken], output)))
    parts += [part(11, value(name, INT64, ["batch", "sequence"])) for name in ("input_ids", "attention_mask")]
    parts.append(part(12, value(output, FLOAT, ["batch", size] if ready else ["batch", "sequence", size])))
    return number(1, 8) + part(7, b"".join(parts)) + part(8, number(2, 17))


def node(kind: str, inputs: Sequence[str], output: str, *attributes: bytes) -> bytes:
    named = b"".join(text(1, name) for name in inputs) + text(2, output) + text(4, kind)
    return named + b"".join(part(5, one) for one in attributes)


def attribute(name: str, value: int) -> bytes:
    return text(1, name) + number(3, value) + number(20, 2)


def tensor(name: str, kind: int, shape: Sequence[int], raw: bytes) -> bytes:
    return b"".join(number(1, one) for one in shape) + number(2, kind) + text(8, name) + part(9, raw)


def value(name: str, kind: int, shape: Sequence[int | str]) -> bytes:
    sides = b"".join(part(1, number(1, one) if isinstance(one, int) else text(2, one)) for one in shape)
    return text(1, name) + part(2, part(1, number(1, kind) + part(2, sides)))


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value)


def text(field: int, value: str) -> bytes:
    return part(field, value.encode())


def part(field: int, value: bytes) -> bytes:
    return varint(field << 3 | 2) + varint(len(value)) + value


def varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])
