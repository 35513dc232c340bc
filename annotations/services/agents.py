"""Agents: who says, proposes, should act, publishes. One row a name, whatever its script."""

from __future__ import annotations

from annotations.models import Agent, Corpus
from annotations.rules.errors import Invalid, noop
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
    agent = Agent.objects.create(corpus=op.corpus, name=name, type=type, fold=fold_text(name))
    op.log("agent.created", agent, {"name": name, "type": type})
    return agent


def update(op: Op, agent: Agent, **values: object) -> Agent:
    op.check("edit_agent")
    if "name" in values:
        values["fold"] = fold_text(str(values["name"]))
    changed = changes(agent, values)
    if changed:
        agent.version += 1
        agent.save()
        op.log("agent.updated", agent, {"name": agent.name, "changes": changed})
    return agent
