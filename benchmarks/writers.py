"""Eight people save passages at once over HTTP: how long a save takes, and that none is lost and none doubled.

    python -m benchmarks.writers [--seconds 15]

The server is started as `make run` starts it, with SQLite at synchronous=FULL. Every writer keeps one connection and
sends one passage after another, each with a tag and an Idempotency-Key of its own, to one of ten documents. Clocks run
from the request to the whole answer. Afterwards the stored passages are counted by their keys.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

from benchmarks import processes, server

WRITERS = 8
SECONDS = 15.0
DOCUMENTS = 10
SPAN = 12


def run(seconds: float = SECONDS) -> dict[str, float | int]:
    """Milliseconds of a save at the client, saves a second, the server's CPU for each, what was lost or doubled."""
    with server.prepared() as data:
        place = set_up(data)
        with server.running(data) as (pid, port):
            server.first_page(port)
            send(Writer(0, port, place), 1.0)  # code and caches are warm before the clock runs
            writers = [Writer(number, port, place) for number in range(1, WRITERS + 1)]
            before, begun = processes.cpu_seconds(pid), time.perf_counter()
            together(writers, seconds)
            wall, cpu = time.perf_counter() - begun, processes.cpu_seconds(pid) - before
        kept = stored(data)
    return figures(writers, kept, wall, cpu)


class Writer:
    """One person with one connection; `times` in seconds and `keys` of the saves that were acknowledged."""

    def __init__(self, number: int, port: int, place: dict[str, object]) -> None:
        self.number, self.place = number, place
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.times: list[float] = []
        self.keys: list[str] = []
        self.errors: list[str] = []

    def save(self, count: int) -> None:
        """Send one passage."""
        documents = self.place["documents"]
        assert isinstance(documents, list)
        document = documents[(self.number + count) % len(documents)]
        start = (self.number * 97 + count * 13) % 1_900
        body = {"start": start, "end": start + SPAN, "space": "raw", "tags": [self.place["tag"]], "note": ""}
        key = f"writer-{self.number}-{count}"
        headers = {
            "Authorization": f"Bearer {self.place['token']}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        begun = time.perf_counter()
        self.connection.request("POST", f"/api/documents/{document}/annotations/", json.dumps(body), headers)
        answer = self.connection.getresponse()
        text = answer.read()
        self.times.append(time.perf_counter() - begun)
        if answer.status == http.client.CREATED:
            self.keys.append(key)
        else:
            self.errors.append(f"{answer.status} {text[:200]!r}")


def send(writer: Writer, seconds: float) -> None:
    """One passage after another until the time is over."""
    until, count = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        writer.save(count)
        count += 1
    writer.connection.close()


def together(writers: list[Writer], seconds: float) -> None:
    """All writers at once, each in a thread of its own."""
    threads = [threading.Thread(target=send, args=(writer, seconds)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def figures(writers: list[Writer], kept: list[str], wall: float, cpu: float) -> dict[str, float | int]:
    """The numbers of the run; RuntimeError with the first refusal when every save was refused."""
    times = sorted(1000 * one for writer in writers for one in writer.times)
    errors = [error for writer in writers for error in writer.errors]
    keys = [key for writer in writers for key in writer.keys]
    if not keys:
        raise RuntimeError(f"Nothing was saved: {errors[0] if errors else 'no request was answered'}")
    present = set(kept)
    return {
        "saves": len(keys),
        "saves a second": round(len(keys) / wall, 1),
        "p50 ms": round(statistics.median(times), 1),
        "p95 ms": round(times[int(len(times) * 0.95)], 1),
        "p99 ms": round(times[int(len(times) * 0.99)], 1),
        "slowest ms": round(times[-1], 1),
        "CPU ms of the server a save": round(1000 * cpu / len(times), 2),
        "refused": len(errors),
        "lost": len([key for key in keys if key not in present]),
        "doubled": len(kept) - len(present),
    }


def set_up(data: Path) -> dict[str, object]:
    """A person with a token, a corpus and its documents; made in another process, which leaves no connection here."""
    return dict(child(data, "--set-up"))


def stored(data: Path) -> list[str]:
    """The key of every live passage in the database, one entry a passage."""
    return list(child(data, "--stored"))


def child(data: Path, what: str) -> list[str] | dict[str, object]:
    command = [sys.executable, "-m", "benchmarks.writers", what]
    environment = server.environment(data)
    done = subprocess.run(command, cwd=server.ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: list[str] | dict[str, object] = json.loads(done.stdout)
    return found


def make_place() -> dict[str, object]:
    """{token, tag, documents} through the services, in the database of AIGOV_DATA."""
    from annotations.models import Member, Tag, User
    from annotations.services import api_tokens, corpora, loading
    from annotations.services.op import writing
    from benchmarks import corpus as samples

    user = User.objects.create_user(username="writer")
    member = Member.objects.select_related("corpus").get(corpus=corpora.create(user=user, name="Writers"))
    documents = []
    for sample in samples.documents(DOCUMENTS, spans=0):
        with writing(by=member) as op:
            documents.append(loading.store(op, loading.from_text(sample.text), title=sample.title).pk)
    tag = Tag.objects.filter(corpus=member.corpus, tag_set__scope="annotation").values_list("pk", flat=True)[0]
    return {"token": api_tokens.create(user, name="bench", write=True)[1], "tag": tag, "documents": documents}


def keys_kept() -> list[str]:
    """The Idempotency-Key under which each live passage was made."""
    from annotations.models import Annotation, Event

    live = set(Annotation.objects.filter(removed_at=None).values_list("pk", flat=True))
    made = Event.objects.filter(kind="annotation.created").values_list("object_id", "op")
    return [op for pk, op in made if pk in live]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--set-up", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--stored", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.set_up or asked.stored:
        import django

        django.setup()
        print(json.dumps(make_place() if asked.set_up else keys_kept()))
        return
    for figure, value in run(asked.seconds).items():
        print(f"{value:8g}  {figure}")


if __name__ == "__main__":
    main()
