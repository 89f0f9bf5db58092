import pytest

from playground.experiment.config import schema as configs
from playground.experiment.config.schema import ExperimentConfig
from playground.runtime.store import DEEPEST_UNDO, Change, Store


def rate(value: float) -> ExperimentConfig:
    base = ExperimentConfig()
    return configs.replace(base, training=configs.replace(base.training, learning_rate=value))


@pytest.fixture
def store(qapp):
    return Store(rate(1.0))


def test_apply_tells_new_and_old_and_where_nothing_changes_nothing_is_told(store):
    told = []
    store.changed.connect(lambda new, old: told.append((new, old)))
    store.apply(rate(1.0))
    store.undo()
    store.redo()
    assert (told, store.can_undo) == ([], False)
    store.apply(rate(2.0))
    assert told == [(rate(2.0), rate(1.0))]
    assert store.config == rate(2.0)


def test_what_was_lent_is_not_what_was_left_last(store):
    own, lent = store.config, [configs.replace(rate(2.0), "data", name) for name in ("xor", "or", "nand")]
    store.lend(True)
    for config in lent:
        store.apply(config)
    store.lend(False)
    store.apply(own)
    assert store.last_with(own.data.name) == own
    assert [store.last_with(it.data.name) for it in lent] == [None, None, None]
    store.apply(lent[0])
    store.apply(own)
    assert store.last_with("xor") == lent[0]


def test_the_own_experiment_is_that_before_what_was_lent_until_the_user_changes_that(store):
    store.apply(rate(2.0))
    store.lend(True)
    store.apply(rate(3.0))
    store.apply(rate(4.0))
    assert store.own == rate(2.0)
    store.lend(False)
    assert store.own == rate(2.0)
    store.undo()
    assert (store.config, store.own) == (rate(3.0), rate(2.0))  # undo alone makes it nobody's
    store.apply(rate(5.0))
    assert store.own == rate(5.0)
    for _time in range(3):
        store.undo()
    assert store.config == store.own == rate(1.0)


def test_undo_and_redo_travel_and_tell(store):
    store.apply(rate(2.0))
    store.apply(rate(3.0))
    told = []
    store.changed.connect(lambda new, _old: told.append(new))
    store.undo()
    store.undo()
    assert (store.can_undo, store.can_redo) == (False, True)
    store.redo()
    store.redo()
    assert (store.can_undo, store.can_redo) == (True, False)
    assert told == [rate(2.0), rate(1.0), rate(2.0), rate(3.0)]
    store.undo()
    store.apply(rate(4.0))
    assert not store.can_redo


def test_one_drag_is_one_undo(store):
    for value in (1.1, 1.2, 1.3):
        store.apply(rate(value), merge="learning_rate")
    store.undo()
    assert store.config == rate(1.0)
    assert not store.can_undo
    store.redo()
    assert store.config == rate(1.3)


def test_a_drag_after_undo_is_a_new_step(store):
    store.apply(rate(2.0), merge="learning_rate")
    store.apply(rate(3.0))
    store.undo()
    store.apply(rate(4.0), merge="learning_rate")
    store.undo()
    assert store.config == rate(2.0)


def test_a_drag_that_comes_back_leaves_nothing_to_undo(store):
    store.apply(rate(2.0), merge="learning_rate")
    store.apply(rate(1.0), merge="learning_rate")
    assert not store.can_undo
    store.apply(rate(3.0), merge="learning_rate")
    store.undo()
    assert store.config == rate(1.0)


def test_history_is_bounded(store):
    for value in range(2, DEEPEST_UNDO + 50):
        store.apply(rate(float(value)))
    undone = 0
    while store.can_undo:
        store.undo()
        undone += 1
    assert undone == DEEPEST_UNDO


def noted(told: list[object]) -> Change:
    """Return a change that tells what is done to it."""
    return Change(lambda: told.append("undo"), lambda: told.append("redo"))


def test_recorded_changes_and_configurations_are_undone_in_turn(store):
    told = []
    store.changed.connect(lambda new, _old: told.append(new))
    store.apply(rate(2.0))
    store.record(noted(told))
    store.apply(rate(3.0))
    told.clear()
    for _time in range(3):
        store.undo()
    assert (told, store.can_undo) == ([rate(2.0), "undo", rate(1.0)], False)
    told.clear()
    for _time in range(3):
        store.redo()
    assert (told, store.can_redo) == ([rate(2.0), "redo", rate(3.0)], False)


def test_a_recorded_change_forgets_what_was_undone_and_ends_a_drag(store):
    store.apply(rate(2.0), merge="learning_rate")
    store.undo()
    store.apply(rate(2.0), merge="learning_rate")
    store.record(noted([]))
    assert not store.can_redo
    store.apply(rate(3.0), merge="learning_rate")
    store.undo()
    assert store.config == rate(2.0)


def test_forgotten_changes_leave_the_configurations(store):
    told = []
    store.apply(rate(2.0))
    store.record(noted(told))
    store.history_changed.connect(lambda: told.append("history"))
    store.clear_history()
    store.clear_history()
    assert told == ["history"]
    store.undo()
    assert (store.config, store.can_undo) == (rate(1.0), False)
