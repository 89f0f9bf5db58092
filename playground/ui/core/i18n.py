"""The window's language, switched live: our catalogue, Qt's own texts, and word to every window."""

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from playground import language
from playground.language import N_, _

_translators: list[QTranslator] = []

LACKING = {
    "QFileDialog": (N_("&Look in:"), N_("Files of &type:")),
    "QFileSystemModel": (N_("Size"),),
    "QAbstractFileIconProvider": (N_("Folder"), N_("File")),
}
"""Texts of Qt's file dialog that are missing in its own catalogue, or wrong there, by what Qt files them under."""


class _Lacking(QTranslator):
    """Has what Qt's own catalogue lacks or has wrong."""

    def translate(self, context: str, source: str, *_more: object) -> str | None:
        return _(source) if source in LACKING.get(context, ()) else None


def use(app: QApplication, choice: str) -> None:
    """Speak a language from now on, in every open window too.

    Parameters
    ----------
    app
        The application.
    choice
        A key of `language.LANGUAGES`, or ``"system"`` for the operating system's.
    """
    code = language.system() if choice == "system" else choice
    is_new = code != language.current()
    language.use(code)
    _use_in_qt(app, code)
    if not is_new:
        return
    for window in app.topLevelWidgets():
        if isValid(window) and window.parentWidget() is None:  # a window tells those that belong to it
            QCoreApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))


def _use_in_qt(app: QApplication, code: str) -> None:
    """Have Qt's own texts in a language, which may have been ours since before there was an application."""
    while _translators:
        app.removeTranslator(_translators.pop())
    if code != "en":
        translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        translator.load(QLocale(code), "qtbase", "_", folder)
        _translators.extend((translator, _Lacking()))
        for one in _translators:
            app.installTranslator(one)
