"""Jobs inside the web process: threads that run what django-tasks keeps in the database, and take up what a killed
process left."""

import logging
import os
import socket
import threading
import time
from datetime import timedelta

from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from annotations.jobs import regular

logger = logging.getLogger(__name__)

IDLE_SECONDS = 1.0  # how often the table is looked at when nobody wakes us: one indexed read
REGULAR_SECONDS = 300.0  # between two looks for what comes up by itself
REST_SECONDS = 5.0  # after a failure of the thread itself
LEASE = timedelta(minutes=30)  # a job that runs longer than that is taken for lost
ATTEMPTS = 3

_wake = threading.Event()


def wake() -> None:
    """A job has been committed: look now and not in a second. Safe from any thread."""
    _wake.set()


class JobThread(threading.Thread):
    """Runs jobs one after another until stopped; a failure of the database or of the library only makes it pause."""

    def __init__(self, number: int = 1) -> None:
        super().__init__(name=f"jobs-{number}", daemon=True)
        self.worker_id = f"{socket.gethostname()[:24]}:{os.getpid()}:{get_random_string(8)}"
        self._stopping = threading.Event()
        self._worker: Worker | None = None
        self._regular_at = 0.0

    def run(self) -> None:
        """Look, work, sleep."""
        while not self._stopping.is_set():
            try:
                self.one_round()
            except Exception:
                logger.exception("The job thread failed and starts again in %g seconds", REST_SECONDS)
                self._stopping.wait(REST_SECONDS)
            else:
                _wake.wait(IDLE_SECONDS)
        connection.close()

    def one_round(self) -> None:
        """Take up lost jobs, then run all that are ready. The first look is a plain read: an idle app takes
        no write lock."""
        _wake.clear()
        close_old_connections()
        requeue_lost()
        if time.monotonic() >= self._regular_at:
            self._regular_at = time.monotonic() + REGULAR_SECONDS
            regular()
        if DBTaskResult.objects.ready().exists():
            self._worker = batch_worker(self.worker_id)
            self._worker.run()

    def stop(self, seconds: float) -> bool:
        """End after the present job, waiting for it up to `seconds`; whether it has ended."""
        self._stopping.set()
        if self._worker is not None:
            self._worker.running = False
        wake()
        self.join(seconds)
        return not self.is_alive()


def batch_worker(worker_id: str) -> Worker:
    """A worker of django-tasks-db that returns when nothing is ready."""
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )


def requeue_lost() -> int:
    """Give back jobs whose process died (or whose lease ended); after ATTEMPTS they are failed. How many there were."""
    lost = [job for job in DBTaskResult.objects.running() if is_lost(job)]
    for job in lost:
        again = len(job.worker_ids) < ATTEMPTS
        status = TaskResultStatus.READY if again else TaskResultStatus.FAILED
        logger.warning("Job %s (%s) was cut off: %s", job.id, job.task_path, status)
        # Only if still running as we saw it: another process may have been faster.
        seen = DBTaskResult.objects.filter(id=job.id, status=TaskResultStatus.RUNNING, started_at=job.started_at)
        seen.update(status=status, finished_at=None if again else timezone.now())
    return len(lost)


def is_lost(job: DBTaskResult) -> bool:
    """Whether nobody works on this RUNNING job any more."""
    if job.started_at is None or job.started_at < timezone.now() - LEASE:
        return True
    host, _, rest = (job.worker_ids[-1] if job.worker_ids else "").partition(":")
    pid = rest.partition(":")[0]
    return host == socket.gethostname()[:24] and pid.isdigit() and not is_alive(int(pid))


def is_alive(pid: int) -> bool:
    """Whether a process of this machine has the number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
