"""``playground picture``: the real window after some steps of training, as a picture."""

import argparse
import os
import re
from pathlib import Path

from playground import language, preflight
from playground.cli import experiments
from playground.cli.command import DONE, Window, tell
from playground.language import N_, _
from playground.registry import UserError, shown

NAME = "picture"
SENTENCE = N_("Writes a picture of the window after some steps of training.")

LARGEST = 7680
MOST_STEPS = 10**12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    experiments.add_arguments(parser)
    parser.add_argument("--out", metavar=_("FILE.png"), type=Path, required=True, help=_("the file to write"))
    parser.add_argument("--steps", metavar="N", default="0", help=_("steps to train first (default: 0)"))
    parser.add_argument("--size", metavar=_("WxH"), default="1440x900", help=_("size in pixels (default: 1440x900)"))
    parser.add_argument("--theme", choices=("light", "dark"), default="light", help=_("colours (default: light)"))
    parser.add_argument("--language", choices=tuple(language.LANGUAGES), help=_("language (default: the system's)"))


def command(arguments: argparse.Namespace, window: Window) -> int:
    """Write the picture; no display is needed."""
    config = experiments.asked(arguments)
    width, height = _size(arguments.size)
    steps = _steps(arguments.steps)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if sentence := preflight.missing_libraries():
        raise UserError(sentence)
    code = arguments.language or language.current()
    made = window.take_picture(config, arguments.out, steps, width, height, arguments.theme, code)
    if made < steps:
        sentence = _("The picture is of step {made:,}: there the run stopped, before step {steps:,}.")
        tell(sentence.format(made=made, steps=steps))
    return DONE


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,6})[xX×](\d{1,6})", text)
    if found:
        width, height = int(found[1]), int(found[2])
        if max(width, height) <= LARGEST:
            return width, height
    sentence = _("--size needs WIDTHxHEIGHT, each up to {high}, not {text}.")
    raise UserError(sentence.format(high=LARGEST, text=shown(text)))


def _steps(text: str) -> int:
    if re.fullmatch(r"\d{1,13}", text) and int(text) <= MOST_STEPS:
        return int(text)
    sentence = _("--steps needs a whole number from 0 to {most:,}, not {text}.")
    raise UserError(sentence.format(most=MOST_STEPS, text=shown(text)))
