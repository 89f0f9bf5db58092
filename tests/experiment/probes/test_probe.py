import numpy as np
import pytest

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.probes.probe import (
    Activations,
    Curve,
    FittedVsTrue,
    OutputGrid,
    Parameters,
    Predictions,
    UnitGrid,
    UnitGrids,
)
from playground.experiment.probes.snapshot import Snapshot
from playground.experiment.training.trainer import Trainer


def trained(name, steps=50):
    trainer = Trainer(PRESETS[name].config)
    trainer.run(steps)
    return trainer


SPIRAL, SINE, DIGITS = trained("spiral"), trained("sine-curve"), trained("digits")
PROBES = [
    Parameters(),
    OutputGrid(10),
    UnitGrid(1, 0, 8),
    UnitGrids(8),
    Curve(20),
    Predictions(),
    FittedVsTrue(),
    Activations(),
]


def arrays_of(answer):
    if isinstance(answer, np.ndarray):
        return [answer]
    return [it for it in answer or () if isinstance(it, np.ndarray)]


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: type(probe).__name__)
@pytest.mark.parametrize("trainer", [SPIRAL, SINE, DIGITS], ids=["spiral", "sine", "digits"])
def test_answers_are_read_only_copies_and_change_nothing(probe, trainer):
    before = trainer.network.copy_parameters()
    for array in arrays_of(probe.compute(trainer)):
        assert not array.flags.writeable
        for own in (trainer.network.parameters, trainer.data.x_train, trainer.data.t_train):
            assert not np.shares_memory(array, own)
    np.testing.assert_array_equal(trainer.network.parameters, before)


def test_equal_probes_are_one_question():
    assert OutputGrid(50) == OutputGrid(50)
    assert len({OutputGrid(50), OutputGrid(50), OutputGrid(51), UnitGrids(50)}) == 3


def test_the_output_grid_runs_over_the_bounds_second_feature_first():
    grid = OutputGrid(5).compute(SPIRAL)
    assert (grid.shape, grid.dtype) == ((5, 5, 1), np.float32)
    (left, right), (bottom, top) = SPIRAL.data.bounds
    corners = SPIRAL.network.predict(
        SPIRAL.data.inputs_of(np.array([[left, bottom], [right, bottom], [left, top], [right, top]]))
    )
    np.testing.assert_allclose([grid[0, 0], grid[0, -1], grid[-1, 0], grid[-1, -1]], corners, atol=1e-5)


def test_unit_grids_show_each_layer_from_the_inputs_to_the_outputs():
    grids = UnitGrids(6).compute(SPIRAL)
    assert [grid.shape for grid in grids] == [(units, 6, 6) for units in SPIRAL.network.sizes]
    np.testing.assert_allclose(grids[-1][0], OutputGrid(6).compute(SPIRAL)[:, :, 0], atol=1e-6)
    np.testing.assert_allclose(grids[0][0][0], np.linspace(*SPIRAL.data.bounds[0], 6), rtol=1e-5)


def test_wide_layers_are_cut_in_pictures_and_named_units_are_shown_in_their_order():
    wide = Trainer(edits.set_hidden(PRESETS["spiral"].config, (100,)))
    assert [len(grid) for grid in UnitGrids(6, most=10).compute(wide)] == [2, 10, 1]
    everything = UnitGrids(6, most=100).compute(wide)
    chosen = UnitGrids(6, units=((1,), (70, 3, 99, 100), (0,))).compute(wide)
    assert [len(grid) for grid in chosen] == [1, 3, 1]  # there is no unit number 100
    np.testing.assert_array_equal(chosen[1], everything[1][[70, 3, 99]])


def test_one_unit_in_large_is_the_same_picture_as_among_the_others():
    grids = UnitGrids(6).compute(SPIRAL)
    for layer, grid in enumerate(grids):
        np.testing.assert_allclose(UnitGrid(layer, len(grid) - 1, 6).compute(SPIRAL), grid[-1], atol=1e-6)


@pytest.mark.parametrize(("layer", "unit"), [(-1, 0), (9, 0), (1, 1000), (1, -1)])
def test_a_unit_that_is_not_there_has_no_picture(layer, unit):
    assert UnitGrid(layer, unit).compute(SPIRAL) is None


def test_pictures_of_a_plane_are_not_made_of_other_data():
    for trainer in (SINE, DIGITS):
        assert OutputGrid().compute(trainer) is None
        assert UnitGrids().compute(trainer) is None
        assert UnitGrid(1, 0).compute(trainer) is None
    assert Curve().compute(SPIRAL) is None


def test_the_curve_is_what_the_network_gives_in_the_units_of_the_target():
    x, y = Curve(7).compute(SINE)
    assert (x[0], x[-1]) == SINE.data.bounds[0]
    expected = SINE.data.targets_in_units(SINE.network.predict(SINE.data.inputs_of(x[:, None])))
    np.testing.assert_array_equal(y, expected)


def test_predictions_are_of_the_window_of_rows():
    np.testing.assert_allclose(
        Predictions("test", 3, 4).compute(DIGITS), DIGITS.network.predict(DIGITS.data.x_test[3:7]), rtol=1e-5
    )
    assert len(Predictions("train", 1435, 100).compute(DIGITS)) == len(DIGITS.data.x_train) - 1435
    assert len(Predictions("train", 10**6, 100).compute(DIGITS)) == 0
    assert Predictions("test").compute(trained("and-gate")) is None


def test_targets_and_outputs_stand_side_by_side():
    target, output = FittedVsTrue(10, "test").compute(SINE)
    assert target.shape == output.shape == (10, 1)
    assert target[0] == SINE.data.targets_in_units(SINE.data.t_test)[0]


def test_activations_of_a_row_go_from_inputs_to_outputs():
    layers = Activations("test", 2).compute(DIGITS)
    assert [layer.shape for layer in layers] == [(64,), (32,), (10,)]
    np.testing.assert_allclose(layers[-1], DIGITS.network.predict(DIGITS.data.x_test[2:3])[0], rtol=1e-5)
    assert Activations("test", 10**6).compute(DIGITS) is None


def test_activations_of_a_drawing_are_those_of_the_same_image_as_a_row():
    drawn = Activations(drawing=DIGITS.data.raw_test[2].tobytes()).compute(DIGITS)
    for layer, expected in zip(drawn, Activations("test", 2).compute(DIGITS), strict=True):
        np.testing.assert_array_equal(layer, expected)
    assert Activations(drawing=bytes(784)).compute(DIGITS) is None


def test_a_snapshot_gives_the_answer_to_a_probe_that_was_asked():
    view = SPIRAL.history.view()
    nothing = (None,) * 5
    answers = {Parameters(): np.ones(3)}
    snapshot = Snapshot(1, 2, 0.5, True, 10.0, 0.1, None, None, 0, view, 4.0, *nothing, answers=answers)
    assert snapshot.answer(Parameters()).sum() == 3
    assert snapshot.answer(OutputGrid()) is None
