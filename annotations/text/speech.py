"""Chinese speech verbs: which one governs a passage, and who stands before it (domain.md 2.3)."""

import re

from annotations.text.folding import Folded, fold
from annotations.text.patterns import any_of
from annotations.text.speakers import LONGEST, Speaker, identify, name_of

_PLAIN = any_of(
    "指出|表示|强调|认为|声称|宣称|宣布|写道|提到|提出|透露|介绍|坦言|直言|警告|显示|表明|披露|预测|预计|估计|估算|规定|重申|承诺",
    "指明|证实|反映|揭示|承认|断言|批评|质疑|否认|回应|发出|说道|发现|要求|明确|记载|称之",
)
#: These also carry out what they name: the proposer stands before them.
_PERFORMING = any_of("建议|倡议|呼吁|提议|主张|号召|敦促")
_SAID = rf"(?<![名简人职对堪小学假传据]){any_of('称|说')}(?!{any_of('为|之|作|赞|霸|职|明|法|服|得|到')})"
_NOT_NOUN = (
    rf"(?!{any_of('的|过的|了的|书|以及|和|等|出|屏|性')}|中(?!{any_of('国|方|央|共|外|小|欧|美|俄|日|文|华|型')}))"
)
VERB = re.compile(
    rf"(?:(?P<plain>{_PLAIN})|(?<!{any_of('国际')})(?<!{any_of('全球')})(?P<performing>{_PERFORMING})|{_SAID}){_NOT_NOUN}了?"
)
CLAUSE = re.compile(r"[,;:]")
#: A verb that is followed by one of these speaks for the rest of the sentence.
PAUSE = re.compile(r'\s*[,:"]')
_AGAIN = any_of("还|也|曾|共同|联合|再次")
PROPOSES = re.compile(
    rf"^(?:(?:{_PLAIN})了?)?(?P<who>[^,.;:!?\"]{{2,{LONGEST}}}?){_AGAIN}*(?:{_PERFORMING}|{any_of('提出')}){_NOT_NOUN}"
)
TITLE = re.compile(r"<[^<>]*>")


def governing(before: str, earlier: str = "", *, quoted: bool = False) -> Speaker | None:
    """Whose speech the words after `before` (a sentence up to the passage) are; None when nobody's.

    A verb right before the passage governs it, one with a comma or colon behind it the rest of its sentence, any other
    only its own clause.
    """
    folded = fold(before)
    plain = without_titles(folded.text)
    for verb in reversed(list(VERB.finditer(plain))):
        rest = plain[verb.end() :]
        if quoted and rest.strip(" ,:"):
            continue
        if PAUSE.match(rest) or not CLAUSE.search(rest):
            if speaker := _subject(before, folded, verb.start(), earlier):
                return speaker
    return None


def opening(before: str, passage: str, earlier: str = "") -> Speaker | None:
    """The speaker of a verb in the first clause of the passage: 该契约还特别强调….

    A bare 建议 or 呼吁 is the author's own, whoever stood in the clauses before.
    """
    folded = fold(before + passage)
    first = len(fold(before).text)
    plain = without_titles(folded.text)
    stop = CLAUSE.search(plain, first)
    verb = VERB.search(plain, first, stop.start() if stop else len(plain))
    if verb is None or len(plain) - verb.end() < 4:
        return None
    if not verb["performing"]:
        return _subject(before + passage, folded, verb.start(), earlier)
    begin = _clauses(plain, verb.start())[-1]
    return identify((before + passage)[slice(*folded.span(begin, verb.start()))], earlier + before)


def without_titles(folded: str) -> str:
    """Folded text of the same length in which titles hold no words: 《全球人工智能治理倡议》 is a name."""
    return TITLE.sub(lambda match: "<" + "·" * (len(match[0]) - 2) + ">", folded)


def _clauses(plain: str, end: int) -> list[int]:
    """Where the clauses of plain[:end] begin."""
    return [0, *(match.end() for match in CLAUSE.finditer(plain, 0, end))]


def _subject(sentence: str, folded: Folded, end: int, earlier: str) -> Speaker | None:
    """The subject before a verb: in its own clause, else at the beginning of a clause before, up to a colon."""
    plain = without_titles(folded.text)
    for begin in reversed(_clauses(plain, end)):
        stop = CLAUSE.search(plain, begin, end)
        words = sentence[slice(*folded.span(begin, stop.start() if stop else end))] if begin < end else ""
        own = stop is None
        if words.strip() and not (VERB.match(plain, begin) and not own):
            speaker = identify(words, earlier + sentence[: folded.index[begin]])
            if speaker or own:
                return speaker
        if begin and plain[begin - 1] != ",":
            return None
    return None


def proposer(passage: str) -> str:
    """Who proposes, when the passage says so itself: 中国政府倡议…; "" when it does not."""
    folded = fold(passage)
    found = PROPOSES.match(without_titles(folded.text))
    return name_of(passage[slice(*folded.span(*found.span("who")))]) if found else ""
