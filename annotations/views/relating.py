"""How a statement relates to others, on its page: add, confirm, turn down, give reasons, take away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext

from annotations.forms import RelateForm, RelationForm
from annotations.forms.relations import BACK
from annotations.models import Member, Relation, Statement
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, Msgid, Stale, noop
from annotations.services import access, lookup, relations
from annotations.services.op import Op
from annotations.services.relations import Seen
from annotations.views.meeting import alone, both_versions, check_seen, valid

#: So many statements stand in a list of choices before anything is typed.
OFFERED = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A relation on the page of one of its statements: in words from there, with the form for its reasons."""

    seen: Seen
    words: str
    meaning: str
    form: RelationForm

    @property
    def row(self) -> Relation:
        return self.seen.row

    @property
    def other(self) -> Statement:
        return self.seen.other


def shown(statement: Statement, data: QueryDict | None = None) -> tuple[list[Shown], list[Shown]]:
    """(those that hold or wait for a person, those that were turned down); `data` is a form that came back."""
    found = [_shown(seen, data) for seen in relations.of_statement(statement)]
    down = [one for one in found if one.row.state == "rejected"]
    return [one for one in found if one.row.state != "rejected"], down


def _shown(seen: Seen, data: QueryDict | None) -> Shown:
    words = vocabulary.RELATIONS if seen.outward else vocabulary.RELATIONS_BACK
    term = words[seen.row.type]
    sent = data if data is not None and data.get("relation") == str(seen.row.pk) else None
    return Shown(seen, gettext(term.label), gettext(term.definition), RelationForm(sent, instance=seen.row))


def form_of(statement: Statement, member: Member, data: QueryDict | None, asked: QueryDict) -> RelateForm:
    """The empty form, or the one that was sent; `?relate=C-12&way=attacks` of the address fills it in."""
    rows = Statement.objects.visible_to(member).filter(redirect_to=None).exclude(pk=statement.pk)
    typed, way = asked.get("relate", ""), asked.get("way", "")
    return RelateForm(data, offered=rows.order_by("-updated_at")[:OFFERED], typed=typed, way=way)


def context(statement: Statement, member: Member, request: HttpRequest, sent: str) -> dict[str, Any]:
    """What _statement_related.html expects; `sent` names the form of the page that came back refused."""
    live, down = shown(statement, request.POST if sent == "relation" else None)
    data = request.POST if sent == "relate" else None
    clashing = next((one.form for one in [*live, *down] if one.form.is_bound), None)
    return {
        "relations": live,
        "turned_down": down,
        "relate_form": form_of(statement, member, data, request.GET),
        "relation_clash": clashing.instance.pk if clashing is not None else None,
        **(both_versions(clashing) if clashing is not None else {}),
    }


def relate(op: Op, statement: Statement, data: QueryDict) -> None:
    values = valid(RelateForm(data)).cleaned_data
    other = lookup.by_label(op.by, values["other"])
    if other is None:
        raise Invalid("statement_unknown", noop("There is no such statement in this corpus."), field="other")
    back = values["way"].startswith(BACK)
    ends = (other, statement) if back else (statement, other)
    state = "suggested" if values["suggested"] else "confirmed"
    relations.relate(op, *ends, values["way"].removeprefix(BACK), state=state, rationale=values["rationale"])


def change(op: Op, statement: Statement, data: QueryDict) -> None:
    """Confirm, turn down, save the reasons or take away, by the button that was pressed."""
    row = _row(statement, data)
    form = RelationForm(data, instance=row)
    alone(op, form, row)
    decision = data.get("decision", "")
    if decision in ("confirmed", "rejected", "suggested", "remove"):
        state = Msgid(vocabulary.RELATION_STATES.label(row.state))
        said = noop("Somebody settled this relation meanwhile: %(state)s. What you typed is kept.")
        check_seen(data, row.state, Stale("moved_meanwhile", said, state=state))
    values = valid(form).values()
    row = Relation.objects.select_for_update(of=("self",)).get(pk=row.pk)  # checking a form writes into its instance
    if decision == "remove":
        relations.remove(op, row)
    else:
        relations.update(op, row, **values, **({"state": decision} if decision else {}))


def _row(statement: Statement, data: QueryDict) -> Relation:
    asked = str(data.get("relation", ""))
    if asked.isascii() and asked.isdecimal():
        for seen in relations.of_statement(statement):
            if seen.row.pk == int(asked):
                return seen.row
    raise access.not_found()
