"""What is wrong with a run, seen from its numbers: each rule with its evidence, a reason and things to do.

A rule is a function from a `Case` to what it finds, and one line in `rules.RULES`. It reads frozen numbers
only, so the window asks it in its own thread. `Watch` filters findings that flicker.
"""

from playground.experiment.diagnosis.finding import Action, Case, Diagnosis
from playground.experiment.diagnosis.rules import RULES, diagnose, examine
from playground.experiment.diagnosis.watch import Watch, about, claim

__all__ = ["RULES", "Action", "Case", "Diagnosis", "Watch", "about", "claim", "diagnose", "examine"]
