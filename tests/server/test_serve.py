"""`averment serve`: what it says, what it refuses, and how it stops."""

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from averment.store import Store
from averment_server.cli import _hosts, serve
from averment_server.sites import LOOPBACK


def test_without_a_store_it_says_how_to_make_one(tmp_path: Path) -> None:
    result = CliRunner().invoke(serve, ["--store", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "averment ingest" in result.output


def test_the_store_can_come_from_the_environment(tmp_path: Path) -> None:
    result = CliRunner().invoke(serve, [], env={"AVERMENT_STORE": str(tmp_path / "elsewhere")})
    assert "elsewhere" in result.output


def test_a_port_that_is_taken_is_said_to_be(filled_store: Store) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(serve, ["--store", str(filled_store.folder), "--port", port])
    assert result.exit_code == 2
    assert "--port" in result.output


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1", "a" * 70])
def test_a_host_that_is_none_is_said_to_be(filled_store: Store, host: str) -> None:
    result = CliRunner().invoke(serve, ["--store", str(filled_store.folder), "--port", "0", "--host", host])
    assert result.exit_code == 2
    assert "name another --host" in result.output
    assert "--port" not in result.output


@pytest.mark.parametrize(
    ("host", "allowed", "names"),
    [
        ("127.0.0.1", (), LOOPBACK),
        ("::1", (), LOOPBACK),
        ("localhost", ("desk.example",), LOOPBACK | {"desk.example"}),
        ("0.0.0.0", (), None),  # noqa: S104 - nothing listens
        ("192.0.2.1", ("desk.example", "::2"), LOOPBACK | {"192.0.2.1", "desk.example", "[::2]"}),
    ],
)
def test_the_host_decides_which_names_are_answered_to(
    host: str, allowed: tuple[str, ...], names: frozenset[str] | None
) -> None:
    assert _hosts(host, allowed) == names


def test_it_serves_on_loopback_until_it_is_told_to_stop(filled_store: Store) -> None:
    """SIGTERM ends it with status 0, and nothing of it stays behind."""
    code = "from averment_server.cli import serve; serve()"
    command = [sys.executable, "-u", "-c", code, "--store", str(filled_store.folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert address, said
        with urlopen(address[0] + "healthz") as answer:  # noqa: S310 - our own address
            assert answer.read().startswith(b"ok")
            assert answer.headers["Server"] == "averment"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
