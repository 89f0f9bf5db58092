"""What can be wrong with data, as sentences for the user."""

from playground.registry import UserError


class DataError(UserError):
    """Data that cannot be used; the text says what was found, where, and what to do.

    Attributes
    ----------
    setting
        The field of an experiment that mends it, as a command line sets it, such as ``"data.target"``; empty where
        there is none.
    """

    def __init__(self, sentence: str = "", setting: str = "") -> None:
        super().__init__(sentence)
        self.setting = setting


class DataMissing(DataError):  # noqa: N818 - a state of the machine, which a panel offers to mend
    """A data set whose files are not on this machine.

    Attributes
    ----------
    name
        Key of the data set in the catalogue, such as ``"mnist"``.
    """

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


class FetchFailed(DataError):  # noqa: N818 - what came of a download
    """A data set that no address gave.

    Attributes
    ----------
    summary
        The same in short, for a narrow place; the text names every address with its reason.
    """

    def __init__(self, summary: str, sentence: str) -> None:
        super().__init__(sentence)
        self.summary = summary


class Stopped(DataError):  # noqa: N818 - the user asked for it
    """Reading or fetching that was stopped before its end; nothing is left behind."""
