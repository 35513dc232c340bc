"""Steps 1 to 4: a corpus and its people, two documents at once, one of them again, their facts."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.walk.stage import PASSWORD, Person, Walk, numbers
from tests.factories import make_user

GUESTS = (("陈", "annotator", "zh-hans"), ("李", "checker", "en"), ("王", "reviewer", "zh-hant"))


def step_01_corpus(walk: Walk) -> None:
    """赵 opens the corpus 试读 and sees three steps and nothing else; guests come by a link each, and each role sees
    what it may."""
    make_user("zhao")
    host = walk.enter("赵", walk.doors.sign_in("zhao", PASSWORD))
    page = host.page
    page.goto(f"{walk.doors.site}/new/")
    page.fill("[name=name]", "试读")
    assert page.locator("[name=codebook]").first.input_value() == "ai-governance"
    page.locator("main button.primary").click()
    expect(page.locator("main .steps > li")).to_have_count(3)
    assert page.locator("main h2").count() == 3 and not page.locator("main section, main table").count()
    walk.slug = page.url.rstrip("/").rsplit("/", 1)[-1]
    for name, role, language in GUESTS:
        come(walk, host, name, role, language)
    rights(walk)


def come(walk: Walk, host: Person, name: str, role: str, language: str) -> None:
    """An invitation, a new account made with it, an interface in one's own language."""
    host.go(f"/c/{walk.slug}/members/")
    host.page.select_option("[name=role]:not([aria-label])", role)
    host.page.fill("[name=note]", name)
    host.button("Make a link").click()
    link = host.page.locator("input[readonly]").input_value()
    page = walk.doors.open(permissions=["clipboard-read", "clipboard-write"])
    page.goto(walk.doors.site + link[link.index("/invite/") :])
    page.fill("[name=full_name]", name)
    page.fill("[name=username]", role)
    page.fill("[name=password]", "ein langes Kennwort 7")
    page.locator("main button.primary").click()
    expect(page.locator("main .steps > li")).to_have_count(3)
    guest = walk.enter(name, page)
    if language != "en":
        guest.choose_language(language)
    walk.doors.keep(name, page)


def rights(walk: Walk) -> None:
    """Adding documents is for annotators and above, inviting for the admin, reviewing for reviewers."""
    for name in ("陈", "李", "王", "赵"):
        person = walk[name]
        person.go(f"/c/{walk.slug}/members/")
        expect(person.page.locator("main tbody tr")).to_have_count(4)
        assert bool(person.page.locator("main form[action*=members]").count()) == (name == "赵")
        answer = person.page.request.get(f"{walk.doors.site}/c/{walk.slug}/review/")
        assert answer.status == (200 if name in ("王", "赵") else 403), name


def step_02_upload(walk: Walk) -> None:
    """Two files at once give two bars; each tells its paragraphs, its repairs by number, what was folded."""
    chen, plan = walk["陈"], walk.plan
    page = chen.page
    page.goto(f"{walk.doors.site}/c/{walk.slug}/")
    page.locator("main .steps a.button").click()
    with page.expect_file_chooser() as chooser:
        page.locator("label[for=files]").click()
    chooser.value.set_files([plan.a.path, plan.b.path])
    rows = page.locator("#uploads > li")
    expect(rows).to_have_count(2)
    expect(rows.locator("progress")).to_have_count(2)
    for row, text in zip(rows.all(), (plan.a, plan.b), strict=True):
        expect(row.locator("a").first).to_be_visible(timeout=20_000)
        told = row.locator("p.small").first.inner_text()
        assert numbers(told) == [n for n in (text.paragraphs, text.repairs, text.folded) if n], told
        assert row.locator("progress").get_attribute("value") == "100"
    links = [row.locator("a").first.get_attribute("href") or "" for row in rows.all()]
    walk.a, walk.b = (int(link.rstrip("/").rsplit("/", 1)[-1]) for link in links)
    check_loaded(walk)


def check_loaded(walk: Walk) -> None:
    for pk, text in ((walk.a, walk.plan.a), (walk.b, walk.plan.b)):
        found = walk["陈"].get(f"/api/documents/{pk}/")
        walk.corpus = found["corpus"]
        kinds = {
            kind: n
            for kind, n in found["current"]["repairs"].items()
            if kind in ("gloss", "lost-bytes", "broken-entity")
        }
        assert kinds == text.repairs_by_kind
        assert (found["current"]["blocks"], found["current"]["folded_blocks"]) == (
            text.paragraphs + text.folded,
            text.folded,
        )


def step_03_again(walk: Walk) -> None:
    """The same text under another name is already here: open it, load it all the same, or skip; nothing was added."""
    chen = walk["陈"]
    page = chen.page
    page.goto(f"{walk.doors.site}/c/{walk.slug}/documents/add/")
    page.set_input_files(
        "#files", {"name": "again.txt", "mimeType": "text/plain", "buffer": walk.plan.b.path.read_bytes()}
    )
    row = page.locator("#uploads > li")
    expect(chen.button("Load it all the same", row)).to_be_visible()
    expect(row.get_by_role("link", name=chen.word("Open it"))).to_have_attribute(
        "href", f"/c/{walk.slug}/documents/{walk.b}/"
    )
    assert chen.get(f"/api/corpora/{walk.corpus}/documents/")["count"] == 2
    chen.button("Skip", row).click()
    expect(row).to_have_count(0)


def step_04_facts(walk: Walk) -> None:
    """Facts are proposed, each marked so; 陈 gives document a a title, which is no proposal any more."""
    chen = walk["陈"]
    for pk, text in ((walk.a, walk.plan.a), (walk.b, walk.plan.b)):
        chen.go(f"/c/{walk.slug}/documents/{pk}/facts/")
        for name, value in text.facts.items():
            assert chen.page.input_value(f"main [name={name}]") == value, name
        found = chen.get(f"/api/documents/{pk}/")
        assert text.proposed <= set(found["proposed"])
        assert chen.page.locator("main .proposed, main .notice").count(), "the page says that they are proposals"
    chen.go(f"/c/{walk.slug}/documents/{walk.a}/facts/")
    chen.page.fill("main [name=title]", walk.plan.title)
    chen.page.fill("main [name=authors]", walk.plan.author)
    chen.page.locator("main form button.primary").click()
    chen.page.wait_for_url("**/documents/*/")
    found = chen.get(f"/api/documents/{walk.a}/")
    assert found["title"] == walk.plan.title and "title" not in found["proposed"]
