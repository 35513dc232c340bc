"""What the reading of one file may cost; the numbers come from research/reliability.md section 3 "Readers"."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one reading. Bytes, seconds. The child process keeps all but `upload`, which is checked before."""

    upload: int = 50 * MEGABYTE  # bytes of the file
    memory: int = 600 * MEGABYTE  # address space of the child
    cpu: int = 10  # seconds of processor time
    wall: float = 20.0  # seconds by the clock
    files: int = 32  # open files
    output: int = 100 * MEGABYTE  # bytes of the answer
