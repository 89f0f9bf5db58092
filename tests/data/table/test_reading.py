"""A table is not read from a path to another machine, nor even looked for: on Windows that would contact it."""

from pathlib import Path

import pytest

from playground import paths
from playground.data.errors import DataError
from playground.experiment.config import schema as configs
from playground.experiment.training.building import prepare_data

PATHS = (r"\\server\share\x.csv", "//server/share/x.csv", r"\\?\UNC\server\share\x.csv")


@pytest.mark.parametrize("path", PATHS)
def test_it_is_refused_before_anything_looks(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    config = configs.from_builtins({"data": {"name": "csv", "path": path}})
    with monkeypatch.context() as patched:
        patched.setattr(paths.sys, "platform", "win32")
        for name in ("stat", "open", "exists", "is_file", "resolve"):
            patched.setattr(Path, name, lambda self, *_more, **_named: looked.append(str(self)))
        with pytest.raises(DataError, match="lies on another machine"):
            prepare_data(config)
    assert looked == []


def test_elsewhere_two_slashes_are_a_folder_like_any_other() -> None:
    assert paths.is_remote("//server/share") == (paths.sys.platform == "win32")
    assert not paths.is_remote("C:/x.csv")
    assert paths.expanded(Path("~nosuchuser/x")) == Path("~nosuchuser/x")
