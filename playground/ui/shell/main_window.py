"""The window: bar at the top, panels on their ground, progress at the bottom, and the commands that join them."""

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QMainWindow,
    QMenuBar,
    QWidget,
)
from shiboken6 import isValid

from playground import language
from playground.experiment.config import schema as configs
from playground.language import _
from playground.runtime.preferences import Preferences
from playground.runtime.session import Session
from playground.runtime.speed import AUTO, Speed
from playground.runtime.store import Store
from playground.ui.core import i18n, layouts, number_text, theme
from playground.ui.core.experiment_text import change_words, shown_name
from playground.ui.core.refresh_loop import RefreshLoop
from playground.ui.core.tab_order import focus_next, in_reading_order
from playground.ui.notes.panel import NotesPanel
from playground.ui.setup.data_panel import DataPanel
from playground.ui.shell import view_choices
from playground.ui.shell.actions import Actions, check
from playground.ui.shell.dialogs import TITLE_BAR, AboutDialog, ErrorReporter, KeysDialog, copy_versions, open_page
from playground.ui.shell.dock_area import DockArea
from playground.ui.shell.experiment_files import ExperimentFiles
from playground.ui.shell.file_menus import ExperimentMenu, RecentMenu, texts_of
from playground.ui.shell.ground import Ground
from playground.ui.shell.lesson_guide import LessonGuide
from playground.ui.shell.overlays import FirstSteps, Freeze, StatusMessage
from playground.ui.transport.panel import ProgressPanel, TransportPanel

RACE = "race_panel"
SMALLEST = (1024, 616)  # with its frame it fits a screen of 1024 by 640
USUAL = (1440, 900)


class MainWindow(QMainWindow):
    """The whole window. `store` is the current experiment, `session` what runs.

    All that it shows is built by `_build`, and built again around the same store and session when the language changes:
    so every text is set once, where its widget is made.
    """

    def __init__(self, store: Store, session: Session, preferences: Preferences) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, False)  # the docks have an area of their own
        self.store, self.session, self.preferences = store, session, preferences
        self.files = ExperimentFiles(self, store, preferences)
        self.setAcceptDrops(True)
        self.errors = ErrorReporter(self)
        self.status = StatusMessage(self)
        self.freeze = Freeze(self, session)
        self._limited_speed: Speed = AUTO  # to go back to
        self._presenting = False
        self._is_clicked = False  # what has the focus, since it has it
        self._before_presenting = (False, QRect(), b"", QSize(), True)
        room = self._fit_screen()
        self.resize(QSize(*USUAL).boundedTo(room))
        self._build()
        self._set_speed(preferences.speed)
        if preferences.geometry:
            self.restoreGeometry(QByteArray(preferences.geometry))
        self.area.restore(preferences.layout)
        self.area.fold(texts_of(preferences.folded))
        store.changed.connect(self._show_name)
        self.files.taken.connect(self._show_name)
        session.run_started.connect(self._show_name)  # what is known of a table, is so from then on
        store.history_changed.connect(self._on_history)
        session.failed.connect(self.errors.show_report)
        session.race_changed.connect(self._on_race_changed)
        application().focusChanged.connect(self._on_focus_changed)

    def _build(self) -> None:
        with theme.without_style_sheet(application()):
            self._language = language.current()
            self.transport = TransportPanel(self.store, self.session)
            self.progress = ProgressPanel(self.store, self.session)
            self.area = DockArea(self.store, self.session)
            self.first_steps = FirstSteps(self.area, self.preferences)
            self.lessons = LessonGuide(self, self.area, self.preferences)
            centre = self._arrange()
            self.actions_ = Actions(centre, self._handlers())
            recent_menu = RecentMenu(centre, self.preferences)
            recent_menu.chosen.connect(self.files.open_file)
            self.setMenuBar(QMenuBar())
            self.actions_.fill(self.menuBar(), self.area.show_actions(), recent_menu)
            file_actions = [self.actions_[name] for name in ("open", "save", "save_as")]
            self.experiment_menu = ExperimentMenu(centre, self.store, file_actions)
            self.experiment_menu.chosen.connect(self.files.take)
            self.transport.set_menus(self.experiment_menu, self.actions_.settings_menu(centre))
            self._connect_parts()
            self.refresh_loop = RefreshLoop(self.session, centre)
            for panel in (self.transport, *self.area.panels.values(), self.progress):
                self.refresh_loop.add(panel)
            self.area.panel_made.connect(self.refresh_loop.add)
            self.lessons.present(self._presenting)
            check(self.actions_.themes, self.preferences.theme)
            check(self.actions_.languages, self.preferences.language)
            self._show_name()
            self._on_history()

    def _rebuild(self) -> None:
        """Build everything again in another language around the same store and session; the run continues."""
        area, lessons, presents = self.area, self.lessons, self._presenting
        is_welcoming = not self.first_steps.isHidden()
        layout, folded, scrolled = area.save(), area.folded(), area.column.verticalScrollBar().value()
        choices = view_choices.chosen(area)
        self.setUpdatesEnabled(False)
        area.shut_down()
        self.refresh_loop.stop()
        for page in self.findChildren(QDialog, options=Qt.FindChildOption.FindDirectChildrenOnly):
            page.close()
        before = self.takeCentralWidget()
        if before is not None:
            before.setParent(None)
            before.deleteLater()
        with self.session.gate:
            self._build()
        self._set_speed(self.session.speed)
        view_choices.choose(self.area, choices)
        self.area.panel_made.connect(lambda panel: view_choices.choose(self.area.docks[panel.name], choices))
        self.area.restore(layout)
        self.area.fold(folded)
        self.actions_["presenter"].setChecked(presents)
        self.menuBar().setVisible(not presents)
        if self.session.has_failed:
            self.session.rebuild()  # says in the new language why there is no run
        bar = self.area.column.verticalScrollBar()
        QTimer.singleShot(0, bar, lambda: bar.setValue(scrolled))  # once everything has its height
        self.lessons.resume(lessons)
        if is_welcoming:
            self.first_steps.open()
        self.setUpdatesEnabled(True)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._language != language.current():
            self._rebuild()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.preferences.presenter = self._presenting
        self._switch_presenter(False)
        self.lessons.leave()
        self.lessons.shut_down()
        self.preferences.geometry = bytes(self.saveGeometry().data())
        self.preferences.layout = self.area.save()
        self.preferences.folded = json.dumps(self.area.folded())
        self.preferences.last_experiment = configs.encode(self.store.own)
        self.preferences.sync()
        self.area.shut_down()
        self.session.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _file_of(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.files.open_file(path)

    def focusNextPrevChild(self, forward: bool) -> bool:
        stops = (
            *in_reading_order(self.transport),
            *in_reading_order(self.first_steps),
            *self.area.stops(),
            *in_reading_order(self.progress),
        )
        return focus_next(stops, QApplication.focusWidget(), forward=forward)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._is_clicked = True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() != Qt.Key.Key_Space or event.modifiers() or self._is_clicked:
                return False
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        """Listen to the keys of a button or table that has the focus; to all events of the program would cost time."""
        self._is_clicked = False
        if before is not None and isValid(before):
            before.removeEventFilter(self)
        if isinstance(now, QAbstractButton | QAbstractItemView) and now.window() is self:
            now.installEventFilter(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._presenting and event.matches(QKeySequence.StandardKey.Cancel):
            self.actions_["presenter"].setChecked(False)
            return
        super().keyPressEvent(event)

    def _arrange(self) -> QWidget:
        line = QWidget()
        line.setObjectName("thin_line")
        line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line.setFixedHeight(1)
        ground = layouts.column(Ground(self.area), margins=(12, 12, 12, 12))
        centre = layouts.box(layouts.column(self.transport, line, (ground, 1), self.progress))
        centre.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a click on the ground leaves a field
        self.setCentralWidget(centre)
        centre.setFocus()
        return centre

    def _handlers(self) -> dict[str, Callable[..., object]]:
        files, session, store, lessons = self.files, self.session, self.store, self.lessons
        return {
            "new": files.new,
            "open": files.open,
            "save": files.save,
            "save_as": files.save_as,
            "export_picture": files.export_picture,
            "quit": self.close,
            "undo": store.undo,
            "redo": store.redo,
            "copy_experiment": files.copy,
            "paste_experiment": files.paste,
            "play": session.toggle,
            "step": lambda: session.step(1),
            "step_epoch": session.step_epoch,
            "reset": session.reset,
            "race": self._open_race,
            "faster": lambda: self._shift_speed(1),
            "slower": lambda: self._shift_speed(-1),
            "unlimited": lambda: self._set_speed(self._limited_speed if session.speed is None else None),
            "presenter": self._switch_presenter,
            "float": self.area.float_dock,
            "reset_layout": self.area.arrange,
            "first_steps": self.first_steps.open,
            "lessons": lessons.show_list,
            "lesson_next": lambda: self._go_to_step(lessons.panel.go_on),
            "lesson_back": lambda: self._go_to_step(lessons.panel.go_back),
            "lesson_away": lambda: self._go_to_step(lessons.panel.toggle_away),
            "freeze": self._toggle_freeze,
            "lesson_hands": lessons.show_hands,
            "worksheet": lambda: lessons.export_worksheet(answers=False),
            "worksheet_answers": lambda: lessons.export_worksheet(answers=True),
            "export_progress": lessons.export_progress,
            "import_progress": lessons.import_progress,
            "help_page": lambda: open_page(self),
            "keys": lambda: self._open(KeysDialog(self, self.area.show_actions())),
            "performance": lambda: open_page(self, "performance"),
            "testing": lambda: open_page(self, "testing"),
            "copy_versions": copy_versions,
            "about": lambda: self._open(AboutDialog(self)),
        }

    def _connect_parts(self) -> None:
        self.actions_.menus["edit"].aboutToShow.connect(self._show_history)
        self.transport.speed_chosen.connect(self._set_speed)
        self.actions_.themes.triggered.connect(lambda action: self._set_theme(action.data()))
        self.actions_.languages.triggered.connect(lambda action: self._set_language(action.data()))
        self.actions_.speeds.triggered.connect(
            lambda action: self._set_speed(number_text.SPEED_CHOICES[self.actions_.speeds.actions().index(action)])
        )
        notes, data = self.area.panel(NotesPanel), self.area.panel(DataPanel)
        notes.wanted.connect(lambda: self.area.show_panel(NotesPanel.name))  # from behind another tab, too
        notes.table_wanted.connect(data.mend_table)
        self.files.table_chosen.connect(data.show_table)
        self.files.lesson_chosen.connect(self.lessons.open_folder)
        self.lessons.freeze_wanted.connect(self._toggle_freeze)

    def _show_name(self) -> None:
        name = shown_name(self.store.config, self.files.saved)
        self.setWindowTitle(_("{name} – Playground").format(name=name))
        tip = _("Choose a ready-made experiment, open or save one")
        self.transport.set_experiment(name, tip)

    def _shift_speed(self, by: int) -> None:
        slider = self.transport.speed_slider
        slider.setValue(slider.value() + by)

    def _switch_presenter(self, on: bool) -> None:
        with self.lessons.layout_of_before():
            self._present(on)

    def _present(self, on: bool) -> None:
        """Fill the screen with large type and no set-up, or go back to how it was."""
        if on == self._presenting:
            return
        self._presenting = on
        self._fit_screen()
        self.first_steps.hide()
        if on:
            area = self.area
            before = area.save(), area.size(), area.is_balanced
            self._before_presenting = (self.isMaximized(), self.geometry(), *before)
        maximized, geometry, layout, size, balanced = self._before_presenting
        with self.session.gate:
            theme.set_scale(theme.presenter_scale(*self.screen().size().toTuple()) if on else 1.0)
        self.menuBar().setVisible(not on)
        self.lessons.present(on)
        if on:
            self.showFullScreen()
            self.area.hide_setup()
            return
        if maximized:
            self.showMaximized()
            self.area.restore(layout, size)
        else:
            self.showNormal()
            self.setGeometry(geometry)  # its place, too, which a window manager may not give back
            self.area.restore(layout)
        self.area.is_balanced = balanced  # the window may not have its size yet, by which that is seen

    def _fit_screen(self) -> QSize:
        """Ask for no more room than the screen has for a window, and return that."""
        room = self.screen().availableSize() - QSize(0, TITLE_BAR)
        self.setMinimumSize(QSize(*SMALLEST).boundedTo(room))
        return room

    def _toggle_freeze(self) -> None:
        """Hold the picture while a teacher speaks, or show the window again."""
        if self.freeze.is_on:
            self.freeze.end()
            return
        floating = [dock for dock in self.area.docks.values() if dock.isFloating()]
        self.freeze.begin(floating, [self.actions_[name] for name in ("freeze", "lesson_next", "lesson_back")])

    def _go_to_step(self, go: Callable[[], None]) -> None:
        self.freeze.end(resumes=False)
        go()

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _open_race(self) -> None:
        from playground.ui.comparison.panel import ComparisonPanel  # once the window is up

        panel = self.area.show_panel(RACE)
        if isinstance(panel, ComparisonPanel):
            panel.focus()

    def _on_race_changed(self) -> None:
        if self.session.competitors:
            self.area.show_panel(RACE)

    def _set_speed(self, speed: Speed) -> None:
        if speed is not None:
            self._limited_speed = speed
        self.session.set_speed(speed)
        self.preferences.speed = speed
        self.transport.show_speed()
        check(self.actions_.speeds, number_text.speed_key(speed))

    def _set_theme(self, choice: str) -> None:
        self.preferences.theme = choice
        with self.session.gate:  # the worker would take the interpreter at every call into Qt
            theme.apply(application(), choice)

    def _set_language(self, choice: str) -> None:
        self.preferences.language = choice
        i18n.use(application(), choice)

    def _on_history(self) -> None:
        self.actions_["undo"].setEnabled(self.store.can_undo)
        self.actions_["redo"].setEnabled(self.store.can_redo)

    def _show_history(self) -> None:
        store = self.store
        undo, redo = change_words(store.undone_next, store.config), change_words(store.redone_next, store.config)
        self.actions_.show_history(undo, redo)


def application() -> QApplication:
    """Return the application, which there must be."""
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found


def _file_of(data: QMimeData) -> Path | None:
    """Return the file that is dragged, None where it is several or something else."""
    urls = data.urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
