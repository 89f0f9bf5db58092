import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.data.catalog import CATALOG
from playground.data.dataset import Dataset
from playground.data.errors import DataError
from playground.data.table import csv_text, text_file
from playground.data.table.reading import read_table
from playground.data.table.table import inspect


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def load(file: Path, content: str | bytes, **options: Any) -> Dataset:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    entry = CATALOG["csv"]
    return entry.make(entry.with_defaults({"path": str(file), **options}), 1)


def test_a_header_is_found(file: Path) -> None:
    data = load(file, "width,height,kind\n1,2,cat\n3,4,dog\n5,6,cat\n")
    assert data.feature_names == ("width", "height")
    assert data.target_names == ("kind",)
    assert data.class_names == ("cat", "dog")
    assert data.x.tolist() == [[1, 2], [3, 4], [5, 6]]
    assert data.y.tolist() == [0, 1, 0]


def test_no_header_is_found(file: Path) -> None:
    data = load(file, "1,2,cat\n3,4,dog\n")
    assert data.feature_names == ("x1", "x2")
    assert len(data.x) == 2


def test_the_header_can_be_decided_by_the_user(file: Path) -> None:
    assert load(file, "2019,2020\n1,2\n3,4\n5,7\n", header="yes").feature_names == ("2019",)
    with pytest.raises(DataError, match="line 1, column “x2”: “b” is not a number"):
        load(file, "a,b\n1,2\n3,4\n5,6\n", header="no", task="regression")


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


@pytest.mark.parametrize("target", ["kind", "1"])
def test_the_target_is_chosen_by_name_or_number(file: Path, target: str) -> None:
    data = load(file, "kind,a,b\n0,2,3\n1,5,6\n", target=target)
    assert data.target_names == ("kind",)
    assert data.x.tolist() == [[2, 3], [5, 6]]


def test_input_columns_are_chosen_by_name_or_number(file: Path) -> None:
    data = load(file, "a,b,c,y\n1,2,3,0\n4,5,6,1\n", columns=("c", 1, "c"))
    assert data.feature_names == ("c", "a")
    assert data.x.tolist() == [[3, 1], [6, 4]]


def test_columns_of_text_are_left_out_and_named(file: Path) -> None:
    data = load(file, "name,a,y\nAnn,1,0\nBob,2,1\n")
    assert data.feature_names == ("a",)
    assert data.left_out == (("name", "it holds 2 different texts, such as “Ann”"),)


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


def test_unicode_text_from_a_spreadsheet_is_read(file: Path) -> None:
    data = load(file, "宽\t类\n1\t猫\n2\t狗\n".encode("utf-16"))
    assert data.feature_names == ("宽",)
    assert set(data.class_names) == {"猫", "狗"}


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
        ("1\n2\n3\n", {}, "one column only"),
        ("a,b,y\n1,2,0\n3,1\n", {}, "line 3 has 2 values, 2 lines have 3."),
        ("a,b,y\n1,2,0\n3,1,1,9\n", {}, "line 3 has 4 values, 2 lines have 3."),
        ("a,b,y\n1,,0\n3,4,1\n", {}, "line 2, column “b”: there is no value"),
        ("a,b,y\n1,2,0\n3,N/A,1\n", {}, "line 3, column “b”: there is no value"),
        ("a,b,y\n1,2,\n3,4,1\n", {}, "line 2, column “y”: there is no value"),
        ("a,b,y\n1,2,0\n3,oops,1\n", {}, "line 3, column “b”: “oops” is not a number"),
        ("a,b,y\n1,2,0\n3,inf,1\n", {}, "“inf” is not a number"),
        ("a,b,y\n1,2,0\n3,1e999,1\n", {}, "“1e999” is not a number"),
        ('a,y\n"1.234,5,6",0\n5,1\n', {}, "“1.234,5,6” is not a number"),
        ("a,y\nAnn,0\nBob,1\n", {}, "no column left to predict “y” from"),
        ("a,y\n1,x\n2,y\n", {"task": "regression"}, "line 2, column “y”: “x” is not a number"),
        ("a,y\n1,5\n2,5\n", {}, "same value in every row"),
        ("a,y\n1,0\n2,1\n", {"target": "z"}, "no column “z”; it has 2: a, y"),
        ("a,y\n1,0\n2,1\n", {"target": "3"}, "no column “3”"),
        ("a,y\n1,0\n2,1\n", {"columns": ("y",)}, "cannot be predicted from itself"),
        ("a,y\n" + "".join(f"{k},n{k}\n" for k in range(101)), {}, "101 different values"),
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


def test_a_file_that_is_not_there_or_a_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="There is no file"):
        read_table(tmp_path / "nothing.csv")
    with pytest.raises(DataError, match="is a folder"):
        read_table(tmp_path)


def test_a_huge_file_is_refused_before_it_is_read(file: Path) -> None:
    with file.open("wb") as opened:
        opened.truncate(text_file.LARGEST_BYTES + 1)
    with pytest.raises(DataError, match="64 MB large; at most 64 MB"):
        read_table(file)


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


YEARS = "2,1,kind\n5,6,a\n7,8,b\n5,7,a\n"
"""Columns that are called by numbers."""


@pytest.mark.parametrize(
    ("target", "name"), [(2, "1"), (1, "2"), ("2", "2"), ("1", "1"), ("3", "kind"), (3, "kind"), ("kind", "kind")]
)
def test_a_number_is_a_place_first_and_a_text_a_name_first(file: Path, target: object, name: str) -> None:
    assert load(file, YEARS, header="yes", target=target, columns=() if name == "kind" else None).target_names == (
        name,
    )


def test_a_number_beyond_the_last_column_is_a_name(file: Path) -> None:
    data = load(file, "x,2020,2021\n1,2,0\n3,4,1\n5,7,0\n", target=2021, columns=(2020, 1), header="yes")
    assert data.target_names == ("2021",)
    assert data.feature_names == ("2020", "x")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"target": "widht"},
            "$.data.target: {file} has no column “widht”; it has 3: width, height, kind. Did you mean width?",
        ),
        ({"target": 4}, "has no column “4”; it has 3: width, height, kind"),
        ({"columns": ("width", "depth")}, "$.data.columns[1]: {file} has no column “depth”"),
        ({"columns": (1, "kind")}, "$.data.columns[1]: The column “kind” is the target"),
    ],
)
def test_a_column_that_is_not_there_is_named_with_those_that_are(
    file: Path, options: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(DataError) as refusal:
        load(file, "width,height,kind\n1,2,cat\n3,4,dog\n", **options)
    assert sentence.format(file=file) in str(refusal.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("1,2,0\n", "has one row only"),
        ("a,b\n1,3.5\n2,3.5\n3,3.5\n", "“b” has the same value in every row"),
        ("a,b\n1,3.5\n2,3.5\n3,3.50\n", "all the same: “3.5” and “3.50” differ as texts only"),
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


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without an end")
def test_a_file_without_an_end_is_not_read() -> None:
    with pytest.raises(DataError, match="/dev/zero is a device or a pipe, not a file"):
        csv_text.read_sheet(Path("/dev/zero"))


def test_long_names_and_cells_are_cut_wherever_they_are_shown(file: Path) -> None:
    long = "x" * 100_000
    data = load(file, f"{long},b,kind\n1,2,{long}\n2,3,b\n3,5,{long}\n4,7,b\n")
    assert data.feature_names == ("x" * 79 + "…", "b")
    assert data.class_names == ("b", "x" * 79 + "…")
    assert data.y.tolist() == [1, 0, 1, 0]
    for options in ({"target": long + "y"}, {"columns": (long + "y",)}, {"task": "regression"}):
        with pytest.raises(DataError) as refusal:
            load(file, f"{long},b,kind\n1,2,{long}\n2,3,b\n3,5,{long}\n4,7,b\n", **options)
        assert len(str(refusal.value)) < 1000
    with pytest.raises(DataError) as refusal:
        read_table(Path(long * 30))
    assert len(str(refusal.value)) < 1000


@pytest.mark.parametrize("number", [10**400, 10**5000], ids=["400 digits", "5000 digits"])
def test_a_place_beyond_all_numbers_is_no_column(file: Path, number: int) -> None:
    with pytest.raises(DataError, match="has no column"):
        load(file, "a,y\n1,0\n2,1\n", target=number)
    with pytest.raises(DataError, match="has no column"):
        load(file, "a,y\n1,0\n2,1\n", target="9" * 5000)


def test_three_thousand_columns_of_one_name_are_named_at_once(file: Path) -> None:
    load_rows = ("\n" + ",".join(f"{(3 * k + row) % 11}" for k in range(3000)) for row in range(12))
    file.write_text(",".join(["x"] * 3000) + "".join(load_rows), encoding="utf-8")
    names = [column.name for column in read_table(file, header="yes").columns]
    assert names[:3] == ["x", "x (2)", "x (3)"]
    assert len(set(names)) == 3000


def test_names_that_are_taken_already_are_passed_over(file: Path) -> None:
    file.write_text("x,x (2),x,x,y\n1,2,3,4,0\n5,7,6,9,1\n2,2,1,4,0\n", encoding="utf-8")
    assert [column.name for column in read_table(file).columns] == ["x", "x (2)", "x (3)", "x (4)", "y"]


def test_a_path_with_a_zero_byte_is_no_file() -> None:
    with pytest.raises(DataError, match="There is no file"):
        csv_text.read_sheet(Path("a\0b"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_that_nobody_writes_to_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(DataError, match="is a device or a pipe, not a file"):
        read_table(tmp_path / "pipe.csv")
