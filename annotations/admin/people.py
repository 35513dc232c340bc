"""Accounts, the tokens of their programs, and the log of what operators changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from annotations.admin.site import Look, column, site
from annotations.forms.accounts import AccountFactsForm, NewAccountForm
from annotations.models import ApiToken, User
from annotations.rules.errors import noop
from annotations.services import accounts, api_tokens


@admin.register(User, site=site)
class Accounts(Look, UserAdmin):
    """Made, changed and closed, never deleted: names stand at the work. Groups and single permissions are not used."""

    form, add_form, change_password_form = AccountFactsForm, NewAccountForm, AdminPasswordChangeForm
    cells = (
        column("username", _("User name")), column("full_name", _("Name shown to others")),
        column("email", _("E-mail")), column("is_active", _("Can log in"), yes_no=True),
        column("is_staff", _("Staff"), yes_no=True), column("is_superuser", _("May change accounts"), yes_no=True),
        column("last_login", _("Last login")), column("date_joined", _("Created")),
    )  # fmt: skip
    list_filter = ("is_active", "is_staff", "is_superuser")
    search_fields = ("username", "full_name", "email")
    filter_horizontal = ()
    actions = ("forget_second_factors",)
    add_fieldsets = ((None, {"fields": ("username", "full_name", "email", "password1", "password2")}),)
    change_form_template = "admin/account_change.html"  # with the link to the password's own form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        typed = AccountFactsForm.Meta.fields if self.has_change_permission(request) else ()
        return ((None, {"fields": (*typed, *self.get_readonly_fields(request, obj))}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.cells[-2:] if self.has_change_permission(request) else self.cells

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_operate_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_operate_permission(request)

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            accounts.forget_old_addresses(obj)

    @admin.action(description=_("Remove the second factors of the chosen people"), permissions=["operate"])
    def forget_second_factors(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        had = accounts.forget_second_factors(chosen)
        for user in had:
            self.log_change(request, user, noop("Second factors removed."))
        told = ngettext("Removed for %(n)s person.", "Removed for %(n)s people.", len(had)) % {"n": len(had)}
        messages.success(request, told)


@admin.register(ApiToken, site=site)
class Tokens(Look):
    """What programs log in with: the beginning of a token only. The rest is not kept, and its hash is not shown."""

    cells = (
        column("user", _("Account"), order="user__username"), column("name", _("Name")),
        column("prefix", _("Begins with")), column("write", _("May write"), yes_no=True),
        column("created_at", _("Created")), column("expires_at", _("Expires")),
        column("last_used_at", _("Last used")), column("revoked_at", _("Revoked")),
    )  # fmt: skip
    search_fields = ("name", "prefix", "user__username", "user__full_name")
    ordering = ("-id",)
    list_select_related = ("user",)
    actions = ("revoke",)

    @admin.action(description=_("Revoke the chosen tokens"), permissions=["operate"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[ApiToken]) -> None:
        works = [token for token in chosen.select_related("user") if token.revoked_at is None]
        for token in works:
            api_tokens.revoke(token.user, token.pk)
            self.log_change(request, token, noop("Revoked."))
        told = ngettext("%(n)s token revoked.", "%(n)s tokens revoked.", len(works)) % {"n": len(works)}
        messages.success(request, told)


@admin.display(description=_("Change"))
def change(row: LogEntry) -> str:
    """What was done: Django's own words, or a sentence of ours."""
    return gettext(row.get_change_message()) if row.change_message else ""


@admin.register(LogEntry, site=site)
class Log(Look):
    """Who changed what on this site; the histories of the corpora are their own."""

    cells = (
        column("action_time", _("When")), column("user", _("Account"), order="user__username"),
        column("content_type", _("Kind")), column("object_repr", _("What")),
        change,
    )  # fmt: skip
    ordering = ("-id",)
    list_select_related = ("user", "content_type")
