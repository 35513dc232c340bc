"""Live together: eight people save while others listen; how long a save takes, how late its event comes, what is lost.

    python -m benchmarks.live [--only sqlite|several]

SQLite: one process as `make run` starts it, 50 readers. Eight writers send one passage after another (`flat out`, more
than eight people can), then the same while 3,000 documents are imported by a command in another process.
PostgreSQL: three web processes and one for events by the commands of docs/production.md, 300 readers who hang up and
come back at random; eight writers, each a save a second. Again with every connection cut that carries wake-ups, twice:
of Redis, and of LISTEN where there is no Redis. Those servers are started here and thrown away.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import import_documents, live_servers, processes, promises, server
from benchmarks.live_listeners import listening
from benchmarks.writers import Writer, figures

WRITERS, SECONDS, PAUSE = 8, 20.0, 1.0
READERS, CROWD = 50, 300
IMPORTED, CHARACTERS = 3_000, 1_500
Place = dict[str, Any]


def run(only: str = "") -> dict[str, Any]:
    """Milliseconds, and what was lost, doubled or refused, of each set-up."""
    found: dict[str, Any] = {}
    if only != "several":
        found["SQLite"] = sqlite()
    if only != "sqlite":
        found["PostgreSQL"] = several()
    return found


class Person(Writer):
    """A writer who remembers when each save was answered, and rests between two when told to."""

    def __init__(self, number: int, port: int, place: Place, pause: float) -> None:
        super().__init__(number, port, place)
        self.pause = pause
        self.answered: dict[str, float] = {}

    def work(self, enough: threading.Event) -> None:
        count = 0
        while not enough.wait(self.pause * random.uniform(0.5, 1.5)):
            self.save(count)
            if self.keys:
                self.answered.setdefault(self.keys[-1], time.monotonic())
            count += 1
        self.connection.close()


class Site:
    """One installation with its writers: every phase has numbers of its own, so keys never meet."""

    def __init__(self, environment: Mapping[str, str], place: Place, ports: tuple[int, int]) -> None:
        self.environment, self.place, (self.pages, self.events) = environment, place, ports
        self.people: list[Person] = []

    def phase(
        self, readers: int, *, pause: float = 0.0, storm: bool = False, during: Callable[[], object] | None = None
    ) -> dict[str, Any]:
        """SECONDS of writing, longer when `during` lasts longer."""
        some = [Person(len(self.people) + number, self.pages, self.place, pause) for number in range(WRITERS)]
        self.people += some
        enough = threading.Event()
        threads = [threading.Thread(target=person.work, args=(enough,)) for person in some]
        tokens = self.place["listeners"]
        with listening(self.events, self.place["corpus"], tokens, readers, self.head(), storm) as crowd:
            begun = time.perf_counter()
            for thread in threads:
                thread.start()
            try:
                if during is not None:
                    during()
                time.sleep(max(0.0, SECONDS - (time.perf_counter() - begun)))
            finally:
                enough.set()
                for thread in threads:
                    thread.join()
            wall = time.perf_counter() - begun
            heard = crowd.finish(self.head(), {key: at for one in some for key, at in one.answered.items()})
        saved = figures(list(some), [key for one in some for key in one.keys], wall, 0.0)
        kept = {name: saved[name] for name in ("p50 ms", "p99 ms", "saves", "saves a second", "refused")}
        return {**kept, **heard}

    def head(self) -> int:
        """The seq of the last event."""
        return int(child(self.environment, "--head"))

    def stored(self) -> dict[str, int]:
        """Over all phases: acknowledged saves that are not there, passages that are there twice."""
        kept, keys = child(self.environment, "--stored"), [key for one in self.people for key in one.keys]
        return {"lost": len(set(keys) - set(kept)), "doubled": len(kept) - len(set(kept))}


def sqlite() -> dict[str, Any]:
    """One process, as `make run` has it."""
    with server.prepared() as data, tempfile.TemporaryDirectory(prefix="aigov-bench-live-") as folder:
        environment = server.environment(data)
        place = child(environment, "--set-up")
        files = Path(folder) / "files"
        import_documents.write(files, IMPORTED, CHARACTERS)
        with server.running(data) as (pid, port):
            server.first_page(port)
            site = Site(environment, place, (port, port))
            warm(site)
            before = processes.cpu_seconds(pid)
            flat = site.phase(READERS)
            flat["CPU ms of the server a save"] = round(1000 * (processes.cpu_seconds(pid) - before) / flat["saves"], 2)
            paced = site.phase(READERS, pause=PAUSE)
            importing = site.phase(READERS, during=partial(load, environment, files, str(place["slug"])))
        return {**flat, "a save a second each": paced, "importing": importing, **site.stored()}


def load(environment: Mapping[str, str], files: Path, slug: str) -> None:
    """The import of a command in another process."""
    command = [sys.executable, "manage.py", "import_documents", str(files), "--corpus", slug]
    done = subprocess.run(command, cwd=server.ROOT, env=dict(environment), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])


def not_run(why: str) -> dict[str, Any]:
    """What stands for the promised figures of `several`."""
    heard = dict.fromkeys(("events lost", "events doubled", "event p95 ms"), f"{promises.NOT_RUN}: {why}")
    saved = dict.fromkeys(("lost", "doubled"), f"{promises.NOT_RUN}: {why}")
    return {**heard, **saved, "Redis cut": heard, "LISTEN cut": heard}


def several() -> dict[str, Any]:
    """PostgreSQL with Redis, the same cut in the middle, PostgreSQL alone cut in the middle."""
    if missing := live_servers.missing():
        return not_run(f"no {missing}")
    with server.prepared() as data, live_servers.postgres() as database, live_servers.redis() as redis:
        alone = {**server.environment(data), "DATABASE_URL": database}
        environment = {**alone, "REDIS_URL": redis}
        manage(environment, "migrate", "--verbosity", "0")
        place = child(environment, "--set-up")
        people: list[Person] = []
        with live_servers.several(environment) as ports:
            site = Site(environment, place, ports)
            warm(site)
            found = site.phase(CROWD, pause=PAUSE, storm=True)
            cut = partial(live_servers.cut_redis, redis)
            found["Redis cut"] = site.phase(CROWD, pause=PAUSE, storm=True, during=partial(twice, cut))
            people = site.people
        with live_servers.several(alone) as ports:
            site = Site(alone, place, ports)
            site.people = people
            warm(site, 2000)
            cut = partial(live_servers.cut_listen, database)
            found["LISTEN cut"] = site.phase(CROWD, pause=PAUSE, storm=True, during=partial(twice, cut))
        return {**found, **site.stored()}


def twice(cut: Callable[[], int]) -> None:
    """After a third and after two thirds of the time; RuntimeError when nothing was there to cut."""
    for _ in range(2):
        time.sleep(SECONDS / 3)
        if not cut():
            raise RuntimeError("No connection was cut.")


def warm(site: Site, first: int = 1000) -> None:
    """Code and caches of every process, before a clock runs; `first` keeps the keys of two sites apart."""
    for number in range(WRITERS):
        person = Person(first + number, site.pages, site.place, 0)
        for count in range(6):
            person.save(count)
        person.connection.close()


def manage(environment: Mapping[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=server.ROOT, env=dict(environment), check=True)


def child(environment: Mapping[str, str], what: str) -> Any:
    """What this module prints in another process, which leaves no connection here."""
    command = [sys.executable, "-m", "benchmarks.live", what]
    done = subprocess.run(command, cwd=server.ROOT, env=dict(environment), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout)


def make_place() -> Place:
    """That of benchmarks/writers.py, and eight members who listen."""
    from annotations.models import Member, User
    from annotations.services import api_tokens, corpora
    from annotations.services.op import writing
    from benchmarks.writers import make_place as written

    place = written()
    admin = Member.objects.select_related("corpus", "user").get()
    users = [User.objects.create_user(username=f"listener-{number}") for number in range(8)]
    with writing(by=admin) as op:
        for user in users:
            corpora.add_member(op, user, "viewer")
    tokens = [api_tokens.create(user, name="live", write=False)[1] for user in users]
    return {**place, "corpus": admin.corpus_id, "slug": admin.corpus.slug, "listeners": tokens}


def inside(asked: argparse.Namespace) -> Any:
    import django

    django.setup()
    from annotations.models import CorpusHead
    from benchmarks.writers import keys_kept

    if asked.head:
        return CorpusHead.objects.get().seq
    return make_place() if asked.set_up else keys_kept()


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=("sqlite", "several"), default="")
    for name in ("--set-up", "--stored", "--head"):
        parser.add_argument(name, action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    within = asked.set_up or asked.stored or asked.head
    print(json.dumps(inside(asked) if within else run(asked.only), indent=None if within else 1))


if __name__ == "__main__":
    main()
