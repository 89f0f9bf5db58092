"""The user's language, for every floor: texts are written in English and looked up in a gettext catalogue.

``_("Learning rate")`` is looked up when it is called, so that a text follows a change of language;
``N_("…")`` only marks a constant for the catalogue, to be looked up later with ``_``. Values are put in
after the look-up: ``_("{rows} rows").format(rows=4)``.
"""

import gettext
import locale
import os

from playground import paths

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_code = "en"


def current() -> str:
    """Return the code of the language in use, a key of `LANGUAGES`."""
    return _code


def system() -> str:
    """Return the code of the language that the operating system asks for, or ``"en"``."""
    asked = os.environ.get("LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES")
    asked = asked or os.environ.get("LANG") or locale.getlocale()[0] or "en"
    return "zh_CN" if asked.lower().startswith(("zh", "chinese")) else "en"


def use(code: str) -> None:
    """Set the language, a key of `LANGUAGES`, of every text that is translated from now on."""
    global _catalogue, _code  # noqa: PLW0603 - one language for the whole process, as in gettext itself
    if code not in LANGUAGES:
        raise ValueError(f"There is no language {code!r}; there are {', '.join(LANGUAGES)}.")
    if code == "en":
        _catalogue = gettext.NullTranslations()
    else:
        _catalogue = gettext.translation("playground", paths.resource("i18n"), [code])
    _code = code


def _(text: str) -> str:
    """Return `text` in the language in use."""
    return _catalogue.gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """Return the form of a text that fits the number `n`, in the language in use."""
    return _catalogue.ngettext(one, many, n)


def gap() -> str:
    """Return what stands between two sentences: a space, in Chinese nothing."""
    return "" if _code == "zh_CN" else " "


def sentences(*parts: str) -> str:
    """Return sentences one after another, without the empty ones."""
    return gap().join(filter(None, parts))


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark `text` for the catalogue and return it as it is."""
    return text
