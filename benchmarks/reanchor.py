"""Carrying 10,000 annotations over to a new version of a text of 1,000,000 characters, 3 % of them edited.

    python -m benchmarks.reanchor [--characters 1000000] [--annotations 10000] [--json]

Edits come in bursts of one to four characters, put in, taken out or replaced; the true place of every character is
kept. A passage is right when both its ends are within three characters of where its first and last character that
stayed are now, and when it is called orphaned if fewer than 30 % of its characters stayed. Promise (DESIGN.md 10): at
most 1.5 seconds, at least 99.8 % right. Other scenarios are measured beside it, without a promise.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from annotations.text.reanchor import Landing, reanchor
from benchmarks import corpus

CHARACTERS, ANNOTATIONS = 1_000_000, 10_000
NEAR = 3
STAYED = 0.3
ALPHABET = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"


@dataclass(frozen=True, slots=True)
class Scenario:
    """`rate`: share of edited characters. Paragraphs moved, cut, put in. `wrap`: all lines broken anew."""

    name: str
    rate: float
    moves: int = 0
    cuts: int = 0
    added: int = 0
    wrap: bool = False


SCENARIOS = (
    Scenario("3 % edited", 0.03),
    Scenario("10 % edited", 0.10),
    Scenario("3 %, 200 paragraphs moved, 50 cut, 50 added", 0.03, 200, 50, 50),
    Scenario("2 %, every line broken anew", 0.02, wrap=True),
)
Characters = list[tuple[str, int]]  # each with its place in the old text, -1 for one that is new


def run(characters: int = CHARACTERS, annotations: int = ANNOTATIONS) -> dict[str, dict[str, float]]:
    """Seconds and percentages by scenario."""
    old = text(characters)
    spans = passages(old, annotations, random.Random(2))
    return {scenario.name: measured(old, spans, scenario) for scenario in SCENARIOS}


def measured(old: str, spans: Sequence[tuple[int, int]], scenario: Scenario) -> dict[str, float]:
    before = wrapped(old, 38) if scenario.wrap else old
    new, places = edited(before, scenario, random.Random(3))
    if scenario.wrap:
        spans = passages(before, len(spans), random.Random(2))
    wall, cpu = time.perf_counter(), time.process_time()
    landings = reanchor(before, new, spans)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    judged = [judge(landing, truth(span, places)) for landing, span in zip(landings, spans, strict=True)]
    counted = [one for one in judged if one != "torn"]
    states = [landing.state for landing in landings]
    return {
        "seconds": round(wall, 3),
        "CPU seconds": round(cpu, 3),
        "% right": round(100 * counted.count("right") / len(counted), 2),
        "wrong": counted.count("wrong"),
        "orphaned by mistake": counted.count("missed"),
        "placed by mistake": counted.count("false"),
        **{state: states.count(state) for state in ("ok", "moved", "changed", "ambiguous", "orphaned")},
    }


def text(characters: int) -> str:
    """Documents of the made-up corpus, one after another."""
    parts: list[str] = []
    size = number = 0
    while size < characters:
        parts.append(corpus.document(number, spans=0).text)
        size += len(parts[-1]) + 1
        number += 1
    return "\n".join(parts)[:characters]


def wrapped(text: str, width: int) -> str:
    """A text whose lines have this width."""
    flat = text.replace("\n", "")
    return "\n".join(flat[at : at + width] for at in range(0, len(flat), width))


def passages(text: str, count: int, chance: random.Random) -> list[tuple[int, int]]:
    """Spans of 4 to 400 characters, most of them short, anywhere."""
    found = []
    for _ in range(count):
        length = max(4, min(400, int(chance.lognormvariate(3.2, 0.9))))
        start = chance.randrange(len(text) - length)
        found.append((start, start + length))
    return found


def edited(old: str, scenario: Scenario, chance: random.Random) -> tuple[str, list[int]]:
    """The new text, and for each character of the old one where it is now (-1: gone)."""
    characters = paragraphs(bursts(old, scenario.rate / 2.5, chance), scenario, chance)
    if scenario.wrap:
        characters = rewrapped(characters, 55)
    places = [-1] * len(old)
    for at, (_, origin) in enumerate(characters):
        if origin >= 0:
            places[origin] = at
    return "".join(char for char, _ in characters), places


def bursts(old: str, probability: float, chance: random.Random) -> Characters:
    """One to four characters replaced, put in or taken out, here and there."""
    out: Characters = []
    at = 0
    while at < len(old):
        if chance.random() >= probability:
            out.append((old[at], at))
            at += 1
            continue
        size, kind = chance.choice((1, 2, 3, 4)), chance.randrange(3)
        touched = range(at, min(at + size, len(old)))
        if kind == 0:
            out += [(old[one] if old[one] == "\n" else chance.choice(ALPHABET), one) for one in touched]
        elif kind == 1:
            out += [(chance.choice(ALPHABET), -1) for _ in range(size)]
            touched = range(at, at)
        at += len(touched)
    return out


def paragraphs(characters: Characters, scenario: Scenario, chance: random.Random) -> Characters:
    """Whole paragraphs moved, cut and put in."""
    if not (scenario.moves or scenario.cuts or scenario.added):
        return characters
    found: list[Characters] = [[]]
    for pair in characters:
        found[-1].append(pair)
        if pair[0] == "\n":
            found.append([])
    for _ in range(scenario.moves):
        taken = found.pop(chance.randrange(len(found)))
        found.insert(chance.randrange(len(found)), taken)
    for _ in range(scenario.cuts):
        found.pop(chance.randrange(len(found)))
    for number in range(scenario.added):
        new = corpus.document(10**6 + number, 200, spans=0).text.replace("\n", "") + "\n"
        found.insert(chance.randrange(len(found)), [(char, -1) for char in new])
    return [pair for paragraph in found for pair in paragraph]


def rewrapped(characters: Characters, width: int) -> Characters:
    """The same without their line ends, and with others."""
    flat = [pair for pair in characters if pair[0] != "\n"]
    out: Characters = []
    for at in range(0, len(flat), width):
        out += flat[at : at + width]
        out.append(("\n", -1))
    return out


def truth(span: tuple[int, int], places: Sequence[int]) -> tuple[int, int] | str:
    """Where a passage is now; "gone", or "torn" when a move parted it."""
    stayed = [places[at] for at in range(*span) if places[at] >= 0]
    length = span[1] - span[0]
    if len(stayed) < STAYED * length:
        return "gone"
    if max(stayed) - min(stayed) > 1.6 * length + 8:
        return "torn"
    return min(stayed), max(stayed) + 1


def judge(landing: Landing, wanted: tuple[int, int] | str) -> str:
    """right, wrong, missed (orphaned though it is there), false (placed though it is gone), torn (cannot be judged)."""
    if wanted == "torn":
        return "torn"
    if isinstance(wanted, str):
        return "right" if landing.state == "orphaned" else "false"
    if landing.start is None or landing.end is None:
        return "missed"
    near = abs(landing.start - wanted[0]) <= NEAR and abs(landing.end - wanted[1]) <= NEAR
    return "right" if near else "wrong"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--characters", type=int, default=CHARACTERS)
    parser.add_argument("--annotations", type=int, default=ANNOTATIONS)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = run(asked.characters, asked.annotations)
    if asked.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for scenario, figures in found.items():
        print(f"{scenario}: " + ", ".join(f"{name} {value:g}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
