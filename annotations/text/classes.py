"""What each code point counts as in search and matching: one representative, nothing, or (ligatures) its letters.

Every code point is mapped alone, so outside glosses fold(a + b) == fold(a) + fold(b).  A class joins
- Traditional, Simplified and local forms of a Han character (fold_table.py), radicals and compatibility ideographs,
- full-width and half-width forms, upper and lower case, letters with and without marks (also Japanese voicing marks),
- punctuation that converters flatten or swap: ， , 、; “ ” 「 」 "; — - and so on; every white space.
Combining marks, control and format characters (zero-width space, soft hyphen, direction marks) and the raised digits of
footnotes count as nothing.
"""

import unicodedata

from annotations.text.fold_table import FROM, TO
from annotations.text.han import glosses

PUNCTUATION = {
    '"': "“”„‟«»「」『』〝〞",
    "'": "‘’‚‛‹›`´ʼ",
    "-": "—–―‐‑‒−─━",
    ".": "。｡…⋯",
    ",": "、､",
    "[": "【〔〖",
    "]": "】〕〗",
    "<": "《〈⟨",
    ">": "》〉⟩",
    "~": "〜∼",
    "·": "‧・•∙⋅･",
}
# CJK Radicals Supplement and the character each stands for (Unicode: EquivalentUnifiedIdeograph), U+2E80 first; a space
# where there is none.  PDF text holds them in place of the characters; Kangxi radicals decompose by themselves.
RADICALS = (
    " 厂乛乚乙亻冂几刀刂卜㔾小小兀尣尢 巳幺彑彐忄㣺扌攵 旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒罓罒网"
    "羊羊羊耂肀聿肉臼艹艹艹虎衤覀西見角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
SINGLE = frozenset({"<wide>", "<narrow>", "<small>", "<vertical>", "<font>", "<compat>", "<sub>"})
KEPT = 1 << 16  # how many code points to remember; no text of a corpus has more, an attack must not fill the memory


class Classes(dict[int, str]):
    """The table that str.translate asks; a code point is worked out the first time it is met."""

    def __init__(self) -> None:
        super().__init__(zip(map(ord, FROM), TO, strict=True))
        self.update((ord(char), to) for to, chars in PUNCTUATION.items() for char in chars)
        self.update((0x2E80 + at, self.get(ord(to), to)) for at, to in enumerate(RADICALS) if to != " ")
        self.odd: set[str] = set()  # met so far: those that count as nothing or as several letters

    def __missing__(self, code: int) -> str:
        folded = self.work_out(chr(code))
        if len(folded) != 1:
            self.odd.add(chr(code))
        if len(self) < KEPT:
            self[code] = folded
        return folded

    def work_out(self, char: str) -> str:
        """What a code point counts as, by its Unicode properties."""
        if char.isspace():
            return " "
        category = unicodedata.category(char)
        raised = category == "No" and unicodedata.decomposition(char).startswith("<super>")
        if category[0] == "M" or category in ("Cc", "Cf") or raised:
            return ""
        parts = self.parts(char)
        if parts == char:
            lower = char.casefold()
            parts = lower if len(lower) == 1 or lower.isalpha() else char
        return char if parts == char else "".join(self[ord(part)] for part in parts)

    @staticmethod
    def parts(char: str) -> str:
        """The code points it is made of, as far as they are the same text; itself when it is not made of any."""
        tag, _, rest = unicodedata.decomposition(char).partition(" ")
        if tag and not tag.startswith("<"):
            return unicodedata.normalize("NFD", char)
        if tag in SINGLE:
            plain = unicodedata.normalize("NFKD", char)
            if len(plain) == 1 or (plain.isascii() and plain.isalpha()):
                return plain
        return char


CLASSES = Classes()


def fold_text(text: str) -> str:
    """The text that search compares: glosses dropped, every code point replaced by its class.  Idempotent."""
    return without(text, list(glosses(text))).translate(CLASSES)


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """A text without some of its spans, which are in order and apart."""
    if not spans:
        return text
    kept, at = [], 0
    for start, end in spans:
        kept.append(text[at:start])
        at = end
    return "".join(kept) + text[at:]
