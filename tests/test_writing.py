import os
from pathlib import Path

from playground.writing import replace_file


def test_what_a_killed_process_left_is_removed_a_day_later(tmp_path: Path) -> None:
    old, new, other = (tmp_path / f".playground-{name}" for name in ("0123456789ab", "ba9876543210", "notes"))
    for leftover in (old, new, other):
        leftover.write_text("{")
    for leftover in (old, other):
        os.utime(leftover, (1, 1))
    replace_file(tmp_path / "a.json", b"{}")
    assert {it.name for it in tmp_path.iterdir()} == {"a.json", new.name, other.name}
