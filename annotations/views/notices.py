"""The page of one's notifications: what concerns one, read or not, and what is due."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from annotations.models import User
from annotations.services import feed, notices, overview, preferences
from annotations.views.door import PageRequest, page, show

SOON = timedelta(days=3)


@page()
def notice_list(request: PageRequest) -> HttpResponse:
    """GET shows them; POST marks one or all as read, or switches the daily mail on or off."""
    member = request.member
    if request.method == "POST":
        act(request)
        return redirect("notice_list", member.corpus.slug)
    found = notices.items(member)
    context = {
        "unread": [one for one in found if one.notice.read_at is None],
        "read": [one for one in found if one.notice.read_at is not None],
        "due": overview.due(member, timezone.localdate() + SOON).order_by("due", "id"),
        "today": timezone.localdate(),
        "up_to": feed.head(member.corpus_id),
    }
    return show(request, "annotations/notice_list.html", context)


def act(request: PageRequest) -> None:
    data = request.POST
    if data.get("action") == "digests":
        preferences.set_digests(user=cast(User, request.user), on=data.get("on") == "1")
    elif data.get("notice", "").isdecimal():
        notices.mark_read(request.member, notice=int(data["notice"]))
    elif data.get("up_to", "").isdecimal():
        notices.mark_read(request.member, up_to=int(data["up_to"]))


urls: list[Any] = [path("notifications/", notice_list, name="notice_list")]
