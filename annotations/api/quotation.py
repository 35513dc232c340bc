"""Quotations beside their originals, over HTTP: computed, nothing is stored by asking."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api.door import answer, api
from annotations.api.statements import statement_for
from annotations.http import requests, shapes_quotation
from annotations.services import quotation as quotation_service


@api("GET")
def quotation(request: HttpRequest, pk: int) -> HttpResponse:
    """The words that the claim says were said, beside the snapshots of its sources; `?snapshot=` names one more."""
    row, member = statement_for(request, pk)
    requests.check_query(request, {"snapshot"})
    found = quotation_service.of(row, member, requests.query_id(request, "snapshot"))
    return answer(shapes_quotation.quotations(row, found, member))


urls: list[Any] = [path("statements/<int:pk>/quotation/", quotation, name="api_quotation")]
