"""What ``make audit`` says where the service that knows of flaws cannot be relied on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests import audit


@contextmanager
def service(answer: bytes) -> Iterator[str]:
    """A service that says the same to every question; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b'{"vulns": [{"id": "GHSA-462w-v97r-4m45"}]}', ""),
        (b"{}", "does not know a flaw that everybody knows"),
        (b"<html>Sign in to this network</html>", "could not be asked"),
    ],
)
def test_a_service_is_believed_that_knows_what_everybody_knows(answer: bytes, said: str) -> None:
    with service(answer) as address:
        fault = audit.unheard(address)
    assert said in fault
    assert bool(said) == bool(fault)


def test_a_service_that_is_not_there_is_no_good_news(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "unheard", lambda: "nowhere.example could not be asked (no route)")
    monkeypatch.setattr(audit.subprocess, "run", None)
    assert audit.main() == 2
    assert "NOT checked for known flaws: nowhere.example" in capsys.readouterr().err


def test_every_locked_package_is_named_with_its_version_and_digests() -> None:
    lines = audit.LOCK.read_text("utf-8").splitlines()
    packages = [line for line in lines if line and line[0] not in " #"]
    assert len(packages) > 100
    assert [line for line in packages if "==" not in line or not line.endswith("\\")] == []
