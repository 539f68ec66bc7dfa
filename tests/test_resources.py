"""The Turtle is found in both states: in a checkout, and in a wheel that is installed somewhere else."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import averment
from averment import resources
from averment.errors import AvermentError
from averment.resources import turtle_files

ROOT = Path(__file__).parent.parent
SCRIPT = """
from averment import resources
from averment.validate import load_shapes
print(resources.__file__)
print(*(path.name for folder in ("ontology", "shapes") for path in resources.turtle_files(folder)))
print(len(load_shapes().names))
"""


@pytest.mark.parametrize("folder", ["ontology", "shapes"])
def test_a_checkout_has_all_of_it(folder: str) -> None:
    assert turtle_files(folder) == sorted((ROOT / folder).rglob("*.ttl"))
    assert turtle_files(folder)


def test_a_wheel_has_all_of_it(tmp_path: Path) -> None:
    """The wheel is unpacked into an empty folder and used from another one."""
    wheel = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(wheel, cwd=ROOT, check=True, capture_output=True)
    with ZipFile(tmp_path / f"averment-{averment.__version__}-py3-none-any.whl") as archive:
        archive.extractall(tmp_path / "site")
    (tmp_path / "elsewhere").mkdir()
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path / "elsewhere",
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site")},
        check=True,
        capture_output=True,
        text=True,
    )
    file, names, rules = found.stdout.splitlines()
    assert Path(file).is_relative_to(tmp_path)
    assert names.split() == [path.name for folder in ("ontology", "shapes") for path in turtle_files(folder)]
    assert int(rules) > 100


def test_a_broken_installation_is_said_to_be_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "lib" / "averment")
    with pytest.raises(AvermentError, match="install averment again"):
        turtle_files("shapes")
