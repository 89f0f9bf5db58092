"""Points added while a network learns: a new run, with the weights of now."""

import numpy as np

from playground.experiment.config import edits
from playground.experiment.config.own_points import add_point
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.probe import Parameters


def test_a_point_more_carries_the_weights_on_and_a_reset_goes_back_to_the_first(qtbot, new_session, ask):
    session = new_session(edits.set_data(ExperimentConfig(), "circle"))
    first = session.info.start
    session.step(30)
    qtbot.waitUntil(lambda: session.step_count == 30)
    before = ask(session, Parameters()).answer(Parameters())
    store = session.store
    with qtbot.waitSignal(session.run_started):
        store.apply(add_point(store.config, session.info.data, (1.0, 2.0), 1))
    assert session.info.data.dataset.name == "rows"
    assert np.array_equal(ask(session, Parameters()).answer(Parameters()), before)
    with qtbot.waitSignal(session.run_started):
        session.reset()
    assert np.array_equal(ask(session, Parameters()).answer(Parameters()), first)


def test_points_put_one_after_the_other_all_carry_the_weights_on_while_it_plays(qtbot, new_session):
    session = new_session(edits.set_data(ExperimentConfig(), "circle"))
    session.play()
    qtbot.waitUntil(lambda: session.step_count > 100)
    store, data = session.store, session.info.data
    runs = []
    session.run_started.connect(runs.append)
    for k in range(5):
        store.apply(add_point(store.config, data, (0.5 * k, 2.0), 1))
    qtbot.waitUntil(lambda: bool(runs) and len(runs[-1].data.x_train) == len(data.dataset.x) + 5)
    assert session.is_running
    qtbot.waitUntil(lambda: session.step_count > 0)


def test_another_network_and_then_a_point_starts_from_first_weights(qtbot, new_session, ask):
    session = new_session(edits.set_data(ExperimentConfig(), "circle"))
    session.step(30)
    qtbot.waitUntil(lambda: session.step_count == 30)
    store, data = session.store, session.info.data
    store.apply(edits.change(edits.change(store.config, "network.activation", "tanh"), "seed", 7))
    store.apply(add_point(store.config, data, (1.0, 2.0), 1))
    qtbot.waitUntil(lambda: session.info is not None and session.info.config == store.config)
    assert np.array_equal(ask(session, Parameters()).answer(Parameters()), session.info.start)


def test_a_weight_set_by_hand_is_undone_after_a_point_was_added(qtbot, new_session, ask):
    session = new_session(edits.set_data(ExperimentConfig(), "circle"))
    store = session.store
    session.set_numbers([2], 5.0)
    with qtbot.waitSignal(session.run_started):
        store.apply(add_point(store.config, session.info.data, (1.0, 2.0), 1))
    assert ask(session, Parameters()).answer(Parameters())[2] == 5.0
    with qtbot.waitSignal(session.run_started):
        store.undo()
    store.undo()
    assert np.array_equal(ask(session, Parameters()).answer(Parameters()), session.info.start)
    assert not store.can_undo
