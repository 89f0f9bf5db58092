"""What `argparse` itself says, in the language in use: headings of its help, and what is wrong with a command line."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from playground import language
from playground.language import N_

TEXTS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("ignored explicit argument %r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
)
"""All texts of argparse that a user can meet; those for programmers stay English."""


@contextmanager
def in_our_language() -> Iterator[None]:
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
