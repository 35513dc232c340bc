"""The few REST framework parts that all API views share: JSON by orjson and pages of 50."""

from collections.abc import Mapping

import orjson
from rest_framework.pagination import PageNumberPagination
from rest_framework.renderers import BaseRenderer


class OrjsonRenderer(BaseRenderer):
    """JSON and nothing else; the browsable API would need inline code."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: object, accepted_media_type: str | None = None, renderer_context: Mapping[str, object] | None = None
    ) -> bytes:
        """UTF-8 bytes; nothing at all for None (204)."""
        if data is None:
            return b""
        return orjson.dumps(data, default=plain, option=orjson.OPT_NON_STR_KEYS)


def plain(value: object) -> object:
    """What orjson does not know: lazy translations, error details, decimals are text; the REST dictionaries are
    dictionaries."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, list | tuple):
        return list(value)
    return str(value)


class Pages(PageNumberPagination):
    """?page=, ?page_size= (50 unless asked, at most 500)."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500
