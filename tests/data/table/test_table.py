from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.data.errors import DataError
from playground.data.table.reading import read_table
from playground.data.table.table import inspect
from tests.data.table.conftest import load


@pytest.mark.parametrize(
    ("target", "task", "classes"),
    [
        ([0, 1, 1, 0, 1, 0], "classification", ("0", "1")),
        ([1.5, 2.5, 1.5, 2.5, 3.5, 1.5], "regression", ()),
        ([10, 20, 31, 47, 52, 63], "regression", ()),
        (["1", "2", "10", "1", "2", "10"], "classification", ("1", "2", "10")),
        (["b", "a", "b", "a", "b", "a"], "classification", ("a", "b")),
    ],
)
def test_the_task_is_guessed_from_the_target(file: Path, target: list[Any], task: str, classes: Any) -> None:
    data = load(file, "x,y\n" + "".join(f"{k},{value}\n" for k, value in enumerate(target)))
    assert data.task == task
    assert data.class_names == classes


def test_the_task_can_be_changed(file: Path) -> None:
    content = "x,y\n1,0\n2,1\n3,0\n4,1\n"
    assert load(file, content, task="regression").y.tolist() == [[0], [1], [0], [1]]
    assert load(file, "x,y\n1,1.5\n2,2.5\n", task="classification").class_names == ("1.5", "2.5")


def test_a_quoted_cell_may_hold_the_delimiter_and_line_ends(file: Path) -> None:
    data = load(file, 'a,y\n1,"x, y\nz"\n2,b\n')
    assert data.class_names == ("b", "x, y\nz")
    with pytest.raises(DataError, match="line 4"):
        load(file, 'a,y\n1,"x\ny"\n2,b,c\n')


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        ("", {}, "is empty"),
        ("\n\n", {}, "is empty"),
        ("a,b\n", {}, "no rows"),
        (
            "a,b,y\n1,2,0\n3,1\n3,1,1\n4\n7,8,1\n5,1\n",
            {},
            "line 3 has 2 values, 4 lines have 3. 2 more lines do not fit: 5, 7.",
        ),
        (
            "a,b,y\n" + "1,2,0\n3,4,1\n5,6\n" * 15,
            {},
            "14 more lines do not fit: 7, 10, 13, 16, 19, 22, 25, 28, 31, 34, …",
        ),
        (
            "a,b,y\n1,2,0\n3,many,1\n4,3,1\n",
            {"columns": ("b",)},
            "“many” is not a number. Correct it in the file, or leave out the column.",
        ),
        ("a,b,y\n1,2,0\n3,N/A,1\n", {}, "line 3, column “b”: there is no value"),
        ("a,b,y\n1,2,0\n3,inf,1\n", {}, "“inf” is not a number"),
        ('a,y\n"1.234,5,6",0\n5,1\n', {}, "“1.234,5,6” is not a number"),
        ("a,y\n1,x\n2,y\n", {"task": "regression"}, "line 2, column “y”: “x” is not a number"),
        ("a,y\n1,0\n2,1\n", {"target": "3"}, "no column “3”"),
        ('a,y\n1,"x\n2,y\n', {}, "from line 2 on, is not CSV"),
        (b"a,y\n1,\x81\n2,b\n", {}, "line 2, is not text in UTF-8"),
        (b"PK\x03\x04\x00\x00", {}, "not a text file"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_place(
    file: Path, content: str | bytes, options: dict[str, Any], said: str
) -> None:
    with pytest.raises(DataError) as caught:
        load(file, content, **options)
    assert said in str(caught.value)
    assert str(file) in str(caught.value) or "column “" in str(caught.value)


def test_a_dialog_sees_columns_rows_and_guesses(file: Path) -> None:
    file.write_text("name;a;b;y\nAnn;1,5;2;0\nBob;2,5;;1\n" + "Cy;1;2;0\n" * 20, encoding="utf-8")
    read = read_table(file)
    seen = inspect(read)
    assert read.header
    assert read.delimiter == ";"
    assert [(c.name, c.kind, len(c.missing)) for c in read.columns] == [
        ("name", "text", 0),
        ("a", "number", 0),
        ("b", "number", 1),
        ("y", "number", 0),
    ]
    assert len(read.lines) == 22
    assert [column.cells[0] for column in read.columns] == ["Ann", "1,5", "2", "0"]
    assert seen.target == "y"
    assert seen.inputs == ("name", "a", "b")  # three names, and each comes again: one input a name
    assert seen.task == "classification"
    assert "line 3, column “b”" in seen.problem
    without = inspect(read_table(file), left_out={"name", "b"})
    assert without.inputs == ("a",)
    assert without.problem == ""
    nothing = inspect(read_table(file), left_out={"name", "a", "b"})
    assert nothing.inputs == ()
    assert "no column left to predict “y” from: choose one or more." in nothing.problem
    other = inspect(read_table(file), target="a")
    assert other.target == "a"
    assert other.task == "regression"


def test_rows_with_gaps_are_left_out_where_that_is_asked_for_and_only_those_of_columns_in_use(file: Path) -> None:
    content = "a,b,kind\n1,2,x\n,4,y\n5,?,x\n7,8,y\n9,NA,x\n2,3,y\n"
    with pytest.raises(DataError) as refusal:
        load(file, content)
    assert str(refusal.value) == (
        f"{file}, line 3, column “a”: there is no value. Fill it in, or leave out the column or the rows with gaps."
    )
    assert refusal.value.setting == "data.leave_out_gaps=true"
    data = load(file, content, leave_out_gaps=True)
    assert data.x.tolist() == [[1, 2], [7, 8], [2, 3]]
    assert data.left_out_lines == (3, 4, 6)
    assert load(file, content, leave_out_gaps=True, columns=("a",)).left_out_lines == (3,)
    assert load(file, content, columns=("b",), target="kind", leave_out_gaps=True).left_out_lines == (4, 6)


@pytest.mark.parametrize("leaves_out_gaps", [False, True])
def test_a_dialog_sees_how_many_rows_have_gaps_whether_they_are_left_out_or_not(
    file: Path, leaves_out_gaps: bool
) -> None:
    file.write_text("a,sex,kind\n1,f,x\n2,,y\n3,m,x\n,m,y\n5,f,x\n6,f,y\n", encoding="utf-8")
    seen = inspect(read_table(file, leaves_out_gaps=leaves_out_gaps))
    assert seen.gaps == (3, 5)
    assert seen.rows == (4 if leaves_out_gaps else 6)
    assert seen.inputs == ("a", "sex")  # texts or numbers: no column is left out for a gap
    assert ("line 5, column “a”" in seen.problem) is not leaves_out_gaps


def test_what_stands_for_a_class_still_does_where_rows_are_left_out(file: Path) -> None:
    """As many as one in ten make NA a class of these countries, though there are fewer in the rows that are left."""
    countries = ["NA"] * 3 + ["DE"] * 15 + ["FR"] * 9
    lines = [f"{'' if k < 2 else k},{country}" for k, country in enumerate(countries)]
    data = load(file, "\n".join(["a,country", *lines, ""]), leave_out_gaps=True)
    assert data.class_names == ("DE", "FR", "NA")
    assert len(data.x) == 25


def test_a_column_without_any_value_is_named_before_its_gaps(file: Path) -> None:
    with pytest.raises(DataError, match="“b” is empty in every row: choose another one to predict"):
        load(file, "a,b\n1,\n2,\n", target="b", leave_out_gaps=True)


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet='ab1.,;\t \n"-', max_size=80))
def test_any_text_gives_a_table_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("csv") / "any.csv"
    rows, sentence = 0, ""
    try:
        data = load(file, text)
        rows = len(data.x)
        assert rows == len(data.y)
    except DataError as error:
        sentence = str(error)
    assert (rows > 0) != sentence.endswith(".")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("1,2,0\n", "has one row only"),
        ("a,b,c\n1,1e300,0\n2,3,1\n", "line 2, column “b”: 1e300 is too large; numbers up to 1e+30"),
        ('a,b\n1,"2\n3,4\n', "a quotation mark is opened and never closed"),
        ('a,b\n1,"2"3\n3,4\n', "something follows a closing quotation mark"),
        (f"a,b\n{'x' * 140_000},1\n", "a value is longer than 131072 letters"),
    ],
)
def test_a_table_that_cannot_be_learnt_from_is_a_sentence(file: Path, content: str, sentence: str) -> None:
    with pytest.raises(DataError) as refusal:
        load(file, content)
    assert sentence in str(refusal.value)


def test_the_header_can_be_decided_by_the_user(file: Path) -> None:
    assert load(file, "2019,2020\n1,2\n3,4\n5,7\n", header="yes").feature_names == ("2019",)
    with pytest.raises(DataError, match="line 1, column “x2”: “b” is not a number"):
        load(file, "a,b\n1,2\n3,4\n5,6\n", header="no", task="regression")


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
