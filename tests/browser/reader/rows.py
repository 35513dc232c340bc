"""The text and the annotations of the fake: offsets in both spaces, statement numbers, copies."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.browser.reader.text import Block

Json = dict[str, Any]


@dataclass
class Rows:
    """What is stored, and where words stand."""

    blocks: list[Block]
    rows: dict[int, Json] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=lambda: {"claim": 0, "proposal": 0, "id": 100})

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
            raw = (
                self.move(start, "clean"),
                self.move(end, "clean") if end < len(self.text("clean")) else len(self.text("raw")),
            )
        quote = self.text("clean")[clean[0] : clean[1]]
        copies = [
            [block.clean_start + clean[0] - home.clean_start, block.clean_start + clean[1] - home.clean_start]
            for block in self.blocks
            if block.copy_of is not None
            for home in [self.blocks[block.copy_of]]
            if home.clean_start <= clean[0] and clean[1] <= home.clean_start + len(home.clean)
        ]
        return {
            "start": raw[0],
            "end": raw[1],
            "clean_start": clean[0],
            "clean_end": clean[1],
            "home_start": raw[0],
            "home_end": raw[1],
            "exact": self.text("raw")[raw[0] : raw[1]],
            "quote": quote,
            "copies": copies,
            "copies_raw": [],
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
        facts = (
            {"voice": "indirect", "speaker": "主席", "modality": "recommend", "prefilled": ["voice", "speaker"]}
            if kind == "proposal"
            else {}
        )
        return {
            "occurrence": self.next_id(),
            "id": wanted.get("id") or self.next_id(),
            "label": label,
            "kind": kind,
            "fit": wanted.get("fit", "same"),
            "difference": wanted.get("difference"),
            "status": "untriaged",
            "verdict": None,
            "version": 1,
            "occurrence_version": 1,
            **facts,
        }

    def add(
        self,
        start: int,
        end: int,
        space: str = "clean",
        tags: list[int] | None = None,
        kinds: tuple[str, ...] = (),
        by: str = "陈",
    ) -> Json:
        """A row as if somebody had made it before."""
        row: Json = {
            "id": self.next_id(),
            "uid": "",
            "version": 1,
            "document": 1,
            **self.span(start, end, space),
            "creator": {"id": 1 if by == "陈" else 2, "name": by},
            "created_at": "2026-01-20T09:41:00Z",
            "note": "",
            "tags": tags or [],
            "anchor_state": "ok",
            "statements": [self.statement({"kind": kind}) for kind in kinds],
        }
        self.rows[row["id"]] = row
        return row

    def find(self, words: str, nth: int = 0) -> tuple[int, int]:
        """Clean offsets of the nth place of some words."""
        at = -1
        for _ in range(nth + 1):
            at = self.text("clean").index(words, at + 1)
        return at, at + len(words)
