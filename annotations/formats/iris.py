"""The addresses (IRIs) by which exports name things: under the base URL of the house, else as urn:uuid."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from annotations.records import Export

_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one corpus lives. Without a base URL every address is a urn:uuid, which needs no host.

    Annotations stand under the container of their corpus, as the Web Annotation Protocol wants it.
    """

    base_url: str  # no trailing slash, "" = unknown
    slug: str
    corpus: str  # uid

    @classmethod
    def of(cls, export: Export) -> Place:
        return cls(export.base_url.rstrip("/"), export.corpus.slug, export.corpus.uid)

    @property
    def container(self) -> str:
        return self._address(self.corpus, "annotations", self.slug, "")

    def annotation(self, uid: str) -> str:
        return self._address(uid, "annotations", self.slug, uid)

    def document(self, uid: str) -> str:
        return self._address(uid, "c", self.slug, "documents", uid, "")

    def version(self, document: str, uid: str) -> str:
        return self._address(uid, "c", self.slug, "documents", document, "versions", uid, "")

    def statement(self, uid: str, label: str) -> str:
        """`label` is the number as people write it, C-12."""
        return self._address(uid, "c", self.slug, "statements", label, "")

    def _address(self, uid: str, *steps: str) -> str:
        if not self.base_url:
            return f"urn:uuid:{uid}"
        return "/".join([self.base_url, *(quote(step, safe="") for step in steps)])


def is_web(address: str) -> bool:
    """Whether this is an http(s) address that may stand as an IRI."""
    return bool(_WEB.match(address))
