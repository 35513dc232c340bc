"""Write annotations/text/fold_table.py: which Han characters count as the same one in search.

    python tools/make_fold_table.py

Needs the opencc wheel (its `opencc_dict` reads the compiled dictionaries); the app itself never asks OpenCC.
Why classes and not conversion: OpenCC converts phrases, so it writes 沈 as 沈 or 沉 by what stands around it, and a
search for one would miss the other.  Here two characters are in one class when
- TSCharacters gives one as the Simplified form of the other (its first choice), or TSCharactersExt does,
- a phrase of TSPhrases and its Simplified form differ in them (瞭~了, 藉~借, 覆~复, 沈~沉),
- HKVariants or TWVariants gives one as the local form of the other (著~着, 裡~裏).
Left out on purpose: STCharacters, whose further choices join words that differ (像~象, 背~揹, 坐~座).
"""

import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import opencc

HERE = Path(__file__).resolve().parent.parent
TARGET = HERE / "annotations" / "text" / "fold_table.py"
CLIB = Path(opencc.__file__).parent / "clib"
WIDE = 50  # Han characters a line, each two columns wide


def rows(name: str) -> Iterator[tuple[str, list[str]]]:
    """The entries of one OpenCC dictionary: a key and its values, best first."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.txt"
        source = CLIB / "share" / "opencc" / f"{name}.ocd2"
        program = CLIB / "bin" / "opencc_dict"
        subprocess.run([program, "-i", source, "-o", out, "-f", "ocd2", "-t", "text"], check=True, capture_output=True)
        for line in out.read_text("utf-8").splitlines():
            key, values = line.split("\t")
            yield key, values.split(" ")


def pairs() -> Iterator[tuple[str, str]]:
    """Characters that belong together, the Simplified or commoner one second."""
    for name in ("TSCharacters", "TSCharactersExt"):
        yield from ((key, values[0]) for key, values in rows(name))
    for key, values in rows("TSPhrases"):
        if len(key) == len(values[0]):
            yield from zip(key, values[0], strict=True)
    for name in ("HKVariants", "TWVariants"):
        yield from ((value, key) for key, values in rows(name) for value in values)


def classes() -> dict[str, list[str]]:
    """Each class under its representative: the Simplified form that most members have."""
    parent: dict[str, str] = {}
    votes: dict[str, int] = defaultdict(int)

    def root(char: str) -> str:
        while parent.setdefault(char, char) != char:
            char = parent[char]
        return char

    for one, other in pairs():
        parent[root(one)] = root(other)
        votes[other] += one != other
    found: dict[str, list[str]] = defaultdict(list)
    for char in parent:
        found[root(char)].append(char)
    return {max(sorted(group), key=lambda char: votes[char]): sorted(group) for group in found.values()}


def lines(name: str, text: str) -> str:
    """A string constant in lines of bearable width."""
    parts = [text[at : at + WIDE] for at in range(0, len(text), WIDE)]
    return "\n".join([f"{name} = (", *(f'    "{part}"' for part in parts), ")"])


def main() -> None:
    """Write the module."""
    table = sorted((char, to) for to, group in classes().items() for char in group if char != to)
    TARGET.write_text(
        '"""Han characters and the one that stands for them in search; written by tools/make_fold_table.py.'
        f'\n\nMade from the dictionaries of OpenCC {opencc.__version__} (Apache License 2.0).\n"""\n\n'
        + lines("FROM", "".join(char for char, _ in table))
        + "\n\n"
        + lines("TO", "".join(to for _, to in table))
        + "\n",
        "utf-8",
    )
    print(len(table), "characters")


if __name__ == "__main__":
    main()
