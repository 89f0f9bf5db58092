"""What has just been done is said for a few seconds."""

from pathlib import Path

from PySide6.QtWidgets import QLabel

from tests.ui.conftest import OpenWindow, part


def test_saving_says_that_the_set_up_is_kept_and_not_what_was_learnt_and_copying_says_so(
    kept_window: OpenWindow, tmp_path: Path
) -> None:
    window = kept_window("and-gate")
    message = part(window, "status_message", QLabel)
    window.files.save_file(tmp_path / "gate.json")
    assert message.isVisible()
    assert message.text() == "Saved to gate.json: the set-up. What was learnt is not saved."
    window.store.undo()
    message.hide()
    window.actions_["copy_experiment"].trigger()
    assert message.isVisible()
    assert "AND gate" in message.text()
