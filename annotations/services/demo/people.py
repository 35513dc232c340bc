"""The people of the demo, one per role at least, with random passwords; the corpus, its codebook and its agents."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from annotations.models import Member, Tag, User
from annotations.services import agents, codebook, corpora
from annotations.services.demo.content import Demo
from annotations.services.op import Op, writing

WORDS = (
    "amber basin cedar delta ember fjord grove heron inlet jetty karst larch mesa north ocean pearl quartz river sable "
    "tidal umber vale willow yarrow zephyr"
).split()


@dataclass(frozen=True, slots=True)
class Login:
    """How to get in as one person of the demo."""

    username: str
    password: str
    role: str
    name: str


def password() -> str:
    """Five random words and a number: 20-odd characters, easy to type."""
    return "-".join(secrets.choice(WORDS) for _ in range(5)) + f"-{secrets.randbelow(90) + 10}"


def make(demo: Demo) -> list[Login]:
    """Accounts, corpus, members, codebook, agents."""
    logins, users = [], {}
    for entry in demo.tables["people"]:
        login = Login(entry["username"], password(), entry["role"], entry["name"])
        users[entry["key"]] = account(login, entry.get("language", ""))
        logins.append(login)
    admin = next(entry["key"] for entry in demo.tables["people"] if entry["role"] == "admin")
    head = demo.head
    demo.corpus = corpora.create(
        user=users[admin],
        name=head["name"],
        slug=head["slug"],
        description=head["description"],
        language=head["language"],
        book=head["codebook"],
    )
    first = Member.objects.select_related("corpus").get(corpus=demo.corpus, user=users[admin])
    with writing(by=first) as op:
        publisher = head.get("publisher", {})
        corpora.update(
            op,
            demo=True,
            publisher_name=publisher.get("name", ""),
            publisher_contact=publisher.get("contact", ""),
            publisher_policy=publisher.get("policy", ""),
        )
        for entry in demo.tables["people"]:
            corpora.add_member(op, users[entry["key"]], entry["role"])
        _topics(op, demo)
        for entry in demo.tables["agents"]:
            agent = agents.named(op, entry["name"], entry["type"])
            agents.update(op, agent, aliases=entry.get("aliases", []), url=entry.get("url", ""))
            demo.agents[entry["key"]] = agent
    for key, user in users.items():
        demo.members[key] = Member.objects.select_related("corpus").get(corpus=demo.corpus, user=user)
    write_logins(logins)
    return logins


def guide(demo: Demo) -> None:
    """What the editor wrote down about the use of tags: an edition of the codebook of its own."""
    for name in sorted({entry["by"] for entry in demo.tables["guidelines"]}):
        with writing(by=demo.members[name]) as op:
            for entry in demo.tables["guidelines"]:
                if entry["by"] == name:
                    texts = {field: entry.get(field, "") for field in ("use_when", "not_when", "examples")}
                    codebook.update_tag(op, demo.tags[entry["tag"]], **texts)


def account(login: Login, language: str) -> User:
    """The account; one that stands from an earlier demo gets the new password."""
    user, _ = User.objects.get_or_create(username=login.username, defaults={"demo": True})
    user.full_name, user.language, user.demo = login.name, language, True
    user.is_staff = user.is_superuser = login.role == "admin"
    user.set_password(login.password)
    user.save()
    return user


def _topics(op: Op, demo: Demo) -> None:
    """A column of one's own in the Tracker, with the words of the codebook."""
    demo.tags = {tag.code: tag for tag in Tag.objects.filter(corpus=demo.corpus)}
    topics = codebook.add_set(op, name="Topic", scope="statement", many=True)
    for tag in demo.tags.values():
        demo.topics[tag.code] = codebook.add_tag(
            op,
            topics,
            code=tag.code,
            label=tag.label,
            label_zh_hans=tag.label_zh_hans,
            label_zh_hant=tag.label_zh_hant,
            colour=tag.colour,
        )


def write_logins(logins: list[Login]) -> None:
    """Keep the logins in var/demo-logins.txt, readable by the owner alone."""
    path = Path(settings.DATA_DIR) / "demo-logins.txt"
    path.touch(mode=0o600)
    path.write_text("".join(f"{one.username}\t{one.password}\t{one.role}\t{one.name}\n" for one in logins), "utf-8")


def read_logins() -> list[Login]:
    """The logins of the demo as written when it was loaded; [] when the file is gone."""
    path = Path(settings.DATA_DIR) / "demo-logins.txt"
    if not path.exists():
        return []
    return [Login(*line.split("\t")) for line in path.read_text("utf-8").splitlines() if line]
