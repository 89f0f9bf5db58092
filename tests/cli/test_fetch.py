"""The command that gets a data set."""

from pathlib import Path

from tests.cli.conftest import Playground


def test_fetch_takes_a_data_set_from_a_folder(playground: Playground, mnist_folder: Path) -> None:
    answer = playground("fetch", "mnist", "--from", str(mnist_folder))
    assert answer.status == 0
    assert answer.out.startswith("mnist is ready, in ")
