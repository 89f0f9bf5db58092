"""How the width is shared out."""

from playground.ui.shell.columns import usual_widths


def test_the_middle_gets_what_set_up_and_results_leave() -> None:
    assert usual_widths(1416, 12, 241, has_setup=True) == [290, 752, 350]
    assert usual_widths(1416, 12, 241, has_setup=False) == [1054, 350]


def test_in_a_narrow_window_the_results_give_way_to_the_middle_but_not_below_what_they_need() -> None:
    assert usual_widths(1076, 12, 241, has_setup=True) == [290, 448, 314]
    assert usual_widths(936, 12, 241, has_setup=True) == [290, 381, 241]
