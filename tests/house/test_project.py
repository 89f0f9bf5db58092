"""What people meet before the program: the README and its commands, the package."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from playground import preflight
from playground.cli import experiments
from playground.cli.main import parser
from playground.experiment.config.presets import PRESETS
from tests.house.source import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
RUN = "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/playground"
TEST = 'python3 -m venv .venv && .venv/bin/pip install -e ".[test]" && .venv/bin/python -m pytest -n auto'


def test_the_readme_has_the_two_commands_and_their_windows_form() -> None:
    lines = README.splitlines()
    for command in (RUN, TEST):
        assert command in lines
        windows = command.replace("python3 -m venv", "py -m venv").replace(".venv/bin/", ".venv\\Scripts\\")
        assert windows in lines


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) < 200


def test_the_readme_names_the_libraries_that_the_program_asks_for() -> None:
    assert f"apt-get install {' '.join(preflight.LIBRARIES.values())}" in README.splitlines()
    assert f"apt-get install {' '.join(preflight.X_LIBRARIES.values())}" in README.splitlines()


def test_the_commands_in_the_readme_are_commands() -> None:
    examples = [line for line in README.splitlines() if re.match(r"playground \w", line)]
    assert len(examples) >= 8
    for line in examples:
        words = shlex.split(line, comments=True)[1:]
        if words[0] in {*PRESETS, "my.csv"}:
            continue
        arguments = parser().parse_args(words)
        assert getattr(arguments, "experiment", None) in {None, "my.csv", *PRESETS}, line
        if hasattr(arguments, "changes") and arguments.experiment in PRESETS:
            experiments.asked(arguments)


def test_the_files_that_the_readme_leads_to_are_there() -> None:
    named = re.findall(r"`((?:playground|resources|tests)/[\w/.]+)`", README)
    assert named
    missing = {name for name in named if not (ROOT / name).exists()}
    missing |= {name for name in re.findall(r"\]\(((?!http)[^)]+)\)", README) if not (ROOT / name).exists()}
    assert not missing


def test_starting_a_command_does_not_import_qt() -> None:
    code = "import sys; from playground.__main__ import main; main(['list']); print('PySide6' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.splitlines()[-1] == "False"


def test_resources_reach_the_wheel(tmp_path: Path) -> None:
    builder = pytest.importorskip("hatchling.builders.wheel", reason="needs hatchling, the build back end")
    import zipfile

    wheel = next(builder.WheelBuilder(str(ROOT)).build(directory=str(tmp_path)))
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (ROOT / "resources").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert f"playground/{path.relative_to(ROOT).as_posix()}" in names
