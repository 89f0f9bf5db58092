"""Tables as people have them, and what is right for each: small ones, in the ways of writing that were met."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Case:
    """A file, the options it is read with, and what is right: a data set, or what the sentence about it says."""

    name: str
    content: str | bytes
    inputs: tuple[str, ...] = ()
    target: str = ""
    rows: int = 0
    classes: tuple[str, ...] = ()
    values: dict[int, tuple[float, ...]] = field(default_factory=dict)
    y: tuple[float, ...] = ()
    left_out: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    units: tuple[str, ...] = ()


def lines(*rows: str, end: str = "\n") -> str:
    return end.join(rows) + end


def joined(rows: Sequence[Sequence[object]], sign: str = ",") -> str:
    return lines(*(sign.join(map(str, row)) for row in rows))


KINDS = "1.2 4.1 r|4.3 2.5 b|1.5 4.4 r|3.9 2.8 b|1.1 4.8 r|4.0 2.2 b"
"""The six rows of most small tables; `|` parts the rows, a space the cells."""


def kinds(sign: str = ",", head: str = "a b kind", decimal: str = ".") -> str:
    rows = [row.replace(".", decimal).replace(" ", sign) for row in KINDS.split("|")]
    return lines(*([head.replace(" ", sign)] if head else []), *rows)


def labelled(r: str, b: str) -> str:
    """The six rows with other labels."""
    rows = kinds(head="").splitlines()
    return lines("a,b,kind", *(row[:-1] + {"r": r, "b": b}[row[-1]] for row in rows))


SIX: dict[str, Any] = {
    "inputs": ("a", "b"),
    "target": "kind",
    "rows": 6,
    "classes": ("b", "r"),
    "values": {0: (1.2, 4.1), 5: (4.0, 2.2)},
    "y": (1, 0, 1, 0, 1, 0),
}


def thousands(sign: str, grouped: str) -> str:
    rows = ["980 98", "990 99", f"1{grouped}000 100", f"1{grouped}010 101", "970 97", f"1{grouped}030 103"]
    return lines(f"population{sign}price", *(sign.join(row.rsplit(" ", 1)) for row in rows))


THOUSANDS: dict[str, Any] = {
    "inputs": ("population",),
    "target": "price",
    "rows": 6,
    "values": {0: (980,), 2: (1000,), 5: (1030,)},
    "y": (98, 99, 100, 101, 97, 103),
}

BUYS = [(k, 20 + k % 3, "no" if k < 12 else "yes") for k in range(24)]


def buys(head: str, first: str, sign: str = ",") -> str:
    """A column of 24 numbers written by the pattern `first`, an age, and a class."""
    return lines(head, *(f"{first.format(k=k, n=k + 1)}{sign}{age}{sign}{kind}" for k, age, kind in BUYS))


def priced(bad: str, count: int = 12) -> str:
    return lines("area,price", *(f"{50 + 5 * k},{bad if k == 3 else 100 + 11 * k}" for k in range(count)))


IRIS = (
    (5.1, 3.5, 1.4, 0.2, "Iris-setosa"),
    (4.9, 3.0, 1.4, 0.2, "Iris-setosa"),
    (7.0, 3.2, 4.7, 1.4, "Iris-versicolor"),
    (6.4, 3.2, 4.5, 1.5, "Iris-versicolor"),
    (6.3, 3.3, 6.0, 2.5, "Iris-virginica"),
    (5.8, 2.7, 5.1, 1.9, "Iris-virginica"),
)
IRIS_CLASSES = ("Iris-setosa", "Iris-versicolor", "Iris-virginica")
IRIS_NAMES = ("sepal_length", "sepal_width", "petal_length", "petal_width")
IRIS_FACTS: dict[str, Any] = {"rows": 6, "classes": IRIS_CLASSES, "values": {0: (5.1, 3.5, 1.4, 0.2)}}

WINE = (
    (1, 14.23, 1.71, 2.43, 1065),
    (1, 13.2, 1.78, 2.14, 1050),
    (2, 12.37, 0.94, 1.36, 520),
    (2, 12.33, 1.1, 2.28, 680),
    (3, 12.86, 1.35, 2.32, 630),
    (3, 12.88, 2.99, 2.4, 530),
)

PENGUINS = (
    ("Adelie", "Torgersen", 39.1, 18.7, 181, "male", 2007),
    ("Adelie", "Torgersen", 39.5, 17.4, 186, "female", 2007),
    ("Gentoo", "Biscoe", 46.1, 13.2, 211, "female", 2008),
    ("Gentoo", "Biscoe", 50.0, 16.3, 230, "male", 2008),
    ("Chinstrap", "Dream", 46.5, 17.9, 192, "female", 2009),
    ("Chinstrap", "Dream", 50.0, 19.5, 196, "male", 2009),
)
PENGUIN_HEAD = "species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,sex,year"

TITANIC_HEAD = "PassengerId,Survived,Pclass,Name,Sex,Age,Fare,Cabin,Embarked"
TITANIC = (
    '1,0,3,"Braund, Mr. Owen Harris",male,22,7.25,,S',
    '2,1,1,"Cumings, Mrs. John (Florence ""Flo"")",female,38,71.2833,C85,C',
    '3,1,3,"Heikkinen, Miss. Laina",female,26,7.925,,S',
    '4,1,1,"Futrelle, Mrs. Jacques",female,35,53.1,C123,S',
    '5,0,3,"Allen, Mr. William Henry",male,{age},8.05,,S',
    '6,0,3,"Moran, Mr. James",male,30,8.4583,,Q',
    '7,0,1,"McCarthy, Mr. Timothy J",male,54,51.8625,E46,C',
    '8,0,3,"Palsson, Master. Gosta",male,2,21.075,,Q',
)

ADULT = (
    "39, State-gov, 77516, Bachelors, 13, Male, 2174, 40, United-States, <=50K",
    "50, Private, 83311, Bachelors, 13, Male, 0, 13, Cuba, <=50K",
    "38, Private, 215646, HS-grad, 9, Male, 0, 40, United-States, >50K",
    "53, State-gov, 234721, HS-grad, 7, Female, 0, 40, United-States, <=50K",
    "28, Private, 338409, Bachelors, 13, Female, 0, 40, Cuba, >50K",
    "37, State-gov, 284582, HS-grad, 14, Female, 0, 40, United-States, >50K",
)
