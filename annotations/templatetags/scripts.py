"""Modules that a page will import, named in its head: they come together instead of one depth after the other."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django import template
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

SCRIPTS = Path(__file__).resolve().parent.parent / "static" / "annotations" / "js"
#: `import … from "./x.js"`; not `import("./x.js")`, which is for what comes later.
IMPORT = re.compile(r'^(?:import|export)[^"]*"(\.[^"]+)"', re.MULTILINE)


@cache
def imported_by(name: str) -> tuple[str, ...]:
    """The modules that a script of js/ imports, and theirs, without itself: paths below js/."""
    found = [Path(f"{SCRIPTS}/{name}")]  # a word of a template is no plain str, which paths want
    for path in found:  # it grows while we go through it
        for other in IMPORT.findall(path.read_text(encoding="utf-8")):
            module = (path.parent / other).resolve()
            if module not in found:
                found.append(module)
    return tuple(path.relative_to(SCRIPTS).as_posix() for path in found[1:])


@register.simple_tag
def preload_modules(name: str) -> SafeString:
    """A modulepreload link for everything that `js/<name>` imports."""
    addresses = ((static(f"annotations/js/{module}"),) for module in imported_by(name))
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', addresses)
