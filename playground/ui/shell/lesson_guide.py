"""Does for a lesson what only the window can: shows its panels, marks and holds controls, keeps the progress."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit, QScrollArea, QWidget
from shiboken6 import isValid

from playground.experiment.config import files as config_files
from playground.experiment.lessons import progress
from playground.language import _
from playground.runtime.background_task import BackgroundTask
from playground.runtime.preferences import Preferences
from playground.ui.canvas.pictures import ask_where_to_save
from playground.ui.core import plain_text, theme
from playground.ui.core.panel import Panel
from playground.ui.notes.panel import NotesPanel
from playground.ui.shell.dock_area import DockArea

if TYPE_CHECKING:  # both come late: with all that a lesson may measure they take a tenth of a start
    from playground.experiment.lessons.attempt import Attempt
    from playground.experiment.lessons.files import Lesson
    from playground.ui.lessons.panel import LessonPanel

PANEL = "lesson_panel"
FROM_INSIDE = ("lesson_next", "lesson_back", "lesson_away", "worksheet", "worksheet_answers")
"""Commands that need an open lesson."""


GAP = 3


class Spotlight(QWidget):
    """Lies over a control's surroundings, moves, hides and goes with it, and takes no clicks.

    It is drawn in the innermost part around the control that has room for it, or is scrolled.
    """

    def __init__(self, target: QWidget) -> None:
        inside = [target]  # the control, and what lies between it and that part
        ground = target.parentWidget() or target
        while (outer := ground.parentWidget()) is not None and not isinstance(outer.parentWidget(), QScrollArea):
            if ground.rect().contains(_around(target, ground)):
                break
            inside.append(ground)
            ground = outer
        super().__init__(ground)
        self.setObjectName("spotlight")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._target, self._ground = target, ground
        for part in inside:
            part.installEventFilter(self)
        target.destroyed.connect(self.deleteLater)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moves = event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)
        if moves and isValid(self._target):  # else it goes, too, in a moment
            self._follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("warning"), 2.5))
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 8, 8)

    def _follow(self) -> None:
        ground = self._ground
        self.setGeometry(_around(self._target, ground))
        self.setVisible(self._target is ground or self._target.isVisibleTo(ground))
        self.raise_()


def _around(target: QWidget, ground: QWidget) -> QRect:
    """Return the place of a ring around a control, in the pixels of a part around it; of the part itself, its own."""
    if target is ground:
        return target.rect()
    return QRect(target.mapTo(ground, QPoint()), target.size()).adjusted(-GAP, -GAP, GAP, GAP)


class LessonGuide(QObject):
    """Joins the lesson panel, which is made late, with the window around it.

    ``freeze_wanted()``: the picture is to be held.
    """

    freeze_wanted = Signal()

    def __init__(self, window: QWidget, area: DockArea, preferences: Preferences) -> None:
        super().__init__(area)
        self._window, self._area, self._preferences = window, area, preferences
        self._layout: tuple[bytes, list[str]] | None = None  # before the lesson, and which cards were folded
        self._presents = False
        self._wanted: tuple[tuple[str, ...], tuple[str, ...]] = (), ()  # names of controls to mark and to hold
        self._held: list[QWidget | QAction] = []
        self._playing: BackgroundTask | None = None  # a lesson, for a worksheet with the answers
        area.panel_made.connect(self._on_panel_made)
        area.docks[PANEL].visibilityChanged.connect(self._on_visibility)

    @property
    def _made(self) -> LessonPanel | None:
        """The lesson panel, if it is there."""
        return cast("LessonPanel | None", self._area.panels.get(PANEL))

    @property
    def panel(self) -> LessonPanel:
        """The lesson panel, made if it is not there yet."""
        from playground.ui.lessons.panel import LessonPanel  # once it is wanted: it draws charts

        panel = self._area.show_panel(PANEL)
        assert isinstance(panel, LessonPanel)
        return panel

    def resume(self, before: LessonGuide) -> None:
        """Go on with what another one has begun in a window that is built again."""
        self._layout = before._layout
        if before._made is not None and before._made.at is not None:
            self.panel.resume(before._made)
        self._playing = before._playing

    def shut_down(self) -> None:
        """End what goes on in the background."""
        if self._playing is not None and isValid(self._playing):  # it goes when it has ended
            self._playing.stop()

    def open_folder(self, folder: Path) -> None:
        """Open the lesson of a folder, or say why it cannot be."""
        from playground.experiment.lessons import files

        with plain_text.refusals_told(self._window, _("This lesson cannot be opened")):
            self.panel.open(files.load(folder))

    def show_index(self) -> None:
        """Show the list of lessons, or the lesson that is open."""
        panel = self.panel
        panel.show_index()
        if panel.at is None:
            self._make_room()

    def show_list(self) -> None:
        """Show the list of lessons; a lesson that is open is left, and its place in it is kept."""
        self.panel.close_lesson()
        self.show_index()

    def leave(self) -> None:
        """Leave the lesson that is open, or the list: the panels are again as they were before."""
        if self._made is not None:
            self._made.close_lesson()
            self._restore_layout()
            self._area.docks[PANEL].hide()  # it was there when the layout was noted

    @contextmanager
    def layout_of_before(self) -> Iterator[None]:
        """Show the panels as before the lesson for a while, and then those of its step again."""
        is_open = self._layout is not None
        self._restore_layout()
        yield
        if is_open:
            self._on_opened()
            self.panel.arrange()
            self.show_index()

    def present(self, on: bool) -> None:
        """Offer what helps in front of a class, or no longer."""
        self._presents = on
        self._show_commands()

    def show_hands(self, shows: bool) -> None:
        """Show fields for the raised hands."""
        self.panel.show_hands(shows)
        self.panel.show_index()

    def export_worksheet(self, *, answers: bool) -> None:
        """Ask for a file and write the open lesson to it, as a worksheet to print."""
        at = self.panel.at
        if at is not None:
            proposed = f"{at.lesson.id}-answers.pdf" if answers else f"{at.lesson.id}.pdf"
            path = self._ask(_("Save the worksheet"), proposed, _("PDF (*.pdf)"))
            if path is not None:
                self.save_worksheet(path, answers=answers)

    def _ask(self, title: str, proposed: str, kind: str) -> Path | None:
        return ask_where_to_save(self._window, title, str(Path(self._preferences.file_folder, proposed)), kind)

    def save_worksheet(self, path: Path, *, answers: bool = False) -> None:
        """Write the open lesson to a PDF; with the answers, once it has been played in the background."""
        at = self.panel.at
        assert at is not None
        if answers:
            self._save_answers(at.lesson, path)
        else:
            self._write_worksheet(at.lesson, path, ())

    def _save_answers(self, lesson: Lesson, path: Path) -> None:
        """Play a lesson, and write what came out; another one that is being played for that is left."""
        from playground.experiment.lessons import playing

        self.shut_down()
        window, session = self._window, self._area.panels[PANEL].session  # which stay where the language changes
        self._playing = task = BackgroundTask(lambda call: playing.play(lesson, call.should_stop, call.report), window)
        sentence = _("Playing the lesson for its answers: step {k} of {n} …")
        task.progress.connect(lambda done, total: plain_text.say(window, sentence.format(k=done + 1, n=total)))
        failed = _("The worksheet could not be saved")
        task.succeeded.connect(lambda played: self._write_worksheet(lesson, path, played))
        task.refused.connect(lambda error: plain_text.complain(window, failed, str(error)))
        task.broke.connect(session.failed)

    def _write_worksheet(self, lesson: Lesson, path: Path, played: Sequence[Attempt]) -> None:
        from playground.ui.lessons import worksheet  # with the panel, late

        with plain_text.refusals_told(self._window, _("The worksheet could not be saved")):
            worksheet.write(lesson, path, played)
            plain_text.say(self._window, _("Saved the worksheet to {file}.").format(file=path.name))

    def export_progress(self) -> None:
        """Ask for a file and write the learner's progress to it."""
        path = self._ask(_("Save the progress in lessons"), "lesson-progress.json", _("Progress (*.json)"))
        if path is not None:
            self.save_progress(path)

    def save_progress(self, path: Path) -> None:
        """Write the learner's progress to a file."""
        with plain_text.refusals_told(self._window, _("The progress could not be saved")):
            config_files.write_whole(path, progress.encode(self.panel.progress) + "\n")
            plain_text.say(self._window, _("Saved the progress to {file}.").format(file=path.name))

    def import_progress(self) -> None:
        """Ask for a file and read the learner's progress from it."""
        folder, kinds = self._preferences.file_folder, _("Progress (*.json)")
        chosen, _kind = QFileDialog.getOpenFileName(self._window, _("Open a progress in lessons"), folder, kinds)
        if chosen:
            self.load_progress(Path(chosen))

    def load_progress(self, path: Path) -> None:
        """Read the learner's progress from a file."""
        with plain_text.refusals_told(self._window, _("This progress cannot be opened")):
            found = progress.decode(config_files.read_text(path))
            self.panel.set_progress(found)
            self._keep(found)
            plain_text.say(self._window, _("Read the progress from {file}.").format(file=path.name))

    def _on_panel_made(self, panel: Panel) -> None:
        if panel is self._made:
            made = self._made
            made.set_progress(progress.decode_or_nothing(self._preferences.lessons))
            made.opened.connect(self._on_opened)
            made.closed.connect(self._on_closed)
            made.guidance.arranged.connect(lambda panels, front: self._area.show_only((PANEL, *panels), front))
            made.guidance.guided.connect(self._guide)
            made.guidance.proposed.connect(self._propose)
            made.guidance.press_wanted.connect(self._press)
            made.progressed.connect(self._keep)
            made.view.freeze.clicked.connect(self.freeze_wanted)
            made.index.close_button.clicked.connect(self._area.docks[PANEL].close)
            if not self._area.docks[PANEL].isHidden():
                QTimer.singleShot(0, made, made.show_index)
            made.view.freeze.setVisible(self._presents)
        self._show_guidance()

    def _keep(self, found: progress.Progress) -> None:
        self._preferences.lessons = progress.encode(found)

    def _on_opened(self) -> None:
        if self._layout is None:
            self._layout = self._area.save(), self._area.folded()
        self._show_commands()

    def _on_closed(self) -> None:
        if self._layout is not None:
            self._restore_layout()
            self._area.docks[PANEL].show()
            self._area.balance()
        if self.panel.at is None:
            self._make_room()
        else:  # what is tried out needs the room
            QTimer.singleShot(0, self, lambda: self._area.make_low(PANEL))
        self._show_commands()

    def _restore_layout(self) -> None:
        """Show the panels as they were before."""
        layout, self._layout = self._layout, None
        self._area.show_all_cards()
        if layout is not None:
            self._area.restore(layout[0])
            self._area.fold(layout[1])

    def _make_room(self) -> None:
        """Give the list the column of the results, until it is closed."""
        self._on_opened()
        self._area.hide_results()

    def _on_visibility(self) -> None:
        """Leave the lesson, or the list, where its dock is closed."""
        if self._made is None:
            return
        if not self._area.docks[PANEL].isHidden():
            self._made.show_index()
        elif self._layout is not None and self._window.isVisible():
            QTimer.singleShot(0, self, self._leave)

    def _leave(self) -> None:
        if self._layout is not None and self._area.docks[PANEL].isHidden():
            self.leave()

    def _guide(self, marked: tuple[str, ...], held: tuple[str, ...], asks: bool) -> None:
        self._wanted = marked, held
        self._show_guidance()
        self._area.panel(NotesPanel).set_silent(asks)

    def _show_guidance(self) -> None:
        """Put a ring around some controls and disable others, and leave alone those of the step before."""
        marked, held = self._wanted
        for control in filter(isValid, self._held):  # what was held may have gone meanwhile
            control.setEnabled(True)
        self._held = [control for name in held for control in self._controls(name) if control.isEnabled()]
        for control in self._held:
            control.setEnabled(False)
        for mark in self._window.findChildren(Spotlight):
            mark.hide()
            mark.deleteLater()
        found = [widget for name in marked for widget in self._controls(name)[:1] if isinstance(widget, QWidget)]
        for widget in found:
            Spotlight(widget)
            if self._area.column.isAncestorOf(widget):
                self._area.column.ensureWidgetVisible(widget)

    def _propose(self, name: str, text: str) -> None:
        """Put a text into a field as if it had been typed; Enter is left to the learner."""
        for field in self._controls(name):
            if isinstance(field, QLineEdit) and text:
                field.setFocus()
                field.setText(text)
                field.setModified(True)

    def _press(self, name: str) -> None:
        for control in self._controls(name)[:1]:
            if isinstance(control, QAbstractButton):
                control.click()

    def _controls(self, name: str) -> list[QWidget | QAction]:
        """Return the controls of a name, those that can be seen first."""
        found = [it for it in self._window.findChildren(QObject, name) if isinstance(it, QWidget | QAction)]
        return sorted(found, key=lambda it: not it.isVisible())

    def _show_commands(self) -> None:
        panel = self._made
        is_open = panel is not None and panel.at is not None
        if panel is not None:
            panel.view.freeze.setVisible(self._presents)
        for name in (*FROM_INSIDE, "freeze"):
            for action in self._window.findChildren(QAction, f"action_{name}"):
                action.setEnabled(is_open and (self._presents or name != "freeze"))
