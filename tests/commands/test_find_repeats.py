"""manage.py find_repeats: everything at once, told by corpus."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_cast, make_document, mark

pytestmark = pytest.mark.django_db
QUOTE = "Experts agree that tests are needed."


def test_it_looks_through_everything() -> None:
    cast = make_cast()
    mark(cast["annotator"], make_document(cast["annotator"]), QUOTE, "claim")
    make_document(cast["annotator"], "Another\n\nOnce more: experts agree that tests are needed. So they said.\n")
    out = StringIO()
    call_command("find_repeats", corpus=cast.corpus.slug, as_json=True, stdout=out)
    assert json.loads(out.getvalue()) == {"suggestions": {cast.corpus.slug: 1}}
    call_command("find_repeats", stdout=(out := StringIO()))
    assert f"{cast.corpus.slug}: 1 suggested" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("find_repeats", corpus="none")
