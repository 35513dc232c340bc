"""What the converter does to a text, played through on GBK bytes, so that its repair can be tested on own words."""

READINGS = {
    "國": "guó", "務": "wù", "機": "jī", "現": "xiàn", "優": "yōu", "動": "dòng", "關": "guān", "術": "shù", "發": "fā",
    "會": "huì", "險": "xiǎn", "護": "hù",
}  # fmt: skip
FLATTENED = ("，", "：", "；", "？", "！")
MARKS = {"“": "&ldquo;", "”": "&rdquo;"}
TRUE = (
    "國務機關發現風險，會議要求保護優勢技術。現在發動各國機關，把守護國家的技術變為“會議的目標”。動議由國務機關發出。"
    "保護機會，發現優勢。會議主動把守護變為主動的服務。值得關注的發現是“優勢在於機會。”值得關注。"
)


def damage(text: str, readings: dict[str, str] | None = None) -> str:
    """The text as the converter leaves it: glossed byte by byte, punctuation flattened, torn bytes read badly."""
    stream: list[int | str] = list("".join(MARKS.get(char, char) for char in text).encode("gbk"))
    for char, reading in (readings or READINGS).items():
        stream = insert(stream, list(char.encode("gbk")), list(f"({reading})"))
    for mark in FLATTENED:
        full = list(mark.encode("gbk"))
        stream = replace_pair(stream, full, [chr(full[1] - 0x80)])
    return read(stream).replace("&ldquo;", "“").replace("&rdquo;", "”")


def insert(stream: list[int | str], pair: list[int], gloss: list[str]) -> list[int | str]:
    """A gloss after each place of a pair of bytes, whether it is a character there or not."""
    return replace_pair(stream, pair, [*pair, *gloss])


def replace_pair(
    stream: list[int | str], pair: list[int], new: list[int] | list[str] | list[int | str]
) -> list[int | str]:
    """Another list in place of each pair of bytes."""
    out: list[int | str] = []
    at = 0
    while at < len(stream):
        if stream[at : at + 2] == pair:
            out += new
            at += 2
        else:
            out.append(stream[at])
            at += 1
    return out


def read(stream: list[int | str]) -> str:
    """Pairs become characters; a first byte without a second becomes "?" and swallows an opening mark after it."""
    out: list[str] = []
    at = 0
    while at < len(stream):
        one, two = stream[at], stream[at + 1] if at + 1 < len(stream) else ""
        if isinstance(one, str):
            out.append(one)
        elif one < 0x80:
            out.append(chr(one))
        elif isinstance(two, int) and two >= 0x40:
            out.append(bytes([one, two]).decode("gbk", "replace"))
            at += 1
        else:
            out.append("?")
            at += two in ("(", ord("&"))
        at += 1
    return "".join(out)


RAW = damage(TRUE)
