"""Strength of wording by its cues (domain.md 2.5), for prefill and for telling variants apart; a person confirms.

Cues are matched on folded text. What stands in 《》 is a name and no wording, so it is left out.
"""

import re

from annotations.text.classes import fold_text
from annotations.text.patterns import any_of

_START = r"(?:^|[,.;:!?\"\s]|因此|所以|首先|其次|最后|第[一二三四五六七八九十]|[一二三四五六]是)"
_WHO = any_of("我们|各国|各方|都|还|也|更|就|既")
#: What may follow 将 as "will"; before a noun it is another word for 把.
_WILL_DO = fold_text(
    "会可要在于对由被有成为使让推进建设加带更继从与同以是不能实促提发开通达出面引拥形产导改决取重大极显整全共举制启"
)
_MEASURES = any_of("推动|实施|建设|支持|帮助|建立|构建|加强|完善|促进|打造|推进|开展|制定|设立|健全|扩大|深化|依托")
_LISTED = r"(?:第[一二三四五六七八九十]|[一二三四五六]是|一方面|另一方面),?"

#: Code and cue, strongest first: where two begin at one place the first counts.
CUES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(expression))
    for code, expression in (
        ("must", any_of("必须|必需|务必|严禁|禁止|不得|坚持")),
        ("must", r"(?<![无必])须(?!知|臾|眉)"),
        ("must", rf"{_START},?{_WHO}*(?P<cue>要)(?![{fold_text('求素点件害塞闻么是知')}])"),
        ("must", r"\b(?:must|shall|ha(?:s|ve) to)\b"),
        ("should", rf"(?<![相响供效反适回感对照呼因策顺]){any_of('应')}(?![用对急答邀运变战聘届验声付激酬力])"),
        ("should", rf"{any_of('亟需|亟待|有必要')}|(?<!的)需要"),
        ("should", r"\b(?:should|ought to|needs? to)\b"),
        ("recommend", rf"{any_of('建议|倡议|呼吁|提议|主张|号召|敦促')}(?!{any_of('的|书')})"),
        ("recommend", r"\b(?:recommend|propos|urg|advocat|suggest)(?:e|es|ed|ing|s)?\b"),
        ("recommend", r"\bcall(?:s|ed|ing)? (?:on|for|upon)\b"),
        ("will", rf"(?<![必])将(?=[{_WILL_DO}])(?![军领士来近])"),
        ("will", r"\bwill\b|\b(?:is|are) going to\b|\b(?:commit|pledge)(?:s|ted|d)? to\b"),
        ("can_be", rf"可以是|{any_of('能够')}|\bcan be\b|\b(?:is|are) able to\b"),
        ("may", rf"可以(?!说)|{any_of('可通过|可能|或许|或将|或成|也许')}"),
        ("may", r"\b(?:may|might|could|can)\b"),
    )
)
#: "Put forward" is a recommendation in the passage itself; before it, it only says that somebody spoke.
RAISED = re.compile(f"{any_of('提出')}(?!{any_of('的|了')})")
ONGOING = re.compile(rf"^\W*(?:{_LISTED})?{any_of('继续|积极|进一步|持续')}*{_MEASURES}")
TITLE = re.compile(r"<[^<>]*>")
CLAUSE = re.compile(r"[,.;:!?]")

#: An actor that undertakes something makes "will" a proposal rather than a forecast.
COMMITTED = re.compile(rf"(?:{any_of('我国|我们|中国|政府|中方|双方|各方')}|\b(?:we|government)\b).{{0,6}}$")


def cues(folded: str) -> list[tuple[int, str]]:
    """(start, code) of every cue in folded text without its titles, in order."""
    plain = TITLE.sub(lambda match: "<" + "·" * (len(match[0]) - 2) + ">", folded)
    found = []
    for code, pattern in CUES:
        name: str | int = "cue" if "cue" in pattern.groupindex else 0
        found += [(match.start(name), code) for match in pattern.finditer(plain)]
    return sorted(found, key=lambda cue: cue[0])


def strength(text: str, before: str = "") -> str:
    """The code of MODALITIES that the wording suggests, "" for none.

    The first cue of the text decides, else the last one of the clause it continues (`before`: the sentence up to it),
    else a bare verb at the beginning (ongoing).
    """
    folded = fold_text(text)
    if here := cues(folded):
        return here[0][1]
    if RAISED.search(folded):
        return "recommend"
    clause = CLAUSE.split(fold_text(before))[-1]
    if there := cues(clause):
        return there[-1][1]
    return "ongoing" if ONGOING.match(folded) else ""


def kind(text: str, modality: str) -> str:
    """proposal when the wording asks for or undertakes an action, else claim: a hint, no more."""
    if modality in ("must", "should", "recommend", "ongoing"):
        return "proposal"
    folded = fold_text(text)
    if modality == "may":
        return "proposal" if re.search("可以?通过", folded) else "claim"
    starts = [start for start, code in cues(folded) if code == "will"]
    committed = modality == "will" and starts and COMMITTED.search(folded[: starts[0]])
    return "proposal" if committed else "claim"
