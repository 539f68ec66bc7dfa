"""A child ends with the process that started it, also where the system has no signal for that."""

import os
import subprocess
import sys

import pytest

CODE = """
import sys, time
from averment.store import lifeline
sys.platform = sys.argv[1]
lifeline.hold_on_to(sys.stdin.fileno())
print("held", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("platform", [sys.platform, "another"])
def test_a_process_ends_when_the_other_end_is_closed(platform: str) -> None:
    command = [sys.executable, "-c", CODE, platform]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        process.stdin.close()
        process.wait(20)


@pytest.mark.parametrize("platform", [sys.platform, "another"])
def test_a_process_that_comes_too_late_ends_at_once(platform: str) -> None:
    theirs, ours = os.pipe()
    os.close(ours)
    with os.fdopen(theirs, "rb") as pipe:
        found = subprocess.run([sys.executable, "-c", CODE, platform], stdin=pipe, check=False, timeout=20)
    assert found.returncode == 0
