"""The frame around a step: what it belongs to, the ways out of it, a notice, the step itself, and its buttons."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from playground.language import _
from playground.ui.core import layouts, theme
from playground.ui.lessons.step_page import StepPage
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.message_card import MessageCard

ABOVE_RESULT = 30
"""Pixels of the sentence before it, which says what was guessed."""


class StepView(QWidget):
    """Shows a `StepPage` that is scrolled, between heading and buttons; whoever shows it connects the buttons.

    ``data_wanted()``: the data that are missing are to be got.
    """

    data_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._place = text_label("lesson_place", wraps=False)
        self._heading = text_label("lesson_title", role="strong")
        self.all = Button(name="lesson_all", role="link")
        self.all.set_text(_("All lessons"), _("Leave this lesson; its place is kept"))
        self.away = Button(name="lesson_away", role="link", text=_("Try things out"))
        self.freeze = Button(name="lesson_freeze", role="link")
        self.freeze.set_text(_("Freeze"), _("Holds the picture while you speak (F9)"))
        self.freeze.hide()
        self._missing = MessageCard("lesson_missing", "notice")
        get_data = self._missing.add_button("lesson_get_data", self.data_wanted.emit)
        get_data.set_text(_("Get it"), _("Leaves the lesson for a while; the set-up has the download, under Data"))
        self._missing.hide()
        self._scroll = layouts.scroll_area(QWidget(), "lesson_scroll")
        self._is_aiming = False
        self._aim: QWidget | None = None
        self._scroll.verticalScrollBar().rangeChanged.connect(self._scroll_to_aim)
        self._scroll.verticalScrollBar().actionTriggered.connect(self._on_scrolled)
        self.back, self.next = Button(name="lesson_back"), Button(name="lesson_next", role="primary")
        self.hint = Button(name="lesson_hint", text=_("Hint"))
        self.solve = Button(name="lesson_solution")
        self.back.set_text(_("Back"), _("The step before (Page Up)"))
        self.next.set_text(_("Next"), _("The next step (Page Down)"))
        self.solve.set_text(_("Solution"))
        top = layouts.row((self._heading, 1), self._place, gap=8)
        links = layouts.row(self.all, self.away, self.freeze, None, gap=12)
        buttons = layouts.row(self.back, None, self.hint, self.solve, self.next, gap=6)
        self._inside = layouts.box(layouts.column(self._missing, (self._scroll, 1), buttons, gap=6))
        layouts.column(top, links, (self._inside, 1), None, parent=self, gap=6)

    def show_page(self, page: StepPage, heading: str, place: str, missing: str) -> None:
        """Show another step; `missing` are data that it uses others for, an empty text where it does not."""
        self._on_scrolled()
        self._scroll.setWidget(page)
        self._heading.setText(heading)
        self._place.setText(place)
        headline = _("{name} is not on this machine:").format(name=missing)
        self._missing.set_text(headline, _("the lesson uses data that are built in."))
        self._missing.setVisible(bool(missing))

    def show_ways(self, *, is_away: bool, is_first: bool, is_last: bool) -> None:
        """Offer the ways to other steps and out of the lesson that there are."""
        self.away.set_text(
            _("Back to the lesson") if is_away else _("Try things out"),
            _("The same point of the lesson again")
            if is_away
            else _("Leave the lesson for a while: all panels and controls; one click brings you back"),
        )
        self._inside.setVisible(not is_away)  # what is tried out needs the room
        self.back.setEnabled(not is_first)
        self.next.set_text(_("Finish") if is_last else _("Next"), _("The next step (Page Down)"))

    def show_help(self, *, given: int, hints: int, can_solve: bool) -> None:
        """Offer the next hint; the solution after the last."""
        self.hint.setVisible(given < hints)
        self.hint.set_text(_("Hint ({k} of {n})").format(k=given + 1, n=hints))
        self.solve.setVisible(can_solve and given == hints)

    def show_below(self) -> None:
        """Scroll to the end, where a hint or the solution has come."""
        self._aim_at(None)

    def show_result(self, page: StepPage) -> None:
        """Scroll to the result, so that it is read from its beginning; to the end as long as there is none."""
        self._aim_at(page.result)

    def _aim_at(self, aim: QWidget | None) -> None:
        self._is_aiming, self._aim = True, aim
        self._scroll_to_aim()

    @Slot()
    def _scroll_to_aim(self) -> None:
        """Do it again whenever a text has found its height, until the learner scrolls."""
        if self._is_aiming:
            bar, aim = self._scroll.verticalScrollBar(), self._aim
            bar.setValue(bar.maximum() if aim is None or aim.isHidden() else aim.y() - theme.px(ABOVE_RESULT))

    @Slot()
    def _on_scrolled(self) -> None:
        self._is_aiming, self._aim = False, None
