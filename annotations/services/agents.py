"""Agents: who says, proposes, should act, publishes. One row a name, whatever its script."""

from __future__ import annotations

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Length

from annotations.models import Agent, Corpus
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, Refused, noop
from annotations.services.op import Op, changes
from annotations.text.folding import fold_text

NAME_LIMIT = 200


def find(corpus: Corpus, name: str) -> Agent | None:
    """The agent of this name or alias, in either script."""
    fold = fold_text(name.strip())
    if not fold:
        return None
    found = Agent.objects.filter(corpus=corpus, fold=fold).first()
    if found:
        return found
    for agent in Agent.objects.filter(corpus=corpus).exclude(aliases=[]):
        if any(fold_text(alias) == fold for alias in agent.aliases):
            return agent
    return None


def named(op: Op, name: str, type: str = "unknown") -> Agent:
    """The agent of this name, made when it is new."""
    name = " ".join(name.split())
    if not name or not fold_text(name):
        raise Invalid("agent_needs_name", noop("Give the speaker or body a name."), field="name")
    if len(name) > NAME_LIMIT:
        raise Invalid(
            "agent_name_long", noop("This name is longer than %(limit)s characters."), field="name", limit=NAME_LIMIT
        )
    found = find(op.corpus, name)
    if found:
        return found
    vocabulary.AGENT_TYPES.check(type, "type")
    agent = Agent.objects.create(corpus=op.corpus, name=name, type=type, fold=fold_text(name))
    op.log("agent.created", agent, {"name": name, "type": type})
    return agent


def update(op: Op, agent: Agent, **values: object) -> Agent:
    """Rename an agent, say what it is, list its other names. Two agents never share a name, in whatever script."""
    op.check("edit_agent")
    if "type" in values:
        vocabulary.AGENT_TYPES.check(values["type"], "type")
    if "name" in values:
        values["name"] = " ".join(str(values["name"]).split())
        values["fold"] = fold_text(str(values["name"]))
        if not values["fold"]:
            raise Invalid("agent_needs_name", noop("Give the speaker or body a name."), field="name")
        other = Agent.objects.filter(corpus=op.corpus, fold=values["fold"]).exclude(pk=agent.pk).first()
        if other:
            raise Refused("agent_exists", noop("There is “%(name)s” already."), field="name", name=other.name)
    changed = changes(agent, values)
    changed.pop("fold", None)
    if changed:
        agent.version += 1
        agent.save()
        op.log("agent.updated", agent, {"name": agent.name, "changes": changed})
    return agent


def matching(rows: QuerySet[Agent], fold: str) -> QuerySet[Agent]:
    """Those whose folded name holds `fold`; names that begin with it first, shorter ones before longer ones."""
    begins = Case(When(fold__startswith=fold, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.filter(fold__contains=fold).annotate(begins=begins).order_by("begins", Length("fold"), "name", "id")
