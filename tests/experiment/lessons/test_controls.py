"""The names of controls are those of the page that lists them."""

import pytest

from playground.experiment.lessons import controls


@pytest.mark.parametrize("name", ["play_button", "data_spiral", "hidden_layer_3", "features_x1*x2"])
def test_a_control_of_the_page_is_known(name: str) -> None:
    assert controls.is_control(name)


@pytest.mark.parametrize("name", ["", "play", "play_button_2x", "__class__"])
def test_what_is_not_on_the_page_is_not(name: str) -> None:
    assert not controls.is_control(name)


def test_a_lesson_can_show_every_panel_but_itself() -> None:
    from playground.ui.shell.panel_catalog import PANELS

    assert set(controls.panels()) == {entry.name for entry in PANELS} - {"lesson_panel"}
