"""The application behind the event loop: what becomes of a request that meets a defect."""

from typing import Any

import pytest
from flask import Flask

from averment_server import back
from averment_server.through_flask import Incoming

REQUEST = Incoming(
    method="GET",
    path="/",
    query="",
    headers=[],
    host="localhost",
    client="127.0.0.1",
    server="127.0.0.1:80",
    scheme="http",
    body=b"",
)


def test_a_defect_of_one_request_is_told_and_is_not_the_end(caplog: pytest.LogCaptureFixture) -> None:
    """Not even one outside of what the application catches."""
    app = Flask("broken")

    def broken(*_: Any) -> Any:
        raise OSError("nobody has thought of this")

    app.wsgi_app = broken  # type: ignore[method-assign]
    assert back._answered(app, REQUEST) is None  # noqa: SLF001 - it answers for a process of its own
    assert "nobody has thought of this" in caplog.text
