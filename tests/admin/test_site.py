"""The operators' site: who enters, what lists show and never show, what can be changed and what trail it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from annotations.admin import site
from annotations.models import Annotation, ApiToken, Event, Invitation, User
from annotations.services import api_tokens, corpora
from annotations.services.op import writing
from tests import checks
from tests.api.world import World, make_world
from tests.factories import TEXT, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "a sentence nobody guesses"
FOR_WHOM = "Li from the ministry"
NOTE = "a note on a passage"
TABLES = [model._meta.model_name for model in site._registry]


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[World, User, User]]:
    """A world with an operator and a helper (staff without the right to change) who belong to no corpus."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        Annotation.objects.filter(pk=world.annotation.pk).update(note=NOTE)
        Invitation.objects.filter(pk=world.invitation.pk).update(note=FOR_WHOM)
        operator, helper = make_user("operator"), make_user("helper")
        User.objects.filter(pk__in=(operator.pk, helper.pk)).update(is_staff=True)
        User.objects.filter(pk=operator.pk).update(is_superuser=True)
        LogEntry.objects.create(user=operator, action_flag=2, object_repr="somebody", change_message="Revoked.")
        yield world, operator, helper
        transaction.set_rollback(True)


@pytest.fixture
def world(made: tuple[World, User, User], db: None) -> World:
    cache.clear()
    return made[0]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


@pytest.fixture
def operator(made: tuple[World, User, User], world: World) -> Client:
    return signed_in(made[1])


@pytest.fixture
def helper(made: tuple[World, User, User], world: World) -> Client:
    return signed_in(made[2])


def address(table: str, what: str = "changelist", *args: object) -> str:
    app = "admin" if table == "logentry" else "annotations"
    return reverse(f"admin:{app}_{table}_{what}", args=args)


def pages(world: World) -> list[str]:
    """Every page of the site that shows something."""
    rows = {
        "user": world.cast.user("admin").pk, "corpus": world.cast.corpus.pk, "member": world.cast["viewer"].pk,
        "invitation": world.invitation.pk, "apitoken": world.token.pk, "logentry": LogEntry.objects.latest("pk").pk,
    }  # fmt: skip
    found = [reverse("admin:index"), reverse("admin:app_list", args=["annotations"])]
    for table in TABLES:
        found += [address(table), address(table) + "?q=a", address(table, "change", rows[table])]
        found.append(address(table, "history", rows[table]))
    return found


def operator_pages(world: World) -> list[str]:
    pk = world.cast.user("admin").pk
    return [*pages(world), address("user", "add"), reverse("admin:auth_user_password_change", args=[pk])]


def act(client: Client, table: str, action: str, *pks: int) -> HttpResponse:
    data = {"action": action, "_selected_action": pks, "index": 0}
    found: HttpResponse = client.post(address(table), data, follow=True)
    return found


def facts(user: User, **changes: str) -> dict[str, str]:
    """What the form of an account sends; a flag that is taken away is sent empty and so not at all."""
    flags = {name: "on" for name in ("is_active", "is_staff", "is_superuser") if getattr(user, name)}
    data = {"username": user.username, "full_name": user.full_name, "email": user.email, **flags, **changes}
    return {name: value for name, value in data.items() if value or name in ("full_name", "email")}


# --- who enters ---


def test_only_staff_enters(world: World) -> None:
    for path in operator_pages(world):
        assert Client().get(path).headers["Location"].startswith(("/admin/login/", "/accounts/login/")), path
    outsider = signed_in(world.cast.user("admin"))  # admin of a corpus, not of the installation
    for path in operator_pages(world):
        answer = outsider.get(path, follow=True)
        assert answer.status_code == 403 and "fieldset" not in answer.content.decode(), path


def test_staff_needs_a_second_factor_where_the_site_is_public(
    world: World, operator: Client, helper: Client, settings: Settings
) -> None:
    settings.HTTPS = True
    for client in (operator, helper):
        assert {client.get(path).headers.get("Location") for path in operator_pages(world)} == {"/accounts/2fa/"}


def test_who_is_closed_is_out_at_once(operator: Client, made: tuple[World, User, User]) -> None:
    User.objects.filter(pk=made[1].pk).update(is_active=False)
    assert operator.get("/admin/").status_code == 302


def test_tables_of_other_apps_have_no_address(operator: Client) -> None:
    assert set(TABLES) == {"user", "apitoken", "corpus", "member", "invitation", "logentry"}
    for path in ("mfa/authenticator/", "account/emailaddress/", "auth/group/", "django_tasks_database/dbtaskresult/",
                 "annotations/statement/", "annotations/document/"):  # fmt: skip
        assert operator.get(f"/admin/{path}").status_code == 404


# --- what it shows ---


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_every_page_keeps_the_policy_and_shows_no_content(
    language: str, world: World, operator: Client, helper: Client
) -> None:
    user = world.cast.user("admin")
    secrets = [
        checks.WHY, TEXT[:20], world.document.title, world.claim.text, NOTE, FOR_WHOM, world.token.digest,
        world.invitation.digest, user.password, user.password.split("$")[-1],
    ]  # fmt: skip
    for client, paths in ((operator, operator_pages(world)), (helper, pages(world))):
        for path in paths:
            answer = client.get(path, headers={"accept-language": language})
            text = answer.content.decode()
            assert answer.status_code == 200, path
            assert f'lang="{language}' in text and "script-src 'self'" in answer["Content-Security-Policy"]
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text), path
            assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text)), path
            assert [secret for secret in secrets if secret and secret in text] == [], path


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_lists_speak_the_language_of_the_reader(language: str, world: World, operator: Client) -> None:
    allowed = {"API", "ID", "aigov"}
    for path in [reverse("admin:index"), *map(address, TABLES), address("user", "add")]:
        text = operator.get(path, headers={"accept-language": language}).content.decode()
        rows = re.compile(r"<tbody>.*?</tbody>", re.S) if path != reverse("admin:index") else re.compile("^$")
        labels = re.findall(r"<(th|caption|h1|label|option|legend)\b[^>]*>(.*?)</\1>", rows.sub("", text), re.S)
        words = {
            word for _, label in labels for word in re.findall("[A-Za-z]{3,}", re.sub(r"<[^>]+>|&\w+;", " ", label))
        }
        assert words - allowed == set(), path


def test_sizes_are_those_of_the_corpus(world: World, operator: Client) -> None:
    row = re.search(
        r"<tr><td.*?</tr>|<tr>\s*<th class=.field-name.*?</tr>", operator.get(address("corpus")).content.decode(), re.S
    )
    assert row is not None
    cells = dict(re.findall(r'class="field-(\w+)[^"]*">(.*?)</t[dh]>', row[0], re.S))
    assert (cells["members_n"], cells["slug"]) == ("6", world.cast.corpus.slug)
    live = Annotation.objects.filter(corpus=world.cast.corpus, removed_at=None).count()
    assert cells["annotations_n"] == str(live) and int(cells["head_seq"]) > 10


# --- what it changes ---


def test_nothing_can_be_deleted_and_corpora_only_be_looked_at(world: World, operator: Client) -> None:
    for path in pages(world):
        if "/change/" in path:
            assert operator.post(path.replace("/change/", "/delete/"), {"post": "yes"}).status_code == 403, path
            table = path.split("/")[3]
            assert (operator.post(path, {"name": "x"}).status_code == 403) is (table != "user"), path
    for table in set(TABLES) - {"user"}:
        assert operator.get(address(table, "add")).status_code == 403
    assert "delete_selected" not in operator.get(address("corpus")).content.decode()


def test_a_helper_changes_nothing(world: World, helper: Client) -> None:
    user = world.cast.user("viewer")
    for path in (address("user", "add"), reverse("admin:auth_user_password_change", args=[user.pk])):
        assert helper.get(path).status_code == helper.post(path, {}).status_code == 403
    assert helper.post(address("user", "change", user.pk), facts(user, is_superuser="on")).status_code == 403
    act(helper, "apitoken", "revoke", world.token.pk)
    act(helper, "user", "forget_second_factors", user.pk)
    assert ApiToken.objects.get(pk=world.token.pk).works and not User.objects.get(pk=user.pk).is_superuser


def test_a_new_account_has_a_good_password_and_its_own_address(operator: Client) -> None:
    new = {"username": "chensi", "full_name": "陈思", "email": "chen@example.org"}
    for wrong in ({"password1": "short", "password2": "short"}, {"password1": PASSWORD, "password2": "another one"}):
        assert operator.post(address("user", "add"), new | wrong).status_code == 200
    good = {"password1": PASSWORD, "password2": PASSWORD}
    assert operator.post(address("user", "add"), new | good).status_code == 302
    user = User.objects.get(username="chensi")
    assert user.check_password(PASSWORD) and not user.is_staff and user.is_active
    again = operator.post(address("user", "add"), new | good | {"username": "chen2", "email": "Chen@Example.org"})
    assert "Another account has this e-mail address." in again.content.decode()
    assert LogEntry.objects.filter(object_id=str(user.pk), action_flag=1).exists()


def test_closing_an_account_ends_session_and_tokens(world: World, operator: Client) -> None:
    user = world.cast.user("admin")
    _, secret = api_tokens.create(user, name="mine", write=True)
    theirs, program = signed_in(user), {"authorization": f"Bearer {secret}"}
    assert theirs.get("/new/").status_code == Client().get("/api/me/", headers=program).status_code == 200
    assert operator.post(address("user", "change", user.pk), facts(user, is_active="")).status_code == 302
    assert theirs.get("/new/").status_code == 302
    assert Client().get("/api/me/", headers=program).status_code == 401


def test_a_new_password_ends_the_sessions(world: World, operator: Client) -> None:
    user = world.cast.user("viewer")
    theirs, path = signed_in(user), reverse("admin:auth_user_password_change", args=[user.pk])
    sent = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true", "set-password": "1"}
    assert operator.post(path, {**sent, "password1": "short", "password2": "short"}).status_code == 200
    assert operator.post(path, sent).status_code == 302
    assert User.objects.get(pk=user.pk).check_password(PASSWORD) and theirs.get("/new/").status_code == 302


def test_the_last_operator_stays(made: tuple[World, User, User], operator: Client, helper: Client) -> None:
    me = User.objects.get(pk=made[1].pk)
    for flag in ("is_active", "is_superuser"):
        answer = operator.post(address("user", "change", me.pk), facts(me, **{flag: ""}))
        assert "Nobody else may change accounts." in answer.content.decode()
    other = User.objects.get(pk=made[2].pk)
    operator.post(address("user", "change", other.pk), facts(other, is_superuser="on", is_staff=""))
    other.refresh_from_db()
    assert other.is_superuser and other.is_staff
    assert operator.post(address("user", "change", me.pk), facts(me, is_superuser="")).status_code == 302


def test_an_address_that_was_changed_no_longer_signs_in(world: World, operator: Client) -> None:
    user = world.cast.user("viewer")
    EmailAddress.objects.create(user=user, email="old@example.org", primary=True, verified=True)
    assert operator.post(address("user", "change", user.pk), facts(user, email="new@example.org")).status_code == 302
    assert not EmailAddress.objects.filter(user=user).exists()


def test_second_factors_of_somebody_who_lost_them(world: World, operator: Client) -> None:
    user = world.cast.user("viewer")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    answer = act(operator, "user", "forget_second_factors", user.pk, world.cast.user("admin").pk)
    assert "Removed for 1 person." in answer.content.decode() and not Authenticator.objects.exists()
    assert LogEntry.objects.get(object_id=str(user.pk)).get_change_message() == "Second factors removed."


def test_tokens_are_revoked_and_it_is_noted(world: World, operator: Client) -> None:
    assert "1 token revoked." in act(operator, "apitoken", "revoke", world.token.pk).content.decode()
    assert not ApiToken.objects.get(pk=world.token.pk).works
    assert LogEntry.objects.filter(object_id=str(world.token.pk), change_message="Revoked.").exists()


def test_an_invitation_is_taken_back_by_a_member_and_stands_in_the_history(
    made: tuple[World, User, User], world: World, operator: Client
) -> None:
    def revoke() -> str:
        return act(operator, "invitation", "revoke", world.invitation.pk).content.decode()

    assert "you do not belong to it" in revoke()
    with writing(by=world.cast["admin"]) as op:
        member = corpora.add_member(op, made[1], "editor")
    assert "you need the role Admin" in revoke()
    assert Invitation.objects.get(pk=world.invitation.pk).revoked_at is None
    with writing(by=world.cast["admin"]) as op:
        corpora.change_role(op, member, "admin")
    assert "Taken back" in revoke()
    event = Event.objects.get(kind="member.invitation_revoked", object_id=world.invitation.pk)
    assert event.actor == member and Invitation.objects.get(pk=world.invitation.pk).revoked_at


def test_a_page_leaves_no_language_behind(operator: Client) -> None:
    operator.get("/admin/", headers={"accept-language": "zh-hans"})
    with translation.override("en"):
        assert str(site.site_header) == "Administration"
