"""The site itself, and what all its lists have in common: columns under translated names, rows that are only shown."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.rules.errors import noop

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Operators(admin.AdminSite):
    """Staff only; StaffMfaMiddleware (aigov/accounts.py) asks them for a second factor here as everywhere."""

    site_header = site_title = _("Administration")
    index_title = _("Accounts and corpora of this installation")
    enable_nav_sidebar = False


site = Operators(name="admin")
#: Django's own words on the site that its Simplified Chinese lacks: being here, they are in our catalogues.
LACKING = (noop("Model name"), noop("Add link"), noop("Change or view list link"))
Cell = Callable[[Any], object]


def column(path: str, label: _StrPromise, *, order: str = "", yes_no: bool = False) -> Cell:
    """A column or read-only field: the value at `path` under a label that is translated (columns of the tables have
    English names only)."""

    @admin.display(description=label, ordering=order or path.replace(".", "__"), boolean=yes_no)
    def cell(row: Any) -> object:
        return attrgetter(path)(row)

    cell.__name__ = path.replace(".", "_")
    return cell


class Look(admin.ModelAdmin):
    """Rows to look at: `cells` are the columns of the list and, with `more`, the fields of the page."""

    cells: ClassVar[tuple[Cell, ...]] = ()
    more: ClassVar[tuple[Cell, ...]] = ()
    list_per_page = 50
    show_full_result_count = False
    view_on_site = False

    def get_list_display(self, request: HttpRequest) -> Any:
        return self.cells

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.cells, *self.more)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.cells, *self.more)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_operate_permission(self, request: HttpRequest) -> bool:
        """For the actions: they change something."""
        return site.has_permission(request) and bool(request.user.is_superuser)
