"""Live events: a small ASGI application beside Django that tells every open page what was written, as it is written."""

from annotations.live.stream import answer
from annotations.live.switch import end, start

__all__ = ["answer", "end", "start"]
