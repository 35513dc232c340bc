"""How Chinese does a decoded text look? Real text is full of common characters, a wrong decoding of rare ones."""

import re
from itertools import islice

# The commonest characters of modern prose in both scripts, with those of our field; order does not matter.
_BOTH = (
    "的一是不在了有和人中大上我以要他用生到作地于於出就分成可主年也能下面而方後后定行法所民得三之十等部度家力里如水化高自二理起小"
    "加量都全者只但把性好其些然前外天政四日那社平形相表同重新心反你明看原又么利比或正道命此已立代想通提直入果料常文共式活己先"
    "由本手月公很情最便工程及更至指每目及至路任取持安求信向保治位清再接布防情次士告本今即究基低市支持技受存五六七八九百千"
    "使科智能人工算法推交流合作制度府世界全球中央国际建言例反面向未曾足切其他例如因此由于基于不但而且尤其目的研究核心"
)
_SIMPLIFIED = (
    "这为个国时来们对会发动产说种经过进电实现体两机当业从应开还义间样与关各线内数气质条没结问题建议军见级计别导运农处队给党变"
    "报将难战规热领压志济阶术极联认权证转单争专区张设华确才满统风险监管节话万强亚该长张书记头优创让书讲讨论标准组织类议员协"
    "资据经济发展资源开放创新责任责护协调谁数据模型训练许欧伦负环调查构评审译审识别网络隐私权益义务谨慎维护动态观点岗位"
)
_TRADITIONAL = (
    "這為個國時來們對會發動產說種經過進電實現體兩機當業從應開還義間樣與關各線內數氣質條沒結問題建議軍見級計別導運農處隊給黨變"
    "報將難戰規熱領壓誌濟階術極聯認權證轉單爭專區張設華確才滿統風險監管節話萬強亞該長張書記頭優創讓書講討論標準組織類議員協"
    "資據經濟發展資源開放創新責任責護協調誰數據模型訓練許歐倫負環調查構評審譯審識別網絡隱私權益義務謹慎維護動態觀點崗位並於著"
)
COMMON = frozenset(_BOTH + _SIMPLIFIED + _TRADITIONAL)
PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉「」『』【】—…·　")
SAMPLE = 3_000  # non-ASCII characters are enough to judge a text

_LIKELY = COMMON | PUNCTUATION
_FOREIGN = re.compile(r"[^\x00-\x7f]")


def is_han(character: str) -> bool:
    """Whether this is a Chinese character (URO, extensions, compatibility block)."""
    code = ord(character)
    return (
        0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x323AF
    )


def is_wide(character: str) -> bool:
    """Whether lines may break after this character without a space: Han, kana, wide punctuation and wide forms."""
    code = ord(character)
    return is_han(character) or 0x3000 <= code <= 0x30FF or 0xFF00 <= code <= 0xFFEF or character in PUNCTUATION


def plausibility(text: str) -> float:
    """Share (0..1) of common Chinese characters and punctuation among the non-ASCII ones; prose has 0.5 and more."""
    foreign = [match[0] for match in islice(_FOREIGN.finditer(text), SAMPLE)]
    return sum(map(_LIKELY.__contains__, foreign)) / len(foreign) if foreign else 0.0
