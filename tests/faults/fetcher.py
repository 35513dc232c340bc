"""Run as a program in an installation whose web is a port of the loopback address.

python -m tests.faults.fetcher ask             a source with an address, asked to be captured; prints the capture
python -m tests.faults.fetcher work PORT [end]  runs the jobs that are ready; with `end` it says “fetched” and waits
                                                for ever before anything is written
"""

from __future__ import annotations

import sys
import threading
from typing import Any

import httpcore2

URL = "http://site.test/report"


def ask() -> int:
    from annotations.models import Member
    from annotations.services import captures, sources
    from annotations.services.op import writing

    member = Member.objects.select_related("corpus").filter(role="admin").earliest("id")
    with writing(by=member) as op:
        source = sources.create(op, title="Report", type="dataset", url=URL)
        return captures.ask(op, source).pk


def work(port: int, stop: str) -> None:
    """One look for jobs, as the thread of the server takes it."""
    from aigov.worker import JobThread
    from annotations.services import captures, fetching

    class Loopback(httpcore2.SyncBackend):
        def connect_tcp(self, host: str, _: int, *args: Any, **options: Any) -> httpcore2.NetworkStream:
            return super().connect_tcp("127.0.0.1", port, *args, **options)

    fetching.net = fetching.Net(resolve=lambda host, _: ["93.184.216.34"], backend=Loopback())
    if stop == "end":
        captures.end = wait_for_ever  # type: ignore[assignment]
    JobThread().one_round()


def wait_for_ever(*args: object, **options: object) -> None:
    print("fetched", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "ask":
        print(ask())
    else:
        work(int(sys.argv[2]), "".join(sys.argv[3:]))
