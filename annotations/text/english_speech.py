"""English speech: according to X; X said that; “…,” said X."""

import re

from annotations.text.speakers import Speaker

LOOKED_AT = 600  # code points before a passage

_VERBS = (
    "said|says|stated|states|noted|notes|argued|argues|warned|warns|claimed|claims|reported|reports|found|finds|showed|shows"
    "|announced|announces|declared|declares|emphasi[sz]ed|emphasi[sz]es|stressed|stresses|added|adds|told|wrote|writes"
    "|recommended|recommends|proposed|proposes|called for|calls for|urged|urges|estimated|estimates|predicted|predicts"
)
_NAME = r"(?:[Tt]he\s+)?[A-Z][\w.&'’-]*(?:\s+(?:of|the|for|and|on|in|[A-Z0-9][\w.&'’-]*))*"
_SOME = (
    r"(?:[Ss]ome|[Mm]any|[Ss]everal|[Mm]ost)\s+\w+|[Ee]xperts|[Cc]ritics|[Oo]bservers|[Aa]nalysts|[Rr]esearchers"
    r"|[Oo]fficials"
)
_ADVERB = r"(?:\s+(?:has|have|had|also|recently|repeatedly|then|later|once))*"
ACCORDING = re.compile(rf"\b[Aa]ccording to (?P<who>{_NAME}|{_SOME}|a[n]? [^,.;]{{2,60}})")
SAYS = re.compile(rf"(?P<who>{_NAME}|{_SOME}){_ADVERB}\s+(?:{_VERBS})\b(?P<rest>[^.;!?]*)$")
SAID_AFTER = re.compile(rf"^\W{{0,4}}(?:(?:{_VERBS})\s+(?P<who>{_NAME})|(?P<first>{_NAME}|{_SOME})\s+(?:{_VERBS})\b)")
OPENS = re.compile(rf"^\W*(?P<who>{_NAME}){_ADVERB}\s+(?:{_VERBS})\s+(?:that\b|\w)")

_MADE = (
    "Report|Act|Resolution|Declaration|Convention|Compact|Index|Survey|Study|Paper|Strategy|Charter|Guidelines"
    "|Agreement|Law|Bill"
)
DOCUMENT = re.compile(rf"\b(?:{_MADE})\b|\breport\b|\bstudy\b|\bsurvey\b")
OFFICE = re.compile(
    r"^(?:[Tt]he\s+)?(?:(?:UN|US|EU|UK|Vice|Deputy|Prime|Chinese|British|French|German|American)\s+)*"
    r"(?:(?:Premier|President|Minister|Secretary-General|Secretary|Professor|Prof\.|Dr\.?|Mr\.?|Ms\.?|Mrs\.?|Chancellor"
    r"|Commissioner|Ambassador|Director|Chairman|Chair|CEO)\s+)+"
)
SOME = re.compile(rf"^(?:{_SOME})")


def before(text: str) -> Speaker | None:
    """The speaker named in the sentence before the passage."""
    text = text[-LOOKED_AT:]
    said = SAYS.search(text)
    if said and re.fullmatch(r"\s*(?:that|,|:)?\s*[\"“‘]?[^,]*", said["rest"]):
        return identify(said["who"])
    found = ACCORDING.search(text)
    return identify(found["who"]) if found else None


def after(text: str) -> Speaker | None:
    """The speaker named right after the passage: …,” said X; …, according to X."""
    found = SAID_AFTER.match(text)
    if found:
        return identify(found["who"] or found["first"])
    found = ACCORDING.match(text.lstrip(" ,"))
    return identify(found["who"]) if found else None


def opening(passage: str) -> Speaker | None:
    """The speaker whom the passage names itself."""
    found = OPENS.match(passage) or ACCORDING.match(passage)
    return identify(found["who"]) if found else None


def identify(words: str) -> Speaker:
    """The kind of speaker, with name and document."""
    words = words.strip(" ,")
    words = words.removesuffix(".") if words.count(".") == 1 else words
    if SOME.match(words):
        return Speaker("collective_unnamed")
    if DOCUMENT.search(words):
        owner, _, made = words.replace("’s ", "'s ").partition("'s ")
        if made:
            return Speaker("document", _bare(owner), made)
        return Speaker("document", "", re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", words))
    return Speaker("indirect", _bare(words))


def _bare(name: str) -> str:
    return re.sub(r"^[Tt]he\s+", "", OFFICE.sub("", name) or name)
