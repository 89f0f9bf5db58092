import numpy as np
import pytest

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import DataChoice
from playground.experiment.probes.hidden_space import (
    BETWEEN,
    EXACT_WIDTH,
    LINES,
    MOST_POINTS,
    HiddenSpace,
    aligning_rotation,
    components,
    shown_rows,
)
from playground.experiment.training.trainer import Trainer

SIDE = (LINES - 1) * BETWEEN + 1


def trainer(data: str | DataChoice, hidden: tuple[int, ...] = (4,), steps: int = 50) -> Trainer:
    config = edits.set_data(PRESETS["spiral"].config, data)
    made = Trainer(edits.set_hidden(config, hidden))
    made.run(steps)
    return made


def test_the_inputs_are_a_straight_grid_over_the_plane() -> None:
    made = trainer("circle")
    bend = HiddenSpace(0).compute(made)
    (x_low, x_high), (y_low, y_high) = made.data.bounds
    assert bend.grid.shape == (SIDE, SIDE, 2)
    assert bend.grid[0, 0].tolist() == pytest.approx([x_low, y_low])
    assert bend.grid[0, -1].tolist() == pytest.approx([x_high, y_low])
    assert bend.grid[-1, 0].tolist() == pytest.approx([x_low, y_high])
    assert np.allclose(bend.points, made.data.raw_train)


def test_two_units_are_shown_as_they_are() -> None:
    made = trainer("circle", (2, 5))
    layers = made.network.activations_of(made.data.x_train)
    assert np.allclose(HiddenSpace(1).compute(made).points, layers[1], atol=1e-5)
    assert np.allclose(HiddenSpace(2, (3, 1)).compute(made).points, layers[2][:, [3, 1]], atol=1e-5)


def test_more_units_are_shown_by_the_directions_in_which_they_spread_most() -> None:
    made = trainer("circle", (6,))
    bend = HiddenSpace(1).compute(made)
    values = made.network.activations_of(made.data.x_train)[1]
    centred = values - values.mean(axis=0)
    sizes = np.linalg.svd(centred)[1]
    assert np.linalg.svd(bend.points)[1][:2] == pytest.approx(sizes[:2], rel=1e-3)
    assert bend.share == pytest.approx((sizes[:2] ** 2).sum() / (sizes**2).sum(), rel=1e-3)


def test_one_unit_stands_over_the_first_input() -> None:
    made = trainer("circle", (3,))
    bend = HiddenSpace(2).compute(made)
    assert np.allclose(bend.points[:, 0], made.data.raw_train[:, 0], atol=1e-5)
    assert np.allclose(bend.points[:, 1], made.network.predict(made.data.x_train)[:, 0], atol=1e-5)


@pytest.mark.parametrize("output", ["sigmoid", "tanh", "softmax", "linear"])
def test_right_of_the_cut_lies_what_is_taken_for_the_second_class(output: str) -> None:
    config = edits.set_output(edits.set_data(PRESETS["spiral"].config, "moons"), output)
    made = Trainer(edits.set_hidden(config, (5,)))
    made.run(300)
    bend = HiddenSpace(1, readout=True).compute(made)
    assert bend.cut is not None
    outputs = made.network.predict(made.data.x_train)
    if output == "softmax":
        second = outputs[:, 1] > outputs[:, 0]
    else:
        second = outputs[:, 0] > (0.0 if output == "tanh" else 0.5)
    clear = np.abs(bend.points[:, 0] - bend.cut) > 1e-4
    assert np.array_equal((bend.points[:, 0] > bend.cut)[clear], second[clear])


def test_several_outputs_and_numbers_have_no_cut() -> None:
    digits = Trainer(PRESETS["digits"].config)
    assert HiddenSpace(1, readout=True).compute(digits).cut is None
    assert HiddenSpace(1, readout=True).compute(trainer("plane")).cut is None


def test_without_weights_there_is_nothing_to_see_but_no_fault() -> None:
    made = Trainer(PRESETS["and-gate-zeros"].config)
    for layer in range(3):
        bend = HiddenSpace(layer, readout=True).compute(made)
        assert bend.is_finite
    assert HiddenSpace(1, readout=True).compute(made).cut is None


def test_one_feature_is_a_line_and_many_have_no_grid() -> None:
    sine = HiddenSpace(1).compute(trainer("sine"))
    assert sine.grid.shape[0] == 1
    digits = Trainer(PRESETS["digits"].config)
    bend = HiddenSpace(1).compute(digits)
    assert bend.grid is None
    assert len(bend.points) == len(shown_rows(digits.data)) == MOST_POINTS


def test_numbers_beyond_all_bounds_are_told_apart() -> None:
    made = trainer("circle", (4,))
    made.network.parameters[:] = np.nan
    assert not HiddenSpace(1).compute(made).is_finite
    assert not HiddenSpace(1, readout=True).compute(made).is_finite


def test_wide_layers_get_nearly_the_same_components_by_iteration() -> None:
    rng = np.random.default_rng(3)
    width = EXACT_WIDTH + 60
    spread = np.diag(0.9 ** np.arange(width) * 10)
    values = (rng.standard_normal((400, width)) @ spread + 3).astype(np.float32)
    found = components(values)
    sizes, right = np.linalg.svd(values - values.mean(axis=0))[1:]
    assert np.abs(found.axes.T @ right[:2].T) == pytest.approx(np.eye(2), abs=0.1)
    assert found.share == pytest.approx((sizes[:2] ** 2).sum() / (sizes**2).sum(), rel=0.01)


def test_turned_components_lie_where_they_lay_before() -> None:
    rng = np.random.default_rng(0)
    before = rng.standard_normal((100, 2)) * [3, 1]
    for angle, mirror in ((0.3, 1), (2.0, -1), (3.1, 1)):
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ np.diag([1, mirror])
        after = before @ turn
        assert np.allclose(after @ aligning_rotation(after, before), before)
    assert aligning_rotation(np.zeros((5, 2)), before[:5]).tolist() == np.eye(2).tolist()


def test_while_it_learns_the_turned_picture_does_not_jump() -> None:
    made = trainer("spiral", (8, 8), steps=1)
    shown = HiddenSpace(2).compute(made).points
    turned = []
    for _frame in range(40):
        made.run(5)
        new = HiddenSpace(2).compute(made).points
        after = new @ aligning_rotation(new, shown)
        turned.append(np.abs(after - shown).max() / np.abs(new).max())
        shown = after
    assert max(turned) < 0.35
