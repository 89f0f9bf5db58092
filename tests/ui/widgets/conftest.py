import pytest
from PySide6.QtWidgets import QApplication

from playground.ui.core import theme


@pytest.fixture(autouse=True)
def styled(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
