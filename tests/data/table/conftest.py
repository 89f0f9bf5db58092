"""A table written and read in one go."""

from pathlib import Path
from typing import Any

import pytest

from playground.data.catalog import CATALOG
from playground.data.dataset import Dataset


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def load(file: Path, content: str | bytes, **options: Any) -> Dataset:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    entry = CATALOG["csv"]
    return entry.make(entry.with_defaults({"path": str(file), **options}), 1)
