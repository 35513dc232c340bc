"""The filters of lists, pages, API and export alike (django-filter). Unknown names and values are refused."""

from __future__ import annotations

from annotations.filters.documents import DocumentFilter, documents
from annotations.filters.orders import ORDERS, ordered
from annotations.filters.queries import NOT_FILTERS, filters_of
from annotations.filters.statements import StatementFilter, statements

__all__ = [
    "NOT_FILTERS", "ORDERS", "DocumentFilter", "StatementFilter", "documents", "filters_of", "ordered", "statements",
]  # fmt: skip
