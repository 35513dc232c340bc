"""Addresses of coding rounds."""

from __future__ import annotations

from annotations.api import bodies
from annotations.api.schema.endpoint import Endpoint

TABLE = (
    Endpoint("GET", "api_rounds", "Coding rounds, newest first", "Round", many=True),
    Endpoint("POST", "api_rounds", "Open a round (editor): documents are shared out in balanced pairs", "Round", 201,
             bodies.ROUND_NEW),
    Endpoint("GET", "api_round", "A round, how far its coders are, and its figures once it is closed", "Round"),
    Endpoint("PATCH", "api_round", "Rename a round, change its guide (editor)", "Round", body=bodies.ROUND, match=True),
    Endpoint("POST", "api_round_close", "Close a round (editor)", "Round", body=bodies.ROUND_CLOSE, match=True),
    Endpoint("POST", "api_round_agreed", "Take over what all coders marked alike (reviewer)", "Settled", body={}),
    Endpoint("GET", "api_round_document", "One's own work on a document of a round", "Assignment"),
    Endpoint("PUT", "api_round_document", "End it, or take it up again", "Assignment", body=bodies.ASSIGNMENT,
             keyed=False),
    Endpoint("GET", "api_round_annotations", "One's own passages of a document in a round", "Annotations"),
    Endpoint("POST", "api_round_annotations", "Mark a passage in one's own layer; `statements` give it kinds",
             "Annotation", 201, bodies.ANNOTATION_NEW),
    Endpoint("GET", "api_round_places", "Where the coders of a closed round marked something, alike or not",
             "CodedPlaces"),
    Endpoint("POST", "api_round_places", "Settle a place: one passage for everybody, or none (reviewer)", "Ruling", 201,
             bodies.RULING),
)  # fmt: skip
