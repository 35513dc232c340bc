"""Members and invitations: roles, leaving, links that work once, the accounts made by them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotations.models import Event, Invitation, Member, User
from tests.factories import make_user
from tests.views.people import NOBODY, STRANGER, People, field_value, words

PASSWORD = "a sentence nobody guesses"
ACCOUNT = {"full_name": "陈思", "username": "chensi", "email": "chen@example.org", "password": PASSWORD}


def invited(people: People, role: str = "checker", note: str = "") -> str:
    """The path of a link that the admin made on the page."""
    page = people.post("admin", "member_list", role=role, note=note).content.decode()
    found = re.search(r'value="[^"]*(/invite/[^"]+)"', page)
    assert found, words(page)
    return found[1]


def test_who_is_here_and_what_each_role_may(people: People) -> None:
    shown = words(people.get("viewer", "member_list"))
    assert "6 members" in shown and f"{people.cast['viewer']} (you)" in shown
    assert "Also publishes, corrects, assigns and keeps the codebook." in shown
    assert "Invite by link" not in shown


def test_a_link_is_shown_once_and_never_stored(people: People) -> None:
    path = invited(people, note="Li from the ministry")
    secret = path.split("/")[2]
    assert secret not in people.get("admin", "member_list")
    assert "Li from the ministry" in people.get("admin", "member_list")
    assert not Invitation.objects.filter(digest=secret).exists()
    assert secret not in "".join(Event.objects.values_list("payload", flat=True))


def test_a_new_account_joins_and_is_logged_in(people: People) -> None:
    path, client = invited(people), Client()
    shown = words(client.get(path))
    assert f"{people.cast['admin']} invites you to work on this corpus. Your role: Checker" in shown
    answer = client.post(path, ACCOUNT)
    assert answer.headers["Location"] == people.url("corpus_home")
    member = Member.objects.get(user__username="chensi")
    assert (member.role, member.name, member.corpus) == ("checker", "陈思", people.cast.corpus)
    assert client.get(people.url("corpus_home")).status_code == 200
    assert User.objects.get(username="chensi").check_password(PASSWORD)


def test_somebody_with_an_account_joins_by_one_button(people: People) -> None:
    path = invited(people, "annotator")
    shown = words(people.client(STRANGER).get(path))
    assert f"You are logged in as {people.cast.stranger}." in shown and "Password" not in shown
    assert people.client(STRANGER).post(path).headers["Location"] == people.url("corpus_home")
    assert Member.objects.get(user=people.cast.stranger).role == "annotator"


def test_looking_at_an_invitation_uses_nothing(people: People) -> None:
    path = invited(people)
    for _ in range(3):
        assert people.client(NOBODY).get(path).status_code == 200
    assert Invitation.objects.get().used_at is None


def test_a_member_who_opens_a_link_keeps_their_role(people: People) -> None:
    path = invited(people, "viewer")
    people.client("editor").post(path)
    assert Member.objects.get(pk=people.cast["editor"].pk).role == "editor"
    assert Invitation.objects.get().used_at is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"used_at": timezone.now()}, "This invitation was already used. Ask for a new one."),
        ({"revoked_at": timezone.now()}, "This invitation does not exist or was withdrawn. Ask for a new one."),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "This invitation has expired. Ask for a new one."),
    ],
)
def test_a_link_that_works_no_more_says_why(people: People, change: dict[str, object], told: str) -> None:
    path = invited(people)
    Invitation.objects.update(**change)
    for method in (Client().get, Client().post, people.client(STRANGER).post):
        answer = method(path)
        assert answer.status_code == 404 and told in words(answer)
    assert not Member.objects.filter(user=people.cast.stranger).exists()


def test_a_link_nobody_made(people: People) -> None:
    assert "does not exist or was withdrawn" in words(Client().get("/invite/guessed/"))


def test_a_link_works_once(people: People) -> None:
    path = invited(people)
    people.client(STRANGER).post(path)
    second = Client()
    assert second.post(path, ACCOUNT).status_code == 404
    assert not User.objects.filter(username="chensi").exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"password": "short"}, "This password is too short."),
        ({"username": ""}, "This field is required."),
        ({"email": "nowhere"}, "Enter a valid email address."),
        ({"username": "taken"}, "already exists"),
    ],
)
def test_a_wrong_account_is_told_and_kept_but_for_the_password(
    people: People, wrong: dict[str, str], told: str
) -> None:
    make_user("taken")
    page = Client().post(invited(people), ACCOUNT | wrong).content.decode()
    assert told in words(page) and field_value(page, "full_name") == "陈思"
    assert PASSWORD not in page and Invitation.objects.get().used_at is None


def test_taking_an_invitation_back(people: People) -> None:
    path = invited(people)
    pk = Invitation.objects.get().pk
    assert people.post("editor", "invitation_revoke", pk).status_code == 403
    people.client("admin").get(people.url("invitation_revoke", pk))
    assert Invitation.objects.get().revoked_at is None
    people.done("admin", "invitation_revoke", pk)
    assert Client().get(path).status_code == 404
    assert Event.objects.filter(kind="member.invitation_revoked").exists()


def test_changing_a_role(people: People) -> None:
    pk = people.cast["viewer"].pk
    people.done("admin", "member_change", pk, role="reviewer")
    assert Member.objects.get(pk=pk).role == "reviewer"
    shown = words(people.client("admin").post(people.url("member_change", pk), {"role": "king"}, follow=True))
    assert "not allowed here" in shown and Member.objects.get(pk=pk).role == "reviewer"


def test_leaving_and_coming_back(people: People) -> None:
    pk = people.cast["checker"].pk
    assert f"{people.cast['checker']} left" in words(people.done("admin", "member_change", pk, active="0"))
    assert people.ask("checker", "corpus_home").status_code == 404
    people.done("admin", "member_change", pk, active="1")
    assert people.ask("checker", "corpus_home").status_code == 200


def test_the_last_admin_stays(people: People) -> None:
    for data in ({"role": "editor"}, {"active": "0"}):
        answer = people.client("admin").post(people.url("member_change", people.cast["admin"].pk), data, follow=True)
        assert "A corpus needs an admin." in words(answer)
    assert Member.objects.get(pk=people.cast["admin"].pk).role == "admin"
