"""The addresses of the API, all below /api/."""

from __future__ import annotations

from django.urls import path

from annotations.api import (
    annotations,
    documents,
    events,
    occurrences,
    saved_views,
    search,
    statements,
    tracker,
    undoing,
)

urlpatterns = [
    *search.urls,
    *tracker.urls,
    *saved_views.urls,
    path("corpora/<int:corpus>/documents/", documents.collection, name="api_documents"),
    path("corpora/<int:corpus>/statements/", statements.collection, name="api_statements"),
    path("corpora/<int:corpus>/events/", events.events, name="api_events"),
    path("corpora/<int:corpus>/undo/", undoing.undo, name="api_undo"),
    path("corpora/<int:corpus>/redo/", undoing.redo, name="api_redo"),
    path("documents/<int:pk>/", documents.item, name="api_document"),
    path("documents/<int:pk>/reading/", documents.reading, name="api_reading"),
    path("documents/<int:pk>/annotations/", annotations.collection, name="api_annotations"),
    path("documents/<int:pk>/annotations/same/", annotations.same, name="api_same"),
    path("annotations/<int:pk>/", annotations.item, name="api_annotation"),
    path("annotations/<int:pk>/restore/", annotations.restore, name="api_annotation_restore"),
    path("occurrences/<int:pk>/", occurrences.occurrence, name="api_occurrence"),
    path("statements/<int:pk>/", statements.item, name="api_statement"),
    path("statements/<int:pk>/transitions/", statements.transitions, name="api_transitions"),
    path("statements/<int:pk>/occurrences/", statements.occurrences, name="api_occurrences"),
    path("statements/<int:pk>/evidence/", statements.evidence, name="api_evidence"),
    path("statements/<int:pk>/milestones/", statements.milestone_list, name="api_milestones"),
    path("statements/<int:pk>/events/", statements.events, name="api_statement_events"),
]
