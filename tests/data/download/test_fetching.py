"""Fetching from a server on this machine that behaves well or badly, as each test asks."""

import errno
import os
import socket
from pathlib import Path

import numpy as np
import pytest

from playground.data.download import fetching
from playground.data.errors import DataError, FetchFailed, Stopped
from playground.data.sets import image_cache
from playground.data.sets.image_sets import IMAGE_SETS, MNIST
from tests.data.conftest import damaged, idx_bytes, published, small_arrays, write_files
from tests.data.download.conftest import IMAGES, Files, Handler, Server, assert_fetched, assert_nothing_kept


def use_mirrors(monkeypatch: pytest.MonkeyPatch, files: Files, *mirrors: str) -> None:
    monkeypatch.setitem(IMAGE_SETS, "mnist", published(MNIST, files, mirrors))


@pytest.mark.parametrize("packed", [True, False])
def test_an_address_is_fetched_verified_and_kept(server: Server, files: Files, packed: bool) -> None:
    told: list[tuple[int, int]] = []
    folder = fetching.fetch(
        "mnist", server.offer("data", files, packed), progress=lambda done, total: told.append((done, total))
    )
    assert_fetched(folder)
    assert told[-1][0] == told[-1][1]
    assert all(0 < done <= total for done, total in told)
    assert [done for done, _total in told] == sorted(done for done, _total in told)


def test_what_is_there_already_is_not_fetched_again(server: Server, files: Files) -> None:
    fetching.fetch("mnist", server.offer("data", files))
    asked = len(server.asked)
    fetching.fetch("mnist")
    assert len(server.asked) == asked


def test_the_next_mirror_is_tried_and_stays_the_first(
    server: Server, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_mirrors(monkeypatch, files, server.address("gone"), server.offer("good", files))
    assert_fetched(fetching.fetch("mnist"))
    assert [path for path in server.asked if path.startswith("/gone")] == [f"/gone/{IMAGES}.gz", f"/gone/{IMAGES}"]


def test_a_wrong_checksum_is_refused_and_another_mirror_serves(
    server: Server, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    images = small_arrays()[0].copy()
    images[3, 4, 5] ^= 1
    bad = server.offer("bad", {**files, IMAGES: idx_bytes(images)})
    with pytest.raises(DataError, match=r"not the published file: its md5 checksum is \w+, not \w+"):
        fetching.fetch("mnist", bad)
    assert_nothing_kept()
    use_mirrors(monkeypatch, files, bad, server.offer("good", files))
    assert_fetched(fetching.fetch("mnist"))


def test_stopping_between_two_pieces_keeps_nothing(server: Server, files: Files) -> None:
    received = []

    def drip(handler: Handler) -> None:
        handler.give(bytes(100), 10**6)
        handler.wfile.flush()
        handler.server.release.wait(20)

    address = server.offer("data", files)
    server.answers[f"/data/{IMAGES}.gz"] = drip
    with pytest.raises(Stopped, match="cancelled"):
        fetching.fetch(
            "mnist", address, progress=lambda done, _total: received.append(done), should_stop=lambda: bool(received)
        )
    assert_nothing_kept()


def test_cancelling_while_a_folder_is_verified_keeps_nothing(tmp_path: Path, files: Files) -> None:
    with pytest.raises(Stopped):
        fetching.fetch("mnist", write_files(tmp_path / "here", files), should_stop=lambda: True)
    assert_nothing_kept()


def test_every_mirror_that_failed_is_named_with_its_reason(
    server: Server, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers[f"/b/{IMAGES}.gz"] = lambda handler: handler.send_error(500)
    use_mirrors(monkeypatch, files, server.address("a"), server.address("b"))
    with pytest.raises(DataError) as caught:
        fetching.fetch("mnist")
    assert f"{server.address('a')}: it answers 404" in str(caught.value)
    assert f"{server.address('b')}: it answers 500" in str(caught.value)
    assert "give a folder" in str(caught.value)
    assert isinstance(caught.value, FetchFailed)
    assert caught.value.summary == (
        "MNIST could not be downloaded: none of the addresses tried has it now. "
        "Try again later, or choose a folder that holds its files."
    )


@pytest.mark.parametrize("cause", [socket.gaierror(-2, "Name or service not known"), OSError(errno.ENETUNREACH, "")])
def test_without_a_network_the_short_sentence_says_so(
    files: Files, monkeypatch: pytest.MonkeyPatch, cause: OSError
) -> None:
    def unreachable(*_arguments: object, **_options: object) -> None:
        raise cause

    monkeypatch.setattr(socket, "getaddrinfo", unreachable)
    use_mirrors(monkeypatch, files, "http://a.invalid/", "http://b.invalid/")
    with pytest.raises(FetchFailed, match=r"http://a\.invalid/: .* http://b\.invalid/: ") as caught:
        fetching.fetch("mnist")
    assert "there seems to be no connection to the network" in caught.value.summary
    assert len(caught.value.summary) < 150


def test_what_was_kept_stays_where_the_new_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "mnist"
    image_cache.save(folder, small_arrays())
    replace, times = os.replace, []

    def replaced(source: Path, target: Path) -> None:
        times.append(target)
        if len(times) == 2:
            raise PermissionError(errno.EACCES, "another program has it open")
        replace(source, target)

    monkeypatch.setattr(os, "replace", replaced)
    with pytest.raises(DataError, match="cannot be written"):
        image_cache.save(folder, small_arrays())
    assert image_cache.load(folder) is not None
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("mnist")] == ["mnist"]


@pytest.mark.parametrize("packed", [True, False])
def test_a_folder_is_verified_and_kept(tmp_path: Path, files: Files, packed: bool) -> None:
    assert_fetched(fetching.fetch("mnist", write_files(tmp_path / "here", files, packed)))


def test_an_archive_of_keras_is_verified_and_kept(tmp_path: Path, files: Files) -> None:
    images, labels, test_images, test_labels = small_arrays()
    archive = tmp_path / "mnist.npz"
    np.savez(archive, x_train=images, y_train=labels, x_test=test_images, y_test=test_labels)
    assert_fetched(fetching.fetch("mnist", archive))


def test_a_folder_with_other_files_is_refused(tmp_path: Path, files: Files) -> None:
    other = small_arrays()
    other[0][0, 0, 0] ^= 1
    changed = {**files, IMAGES: idx_bytes(other[0])}
    with pytest.raises(DataError, match=f"{IMAGES} is not the published file"):
        fetching.fetch("mnist", write_files(tmp_path / "here", changed))
    with pytest.raises(DataError, match="does not contain MNIST"):
        fetching.fetch("mnist", tmp_path)
    with pytest.raises(DataError, match="neither a folder nor an address"):
        fetching.fetch("mnist", tmp_path / "nowhere")
    with pytest.raises(DataError, match="mnist, fashion-mnist can"):
        fetching.fetch("spiral")
    assert_nothing_kept()


def test_the_users_own_files_serve_before_any_mirror(own_home: Path, server: Server, files: Files) -> None:
    write_files(own_home / "data" / "MNIST" / "raw", files)
    assert_fetched(fetching.fetch("mnist"))
    assert server.asked == []


@pytest.mark.parametrize("name", ["mnist_train.csv", "mnist.pkl.gz", f"{IMAGES}.gz", "t10k-labels-idx1-ubyte"])
def test_a_single_file_is_told_what_can_be_given(tmp_path: Path, files: Files, name: str) -> None:
    (tmp_path / name).write_bytes(files.get(name, b"label,pixel0\n1,0\n"))
    with pytest.raises(
        DataError, match=rf"one file; give the folder that holds {IMAGES}, .* Keras's mnist.npz"
    ) as caught:
        fetching.fetch("mnist", tmp_path / name)
    assert ("data.name=csv" in str(caught.value)) == name.endswith(".csv")
    assert "download it again" not in str(caught.value)


def test_a_user_that_there_is_not_has_no_folder(files: Files) -> None:
    with pytest.raises(DataError, match="neither a folder nor an address"):
        fetching.fetch("mnist", "~nosuchuser/x")


@pytest.mark.parametrize("damage", ["label bits", "archive bits"])
def test_a_damaged_copy_never_stands_in_the_way_of_fetching(
    own_home: Path, server: Server, files: Files, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    damaged(own_home, files, damage)
    use_mirrors(monkeypatch, files, server.offer("good", files))
    assert_fetched(fetching.fetch("mnist"))
    assert len(server.asked) == 4
