"""ClaimReview (schema.org) of a published check, as research/domain.md 5.2 maps it. Pure; the page writes it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from annotations.records.public import PublicCheck, PublicPassage
from annotations.rules.vocabulary import BEST_RATING, CHECKABLE_TYPES, VERDICTS, WORST_RATING

#: What schema.org calls the kinds of agent that are no organisations.
KINDS = {"person": "Person", "unknown": "Thing"}


def claim_review(
    check: PublicCheck, page: str, publisher: Mapping[str, str], translate: Callable[[str], str] = str
) -> dict[str, Any] | None:
    """The markup of a page; None unless the current version stands and its type is one that is checked.

    `publisher`: name, contact, policy, page. The reviewing body is the author, never the one who claimed.
    """
    if check.state != "published" or not check.current or check.type not in CHECKABLE_TYPES:
        return None
    notes = [line.note for line in check.record if line.note and line.kind != "paused"]
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": page,
        "claimReviewed": check.text,
        "reviewRating": _rating(check, translate),
        "author": _publisher(publisher),
        "datePublished": check.first_published.date().isoformat(),
        "dateModified": check.published.date().isoformat(),
        "version": str(check.version),
        "itemReviewed": _claim(check),
        "reviewBody": check.why,
    }
    sources = [_source(one.title, one.url) for one in check.evidence if not one.withdrawn_at]
    if sources:
        found["citation"] = sources
    if notes:
        found["correction"] = notes
    return found


def _rating(check: PublicCheck, translate: Callable[[str], str]) -> dict[str, Any]:
    verdict = VERDICTS[check.verdict]
    words = translate(verdict.label)
    found: dict[str, Any] = {"@type": "Rating", "alternateName": words, "name": words}
    if verdict.rating is not None:  # no number says that evidence conflicts or is missing
        found |= {"ratingValue": verdict.rating, "bestRating": BEST_RATING, "worstRating": WORST_RATING}
    if check.why:
        found["ratingExplanation"] = check.why
    return found


def _publisher(publisher: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "Organization", "name": publisher["name"], "url": publisher["page"]}
    if publisher.get("policy_page"):
        found["correctionsPolicy"] = publisher["policy_page"]
    return found


def _claim(check: PublicCheck) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "Claim", "@id": f"urn:uuid:{check.uid}", "text": check.text}
    if check.language not in ("", "und"):
        found["inLanguage"] = check.language
    same = [passage for passage in check.passages if not passage.variant]
    speaker = next((passage for passage in same if passage.speaker), None)
    if speaker is not None:
        found["author"] = _speaker(speaker)
        if speaker.said_on:
            found["datePublished"] = speaker.said_on
    seen = [_source(passage.title, passage.url, passage.date) for passage in same]
    if seen:
        found["appearance"] = seen
    return found


def _speaker(passage: PublicPassage) -> dict[str, Any]:
    found = {"@type": KINDS.get(passage.speaker_type, "Organization"), "name": passage.speaker}
    if passage.speaker_url:
        found["sameAs"] = passage.speaker_url
    return found


def _source(title: str, url: str, date: str = "") -> dict[str, Any]:
    found = {"@type": "CreativeWork", "name": title}
    if url:
        found["url"] = url
    if date:
        found["datePublished"] = date
    return found
