"""What initial weights are called: ``Gaussian, σ = 0.5``."""

from playground.experiment.config.choices import InitialChoice
from playground.experiment.runs.initial_weights import InitialWeights
from playground.language import _


def start_name(start: InitialWeights) -> str:
    """Return the name of initial weights; of several, one per layer, with the numbers in which they differ."""
    choices = start if isinstance(start, tuple) else (start,)
    schemes = {choice.name for choice in choices}
    if len(schemes) > 1:
        return " · ".join(map(_name_of, choices))
    numbers = dict.fromkeys(_numbers_of(choice) for choice in choices)
    return _with_numbers(choices[0], ", ".join(number for number in numbers if number))


def _name_of(choice: InitialChoice) -> str:
    return _with_numbers(choice, _numbers_of(choice))


def _with_numbers(choice: InitialChoice, numbers: str) -> str:
    label = _(choice.entry.label)
    if choice.name == "gaussian":
        return _("{scheme}, σ = {numbers}").format(scheme=label, numbers=numbers)
    return f"{label} {numbers}".strip()


def _numbers_of(choice: InitialChoice) -> str:
    """Return the numbers that a scheme goes by, empty where there are none."""
    match choice.name:
        case "gaussian":
            return f"{choice['std']:g}"
        case "constant":
            return _written(choice["value"])
        case "uniform":
            return f"{_written(choice['low'])} … {_written(choice['high'])}"
        case _:
            return ""


def _written(number: float) -> str:
    return f"{number:g}".replace("-", "−")
