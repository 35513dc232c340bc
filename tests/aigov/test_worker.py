"""Jobs inside the process: run, survive failures, and are taken up again after a kill."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from aigov import worker
from aigov.worker import JobThread, is_lost, requeue_lost

done: list[str] = []


@task
def note(word: str) -> None:
    """Leaves a trace."""
    done.append(word)


@task
def fail() -> None:
    """Cannot work."""
    raise ValueError("no")


@pytest.fixture(autouse=True)
def kept_jobs(settings: Settings) -> None:
    """The backend of the app instead of that of the tests."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    done.clear()


def wait_for(condition: Callable[[], bool]) -> None:
    """Up to five seconds."""
    end = time.monotonic() + 5
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    assert condition()


def dead_process() -> int:
    """The number of a process that has ended."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def cut_off(**fields: object) -> DBTaskResult:
    """A job that looks as if it were running."""
    note.enqueue("again")
    job = DBTaskResult.objects.get()
    found = {"status": TaskResultStatus.RUNNING, "started_at": timezone.now(), "worker_ids": ["x:1:y"]} | fields
    DBTaskResult.objects.update(**found)
    job.refresh_from_db()
    return job


def worker_id(pid: int) -> str:
    """As JobThread names itself."""
    return f"{socket.gethostname()[:24]}:{pid}:abc"


@pytest.mark.django_db(transaction=True)
def test_a_thread_runs_what_is_enqueued_and_survives_a_failure() -> None:
    thread = JobThread()
    thread.start()
    try:
        fail.enqueue()
        note.enqueue("hello")
        worker.wake()
        wait_for(lambda: done == ["hello"])
        wait_for(lambda: not DBTaskResult.objects.running().exists())
    finally:
        assert thread.stop(5)
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "SUCCESSFUL"]


@pytest.mark.django_db(transaction=True)
def test_the_thread_starts_again_after_a_failure_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []
    second = threading.Event()

    def one_round(self: JobThread) -> None:
        rounds.append(1)
        if len(rounds) == 1:
            raise RuntimeError("database gone")
        second.set()

    monkeypatch.setattr(worker, "REST_SECONDS", 0.01)
    monkeypatch.setattr(JobThread, "one_round", one_round)
    thread = JobThread()
    thread.start()
    assert second.wait(5)
    assert thread.stop(5)


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_dead_process_is_run_again() -> None:
    job = cut_off(worker_ids=[worker_id(dead_process())])
    assert requeue_lost() == 1
    job.refresh_from_db()
    assert job.status == TaskResultStatus.READY
    JobThread().one_round()
    assert done == ["again"]


@pytest.mark.django_db
def test_a_job_that_kills_its_process_is_not_tried_for_ever() -> None:
    job = cut_off(worker_ids=[worker_id(dead_process())] * worker.ATTEMPTS)
    requeue_lost()
    job.refresh_from_db()
    assert job.status == TaskResultStatus.FAILED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "minutes", "lost"),
    [
        (worker_id(os.getpid()), 1, False),  # somebody works on it
        (worker_id(os.getpid()), 120, True),  # for too long
        ("elsewhere:1:abc", 1, False),  # cannot be seen from here
        ("elsewhere:1:abc", 120, True),
        ("db-worker-of-the-library", 1, False),
    ],
    ids=["own", "own, too long", "elsewhere", "elsewhere, too long", "of the library"],  # the same in every process
)
def test_which_jobs_are_lost(name: str, minutes: int, lost: bool) -> None:
    job = cut_off(worker_ids=[name], started_at=timezone.now() - timedelta(minutes=minutes))
    assert is_lost(job) is lost
