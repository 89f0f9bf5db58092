"""A message about the last action, shown for a few seconds at the lower edge of the window."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from playground.ui.core import theme

SHOWN_MS = 6000


class StatusMessage(QLabel):
    """Lies over the window, takes no clicks and no focus, and goes by itself."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("status_message")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setWordWrap(True)
        self._window = window
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence for a while, in place of the one before."""
        self.setText(sentence)
        self.setAccessibleName(sentence)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(SHOWN_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        air = theme.px(12)
        margins = self.contentsMargins()
        width = self.fontMetrics().horizontalAdvance(self.text()) + theme.px(32) + margins.left() + margins.right()
        self.setFixedWidth(min(width, self._window.width() - 2 * air))
        self.resize(self.width(), self.heightForWidth(self.width()))
        x = (self._window.width() - self.width()) // 2
        self.move(QPoint(x, self._window.height() - self.height() - theme.px(36)))
