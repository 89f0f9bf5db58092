from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits
from playground.experiment.config.schema import ExperimentConfig, OptimizerChoice, replace
from playground.runtime.store import Store
from playground.ui.core.watch import Watch


def test_a_watch_calls_for_its_own_settings_and_goes_with_its_parent(qtbot: QtBot) -> None:
    store, parent, called = Store(ExperimentConfig()), QWidget(), []
    qtbot.addWidget(parent)
    Watch(store, ("training.optimizer", "seed"), lambda: called.append(store.config.seed), parent)
    store.apply(replace(store.config, seed=1))
    store.apply(edits.change(store.config, "training.learning_rate", 0.3))
    assert called == [1]
    store.apply(edits.change(store.config, "training.optimizer", OptimizerChoice("adam")))
    assert called == [1, 1]
    with qtbot.waitSignal(parent.destroyed):
        parent.deleteLater()
    store.apply(replace(store.config, seed=2))
    assert called == [1, 1]
