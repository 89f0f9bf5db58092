import os
from pathlib import Path

import pytest

from playground.experiment.config import files
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import encode, replace
from playground.experiment.config.tables import is_table
from playground.registry import UserError


@pytest.mark.parametrize("name", ["and-gate", "worked-example", "digits"])
def test_an_experiment_comes_back_from_a_file(name, tmp_path):
    path = tmp_path / "übung.json"
    files.save(path, PRESETS[name].config)
    assert files.load(path) == PRESETS[name].config
    assert [it.name for it in tmp_path.iterdir()] == [path.name]


def test_a_refusal_names_the_file_and_the_field(tmp_path):
    path = tmp_path / "broken.json"
    path.write_text('{"network": {"hidden": [0]}}')
    with pytest.raises(UserError, match=r"broken\.json is not an experiment\. \$\.network\.hidden\[0\]: "):
        files.load(path)


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"hello"])
def test_what_is_not_json_is_refused(content, tmp_path):
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(UserError, match="is not an experiment"):
        files.load(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("name", ["übung.json", "übung"])
def test_an_experiment_is_read_in_utf_8_and_in_utf_16(name, encoding, tmp_path):
    path = tmp_path / name
    path.write_text(encode(replace(PRESETS["spiral"].config, name="übung")), encoding=encoding)
    assert not is_table(path)
    assert files.load(path).name == "übung"


def test_an_experiment_in_another_encoding_is_told_which_to_take(tmp_path):
    path = tmp_path / "old.json"
    path.write_bytes('{"name": "übung"}'.encode("cp1252"))
    with pytest.raises(UserError, match="not JSON in UTF-8 or UTF-16: save it again as UTF-8"):
        files.load(path)


def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path):
    for path in (tmp_path / "nowhere.json", tmp_path):
        with pytest.raises(UserError, match=r"cannot be read|is a folder"):
            files.load(path)


def test_a_huge_file_is_not_read(tmp_path):
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(files.LARGEST_BYTES + 1)
    with pytest.raises(UserError, match="too large"):
        files.load(path)


def test_what_cannot_be_written_is_said_before_the_work_and_leaves_nothing(tmp_path):
    folder = tmp_path / "taken"
    folder.mkdir()
    for write in (files.check_writable, lambda it: files.save(it, PRESETS["and-gate"].config)):
        with pytest.raises(UserError, match="There is no folder"):
            write(tmp_path / "nowhere" / "a.json")
        with pytest.raises(UserError, match="is a folder"):
            write(folder)
    files.check_writable(folder / "new.json")
    assert [it.name for it in tmp_path.iterdir()] == ["taken"]


def test_a_file_keeps_its_mode_and_a_link_stays_one(tmp_path):
    place, link = tmp_path / "place.json", tmp_path / "link.json"
    place.write_text("{}", encoding="utf-8")
    place.chmod(0o640)
    mode = place.stat().st_mode
    try:
        link.symlink_to(place)
    except OSError:
        pytest.skip("needs symbolic links")
    files.save(link, PRESETS["and-gate"].config)
    assert link.is_symlink()
    assert place.stat().st_mode == mode
    assert files.load(place) == PRESETS["and-gate"].config


def test_a_new_file_can_be_read_by_whom_the_system_lets(tmp_path):
    usual, saved = tmp_path / "usual", tmp_path / "saved.json"
    usual.touch()
    files.save(saved, PRESETS["and-gate"].config)
    assert saved.stat().st_mode == usual.stat().st_mode


def test_a_pipe_is_written_into_and_stays_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    try:
        os.mkfifo(pipe)
    except (AttributeError, OSError):
        pytest.skip("needs named pipes")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        files.save(pipe, PRESETS["and-gate"].config)
        assert os.read(reader, 10).startswith(b"{")
        assert pipe.is_fifo()
    finally:
        os.close(reader)


def closed(*places):
    """Return what stands for `os.access` where these cannot be written; the tests may run as root, who always can."""
    access = os.access
    return lambda path, mode: access(path, mode) and not (mode == os.W_OK and Path(path) in places)


def test_a_write_protected_file_is_refused_and_stays_as_it_is(tmp_path, monkeypatch):
    path = tmp_path / "mine.json"
    path.write_text("precious", encoding="utf-8")
    path.chmod(0o444)
    monkeypatch.setattr(os, "access", closed(path))
    for write in (files.check_writable, lambda it: files.save(it, PRESETS["and-gate"].config)):
        with pytest.raises(UserError, match="is write-protected: choose another file"):
            write(path)
    assert path.read_text(encoding="utf-8") == "precious"


def test_a_file_in_a_folder_that_takes_no_new_ones_is_written_in_its_place(tmp_path, monkeypatch):
    path = tmp_path / "mine.json"
    path.write_text("x" * 100_000, encoding="utf-8")
    monkeypatch.setattr(os, "access", closed(tmp_path))
    files.check_writable(path)
    files.save(path, PRESETS["and-gate"].config)
    assert files.load(path) == PRESETS["and-gate"].config
    with pytest.raises(UserError, match="cannot be written to"):
        files.check_writable(tmp_path / "new.json")


def test_links_in_a_circle_are_refused_before_the_work(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    try:
        one.symlink_to(other)
        other.symlink_to(one)
    except OSError:
        pytest.skip("needs symbolic links")
    for write in (files.check_writable, lambda it: files.save(it, PRESETS["and-gate"].config)):
        with pytest.raises(UserError, match="cannot be written"):
            write(one)
    with pytest.raises(UserError, match="cannot be read"):
        files.load(one)


@pytest.mark.parametrize("path", ["a\0b", "x" * 5_000, "~nosuchuser/a.json"])
def test_a_path_that_cannot_be_is_a_sentence(path, tmp_path):
    with pytest.raises(UserError) as caught:
        files.load(Path(path))
    assert len(str(caught.value)) < 400
    with pytest.raises(UserError) as caught:
        files.check_writable(tmp_path / path)
    assert len(str(caught.value)) < 600
