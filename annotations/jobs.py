"""The door of the job thread: what is slow, run after the answer, each job by its name in services/queue.py."""

from __future__ import annotations

from django_tasks import task

from annotations.services import (
    asking,
    captures,
    deliveries,
    due,
    meaning,
    meaning_run,
    occasions,
    queue,
    recoding_run,
    recurrence,
    suggesting,
)


def regular() -> None:
    """What comes up by itself with time; called every few minutes by each process that runs jobs."""
    occasions.come_due()
    deliveries.due()
    for pk in recoding_run.unfinished():
        recode.call(pk)
    for corpus in suggesting.corpora():
        claims.call(corpus)
    for corpus in meaning_run.corpora():
        meanings.call(corpus)
    for corpus in asking.corpora():
        asks.call(corpus)
    for corpus in due.corpora():
        repeats.call(corpus)


@task
def capture(pk: int) -> None:
    """Fetch the address of a source and keep what it says."""
    captures.run(pk)


@task
def deliver(pk: int) -> None:
    """Tell a webhook what a watch found."""
    deliveries.run(pk)


@task
def claims(corpus: int) -> None:
    """Suggest claims and proposals in new texts, a few seconds long; what is left waits for its next turn."""
    if not suggesting.catch_up(corpus):
        queue.enqueue("claims", corpus)
    elif meaning.enabled():
        queue.enqueue("meanings", corpus)


@task
def meanings(corpus: int) -> None:
    """Work out vectors of new texts, a few seconds long; what is left waits for its next turn."""
    if not meaning_run.catch_up(corpus):
        queue.enqueue("meanings", corpus)


@task
def asks(corpus: int) -> None:
    """Ask the language model about one more piece of a text; where it does not answer, it is asked in a later turn."""
    if asking.step(corpus):
        queue.enqueue("asks", corpus)


@task
def repeats(corpus: int) -> None:
    """Look for passages that repeat known statements, a few seconds long; what is left waits for its next turn."""
    if not recurrence.catch_up(corpus):
        queue.enqueue("repeats", corpus)
    elif meaning.enabled():  # new statements, too, are compared by meaning
        queue.enqueue("meanings", corpus)


@task
def recode(pk: int) -> None:
    """Move what a change of the codebook left to batches, a few seconds long; what is left waits for its next turn."""
    if not recoding_run.run(pk):
        queue.enqueue("recode", pk)
