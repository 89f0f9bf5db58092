"""A panel of the set-up on its bench: each module of tests says which in ``PANEL``."""

import pytest

from playground.experiment.config.schema import ExperimentConfig
from tests.ui.bench import Bench
from tests.ui.conftest import PanelBench


@pytest.fixture
def bench(panel_bench: PanelBench, request: pytest.FixtureRequest) -> Bench:
    found: Bench = panel_bench(request.module.PANEL, ExperimentConfig(), size=(292, 700))
    return found
