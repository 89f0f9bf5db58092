"""The list of all lessons with a field that searches it, and the frame around a step, with its ways out and buttons."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from playground.data.catalog import CATALOG
from playground.experiment.articles.figures import ARTICLES
from playground.experiment.lessons import files, review
from playground.experiment.lessons.files import Lesson
from playground.experiment.lessons.open_lesson import OpenLesson
from playground.experiment.lessons.progress import Progress
from playground.language import N_, _, ngettext
from playground.registry import UserError
from playground.ui.core import layouts, theme
from playground.ui.lessons.step_page import StepPage
from playground.ui.widgets.card import StyledFrame
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.message_card import MessageCard

ABOVE_RESULT = 30
"""Pixels of the sentence before it, which says what was guessed."""

LEAST_WIDTH = 240
"""Pixels in which the buttons stand side by side, and the three words for how confident one is: no column jumps."""

MOST_NAMED = 3
"""So few steps that were left out are named in the list."""


AUTHORS = {
    "A": N_("Vector_Wan, in Chinese"),
    "B": N_("a reader of “Deep Learning from Scratch” (Koki Saitoh), in Chinese"),
    "C": N_("“Fully connected layers (3)”, in Chinese; its worked example is by Matt Mazur"),
    "D": N_("“Build your own neural network with NumPy”, in Chinese; after Victor Zhou"),
    "E": N_("alg-flody (算法channel), in Chinese; the network is Michael Nielsen's"),
}
"""Who wrote the articles, as far as they say so themselves."""


class LessonIndex(QWidget):
    """Every lesson with its summary and how far it is; `lessons` has those that can be read, once the list was shown.

    ``chosen(lesson, step)`` is emitted for the one to open, at a step, or (None) where it was left. Whoever shows the
    list connects its buttons, and says with `said` how the old questions were answered.
    """

    chosen = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lesson_index")
        self.lessons: list[Lesson] = []
        self._problems: list[str] = []
        self._entries: list[tuple[str, QWidget]] = []
        self._search = QLineEdit()
        self._search.setObjectName("lesson_search")
        self._search.setPlaceholderText(_("Search lessons, articles and authors"))
        self._search.setAccessibleName(_("Search lessons, articles and authors"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._on_search)
        tip = _("Shows the curves and notes again; Ctrl+L brings the list back")
        self.close_button = Button(name="lesson_close", role="link", text=_("Close"), tip=tip)
        self._nothing = text_label("lesson_nothing_found", text=_("Nothing is called so."))
        tip = _("Asks again what you have answered; what was wrong comes first")
        self.review_button = Button(name="lesson_review", text=_("Three old questions"), tip=tip)
        self.review_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.review_button.hide()
        self.said = text_label("lesson_review_said", role="strong")
        self.said.hide()
        self._list = layouts.scroll_area(QWidget(), "lesson_list", across=True)
        self._list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        old = layouts.row(self.review_button, (self.said, 1), gap=8)
        top = layouts.row((self._search, 1), self.close_button, gap=8)
        layouts.column(top, old, self._nothing, (self._list, 1), parent=self, gap=8)

    def show_progress(self, progress: Progress) -> None:
        """List the lessons with how far each is, and what is wrong with those that cannot be read."""
        if not self.lessons:  # reading checks every lesson, and takes a third of a second
            self._read(files.shipped())
        self.review_button.setVisible(len(review.old_questions(self.lessons, progress)) >= review.COUNT)
        fresh = QWidget()
        fresh.setObjectName("scroll_content")
        self._entries = [(_words(it), self._lesson(it, progress)) for it in self.lessons]
        self._entries += [
            (sentence.casefold(), text_label(role="problem", text=sentence)) for sentence in self._problems
        ]
        self._entries += [(f"{_(what)} {_(AUTHORS[key])}".casefold(), _article(key)) for key, what in ARTICLES.items()]
        layouts.column(*(widget for _text, widget in self._entries), None, parent=fresh, gap=8)
        self._list.setWidget(fresh)
        self._on_search()

    def _read(self, folders: Sequence[Path]) -> None:
        for folder in folders:
            try:
                self.lessons.append(files.load(folder))
            except UserError as error:
                self._problems.append(str(error))
        self.lessons.sort(key=lambda it: (it.structure.position, it.id))

    def _lesson(self, lesson: Lesson, progress: Progress) -> QWidget:
        card = _ClickedFrame()
        card.clicked.connect(partial(self.chosen.emit, lesson, None))
        attended = progress.of(lesson.id)
        title = Button(name=f"lesson_open_{lesson.id}", role="link")
        title.set_text(lesson.text.title)
        title.clicked.connect(card.clicked)
        summary = text_label(text=lesson.text.summary)
        done, total = len(set(attended.done) & {step.id for step in lesson.steps}), len(lesson.steps)
        steps = ngettext("{n} step", "{n} steps", total).format(n=total)
        how_far = _("{done} of {n} steps done").format(done=done, n=total) if done else steps
        left = [str(k + 1) for k, step in enumerate(lesson.steps) if step.id not in attended.done]
        if done and 0 < len(left) <= MOST_NAMED:
            how_far += " · " + _("left: {steps}").format(steps=", ".join(left))
        articles = lesson.structure.articles
        letters = ngettext("article {letters}", "articles {letters}", len(articles)).format(letters=", ".join(articles))
        note = f"{how_far} · {letters}" if lesson.structure.articles else how_far
        again = Button(name=f"lesson_again_{lesson.id}", role="link", text=_("Start again"))
        again.clicked.connect(partial(self.chosen.emit, lesson, lesson.steps[0].id))
        again.setVisible(bool(attended.at))
        below = layouts.row((text_label(role="faint", text=note), 1), again, gap=8)
        layouts.column(title, summary, below, parent=card, gap=3, margins=(12, 8, 12, 8))
        return card

    def _on_search(self) -> None:
        wanted = self._search.text().casefold().split()
        found = 0
        for text, widget in self._entries:
            shows = all(word in text for word in wanted)
            widget.setVisible(shows)
            found += shows
        self._nothing.setVisible(found == 0)


class _ClickedFrame(StyledFrame):
    """A card; ``clicked()`` is emitted for a click anywhere on it."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(event.button() == Qt.MouseButton.LeftButton)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()


def _article(letter: str) -> QWidget:
    sentence = _("Article {letter}: {what}. By {author}.")
    words = sentence.format(letter=letter, what=_(ARTICLES[letter]), author=_(AUTHORS[letter]))
    return text_label(f"lesson_article_{letter}", role="faint", text=words)


def _words(lesson: Lesson) -> str:
    """Return everything a lesson can be found by."""
    texts = [f"{text.title} {text.summary}" for text in lesson.texts.values()]
    articles = [f"{_(ARTICLES[it])} {_(AUTHORS[it])}" for it in lesson.structure.articles]
    steps = [step.text for step in lesson.text.steps.values()]
    return " ".join([lesson.id, *texts, *articles, *steps]).casefold()


class StepView(QWidget):
    """Shows a `StepPage` that is scrolled, between heading and buttons; whoever shows it connects the buttons."""

    def __init__(self, get_data: Callable[[], None]) -> None:
        super().__init__()
        self._place = text_label("lesson_place", wraps=False)
        self._heading = text_label("lesson_title", role="strong")
        tip = _("Leave this lesson; its place is kept")
        self.all = Button(name="lesson_all", role="link", text=_("All lessons"), tip=tip)
        self.away = Button(name="lesson_away", role="link", text=_("Try things out"))
        tip = _("Holds the picture while you speak (F9)")
        self.freeze = Button(name="lesson_freeze", role="link", text=_("Freeze"), tip=tip)
        self.freeze.hide()
        self._missing = MessageCard("lesson_missing", "notice")
        button = self._missing.add_button("lesson_get_data", get_data)
        button.set_text(_("Get it"), _("Leaves the lesson for a while; the set-up has the download, under Data"))
        self._missing.hide()
        self._scroll = layouts.scroll_area(QWidget(), "lesson_scroll")
        self._is_aiming = False
        self._aim: QWidget | None = None
        self._scroll.verticalScrollBar().rangeChanged.connect(self._scroll_to_aim)
        self._scroll.verticalScrollBar().actionTriggered.connect(self._on_scrolled)
        self.back = Button(name="lesson_back", text=_("Step back"), tip=_("The step before (Page Up)"))
        self.next = Button(name="lesson_next", role="primary")  # its text is that of `show_buttons`
        self.hint = Button(name="lesson_hint", text=_("Hint"))
        self.solve = Button(name="lesson_solution", text=_("Solution"))
        top = layouts.row((self._heading, 1), self._place, gap=8)
        links = layouts.row(self.all, self.away, self.freeze, None, gap=12)
        buttons = layouts.row(self.back, None, self.hint, self.solve, self.next, gap=6)
        self._inside = layouts.box(layouts.column(self._missing, (self._scroll, 1), buttons, gap=6))
        column = layouts.column(top, links, (self._inside, 1), parent=self, gap=6)
        column.addStretch(0)  # takes the room only while the step is hidden
        self.apply_theme()

    def apply_theme(self) -> None:
        self.setMinimumWidth(theme.px(LEAST_WIDTH))

    def show_page(self, page: StepPage, at: OpenLesson) -> None:
        """Show another step, and which data it uses others for, if it does."""
        self._on_scrolled()
        self._page = page
        self._page.show_hints(at.hints_shown)
        self._scroll.setWidget(page)
        self._heading.setText(at.lesson.text.title)
        self._place.setText(at.place)
        if at.uses_other_data:
            headline = _("{name} is not on this machine:").format(name=_(CATALOG[at.missing_data].label))
            self._missing.set_text(headline, _("the lesson uses data that are built in."))
        self._missing.setVisible(at.uses_other_data)

    def show_buttons(self, at: OpenLesson) -> None:
        """Offer the ways to other steps and out of the lesson; the next hint, and the solution after the last."""
        if at.is_away:
            self.away.set_text(_("Back to the lesson"), _("The same point of the lesson again"))
        else:
            tip = _("Leave the lesson for a while: all panels and controls; one click brings you back")
            self.away.set_text(_("Try things out"), tip)
        self._inside.setVisible(not at.is_away)  # what is tried out needs the room
        self.back.setEnabled(not at.is_first)
        self.next.set_text(_("Finish") if at.is_last else _("Next step"), _("The next step (Page Down)"))
        step, phase = at.attempt.step, at.attempt.phase
        helps = not at.is_away and (phase in ("act", "done") if step.goal else phase != "ask")  # as it asks for an act
        given, hints = at.hints_shown, len(at.hints)
        self.hint.setVisible(helps and given < hints)
        self.hint.set_text(_("Hint {k}/{n}").format(k=given + 1, n=hints))
        self.solve.setVisible(helps and given == hints and bool(step.solution) and phase in ("act", "run"))

    def show_hint(self, at: OpenLesson) -> None:
        """Show the next hint."""
        at.hints_shown += 1
        self._page.show_hints(at.hints_shown)
        self.show_buttons(at)
        self.show_below()

    def show_below(self) -> None:
        """Scroll to the end, where a hint or the solution has come."""
        self._aim_at(None)

    def show_result(self, page: StepPage) -> None:
        """Scroll to the result, so that it is read from its beginning; to the end as long as there is none."""
        self._aim_at(page.result)

    def _aim_at(self, aim: QWidget | None) -> None:
        self._is_aiming, self._aim = True, aim
        self._scroll_to_aim()

    def _scroll_to_aim(self) -> None:
        """Do it again whenever a text has found its height, until the learner scrolls."""
        if self._is_aiming:
            bar, aim = self._scroll.verticalScrollBar(), self._aim
            bar.setValue(bar.maximum() if aim is None or aim.isHidden() else aim.y() - theme.px(ABOVE_RESULT))

    def _on_scrolled(self) -> None:
        self._is_aiming, self._aim = False, None
