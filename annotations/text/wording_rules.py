"""The words that depend on the text around them, as expressions over folded text with one group, `word`.

Left alone on purpose: 其他, 其实, 尤其; 其中 behind what it counts; 如此, 彼此; 因此 within a sentence; 应该; 非排他性;
第一季度; 之一是; English it, its, their behind a noun, and "it is known that".
"""

import re

from annotations.text.patterns import any_of

_BEGIN = r'(?:^|(?<=[,.;:!?"]))\W*'
_FIRST_WORDS = r"^\W*(?:[a-z']+\s+){0,2}"
_NUMERAL = "[一二三四五六七八九十]"
_SHORT_NOUN = any_of("国|州|市|省|县|校|院|所|部|案|法|书|会|党|司|处|机构|组织")

#: What stands before the noun in 该契约, 此类, 这一.
DETERMINER = re.compile(any_of("该|此"))


def _word(expression: str) -> str:
    return f"(?P<word>{expression})"


_EXPRESSIONS: tuple[tuple[str, str, str], ...] = (
    # kind, expression, what could replace it
    ("year", _word(any_of("今年|本年度|本年")), "year"),
    ("year", _word(any_of("去年|上年|上一年")), "year-1"),
    ("year", _word(any_of("前年")), "year-2"),
    ("year", _word(any_of("明年")), "year+1"),
    ("year", _word(any_of("同年|当年|次年|翌年|近年来|近几年|近年|同月|同日|当日|当天")), ""),
    ("year", _word(any_of("本月|上月|下月|本周|上周|今天|昨天|明天|今日|昨日|近日|日前|不久前")), ""),
    ("year", _word(any_of("目前|当前|当下|如今|现在|现阶段|近期|迄今|至今")), ""),
    ("date", r"(?<![年\d月])(?<!年 )(?<!\d )" + _word(r"\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?"), "year-prefix"),
    ("pointer", rf"(?<![应不本活理]){_word(f'该(?:{_SHORT_NOUN}|[㐀-鿿]{{2}})?')}", "title"),
    ("pointer", rf"(?<![如彼因从由])(?P<word>此(?!{any_of('外')}){_SHORT_NOUN}?)", "title"),
    ("pointer", _word(f"这(?:{any_of('一|些|个|种|样|次|项|份|类')})?"), ""),
    ("pointer", _word(f"那{any_of('些|个|一|种|次|里|时')}"), ""),
    ("pointer", rf"(?<![尤极与何耳])(?P<word>其)(?!{any_of('他|它|余|实|次|间|中|一|二|三')})", "who"),
    ("pointer", rf"^\W*{_word(any_of('其中|其间|其余'))}", ""),
    ("pointer", _word(any_of("它们|他们|她们|她")), "who"),
    ("pointer", "(?<!其)(?P<word>它)(?!们)", "who"),
    ("pointer", rf"(?<![其吉利排])(?P<word>他)(?!{any_of('们|国|人|方|者|山|乡|日')})", "who"),
    ("pointer", _word(any_of("上述|前述|前者|后者|两者|二者|如上所述|据此")), ""),
    ("speaker", _word(any_of("我国")), "country"),
    ("speaker", _word(any_of("我们|我方|本国|本文|本报告|本报|笔者|我市|我省|我校|我院")), "speaker"),
    ("connective", _BEGIN + _word(f"{any_of('最后|此外|另外|同时|然而|因此|所以|可见|由此')},?"), "drop"),
    ("connective", _BEGIN + _word(f"{any_of('再如|例如|比如')},?"), "drop"),
    ("connective", _word(f"(?:{any_of('首先|其次|再次|其一|其二|其三')}),?"), "drop"),
    ("connective", _BEGIN + _word(f"第{_NUMERAL},"), "drop"),
    ("connective", _BEGIN + _word(f"{_NUMERAL}是"), "drop"),
    ("connective", _word(f"{any_of('一方面|另一方面')},?"), "drop"),
    # English
    ("year", rf"\b{_word('this year')}\b", "year"),
    ("year", rf"\b{_word('last year')}\b", "year-1"),
    ("year", rf"\b{_word('next year')}\b", "year+1"),
    ("year", rf"\b{_word('(?:the same|that) year|(?:this|last|next) (?:month|week)|today|yesterday|tomorrow')}\b", ""),
    ("year", rf"\b{_word('recently|currently|at present|nowadays|so far|to date|in recent years')}\b", ""),
    ("pointer", rf"\b{_word('this|these|those|the former|the latter|the above|the said')}\b", ""),
    ("pointer", rf"{_FIRST_WORDS}\b(?P<word>it)\b(?! (?:is|was|has been|will be) \w+ (?:that|to)\b)", "who"),
    ("pointer", rf"{_FIRST_WORDS}\b{_word('its|they|their|them|he|she|his|her')}\b", "who"),
    ("speaker", rf"\b{_word('we|our|us|my')}\b", "speaker"),
    (
        "connective",
        r"^\W*" + _word(
            "(?:first|second|third|firstly|secondly|thirdly|finally|however|moreover|therefore|furthermore|in addition"
            "|also|for example|on the one hand|on the other hand),"
        ),
        "drop",
    ),
)  # fmt: skip

#: Kind (code of WORDING_PROBLEMS), expression, offer.
RULES = tuple((kind, re.compile(expression), offer) for kind, expression, offer in _EXPRESSIONS)
