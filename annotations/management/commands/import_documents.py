"""manage.py import_documents PATH... --corpus SLUG: load files and folders; an import that was stopped can go on."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_slug
from tqdm import tqdm

from annotations.models import Corpus, Member, User
from annotations.rules.errors import Problem
from annotations.services import corpora, import_files
from annotations.services.import_run import Outcome, Run

FEW = 64  # files for which a helper process would cost more than it gives
IMPORTER = "importer"


class Command(BaseCommand):
    """Exit codes: 0 all in (or here already), 1 some failed, 2 wrong use, 130 stopped by Ctrl-C."""

    requires_system_checks: list[str] = []
    help = "Load documents from files and folders. Files that the corpus has already are passed over."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder with all below it")
        parser.add_argument("--corpus", required=True, metavar="SLUG", help="the corpus by its address")
        parser.add_argument("--create", action="store_true", help="make the corpus when it is not there")
        parser.add_argument("--as", dest="username", metavar="USERNAME", help="who adds them (default: an admin)")
        parser.add_argument(
            "--batch", metavar="LABEL", help="name of the upload batch (default: the names of the paths)"
        )
        parser.add_argument("--again", action="store_true", help="load also what the corpus has already")
        parser.add_argument(
            "--versions", choices=("apart", "add", "skip"), default="apart",
            help="a file with the name of one document that is here: load it as a document of its own (default), "
            "add it to that document as a new version, or skip it",
        )  # fmt: skip
        parser.add_argument("--jobs", type=int, metavar="N", help="processes at work, this one included (default: 2)")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the outcome as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = import_files.find(options["paths"])
            if not found.files:
                raise CommandError(nothing(found), returncode=2)
            member = self.member(options["corpus"], options["username"], options["create"])
            label = options["batch"] or ", ".join(path.resolve().name for path in options["paths"])
            run = Run(
                member,
                label,
                again=options["again"],
                names=options["versions"],
                jobs=jobs(options["jobs"], len(found.files)),
            )
        except Problem as problem:
            raise CommandError(str(problem), returncode=2) from None
        start = time.monotonic()
        outcome, stopped = self.load(run, found.files, quiet=options["as_json"] or options["verbosity"] < 1)
        self.report(outcome, found, member.corpus, time.monotonic() - start, options["as_json"])
        if stopped:
            self.stderr.write("Stopped. What is in stays in; the same command goes on with the rest.")
            sys.exit(130)
        if outcome.failed:
            sys.exit(1)

    def member(self, slug: str, username: str | None, create: bool) -> Member:
        """Who adds the documents: the named member, else the corpus's first admin."""
        if not Corpus.objects.filter(slug=slug).exists():
            if not create:
                raise CommandError(f"There is no corpus “{slug}”. Make it with --create.", returncode=2)
            create_corpus(slug, username)
        members = Member.objects.select_related("corpus").filter(corpus__slug=slug, active=True)
        if username:
            found = members.filter(user__username=username).first()
            hint = f"“{username}” is no member of “{slug}”. Invite them on its members page, or leave out --as."
        else:
            found = members.filter(role="admin").order_by("pk").first()
            hint = f"“{slug}” has no admin. Say with --as who adds the documents."
        if found is None:
            raise CommandError(hint, returncode=2)
        return found

    def load(self, run: Run, files: list[Path], quiet: bool) -> tuple[Outcome, bool]:
        """The outcome, and whether somebody stopped it before the end."""
        with tqdm(total=len(files), unit=" files", file=sys.stderr, disable=True if quiet else None) as bar:
            run.tell = bar.update
            try:
                return run.load(files), False
            except KeyboardInterrupt:
                return run.outcome, True

    def report(
        self, outcome: Outcome, found: import_files.Found, corpus: Corpus, seconds: float, as_json: bool
    ) -> None:
        if as_json:
            self.stdout.write(json.dumps(plain(outcome, found, corpus, seconds), ensure_ascii=False, indent=1))
            return
        speed = f" in {seconds:.1f} s ({outcome.loaded / seconds:.0f} a second)" if outcome.loaded else ""
        self.stdout.write(f"{count(outcome.loaded, 'document')} loaded into “{corpus.name}”{speed}.")
        if outcome.present:
            self.stdout.write(
                f"{count(len(outcome.present), 'file')} passed over, because the corpus has them already."
            )
        if outcome.versions:
            self.stdout.write(
                f"{count(len(outcome.versions), 'file')} became new versions of documents that were here."
            )
        for path, title in outcome.named:
            self.stdout.write(f"{path}: “{title}” has the same name. --versions says what becomes of it.")
        if found.left_out:
            kinds = ", ".join(sorted({path.suffix or path.name for path in found.left_out})[:8])
            self.stdout.write(f"{count(len(found.left_out), 'file')} left out, because no reader knows them: {kinds}.")
        for failure in outcome.failed:
            self.stderr.write(f"{failure.path}: {failure.sentence}")
        if outcome.failed:
            self.stderr.write(
                f"{count(len(outcome.failed), 'file')} not loaded. Run the command again once they are mended: "
                "it passes over what is in."
            )


def create_corpus(slug: str, username: str | None) -> None:
    """A corpus whose admin is the named person, else a superuser, else an account that nobody can log in to yet."""
    try:
        validate_slug(slug)
    except ValidationError:
        raise CommandError(f"“{slug}” cannot be an address: use a–z, 0–9, - and _.", returncode=2) from None
    if username:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(f"There is nobody called “{username}”.", returncode=2)
    else:
        user = User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first() or importer()
    corpora.create(user=user, name=slug, slug=slug)


def importer() -> User:
    """`manage.py changepassword importer` opens the account."""
    user, made = User.objects.get_or_create(username=IMPORTER)
    if made:
        user.set_unusable_password()
        user.save()
    return user


def jobs(wanted: int | None, files: int) -> int:
    """How many processes work: as told, else a second one where there is enough to do and a processor for it."""
    if wanted is None:
        return 2 if files >= FEW and (os.cpu_count() or 1) > 1 else 1
    if wanted < 1:
        raise CommandError("--jobs must be 1 or more.", returncode=2)
    return wanted


def nothing(found: import_files.Found) -> str:
    known = " ".join(sorted(import_files.EXTENSIONS))
    return f"There is nothing to load: {count(len(found.left_out), 'file')}, none of them {known}."


def count(number: int, unit: str) -> str:
    return f"{number:,} {unit}{'' if number == 1 else 's'}"


def plain(outcome: Outcome, found: import_files.Found, corpus: Corpus, seconds: float) -> dict[str, object]:
    return {
        "corpus": corpus.slug, "loaded": outcome.loaded, "seconds": round(seconds, 3),
        "longest_write_lock_ms": round(max(outcome.holds, default=0) * 1000, 1),
        "present": [{"file": path, "title": title} for path, title in outcome.present],
        "versions": [{"file": path, "title": title, "number": number} for path, title, number in outcome.versions],
        "named": [{"file": path, "title": title} for path, title in outcome.named],
        "failed": [{"file": one.path, "code": one.code, "detail": one.sentence} for one in outcome.failed],
        "left_out": [str(path) for path in found.left_out],
    }  # fmt: skip
