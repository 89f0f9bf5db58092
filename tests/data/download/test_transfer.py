"""What a server may do to a transfer."""

import base64
import gzip
import socket

import pytest

from playground.data.download import fetching
from playground.data.errors import DataError
from tests.data.download.conftest import IMAGES, Answer, Files, Handler, Server, assert_fetched, assert_nothing_kept


def test_a_connection_that_breaks_off_is_said(server: Server, files: Files) -> None:
    address = server.offer("data", files)
    packed = gzip.compress(files[IMAGES], 1)
    server.answers[f"/data/{IMAGES}.gz"] = lambda handler: handler.give(packed[:1000], len(packed))
    with pytest.raises(DataError, match=rf"broke off after 1000 of {len(packed)} bytes"):
        fetching.fetch("mnist", address)
    assert_nothing_kept()


@pytest.mark.parametrize("after", [0, 100])
def test_a_server_that_hangs_ends_in_a_sentence(
    server: Server, files: Files, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(fetching, "TIMEOUT_SECONDS", 0.3)

    def hang(handler: Handler) -> None:
        if after:
            handler.give(bytes(after), 10**6)
            handler.wfile.flush()
        handler.server.release.wait(20)

    address = server.offer("data", files)
    server.answers[f"/data/{IMAGES}.gz"] = hang
    with pytest.raises(DataError, match=r"no answer within 0\.3 s"):
        fetching.fetch("mnist", address)
    assert_nothing_kept()


def test_a_port_that_never_speaks_and_one_that_is_closed_are_told_apart(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "TIMEOUT_SECONDS", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(DataError, match="no answer within"):
            fetching.fetch("mnist", address)
    with pytest.raises(DataError, match="refuses the connection"):
        fetching.fetch("mnist", address)


def test_an_answer_without_end_is_refused(server: Server, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST_FILE", 10_000)
    server.answers[f"/data/{IMAGES}.gz"] = bytes(20_000)
    with pytest.raises(DataError, match="more than 10000 bytes"):
        fetching.fetch("mnist", server.address("data"))


def test_the_scheme_of_an_address_may_be_in_capitals(server: Server, files: Files) -> None:
    assert_fetched(fetching.fetch("mnist", server.offer("data", files).replace("http", "Http", 1)))


@pytest.mark.parametrize("address", ["ftp://user:secret@host/x", "file:///etc", "S3://bucket/mnist"])
def test_another_scheme_is_refused_by_name(files: Files, address: str) -> None:
    with pytest.raises(DataError, match="begins with http:// or https://") as caught:
        fetching.fetch("mnist", address)
    assert "secret" not in str(caught.value)


def test_a_password_is_sent_and_never_shown(server: Server, files: Files) -> None:
    sent = []
    address = server.offer("data", files)

    def wanting(body: bytes) -> Answer:
        def answer(handler: Handler) -> None:
            sent.append(handler.headers["Authorization"])
            handler.give(body, len(body))

        return answer

    server.answers = {path: wanting(body) for path, body in server.answers.items() if isinstance(body, bytes)}
    with_password = address.replace("http://", "http://ann:se%20cret@")
    assert_fetched(fetching.fetch("mnist", with_password))
    assert set(sent) == {"Basic " + base64.b64encode(b"ann:se cret").decode()}
    server.answers = {}
    with pytest.raises(DataError, match="it answers 404") as caught:
        fetching.fetch("mnist", with_password)
    assert "se%20cret" not in str(caught.value)
    assert "ann" not in str(caught.value)
    with pytest.raises(DataError) as caught:
        fetching.fetch("mnist", "http://ann:cret@127.0.0.1:x/")
    assert "cret" not in str(caught.value)


def test_what_a_server_says_comes_in_one_line_without_control_characters(server: Server, files: Files) -> None:
    def answer(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 500 \x1b]0;title\x07 <img src='x'> " + b"long " * 2000 + b"\r\n\r\n")

    def loop(handler: Handler) -> None:
        handler.send_response(302)
        handler.send_header("Location", handler.path)
        handler.end_headers()

    address = server.address("data")
    for bad in (answer, loop):
        server.answers[f"/data/{IMAGES}.gz"] = bad
        with pytest.raises(DataError) as caught:
            fetching.fetch("mnist", address)
        assert str(caught.value).isprintable()
        assert len(str(caught.value)) < 500


def test_a_redirect_leads_to_http_only(server: Server, files: Files) -> None:
    for place in ("file:///etc/passwd", "ftp://127.0.0.1:1/x"):

        def lead(handler: Handler, place: str = place) -> None:
            handler.send_response(302)
            handler.send_header("Location", place)
            handler.end_headers()

        server.answers[f"/data/{IMAGES}.gz"] = lead
        with pytest.raises(DataError, match="could not be fetched"):
            fetching.fetch("mnist", server.address("data"))
