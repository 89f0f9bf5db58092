"""From the words of the command line to a command, and from an error to a sentence and an exit status."""

import argparse
import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playground import __version__, language
from playground.cli import check, fetch, lesson, listing, picture, replay, run, window
from playground.cli.command import BAD_INPUT, DONE, FAILED, INTERRUPTED, Window, tell
from playground.data.errors import DataError
from playground.experiment.config.presets import PRESETS
from playground.language import N_, _
from playground.registry import UserError
from playground.suggestions import did_you_mean, nearest

ARGPARSE_TEXTS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("ignored explicit argument %r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
)
"""All texts of argparse that a user can meet; those for programmers stay English."""

COMMANDS = (window, run, replay, check, listing, fetch, picture, lesson)


def main(argv: Sequence[str], joined: Window) -> int:
    """Do what the command line asks and return the exit status.

    0 is done; 1 is a run that failed: diverged, or a figure that does not match; 2 is bad input, or data
    that cannot be had; 130 is Ctrl-C. An error is one sentence on stderr; ``--debug`` shows where it came from.
    """
    _prepare_streams()
    language.use(language.system())
    debug = "--debug" in argv
    try:
        with _in_our_language():
            arguments = parser().parse_args(_with_command(argv))
        status: int = arguments.command(arguments, joined)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        sentence, status = _("Stopped."), INTERRUPTED
    except Exception as error:
        if debug:
            raise
        sentence, status = _explained(error)
    else:
        return status
    tell(f"playground: {sentence}")
    return status


@contextmanager
def _in_our_language() -> Iterator[None]:
    """Have argparse look its texts up in the program's catalogue, for as long as this lasts.

    Argparse has no other way: it calls the name ``_`` of its own module, ``gettext.gettext`` by default, in the middle
    of functions that cannot be overridden one by one. That default could be led to our catalogue with
    ``gettext.textdomain``, but it would then choose the language by environment variables alone, which Windows and
    macOS do not set, and for every library in the process. So the one name is lent our function, and given back.
    """
    names = vars(argparse)
    before = names["_"]
    names["_"] = language._
    try:
        yield
    finally:
        names["_"] = before


def _prepare_streams() -> None:
    """Make both outputs fit to be written to: letters that they do not have become question marks.

    A process can be started without them (closed by a shell, or on Windows without a console): what is written is lost
    then.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - for good
        else:
            with suppress(AttributeError):
                stream.reconfigure(errors="replace")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = _Parser(
        prog="playground",
        description=_("Shows how neural networks learn, in a window or in the terminal."),
        epilog=_("Without a command the window opens: playground [ID|FILE]."),
    )
    version, about = f"playground {__version__}", _("show program's version number and exit")
    top.add_argument("--version", action="version", version=version, help=about)
    commands = top.add_subparsers(metavar=_("COMMAND"), required=True, parser_class=_CommandParser)
    for module in COMMANDS:
        command = commands.add_parser(module.NAME, help=_(module.SENTENCE), description=_(module.SENTENCE))
        command.add_argument("--debug", action="store_true", help=_("show the traceback of an error"))
        module.add_arguments(command)
        command.set_defaults(command=module.command)
    return top


class _Parser(argparse.ArgumentParser):
    """A parser that raises its errors, to be said in one sentence like all others."""

    def error(self, message: str) -> None:  # type: ignore[override]
        raise UserError(_("{message}; see {program} --help.").format(message=message, program=self.prog))


class _CommandParser(_Parser):
    """A command's parser, which refuses what it does not know itself: the help to see is that of the command."""

    def parse_known_args(self, *arguments: Any, **named: Any) -> Any:
        found, unknown = super().parse_known_args(*arguments, **named)
        if unknown:
            self.error(_("unrecognized arguments: %s") % " ".join(unknown))
        return found, unknown


def _with_command(argv: Sequence[str]) -> list[str]:
    """Return the arguments with the command in front: the window where none is named."""
    words = [word for word in argv if not word.startswith("-")]
    if words and words[0] in {module.NAME for module in COMMANDS}:
        rest = list(argv)
        rest.remove(words[0])
        return [words[0], *rest]
    if words and words[0] not in PRESETS and not Path(words[0]).exists():
        names = [module.NAME for module in COMMANDS]
        if nearest(words[0], [*names, *PRESETS]) in names:
            raise UserError(_("There is no command {name}.").format(name=words[0]) + did_you_mean(words[0], names))
    about = not words and {"-h", "--help", "--version"} & set(argv)
    return list(argv) if about else [window.NAME, *argv]


def _explained(error: Exception) -> tuple[str, int]:
    if isinstance(error, DataError) and error.setting:
        known = {"sentence": str(error).rstrip(".。"), "setting": error.setting}
        return _("{sentence} ({setting}).").format(**known), BAD_INPUT
    if isinstance(error, UserError):
        return str(error), BAD_INPUT
    if isinstance(error, MemoryError):
        return _("There is not enough memory for this experiment."), BAD_INPUT
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("The disk is full: make room, or write to another place."), BAD_INPUT
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}", BAD_INPUT
    sentence = _("Playground itself has failed ({kind}: {error}); --debug shows where.")
    return sentence.format(kind=type(error).__name__, error=error), FAILED
