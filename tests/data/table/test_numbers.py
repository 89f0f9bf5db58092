"""Numbers however they are written."""

from pathlib import Path

import pytest

from tests.data.table.conftest import load


@pytest.mark.parametrize(
    "content",
    [
        "a;b;y\n1,5;2;0\n3,25;4;1\n",
        "a\tb\ty\n1,5\t2\t0\n3,25\t4\t1\n",
        "a,b,y\n1.5,2,0\n3.25,4,1\n",
        "a b  y\n1.5 2 0\n3.25   4 1\n",
        "sep=;\r\na;b;y\r\n1,5;2;0\r\n3,25;4;1\r\n",
        "\ufeffa,b,y\n1.5,2,0\n3.25,4,1",
        "a,b,y,\n1.5,2,0,\n3.25,4,1,\n",
        '\n"a","b","y"\n\n"1.5", 2 ,0\n3.25,+4e0,1\n\n',
    ],
)
def test_every_usual_way_of_writing_gives_the_same_numbers(file: Path, content: str) -> None:
    data = load(file, content)
    assert data.x.tolist() == [[1.5, 2], [3.25, 4]]
    assert data.y.tolist() == [0, 1]
    assert data.feature_names == ("a", "b")
