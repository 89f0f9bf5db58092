"""The list of all lessons and of the articles that they follow, with a field that searches both."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QWidget

from playground.experiment.articles.figures import ARTICLES
from playground.experiment.lessons import files, review
from playground.experiment.lessons.files import Lesson
from playground.experiment.lessons.progress import Progress
from playground.language import N_, _, ngettext
from playground.registry import UserError
from playground.ui.core import layouts
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import show_text, text_label

AUTHORS = {
    "A": N_("Vector_Wan, in Chinese"),
    "B": N_("a reader of “Deep Learning from Scratch” (Koki Saitoh), in Chinese"),
    "C": N_("“Fully connected layers (3)”, in Chinese; its worked example is by Matt Mazur"),
    "D": N_("“Build your own neural network with NumPy”, in Chinese; after Victor Zhou"),
    "E": N_("alg-flody (算法channel), in Chinese; the network is Michael Nielsen's"),
}
"""Who wrote the articles, as far as they say so themselves."""


class LessonIndex(QWidget):
    """Every lesson with its summary and how far it is; ``chosen(lesson)`` is emitted for the one to open.

    Once there are enough, ``review_wanted()`` asks for some old questions; ``close_wanted()`` for the list to go.
    """

    chosen = Signal(object)
    review_wanted = Signal()
    close_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lesson_index")
        self._entries: list[tuple[str, QWidget]] = []
        self._search = QLineEdit()
        self._search.setObjectName("lesson_search")
        self._search.setPlaceholderText(_("Search lessons, articles and authors"))
        self._search.setAccessibleName(_("Search lessons, articles and authors"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._on_search)
        close = Button(name="lesson_close", role="link")
        close.set_text(_("Close"), _("Shows the curves and notes again; Ctrl+L brings the list back"))
        close.clicked.connect(self.close_wanted)
        self._nothing = text_label("lesson_nothing_found", text=_("Nothing is called so."))
        self._review = Button(name="lesson_review")
        self._review.set_text(
            _("Three old questions"), _("Asks again what you have answered; what was wrong comes first")
        )
        self._review.clicked.connect(self.review_wanted)
        self._review.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._review.hide()
        self._said = text_label("lesson_review_said", role="strong")
        self._said.hide()
        self._list = layouts.scroll_area(QWidget(), "lesson_list", across=True)
        self._list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        old = layouts.row(self._review, (self._said, 1), gap=8)
        top = layouts.row((self._search, 1), close, gap=8)
        layouts.column(top, old, self._nothing, (self._list, 1), parent=self, gap=8)

    def set_lessons(self, lessons: Sequence[Lesson], problems: Sequence[str], progress: Progress) -> None:
        """List the lessons, and what is wrong with those that cannot be read."""
        self._review.setVisible(len(review.old_questions(lessons, progress)) >= review.COUNT)
        fresh = QWidget()
        fresh.setObjectName("scroll_content")
        self._entries = [(_words(it), self._lesson(it, progress)) for it in lessons]
        self._entries += [(sentence.casefold(), text_label(role="problem", text=sentence)) for sentence in problems]
        self._entries += [(f"{_(what)} {_(AUTHORS[key])}".casefold(), _article(key)) for key, what in ARTICLES.items()]
        layouts.column(*(widget for _text, widget in self._entries), None, parent=fresh, gap=8)
        self._list.setWidget(fresh)
        self._on_search()

    def say(self, sentence: str) -> None:
        """Say how the old questions were answered; an empty text for nothing."""
        show_text(self._said, sentence)

    def _lesson(self, lesson: Lesson, progress: Progress) -> QWidget:
        card = QFrame()
        card.setProperty("role", "card")
        attended = progress.of(lesson.id)
        title = Button(name=f"lesson_open_{lesson.id}", role="link")
        title.set_text(lesson.text.title)
        title.clicked.connect(partial(self.chosen.emit, lesson))
        summary = text_label(text=lesson.text.summary)
        done, total = len(set(attended.done) & {step.id for step in lesson.steps}), len(lesson.steps)
        steps = ngettext("{n} step", "{n} steps", total).format(n=total)
        how_far = _("{done} of {n} steps done").format(done=done, n=total) if done else steps
        letters = _("article {letters}").format(letters=", ".join(lesson.structure.articles))
        note = f"{how_far} · {letters}" if lesson.structure.articles else how_far
        layouts.column(title, summary, text_label(role="faint", text=note), parent=card, gap=3, margins=(12, 8, 12, 8))
        return card

    def _on_search(self) -> None:
        wanted = self._search.text().casefold().split()
        found = 0
        for text, widget in self._entries:
            shows = all(word in text for word in wanted)
            widget.setVisible(shows)
            found += shows
        self._nothing.setVisible(found == 0)


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


def read_all(folders: Sequence[Path]) -> tuple[list[Lesson], list[str]]:
    """Return the lessons of some folders in their order, and a sentence for each that cannot be read."""
    lessons, problems = [], []
    for folder in folders:
        try:
            lessons.append(files.load(folder))
        except UserError as error:
            problems.append(str(error))
    return sorted(lessons, key=lambda it: (it.structure.position, it.id)), problems
