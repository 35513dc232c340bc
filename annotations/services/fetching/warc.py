"""A fetched page as a WARC file, the archive format of libraries: each request and each answer on the way to it."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from annotations.services.fetching import Answer, Fetched

#: Of how the body travelled, which is kept as it was after unpacking.
TRANSPORT = ("transfer-encoding", "content-encoding", "content-length", "connection", "set-cookie")


def write(got: Fetched, at: datetime) -> bytes:
    """WARC 1.1, gzipped record by record."""
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    about = {"software": "aigov", "format": "WARC File Format 1.1", "description": got.url}
    writer.write_record(writer.create_warcinfo_record("capture.warc.gz", about))
    for hop in got.hops:
        _write_pair(writer, hop, at)
    return buffer.getvalue()


def _write_pair(writer: WARCWriter, hop: Answer, at: datetime) -> None:
    date = {"WARC-Date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
    kept = [(key, value) for key, value in hop.headers if key.lower() not in TRANSPORT]
    status = StatusAndHeaders(
        f"{hop.status} {hop.reason}".strip(), [*kept, ("Content-Length", str(len(hop.body)))], protocol="HTTP/1.1"
    )
    asked = StatusAndHeaders(f"GET {hop.target.path} HTTP/1.1", list(hop.sent), is_http_request=True)
    response = writer.create_warc_record(
        hop.target.url,
        "response",
        payload=BytesIO(hop.body),
        length=len(hop.body),
        http_headers=status,
        warc_headers_dict=dict(date),
    )
    request = writer.create_warc_record(
        hop.target.url, "request", payload=BytesIO(b""), length=0, http_headers=asked, warc_headers_dict=dict(date)
    )
    writer.write_request_response_pair(request, response)
