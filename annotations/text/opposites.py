"""Words that turn a sentence into its opposite without any “not”: 增加 and 减少, allow and ban."""

from __future__ import annotations

from collections.abc import Iterable

_PAIRS = (
    "增加 减少", "增长 下降", "增长 减少", "上升 下降", "提高 降低", "提升 降低", "提升 下降", "扩大 缩小", "加强 削弱",
    "增强 削弱", "促进 阻碍", "促进 抑制", "推动 阻碍", "支持 反对", "赞成 反对", "同意 反对", "允许 禁止", "鼓励 禁止",
    "开放 封闭", "公开 保密", "接受 拒绝", "成功 失败", "有利 不利", "加快 放缓", "加速 放缓", "加入 退出", "领先 落后",
    "高于 低于", "多于 少于", "超过 不足", "强制 自愿", "必须 可以", "统一 分散", "集中 分散", "开源 闭源", "安全 危险",
    "发达 发展中", "首次 再次", "之前 之后", "生效 失效", "通过 否决", "盈余 赤字", "乐观 悲观", "合法 非法",
    "飙升 骤降", "飙升 下降", "激增 锐减", "激增 减少", "攀升 回落",
    "收紧 放宽", "缩短 延长", "扩大 缩减", "上调 下调", "盈利 亏损", "胜 负", "升 降", "增 减", "高 低", "多 少",
    "有 无",
    "increase decrease", "increased decreased", "increases decreases", "rise fall", "rose fell", "rising falling",
    "more less", "more fewer", "higher lower", "support oppose", "supports opposes", "supported opposed",
    "allow ban", "allows bans", "allowed banned", "permit prohibit", "permits prohibits", "permitted prohibited",
    "accept reject", "accepts rejects", "accepted rejected", "open closed", "public secret", "mandatory voluntary",
    "binding voluntary", "before after", "improve worsen", "improved worsened", "strengthen weaken",
    "strengthened weakened", "strengthens weakens", "join leave", "joined left", "first last", "for against",
    "developed developing",
    "success failure", "succeeded failed", "safe dangerous", "safe unsafe", "legal illegal", "lawful unlawful",
    "faster slower", "above below", "over under", "gain loss", "gained lost", "agree disagree", "agreed disagreed",
    "able unable", "likely unlikely", "possible impossible", "adopted rejected", "tighten loosen", "tightened loosened",
    "centralised decentralised", "centralized decentralized", "maximum minimum", "all none", "always never",
    "include exclude", "includes excludes", "included excluded", "expand shrink", "expanded shrank", "wins loses",
)  # fmt: skip
OPPOSITES = frozenset(pair for line in _PAIRS for pair in (tuple(line.split()), tuple(reversed(line.split()))))
#: Those that are looked for within longer stretches, where words are not parted.
_WITHIN = tuple((left, right) for left, right in OPPOSITES if len(left) > 1)


def opposed(gone: Iterable[str], new: Iterable[str]) -> bool:
    """Whether a word that went and one that came in its place, both folded, mean the opposite. Of words that are
    written together it is enough that they hold the two."""
    came = [word for word in new if word]
    return any(_opposite(one, other) for one in gone if one for other in came)


def _opposite(one: str, other: str) -> bool:
    if (one, other) in OPPOSITES:
        return True
    if one.isascii() or other.isascii():
        return False
    return any(left in one and right in other and left not in other for left, right in _WITHIN)
