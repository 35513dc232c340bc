"""The body of an answer: unpacked in small steps, so that neither a large page nor a bomb is ever held as a whole."""

from __future__ import annotations

import zlib

from annotations.rules.limits import LIMITS
from annotations.services.fetching import problems

RATIO = 100
SMALL = 2**20  # below that a ratio says nothing: an empty table packs very well
STEP = 2**16
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
CODINGS = "gzip, deflate"


class Body:
    """Takes packed pieces, gives the whole; raises FetchProblem as soon as a limit is passed."""

    def __init__(self, coding: str, limit: int) -> None:
        self.coding = coding.strip().lower()
        self.limit = limit
        self.packed = 0
        self.whole = bytearray()
        if self.coding not in ("", "identity", *_WINDOWS):
            raise problems.bad_packing(self.coding)
        self.unpacking = zlib.decompressobj(_WINDOWS[self.coding]) if self.coding in _WINDOWS else None

    def add(self, piece: bytes) -> None:
        self.packed += len(piece)
        if self.unpacking is None:
            self._keep(piece)
            return
        try:
            self._unpack(piece)
        except zlib.error:
            raise problems.bad_packing(self.coding) from None

    def _unpack(self, piece: bytes) -> None:
        assert self.unpacking is not None
        if self.coding == "deflate" and self.packed == len(piece) and piece and piece[0] & 0x0F != 8:
            self.unpacking = zlib.decompressobj(-15)  # some servers leave the zlib frame out
        while piece:
            self._keep(self.unpacking.decompress(piece, STEP))
            piece = self.unpacking.unconsumed_tail

    def _keep(self, piece: bytes) -> None:
        self.whole += piece
        if len(self.whole) > self.limit:
            raise problems.too_large(LIMITS["fetch_bytes"].shown(self.limit))
        if self.unpacking is not None and len(self.whole) > max(SMALL, RATIO * self.packed):
            raise problems.bomb(RATIO)

    def end(self) -> bytes:
        """The whole body; a stream that stops in the middle is damaged, not short."""
        if self.unpacking is not None and self.packed:
            self._keep(self.unpacking.flush())
            if not self.unpacking.eof:
                raise problems.bad_packing(self.coding)
        return bytes(self.whole)
