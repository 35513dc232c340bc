"""Statement texts in one script, for reading only; what is stored, quoted, copied and exported stays as written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import opencc

from annotations.rules.errors import Invalid, noop

#: Code of the switch -> how OpenCC calls it, and the language that is in this script already.
SCRIPTS: Mapping[str, tuple[str, str]] = {"hans": ("t2s", "zh-Hans"), "hant": ("s2t", "zh-Hant")}


def check(code: str) -> str:
    """The code, when it is a script or nothing (as written); Invalid otherwise."""
    if code and code not in SCRIPTS:
        raise Invalid("script_unknown", noop("Show texts as written, in hans or in hant."), field="script")
    return code


@cache
def _converter(config: str) -> opencc.OpenCC:
    return opencc.OpenCC(config)  # reads its dictionaries, some megabytes, once a process


def shown(text: str, language: str, script: str) -> tuple[str, str]:
    """(text, language tag) as shown in `script`; as written when none is asked, or it is in that script already."""
    config, tag = SCRIPTS.get(script, ("", ""))
    if not config or language == tag or language.startswith("en"):
        return text, language
    converted = str(_converter(config).convert(text))
    return converted, tag if converted != text or language.startswith("zh") else language
