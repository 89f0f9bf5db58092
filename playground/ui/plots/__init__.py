"""Plots: arrays in, pixels out; they know no session and no configuration. pyqtgraph lives here and nowhere else."""

import PySide6.QtWidgets  # noqa: F401 - before pyqtgraph, which would take another Qt binding that is installed
