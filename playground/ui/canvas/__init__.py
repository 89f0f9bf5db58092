"""Pictures that several features share: charts, tiles, layouts, legends."""

import PySide6.QtWidgets  # noqa: F401 - before pyqtgraph, which would take another Qt binding that is installed
