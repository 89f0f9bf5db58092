"""What people meet before the program: the README's commands, the dependencies, the tree."""

import ast
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
from tests.house.source import ROOT, modules, settings

README = (ROOT / "README.md").read_text(encoding="utf-8")
RUN = "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/playground"
TEST = 'python3 -m venv .venv && .venv/bin/pip install -e ".[test]" && .venv/bin/python -m pytest -n auto'
MACHINE_PATH = re.compile(r"/(w[o]rk|r[o]ot|f[a]rm|h[o]me|U[s]ers)/[a-z]")


def test_the_readme_has_the_two_commands_and_their_windows_form() -> None:
    lines = README.splitlines()
    for command in (RUN, TEST):
        assert command in lines
        windows = command.replace("python3 -m venv", "py -m venv").replace(".venv/bin/", ".venv\\Scripts\\")
        assert windows in lines


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


def test_versions_of_qt_that_kill_the_process_are_barred() -> None:
    assert "PySide6-Essentials>=6.10.2,<6.12,!=6.11.0,!=6.11.1" in settings()["project"]["dependencies"]


def test_the_process_keeps_its_references_to_none() -> None:
    from PySide6.QtCore import QObject, Signal

    class Sender(QObject):
        sent = Signal()

    sender = Sender()
    before = sys.getrefcount(None)
    for _k in range(3000):
        sender.sent.emit()
        sender.blockSignals(False)
    assert sys.getrefcount(None) > before - 500


def test_no_path_of_a_machine_is_in_the_tree() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = listed.stdout.split("\n") if listed.returncode == 0 else []
    files = [ROOT / name for name in names if name] or [*ROOT.glob("playground/**/*.py"), *ROOT.glob("tests/**/*.py")]
    found = []
    for path in files:
        if path.suffix in {".py", ".md", ".toml", ".po", ".qss", ".svg", ".json"} and path.is_file():
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if MACHINE_PATH.search(line):
                    found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    assert not found


@pytest.mark.parametrize("name", sorted(modules()))
def test_a_module_says_its_duty_and_stays_readable(name: str) -> None:
    tree = modules()[name]
    assert ast.get_docstring(tree)
    last = max((node.end_lineno or 0 for node in tree.body), default=0)
    assert last <= 450, f"{name} has {last} lines: does it do one thing?"


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
