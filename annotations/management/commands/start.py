"""`manage.py start`: pages, API, live events and jobs in one process."""

import ipaddress
import logging
import os
import signal
import socket
import sys
from argparse import ArgumentParser

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from aigov.checks import DEMO_HINT, DEMO_LOGINS, DEMO_PROBLEM
from aigov.sqlite.base import DatabaseWrapper
from aigov.sqlite.checkpoints import Checkpoints
from aigov.worker import JobThread

GRACE_SECONDS = 5


class Command(BaseCommand):
    """Refuses, in words, to start what could not work."""

    help = "Serve pages, API and live events, and run jobs, in one process."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--host, --port, --job-threads."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
        parser.add_argument("--job-threads", type=int, default=1, help="0 leaves jobs to `manage.py db_worker`")

    def handle(self, *args: object, host: str, port: int, job_threads: int, **options: object) -> None:
        """Check, listen, serve until a signal, stop."""
        refuse_demo_in_public(host)
        refuse_unfinished_set_up()
        listener = listen(host, port)
        background: list[JobThread | Checkpoints] = [JobThread(number + 1) for number in range(job_threads)]
        if isinstance(database := connections["default"], DatabaseWrapper):
            background.append(Checkpoints(database.file()))
        connection.close()  # this thread only waits from here on
        for thread in background:
            thread.start()
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(f"aigov runs at http://{shown}:{listener.getsockname()[1]}/  (Ctrl+C ends it)")
        self.stdout.flush()
        serve(listener)
        stop(background)


def refuse_demo_in_public(host: str) -> None:
    """Demo passwords lie in a file: only this machine may reach them."""
    if (settings.DATA_DIR / DEMO_LOGINS).exists() and not is_loopback(host):
        raise CommandError(f"{DEMO_PROBLEM} Use --host 127.0.0.1. {DEMO_HINT}")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address; names other than localhost count as public."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def refuse_unfinished_set_up() -> None:
    """Missing tables and missing static files would show as errors on every page."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not up to date. Run `manage.py migrate` first (`make run` does).")
    if not settings.DEBUG and not (settings.STATIC_ROOT / "staticfiles.json").exists():
        raise CommandError(
            "Static files are missing. Run `manage.py collectstatic --no-input` first (`make run` does)."
        )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, or a sentence that says why not."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(
        family, socket.SOCK_STREAM, socket.IPPROTO_TCP
    )  # asyncio sets TCP_NODELAY only if TCP is named
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)  # who connects while the server still loads waits a moment instead of being turned away
    except OSError as error:
        listener.close()
        raise CommandError(
            f"Port {port} on {host} cannot be used: {error.strerror}. "
            "Is aigov running already? Choose another port with --port, or `make run PORT=8001`."
        ) from error
    return listener


def serve(listener: socket.socket) -> None:
    """Run until SIGINT or SIGTERM; open streams get GRACE_SECONDS."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    config = uvicorn.Config(
        "aigov.asgi:application",
        http="h11",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # Django reads what trusted proxies say (AIGOV_PROXIES)
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except (KeyboardInterrupt, SystemExit):  # uvicorn has shut down in order and passes the signal on
        pass


def stop(background: list[JobThread | Checkpoints]) -> None:
    """Let jobs end; a thread that does not must not hold the process: its work is taken up at the next start."""
    ended = [thread.stop(GRACE_SECONDS) for thread in background]
    if not all(ended):
        logging.getLogger(__name__).warning("A job was cut off and will be run again")
    logging.shutdown()
    sys.stdout.flush()
    os._exit(0)  # request threads that still write to a reader would otherwise delay the end without limit
