"""Zip containers (DOCX, ODT, EPUB) opened with limits that are checked before reading and again while reading.

What a zip says about its sizes may be a lie, so the declared sizes only allow an early refusal; the bytes that come
out are counted, too.
"""

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import IO

from annotations.readers import limits
from annotations.readers.problems import unreadable
from annotations.rules.errors import Unreadable

CHUNK = 64 * 1024
MEGABYTE = 1024 * 1024
DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError)


class Archive:
    """A zip in memory. Every read counts against one budget of unpacked bytes. Raises Unreadable only."""

    def __init__(self, data: bytes, filename: str, label: str) -> None:
        """`label` is the format's proper name, for the sentence about damage."""
        self.filename, self.label = filename, label
        self._refuse_many(_declared_count(data))
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except DAMAGE as error:
            raise self.broken() from error
        self._members = {member.filename: member for member in self._zip.infolist()}
        self._budget = limits.max_unpacked()
        self._check_declared()

    def broken(self) -> Unreadable:
        """The problem to raise when what stands in the container makes no sense."""
        return unreadable("broken", self.filename, format=self.label)

    def names(self) -> list[str]:
        """Names of all members, in the order of the central directory."""
        return list(self._members)

    def read(self, name: str) -> bytes | None:
        """The bytes of a member; None when there is no such member. Folders in `name` are resolved ("a/../b")."""
        member = self._members.get(posixpath.normpath(name).lstrip("/"))
        if member is None:
            return None
        if member.flag_bits & 1:
            raise unreadable("encrypted", self.filename)
        try:
            with self._zip.open(member) as stream:
                return self._counted(stream, member.compress_size)
        except DAMAGE as error:
            raise self.broken() from error

    def require(self, name: str) -> bytes:
        """As read(), but a missing member is damage."""
        content = self.read(name)
        if content is None:
            raise self.broken()
        return content

    def _counted(self, stream: IO[bytes], packed: int) -> bytes:
        chunks: list[bytes] = []
        size = 0
        while chunk := stream.read(CHUNK):
            chunks.append(chunk)
            size += len(chunk)
            self._budget -= len(chunk)
            self._refuse_size(self._budget < 0)
            self._refuse_ratio(size, packed)
        return b"".join(chunks)

    def _check_declared(self) -> None:
        members = self._zip.infolist()
        self._refuse_many(len(members))
        self._refuse_size(sum(member.file_size for member in members) > limits.max_unpacked())
        for member in members:
            self._refuse_ratio(member.file_size, member.compress_size)

    def _refuse_many(self, count: int) -> None:
        if count > limits.max_members():
            raise unreadable("zip-members", self.filename, count=count, limit=limits.max_members())

    def _refuse_size(self, too_large: bool) -> None:
        if too_large:
            raise unreadable("zip-size", self.filename, limit=limits.max_unpacked() // MEGABYTE)

    def _refuse_ratio(self, unpacked: int, packed: int) -> None:
        if unpacked > limits.RATIO_FLOOR and unpacked > limits.max_ratio() * max(packed, 1):
            raise unreadable("zip-ratio", self.filename, limit=limits.max_ratio())


def _declared_count(data: bytes) -> int:
    """Members according to the end record (APPNOTE.TXT 4.3.16), so that a huge directory is refused unparsed."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    return int.from_bytes(data[end + 10 : end + 12], "little") if end >= 0 else 0
