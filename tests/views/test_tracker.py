"""The Tracker's pages: the list and its address, views, bulk actions without scripts, the pane; who may what."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import SavedView
from annotations.services import saved_views
from annotations.services.op import writing
from tests.tracked import Tracked, make_tracked, ready

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def made() -> Tracked:
    return make_tracked()


def client(made: Tracked, role: str) -> Client:
    found = Client()
    found.force_login(made.cast.user(role))
    return found


def address(made: Tracked, query: str = "", name: str = "tracker", *more: object) -> str:
    return reverse(name, args=[made.cast.corpus.slug, *more]) + query


def get(made: Tracked, query: str = "", role: str = "annotator", **headers: str) -> str:
    answer = client(made, role).get(address(made, query), headers=headers)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def rows(page: str) -> list[str]:
    return re.findall(r'<tr id="s-\d+"[^>]*data-label="([^"]+)"', page)


def counted(page: str) -> str:
    found = re.search(r'id="counts">(.*?)</p>', page, re.S)
    assert found
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1])).strip()


def cell(page: str, label: str, column: str) -> str:
    row = re.search(rf'data-label="{label}".*?</tr>', page, re.S)
    found = row and re.search(rf'<t[dh][^>]*data-col="{column}".*?</t[dh]>', row[0], re.S)
    assert found, (label, column)
    return found[0]


def test_the_list_and_its_counts(made: Tracked) -> None:
    page = get(made)
    assert rows(page) == ["C-1", "C-2", "C-3", "C-4", "P-1", "P-2"]
    assert counted(page) == "4 claims 2 proposals 6 passages in 2 documents"
    assert "2 passages in 2 documents" in cell(page, "C-2", "passages") and "1 variant" in cell(page, "C-2", "text")
    assert "overdue" in cell(page, "C-4", "due") and made.cast["checker"].name in cell(page, "C-4", "owner")
    assert counted(get(made, "?kind=claim&q=zzz")) == "0 statements"
    assert counted(get(made, "?status=in_progress")) == "1 claim 1 passage in 1 document"


def test_strangers_find_nothing_and_nonsense_is_told(made: Tracked) -> None:
    stranger = Client()
    assert stranger.get(address(made)).status_code == 302
    stranger.force_login(made.cast.stranger)
    for where in (address(made), address(made, "", "tracker_pane", "C-1"), address(made, "", "tracker_bulk", "due")):
        assert stranger.get(where).status_code == 404
    for query in ("?status=nonsense", "?stauts=queued", "?ordering=size", "?group=size", "?script=latin"):
        assert client(made, "viewer").get(address(made, query)).status_code == 400


def test_an_unreviewed_verdict_stands_nowhere_in_the_page(made: Tracked) -> None:
    every = "?columns=type,status,verdict,gloss,flags,sources,checker,reviewer,note,checkworthiness&open=C-3"
    for role in ("viewer", "annotator", "reviewer", "editor", "admin"):
        page = get(made, every, role)
        assert "not yet" in cell(page, "C-3", "verdict")
        assert "Missing context" not in page and "missing_context" not in page and "Because it is so" not in page
        assert made.cast["checker"].name not in cell(page, "C-3", "checker")
    mine = get(made, every, "checker")
    assert "Missing context" in cell(mine, "C-3", "flags") and "not yet" in cell(mine, "C-3", "verdict")


def test_the_address_says_it_all_and_leaves_out_what_is_empty(made: Tracked) -> None:
    page = get(made, "?kind=claim&kind=proposal&status=&ordering=-due&group=kind&script=hans&page=1&view=")
    heads = re.findall(r'<th scope="col"[^>]*data-col="due"[^>]*aria-sort="(\w+)"><a href="([^"]+)"', page)
    assert heads == [("descending", "?kind=claim,proposal&amp;ordering=due&amp;group=kind&amp;script=hans")]
    assert 'name="ordering" value="-due"' in page


def test_htmx_gets_the_list_alone_and_the_address_follows(made: Tracked) -> None:
    answer = client(made, "annotator").get(address(made, "?status=in_progress&q="), headers=HTMX)
    page = answer.content.decode()
    assert "<html" not in page and rows(page) == ["C-3"] and 'id="said-status" hx-swap-oob="true">Checking' in page
    assert answer["HX-Push-Url"] == address(made, "?status=in_progress")
    here = HTMX | {"HX-Current-URL": "http://testserver" + address(made, "?status=in_progress")}
    assert "HX-Push-Url" not in client(made, "annotator").get(address(made, "?status=in_progress"), headers=here)


def test_columns_groups_and_scripts(made: Tracked) -> None:
    page = get(made, "?columns=gloss,due&group=document&script=hans&document=" + str(made.one.pk))
    assert re.findall(r'<th scope="col" class="c-[\w-]+" data-col="(\w+)"', page) == ["number", "text", "due", "gloss"]
    assert "中国政府倡议成立" in cell(page, "C-1", "text") and 'data-value="中國政府倡議成立' in cell(
        page, "C-1", "text"
    )
    assert page.count('class="group-row"') == 1 and "4 statements" in page
    own = f"set-{made.topics[0].tag_set_id}"
    assert "Safety" in cell(get(made, f"?columns={own}"), "P-2", own)


def test_a_viewer_reads_but_has_nothing_to_edit_with(made: Tracked) -> None:
    page = get(made, role="viewer")
    assert "data-edit" not in page and 'data-action="tag-by-name"' not in page
    assert "data-edit" in get(made)
    asked = address(made, "?ids=" + str(made.labels["C-1"].pk), "tracker_bulk", "due")
    assert client(made, "viewer").get(asked).status_code == 403


def test_built_in_views_and_what_waits(made: Tracked) -> None:
    page = get(made, "?assignee=me", "checker")
    assert rows(page) == ["C-3", "C-4"]
    current = re.search(r'<a href="([^"]+)" aria-current="page">(.*?)</a>', page[page.index('id="views"') :], re.S)
    assert current and current[1] == "?assignee=me" and current[2].startswith("Mine")
    assert re.search(r'To triage <span class="count">5</span>', page)


def save(made: Tracked, role: str = "annotator", **data: str) -> str:
    answer = client(made, role).post(address(made, "", "view_save"), data)
    assert answer.status_code == 302
    return str(answer["Location"])


def test_views_are_kept_with_filter_columns_order_and_grouping(made: Tracked) -> None:
    where = save(
        made, name="Untriaged", query="status=untriaged&ordering=-updated&group=kind&columns=gloss,due&page=3&open=C-1"
    )
    view = SavedView.objects.get()
    assert (view.query, view.columns) == ("status=untriaged&ordering=-updated&group=kind", ["due", "gloss"])
    page = client(made, "annotator").get(where).content.decode()
    assert rows(page) and 'aria-current="page">Untriaged' in page and ">changed<" not in page
    changed = get(made, where.partition("tracker/")[2].replace("status=untriaged", "status=in_progress"))
    assert 'aria-current="page">Untriaged' in changed and ">changed<" in changed and 'value="update"' in changed
    assert "Untriaged</a>" not in get(made, role="viewer")


def test_a_view_that_makes_no_sense_is_not_kept(made: Tracked) -> None:
    save(made, name="Bad", query="status=nonsense")
    save(made, name=" ", query="")
    assert not SavedView.objects.exists()


def test_views_are_changed_by_their_owner(made: Tracked) -> None:
    save(made, name="Mine", query="kind=claim")
    view = SavedView.objects.get()

    def change(role: str, **data: str) -> int:
        return client(made, role).post(address(made, "", "view_change", view.pk), data).status_code

    assert change("annotator", action="rename", name="Better", query="kind=claim") == 302
    assert change("annotator", action="update", query="kind=proposal&columns=note") == 302
    view.refresh_from_db()
    assert (view.name, view.query, view.columns) == ("Better", "kind=proposal", ["note"])
    change("editor", action="remove", query="")
    assert saved_views.visible(made.cast["annotator"]).count() == 1
    change("annotator", action="share", query="")
    change("editor", action="remove", query="")
    assert saved_views.visible(made.cast["annotator"]).count() == 0


def test_bulk_actions_work_without_scripts(made: Tracked) -> None:
    browser, ids = client(made, "annotator"), made.pk("C-1", "C-2")
    asked = address(made, f"?ids={ids[0]}&ids={ids[1]}&query=kind%3Dclaim", "tracker_bulk", "due")
    page = browser.get(asked).content.decode()
    assert "<html" in page and "Due date · 2 statements" in page
    answer = browser.post(asked, {"ids": ids, "query": "kind=claim", "go": "1", "due": "2027-02-03"}, follow=True)
    assert answer.redirect_chain == [(address(made, "?kind=claim"), 302)] and "2 done." in answer.content.decode()
    assert made["C-1"].due == made["C-2"].due == date(2027, 2, 3)


def test_refusals_of_a_bulk_action_are_told_with_their_reasons(made: Tracked) -> None:
    ready(made, "C-1")
    data = {"ids": made.pk("C-1", "C-2"), "query": "", "go": "1", "to": "queued"}
    answer = client(made, "annotator").post(address(made, "", "tracker_bulk", "move"), data, follow=True)
    page = answer.content.decode()
    assert "1 done; 1 refused: C-2: " in page and "Choose the type of the claim." in page


@pytest.mark.parametrize(("language", "says"), [("zh-hans", "一次 2 行太多"), ("zh-hant", "一次 2 列太多")])
def test_what_refuses_all_of_it_is_said_in_the_language_of_the_page(
    made: Tracked, settings: object, language: str, says: str
) -> None:
    settings.AIGOV_LIMITS = {"bulk_rows": 1}  # type: ignore[attr-defined]
    data = {"ids": made.pk("C-1", "C-2"), "query": "", "go": "1", "due": "2027-02-03"}
    where = address(made, "", "tracker_bulk", "due")
    page = client(made, "annotator").post(where, data, headers={"Accept-Language": language}).content.decode()
    assert says in page and "rows at once are too many" not in page


def test_the_whole_list_is_meant_only_while_it_is_the_same(made: Tracked) -> None:
    data = {"all": "1", "expected": "4", "query": "kind=claim&page=1", "go": "1", "due": "2027-02-03"}
    where = address(made, "", "tracker_bulk", "due")
    page = client(made, "annotator").post(where, data | {"expected": "3"}, follow=True).content.decode()
    assert "The list has changed meanwhile: 4 rows now." in page and made["C-1"].due is None
    assert "4 done." in client(made, "annotator").post(where, data, follow=True).content.decode()
    assert made["C-3"].due == date(2027, 2, 3) and made["P-1"].due is None


@pytest.mark.parametrize("action", ["assign", "due", "tag", "type", "move", "set-aside", "triage"])
def test_every_action_asks_in_a_dialog(made: Tracked, action: str) -> None:
    query = "?ids=" + ",".join(map(str, made.pk("C-1", "P-1")))
    answer = client(made, "editor").get(address(made, query, "tracker_bulk", action), headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200 and "<html" not in page and 'name="go"' in page
    assert client(made, "editor").get(address(made, "?ids=", "tracker_bulk", action)).status_code == 302


def test_a_dialog_closes_when_it_is_done_and_stays_when_it_is_not(made: Tracked) -> None:
    where, data = address(made, "", "tracker_bulk", "set-aside"), {"ids": made.pk("C-1"), "query": "", "go": "1"}
    stays = client(made, "annotator").post(where, data, headers=HTMX)
    assert "HX-Trigger" not in stays and "This field is required" in stays.content.decode()
    wrong = client(made, "annotator").post(where, data | {"reason": "duplicate", "duplicate_of": "C-99"}, headers=HTMX)
    assert "There is no C-99 here." in wrong.content.decode()
    done = client(made, "annotator").post(where, data | {"reason": "trivial"}, headers=HTMX)
    assert json.loads(done["HX-Trigger"]) == {"dialog-close": True, "tracker-changed": True}
    assert made["C-1"].work == "set_aside"


def test_a_row_is_fetched_alone_as_the_list_shows_it(made: Tracked) -> None:
    query = f"?ids={made.labels['P-2'].pk}&columns=due&kind=claim"
    page = client(made, "annotator").get(address(made, query, "tracker_rows"), headers=HTMX).content.decode()
    assert rows(page) == ["P-2"] and "<table" not in page and 'data-col="due"' in page and 'data-col="type"' not in page


def test_the_pane_shows_passages_in_context(made: Tracked) -> None:
    page = client(made, "viewer").get(address(made, "", "tracker_pane", "C-2"), headers=HTMX).content.decode()
    assert "全球80%算力集中于少數發達國家</mark>" in page and "发达国家垄断算力资源</mark>" in page and "¶ 2" in page
    assert client(made, "viewer").get(address(made, "", "tracker_pane", "C-2")).status_code == 302
    assert "全球80%算力集中于少數發達國家</mark>" in get(made, "?open=C-2", "viewer")
    assert client(made, "viewer").get(address(made, "?open=C-99")).status_code == 404


def test_what_people_typed_is_never_markup(made: Tracked) -> None:
    with writing(by=made.cast["annotator"]) as op:
        saved_views.save(op, name="<b>bold</b>", query="")
    assert "<b>bold</b>" not in get(made) and "&lt;b&gt;bold" in get(made)


def test_an_empty_corpus_has_one_next_step(made: Tracked) -> None:
    from tests.factories import make_cast

    empty = Tracked(make_cast("Empty"), made.one, made.two, [], [])
    page = get(empty)
    assert "No claim or proposal yet" in page and "<table" not in page and 'class="button primary"' in page


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_it_speaks_chinese(made: Tracked, language: str) -> None:
    browser = client(made, "annotator")
    page = browser.get(address(made), headers={"Accept-Language": language}).content.decode()
    assert {"zh-hans": "追踪表", "zh-hant": "追蹤表"}[language] in page


def test_the_list_as_markdown(made: Tracked) -> None:
    answer = client(made, "viewer").get(
        address(made, "?kind=proposal&ordering=-number&columns=gloss", "tracker_digest")
    )
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/markdown")
    assert re.findall(r"\*\*\[(P-\d)\]\(http", text) == ["P-2", "P-1"] and "> 建議建立全球統一技術安全評測標準" in text


def test_only_tags_that_are_there_can_be_taken_off(made: Tracked) -> None:
    def options(label: str, name: str) -> list[str]:
        where = address(made, f"?ids={made.labels[label].pk}", "tracker_bulk", "tag")
        page = client(made, "annotator").get(where, headers=HTMX).content.decode()
        select = re.search(rf'<select name="{name}".*?</select>', page, re.S)
        return re.findall(r"<option[^>]*>([^<]+)</option>", select[0]) if select else []

    assert options("P-2", "remove") == ["Safety"] and "Trade" in options("P-2", "add")
    assert options("C-4", "remove") == []
