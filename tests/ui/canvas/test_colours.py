"""The colours of classes."""

import numpy as np

from playground.ui.canvas.colours import class_colour, class_table
from playground.ui.core import theme


def test_two_classes_have_the_colours_of_the_outputs_and_ten_can_be_told_apart() -> None:
    assert [class_colour(k, 2).name() for k in (0, 1)] == [theme.color("low").name(), theme.color("high").name()]
    assert len(np.unique(class_table(10), axis=0)) == 10
    assert class_table(3).shape == (3, 3)
