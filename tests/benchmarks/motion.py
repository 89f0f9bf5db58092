"""How many different pictures a second somebody sees: ``python -m tests.benchmarks.motion spiral digits``.

The window is opened on a screen of its own (Xvfb, 1440×900) and filmed from outside at 60 Hz (ffmpeg): the decision
boundary, the network diagram and the loss. Counted are the pictures that differ from the one before, over 5 s; the gap
is the longest time without one. Both programs have to be installed. On a busy machine look at the processor time too.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

HZ = 60
SECONDS = 5.0
LATE = 2.0
WIDTH, HEIGHT = 1440, 900
PICTURES = {"boundary": "boundary_panel", "diagram": "network_diagram_panel", "loss": "loss_panel"}
SPEEDS = ("unlimited", "100", "20", "5")


def show(kind: str, speed: str, seconds: float, folder: str) -> None:
    """Open the window, say where its pictures are, play, and say what that cost: the child on the other screen."""
    from PySide6.QtWidgets import QApplication

    from tests.benchmarks.live_window import experiment, open_window, wait

    _application = QApplication([])
    window = open_window(experiment(kind), folder)
    window.session.set_speed(None if speed == "unlimited" else float(speed))
    window.setGeometry(0, 0, WIDTH, HEIGHT)
    wait(0.5)
    window.session.play()
    wait(1.5)
    places = {}
    for picture, name in PICTURES.items():
        panel = window.area.panels[name]
        corner = panel.mapToGlobal(panel.rect().topLeft())
        places[picture] = (corner.x(), corner.y(), panel.width() // 2 * 2, panel.height() // 2 * 2)
    say(json.dumps(places))
    sys.stdin.readline()
    begin, first = time.process_time(), window.session.step_count
    wait(seconds)
    cost = {"cpu": time.process_time() - begin, "steps": window.session.step_count - first}
    say(json.dumps(cost))
    wait(LATE)  # a film begins a little late and must not see the window close
    window.close()


@contextmanager
def screen() -> Iterator[str]:
    reader, writer = os.pipe()
    size = f"{WIDTH}x{HEIGHT}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=(writer,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as answer:
        name = f":{answer.readline().strip()}"
    try:
        yield name
    finally:
        server.terminate()
        server.wait()


def film(display: str, place: tuple[int, int, int, int], seconds: float) -> "subprocess.Popen[str]":
    """Begin to film a part of the screen; what it prints has a line with a checksum for each picture."""
    x, y, width, height = place
    grab = ["-f", "x11grab", "-draw_mouse", "0", "-framerate", str(HZ), "-video_size", f"{width}x{height}"]
    command = ["ffmpeg", "-v", "error", *grab, "-t", str(seconds), "-i", f"{display}+{x},{y}", "-f", "framemd5", "-"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def changes(report: str) -> list[float]:
    rows = [line.split(",") for line in report.splitlines() if line and not line.startswith("#")]
    times = [int(row[2]) / HZ for row in rows]
    sums = [row[-1].strip() for row in rows]
    return [at for at, (before, now) in zip(times[1:], itertools.pairwise(sums), strict=True) if before != now]


def measure(kind: str, speed: str, seconds: float) -> dict[str, Any]:
    with screen() as display, TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.benchmarks.motion", kind, "--speeds", speed, "--show", folder]
        child = subprocess.Popen(
            [*command, "--seconds", str(seconds)],
            env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdin is not None
        assert child.stdout is not None
        places = json.loads(child.stdout.readline())
        films = {picture: film(display, place, seconds) for picture, place in places.items()}
        child.stdin.write("\n")
        child.stdin.flush()
        reports = {picture: one.communicate()[0] for picture, one in films.items()}
        cost = json.loads(child.stdout.readline())
        child.wait()
    seen = {}
    for picture, report in reports.items():
        times = [0.0, *changes(report), seconds]
        gap = max(after - before for before, after in itertools.pairwise(times))
        seen[picture] = {"a_second": (len(times) - 2) / seconds, "gap_ms": 1000 * gap}
    return {"experiment": kind, "speed": speed, "cpu": cost["cpu"] / seconds, "steps": cost["steps"] / seconds, **seen}


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.motion", description=__doc__)
    parser.add_argument("experiments", nargs="+", help="what to train: and, spiral, people, digits, mnist")
    parser.add_argument("--speeds", nargs="+", choices=SPEEDS, default=["unlimited", "100"], help="steps a second")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long to film each (5)")
    parser.add_argument("--show", metavar="FOLDER", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.show:
        show(arguments.experiments[0], arguments.speeds[0], arguments.seconds, arguments.show)
        return
    say("experiment  speed      boundary        diagram         loss            processor  steps/s")
    say("                       a second, longest gap in ms                    (cores)")
    for kind, speed in itertools.product(arguments.experiments, arguments.speeds):
        seen = measure(kind, speed, arguments.seconds)
        pictures = "  ".join(f"{seen[it]['a_second']:5.1f} {seen[it]['gap_ms']:6.0f}  " for it in PICTURES)
        say(f"{kind:<10}  {speed:<9}  {pictures}{seen['cpu']:>9.2f}  {seen['steps']:>9,.0f}")


if __name__ == "__main__":
    main()
