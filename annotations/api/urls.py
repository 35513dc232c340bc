"""The addresses of the API, all below /api/."""

from __future__ import annotations

from django.urls import path

from annotations.api import annotations, events, undoing

urlpatterns = [
    path("documents/<int:pk>/annotations/", annotations.collection, name="api_annotations"),
    path("documents/<int:pk>/annotations/same/", annotations.same, name="api_same"),
    path("annotations/<int:pk>/", annotations.item, name="api_annotation"),
    path("annotations/<int:pk>/restore/", annotations.restore, name="api_annotation_restore"),
    path("occurrences/<int:pk>/", annotations.occurrence, name="api_occurrence"),
    path("corpora/<int:corpus>/events/", events.events, name="api_events"),
    path("corpora/<int:corpus>/undo/", undoing.undo, name="api_undo"),
    path("corpora/<int:corpus>/redo/", undoing.redo, name="api_redo"),
]
