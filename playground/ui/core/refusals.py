"""What is refused is said where it was asked for, and the rest is left undone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playground.registry import UserError


@contextmanager
def refusals_told(tell: Callable[[str, str], object], headline: str) -> Iterator[None]:
    """Call `tell` with the headline and a sentence where a `UserError` ends what is within."""
    try:
        yield
    except UserError as error:
        tell(headline, str(error))
