"""The Tracker: one table over all statements of the corpus, its views, bulk actions and side pane."""

from __future__ import annotations

from typing import Any

from django.urls import path

from annotations.views.tracker.bulk import tracker_bulk
from annotations.views.tracker.listing import tracker, tracker_digest, tracker_pane, tracker_rows
from annotations.views.tracker.saved import view_change, view_save

urls: list[Any] = [
    path("tracker/", tracker, name="tracker"),
    path("tracker/rows/", tracker_rows, name="tracker_rows"),
    path("tracker/digest/", tracker_digest, name="tracker_digest"),
    path("tracker/pane/<str:label>/", tracker_pane, name="tracker_pane"),
    path("tracker/bulk/<slug:action>/", tracker_bulk, name="tracker_bulk"),
    path("tracker/views/", view_save, name="view_save"),
    path("tracker/views/<int:pk>/", view_change, name="view_change"),
]
