"""A web of our own on the loopback address: names and numbers lead to one small server."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpcore2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from annotations.services import fetching

PUBLIC = "93.184.216.34"
Page = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers by the page of the path; what is not there is 404."""

    protocol_version = "HTTP/1.1"
    content = b""  # of a POST
    web: Web

    def do_GET(self) -> None:
        self.web.asked.append((self.headers["Host"], self.path, dict(self.headers)))
        page = self.web.pages.get(self.path)
        if page is None:
            self.give(b"nothing", status=404)
        else:
            page(self)

    def do_POST(self) -> None:
        self.content = self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def give(self, body: bytes, status: int = 200, mime: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", mime)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


class Web(httpcore2.SyncBackend):
    """`names`: host -> addresses (a list, or what gives one each time); `pages`: path -> what answers there."""

    def __init__(self, folder: Path | None = None) -> None:
        self.names: dict[str, Any] = {"site.test": [PUBLIC]}
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.connected: list[str] = []
        self.trusted = True
        handler = type("Bound", (Handler,), {"web": self})
        self.plain = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.servers = [self.plain]
        self.ports = {80: self.plain.server_address[1]}
        if folder is not None:
            self.secure(folder, handler)
        for server in self.servers:
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()

    def secure(self, folder: Path, handler: type[Handler]) -> None:
        """Port 443 with a certificate for site.test."""
        self.certificate = certify(folder, "site.test")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        self.servers.append(server)
        self.ports[443] = server.server_address[1]

    def resolve(self, host: str, port: int) -> list[str]:
        found = self.names.get(host)
        if found is None:
            try:
                return [str(ipaddress.ip_address(host))]
            except ValueError:
                raise OSError("unknown host") from None
        return found() if callable(found) else list(found)

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, *args: Any, **more: Any) -> Any:
        self.connected.append(host)
        return super().connect_tcp("127.0.0.1", self.ports.get(port, 9), timeout)

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate) if self.trusted else None)

    def net(self) -> fetching.Net:
        return fetching.Net(self.resolve, self, self.trust if 443 in self.ports else ssl.create_default_context)

    def close(self) -> None:
        for server in self.servers:
            server.shutdown()
            server.server_close()


def certify(folder: Path, name: str) -> Path:
    """A certificate that vouches for itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


@contextmanager
def web(monkeypatch: Any, folder: Path | None = None) -> Iterator[Web]:
    """The world outside, exchanged for ours; with a folder, https is spoken, too."""
    found = Web(folder)
    monkeypatch.setattr(fetching, "net", found.net())
    try:
        yield found
    finally:
        found.close()


def page(text: str, title: str = "Report", head: str = "") -> Page:
    """A web page with a title and a paragraph for each line."""
    lines = "".join(f"<p>{line}</p>" for line in text.splitlines())
    html = (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{lines}</article></body></html>"
    )
    return lambda handler: handler.give(html.encode())


def moved(to: str, status: int = 302) -> Page:
    return lambda handler: handler.give(b"", status=status, Location=to)
