"""Modules that a page names in its head: all that its script imports, each once, and nothing that comes later."""

from __future__ import annotations

from django.template import Context, Template

from annotations.templatetags import scripts


def test_everything_imported_is_named_once() -> None:
    found = scripts.imported_by("main-reader.js")
    assert len(found) == len(set(found)) and "main-reader.js" not in found
    assert {"dom.js", "reader/paint.js", "reader/codepoints.js"} <= set(found), "also what the imported ones import"
    assert "reader/panels.js" not in found, "import() is for what comes later"
    assert all((scripts.SCRIPTS / name).is_file() for name in found)


def test_links_lead_to_the_static_files() -> None:
    page = Template('{% load scripts %}{% preload_modules "main-reader.js" %}').render(Context())
    assert page.count('<link rel="modulepreload" href="') == len(scripts.imported_by("main-reader.js"))
    assert "/annotations/js/reader/paint" in page
