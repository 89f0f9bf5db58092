"""Memory is reckoned before it is taken: a sentence with the estimate, never a process that the system ends."""

import subprocess
import sys
from pathlib import Path

import pytest

from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ConfigError
from playground.experiment.training import memory
from playground.experiment.training.trainer import Trainer


def wide(optimizer: str = "adam", precision: str = "float64"):
    network = {"hidden": [10_000, 10_000, 10_000], "activation": "tanh"}
    training = {"optimizer": optimizer, "batch_size": 10}
    return configs.from_builtins({"data": "spiral", "network": network, "training": training, "precision": precision})


def test_a_network_that_does_not_fit_is_refused_with_the_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "free", lambda: 3_000_000_000)
    with pytest.raises(ConfigError, match=r"^\$\.network\.hidden: .* about \d\d\.\d GB of memory; 3\.0 GB are free"):
        Trainer(wide())


def test_the_ready_made_experiments_need_little() -> None:
    for preset in PRESETS.values():
        hidden = preset.config.network.hidden
        assert memory.needed((784, *hidden, 10), 250, 2, 8) < 100e6


def test_what_is_reckoned_covers_what_is_taken() -> None:
    """A child process, since the largest size of a process never shrinks."""
    code = """
from pathlib import Path
from playground.experiment.config import schema as configs
from playground.experiment.training import memory
from playground.experiment.probes.probe import RunEvidence
from playground.experiment.training.trainer import Trainer
def most():
    return next(int(it.split()[1]) for it in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in it) << 10
config = configs.from_builtins({"data": "spiral", "network": {"hidden": [1500, 1500], "activation": "tanh"},
    "training": {"optimizer": "adam", "batch_size": 10}})
before = most()
trainer = Trainer(config)
trainer.run(2)
RunEvidence().compute(trainer)
taken = most() - before
print(taken, memory.needed(trainer.network.sizes, 10, 2, 8))
"""
    if sys.platform != "linux":
        pytest.skip("needs /proc")
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root, timeout=110
    )
    taken, reckoned = map(int, ran.stdout.split())
    assert taken < 1.2 * reckoned
    assert reckoned < 3 * taken


def test_the_machine_and_the_limit_of_a_container_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal: 9 kB\nMemAvailable:    2048 kB\n")
    monkeypatch.setattr(memory, "_MEMINFO", meminfo)
    monkeypatch.setattr(memory, "_CONTAINER", tmp_path)
    assert memory.free() == 2 << 20
    (tmp_path / "memory.max").write_text("5000000\n")
    (tmp_path / "memory.current").write_text("4900000\n")
    assert memory.free() == 100_000
    (tmp_path / "memory.max").write_text("max\n")
    assert memory.free() == 2 << 20


def test_a_system_that_does_not_say_refuses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "free", lambda: None)
    memory.check(10**15)
