"""Sets of images as files."""

from pathlib import Path

import pytest

from playground.data.catalog import CATALOG
from playground.data.dataset import Dataset

Files = dict[str, bytes]


def load(name: str = "mnist", samples: int | None = None) -> Dataset:
    return CATALOG[name].make({"samples": samples}, 1)


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that PLAYGROUND_DATA names."""
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path / "chosen"))
    return tmp_path / "chosen"


def broken(files: Files, name: str, raw: bytes) -> Files:
    return {**files, name: raw}
