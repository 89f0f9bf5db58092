"""The actions of a solution."""

import pytest

from playground.experiment.lessons.schema import Action, StopAt
from playground.ui.lessons import solution


@pytest.mark.parametrize(
    ("action", "sentence", "control"),
    [
        (Action(set="training.learning_rate", value=0.5), "Set Learning rate to 0.5", "learning_rate"),
        (Action(set="network.hidden", value=[4, 2]), "Set Hidden layers to 4, 2", "hidden_layer_1"),
        (Action(set="network.initial", value="zeros"), "Set Initial weights to Zeros", "initial_scheme_zeros"),
        (Action(set="data", value={"name": "xor"}), "Set Data to XOR", "data_xor"),
        (Action(set="training.stop.steps", value=5), "Set Steps to 5", "stop_steps"),
        (
            Action(weight="weight[1][0][0]", value=-3),
            "Set the weight from input 1 to unit 1 in layer 1 to −3",
            "network_view",
        ),
        (Action(weight="bias[1][0]", value=1), "Set the bias of unit 1 in layer 1 to 1", "network_view"),
        (Action(press="reset_button"), "Press Reset", "reset_button"),
        (Action(press="training_more"), "Press the marked control", "training_more"),
        (Action(run=StopAt(steps=1000)), "Now press Play: it trains to step 1,000 and stops.", "play_button"),
    ],
)
def test_an_action_is_said_and_its_control_known(action: Action, sentence: str, control: str) -> None:
    assert solution.words(action) == sentence
    assert solution.control_of(action) == control
