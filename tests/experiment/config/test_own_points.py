import numpy as np
import pytest

from playground.experiment.config import edits
from playground.experiment.config import schema as configs
from playground.experiment.config.change_kind import ChangeKind, kind_of_change
from playground.experiment.config.own_points import MOST_COPIED, MOST_ROWS, add_point, can_edit, own_rows, remove_point
from playground.experiment.config.schema import DataChoice, ExperimentConfig
from playground.experiment.training.building import prepare_data


def experiment(data: str | DataChoice) -> ExperimentConfig:
    return edits.set_data(ExperimentConfig(), data)


def test_the_first_point_turns_the_samples_into_rows_with_all_their_names() -> None:
    config = experiment("people")
    old = prepare_data(config)
    changed = add_point(config, old, (80.0, 170.0), 0)
    new = prepare_data(changed)
    assert changed.data.name == "rows"
    assert new.dataset.class_names == old.dataset.class_names == ("male", "female")
    assert new.dataset.feature_names == old.dataset.feature_names
    assert new.dataset.feature_units == old.dataset.feature_units
    assert new.dataset.target_names == old.dataset.target_names
    assert new.bounds == old.bounds
    assert np.array_equal(new.dataset.x[:-1], old.dataset.x)
    assert np.array_equal(new.dataset.y[:-1], old.dataset.y)
    assert new.dataset.x[-1].tolist() == [80.0, 170.0]
    assert new.dataset.class_names[new.dataset.y[-1]] == "male"
    assert new.mean is not None  # still standardised
    assert (old.x_test is None, new.x_test, len(new.x_train)) == (False, None, len(old.dataset.x) + 1)
    assert configs.decode(configs.encode(changed)) == changed
    made_of_columns = edits.change(config, "data.features", ("x1^2", "x2^2"))
    new = prepare_data(add_point(made_of_columns, prepare_data(made_of_columns), (0.0, 0.0), 0))
    assert new.features == ("x1^2", "x2^2")


def test_a_table_is_never_needed_again(tmp_path) -> None:
    path = tmp_path / "plants.csv"
    path.write_text("length,width,kind\n1,2,rose\n2,1,daisy\n3,5,rose\n4,1,tulip\n")
    config = experiment(DataChoice("csv", path=str(path)))
    changed = add_point(config, prepare_data(config), (2.5, 2.5), 2)
    path.unlink()
    new = prepare_data(changed)
    assert new.dataset.class_names == ("daisy", "rose", "tulip")
    assert new.dataset.feature_names == ("length", "width")
    assert new.dataset.y.tolist() == [1, 0, 1, 2, 2]


def test_a_sine_takes_points_with_their_target() -> None:
    config = experiment("sine")
    new = prepare_data(add_point(config, prepare_data(config), (0.5,), -0.75))
    assert new.dataset.task == "regression"
    assert new.dataset.x[-1].tolist() == [0.5]
    assert new.dataset.y[-1].tolist() == [-0.75]


def test_a_removed_point_is_the_one_meant_and_the_class_stays_without_any() -> None:
    config = experiment("and")
    data = prepare_data(config)
    changed = remove_point(config, data, 3)
    new = prepare_data(changed)
    assert new.dataset.x.tolist() == data.dataset.x[:3].tolist()
    assert new.dataset.class_names == ("0", "1")
    assert set(new.dataset.y.tolist()) == {0}


def test_a_row_that_is_gone_already_is_not_taken_for_another() -> None:
    config = experiment("and")
    data = prepare_data(config)
    once = remove_point(config, data, 1)
    assert remove_point(once, data, 1) == once
    twice = remove_point(once, data, 3)
    assert prepare_data(twice).dataset.x.tolist() == [[0, 0], [1, 0]]
    for row in range(4):
        twice = remove_point(twice, data, row)
    assert len(twice.data["x"]) == 1  # the last one stays


def test_a_large_data_set_becomes_two_thousand_rows_and_there_is_an_end() -> None:
    config = experiment(DataChoice("gauss", samples=5000))
    data = prepare_data(config)
    rows = own_rows(config.data, data)
    assert len(rows["x"]) == MOST_COPIED
    full = configs.replace(
        config, data=rows.with_options(x=rows["x"] + rows["x"][:1000], y=rows["y"] + rows["y"][:1000])
    )
    assert len(full.data["x"]) == MOST_ROWS
    assert add_point(full, prepare_data(full), (0.0, 0.0), 0) == full


def test_rows_of_the_users_own_keep_their_training_share_and_their_order_of_classes() -> None:
    rows = DataChoice("rows", x=[[0, 0], [1, 1], [2, 0], [3, 1]], y=["b", "a", "b", "a"], train_share=0.5)
    config = experiment(rows)
    changed = add_point(config, prepare_data(config), (1.5, 0.5), 1)
    assert changed.data["train_share"] == 0.5
    assert changed.data["y"] == ("b", "a", "b", "a", "b")
    assert changed.data["classes"] == ("a", "b")


def test_the_range_of_the_plot_stays_while_points_are_added_inside_it() -> None:
    config = experiment(DataChoice("rows", x=[[0, 0], [1, 1]], y=[0, 1]))
    bounds = prepare_data(config).bounds
    for point in (bounds[0][0] + 0.001, bounds[1][1] - 0.001), (bounds[0][1] - 0.001, bounds[1][0] + 0.001):
        config = add_point(config, prepare_data(config), point, 1)
        assert prepare_data(config).bounds == bounds


def test_a_point_is_rounded_finer_than_any_pixel() -> None:
    config = experiment("people")
    data = prepare_data(config)
    (low, high), _ = data.bounds
    x = low + (high - low) / 7
    added = add_point(config, data, (x, 170.0), 0).data["x"][-1][0]
    assert abs(added - x) <= (high - low) / 10_000
    assert len(str(added)) < 9


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (DataChoice("spiral"), True),
        (DataChoice("plane"), True),
        (DataChoice("sine"), True),
        (DataChoice("digits"), False),
        (DataChoice("rows", x=[[1.0, 2.0], [3.0, 4.0]], y=[[0.1, 0.9], [0.5, 0.5]]), False),
        (DataChoice("rows", x=[[1.0], [3.0]], y=[0, 1]), False),
    ],
)
def test_only_where_a_place_says_all_of_a_row_can_points_be_edited(data: DataChoice, expected: bool) -> None:
    assert can_edit(prepare_data(experiment(data))) is expected


def test_points_carry_the_run_on_and_another_choice_of_data_starts_it_again() -> None:
    config = experiment("spiral")
    first = add_point(config, prepare_data(config), (1.0, 1.0), 1)
    second = add_point(first, prepare_data(first), (2.0, 1.0), 1)
    assert kind_of_change(config, first) is ChangeKind.WARM_START
    assert kind_of_change(first, second) is ChangeKind.WARM_START
    assert kind_of_change(second, first) is ChangeKind.WARM_START
    assert kind_of_change(first, config) is ChangeKind.RESTART
    assert kind_of_change(first, edits.change(first, "data.standardise", True)) is ChangeKind.RESTART
    assert kind_of_change(first, edits.add_layer(second)) is ChangeKind.RESTART
