"""The verdict on two commits: a fifth or 2 ms is caught, noise is not, and no worktree is left behind."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from playground.experiment.config.presets import PRESETS
from tests.benchmarks import commits
from tests.benchmarks.cases import CASES
from tests.benchmarks.commit_probe import FRAMES, PROBES, RUNS, STEPS
from tests.benchmarks.commits import Comparison, checked_out, sentence, status

TURNS = 27


def noisy(typical: float, spread: float, seed: int, turns: int = TURNS) -> tuple[float, ...]:
    """Return times that are mostly near the typical, sometimes far above it, as on a busy machine."""
    rng = np.random.default_rng(seed)
    return tuple(typical * (1 + spread * rng.exponential(size=turns)))


def test_a_step_slower_by_a_fifth_is_caught_in_noise() -> None:
    for seed in range(20):
        one = Comparison("step:and", noisy(6.0, 0.1, seed), noisy(7.2, 0.1, seed + 100))
        assert one.is_slower
        assert one.line.endswith("SLOWER")


def test_the_same_step_is_not_slower_in_noise() -> None:
    for seed in range(50):
        assert not Comparison("step:and", noisy(6.0, 0.1, seed), noisy(6.0, 0.1, seed + 100)).is_slower
        assert not Comparison("step:and", noisy(7.2, 0.1, seed), noisy(6.0, 0.1, seed + 100)).is_slower


def test_a_frame_slower_by_two_milliseconds_is_caught_in_noise() -> None:
    turns = 6 * TURNS
    for seed in range(20):
        base, head = noisy(15_000, 0.2, seed, turns), noisy(17_000, 0.2, seed + 100, turns)
        assert Comparison("frame:mnist-two-layer", base, head).is_slower
        same = noisy(15_000, 0.2, seed + 200, turns)
        assert not Comparison("frame:mnist-two-layer", base, same).is_slower


def test_frames_are_judged_by_milliseconds_and_steps_by_their_share() -> None:
    base, head = (10_000.0,) * 9, (12_000.0,) * 9
    assert Comparison("frame:and-gate", base, head).is_slower
    assert Comparison("frame:and-gate", base, head).change == "+2.00 ms (+2.00 ms to +2.00 ms)"
    assert not Comparison("frame:and-gate", (100.0,) * 9, (200.0,) * 9).is_slower
    assert Comparison("step:and", (100.0,) * 9, (120.0,) * 9).is_slower
    assert Comparison("step:and", (100.0,) * 9, (120.0,) * 9).change == "+20.0% (+20.0% to +20.0%)"


def test_a_median_that_may_be_chance_is_not_enough() -> None:
    head = (1.3, 1.3, 1.3, 1.3, 1.3, 0.9, 0.9, 0.9, 0.9)
    assert np.median(head) > 1.1
    assert not Comparison("step:and", (1.0,) * 9, head).is_slower


def test_the_sentence_names_what_is_slower_and_what_was_not_measured() -> None:
    same = Comparison("step:and", (1.0,) * 9, (1.0,) * 9)
    slower = Comparison("step:mnist", (100.0,) * 9, (130.0,) * 9)
    missing = Comparison("frame:and-gate", note="not measured: no Qt")
    assert sentence([same], "a", "b") == "b is not slower than a."
    assert sentence([same, slower], "a", "b") == "b is slower than a: step:mnist by +30.0% (+30.0% to +30.0%)."
    assert "not measured: frame:and-gate" in sentence([same, missing], "a", "b")
    assert [status(found) for found in ([same], [same, slower, missing], [same, missing])] == [0, 1, 2]
    assert missing.line.endswith("not measured: no Qt")


def test_every_probe_is_of_something_that_there_is() -> None:
    assert set(STEPS) <= set(CASES)
    assert {*RUNS, *FRAMES} <= set(PRESETS)
    assert len(PROBES) == len(STEPS) + len(RUNS) + len(FRAMES)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if shutil.which("git") is None:
        pytest.skip("needs git")
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.setattr(commits, "ROOT", folder)
    author = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    commits.git("init", "--quiet")
    for text in ("first", "second"):
        (folder / "text").write_text(text, encoding="utf-8")
        commits.git("add", "text")
        commits.git(*author, "commit", "--quiet", "-m", text)
    (folder / "text").write_text("not committed", encoding="utf-8")
    return folder


def test_commits_are_checked_out_elsewhere_and_removed_whatever_happens(repository: Path) -> None:
    seen: list[str] = []
    trees: list[Path] = []

    def look() -> None:
        with checked_out(["HEAD~1", "HEAD"]) as found:
            trees.extend(found)
            seen.extend((tree / "text").read_text(encoding="utf-8") for tree in found)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        look()
    assert seen == ["first", "second"]
    assert not any(tree.exists() for tree in trees)
    assert len(commits.git("worktree", "list").splitlines()) == 1
    assert (repository / "text").read_text(encoding="utf-8") == "not committed"


def test_a_commit_that_there_is_not_is_named(repository: Path) -> None:
    with pytest.raises(SystemExit, match="There is no commit 'nowhere' here"):
        commits.commit_of("nowhere")
    assert commits.commit_of("HEAD") == commits.git("rev-parse", "HEAD")
    outside = subprocess.run(
        ["git", "status", "--porcelain"], cwd=repository, capture_output=True, text=True, check=True
    )
    assert outside.stdout == " M text\n"
