"""What a frame of the network diagram costs: handing it a snapshot's numbers, and painting it.

Run ``python -m tests.benchmarks.diagram``; it takes some seconds. The goal is less than 3 ms for each network.
"Resting" is the same frame again; "training" moves all weights so far that every link changes its bucket.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import statistics
from itertools import pairwise
from time import thread_time

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from playground.engine.network import Network
from playground.ui.core import theme
from playground.ui.diagram.network_scene import Structure, Tiles, receptive_fields, weight_tiles
from playground.ui.diagram.network_view import NetworkView

FRAMES = 60
SHAPES = ((2, 4, 1), (2, 8, 8, 1), (2, 8, 8, 8, 8, 1), (784, 50, 10), (784, 100, 50, 10))


class Frame:
    """The diagram of one network, and the numbers to show in it."""

    def __init__(self, sizes: tuple[int, ...]) -> None:
        self.sizes = sizes
        self.network = Network(sizes, "tanh", "softmax" if sizes[-1] > 1 else "sigmoid", dtype=np.float32)
        self.rng = np.random.default_rng(0)
        self.shape = (28, 28) if sizes[0] == 784 else None
        names = tuple(f"x{k + 1}" for k in range(sizes[0])) if self.shape is None else ()
        functions = (*self.network.activations, self.network.output)
        self.view = NetworkView()
        self.view.resize(570, 250)
        self.view.set_structure(Structure(sizes, names, tuple("0123456789"[: sizes[-1]]), functions, self.shape))
        self.values = [layer[0] for layer in self.network.activations_of(self.rng.normal(size=(1, sizes[0])))]
        self.canvas = QImage(self.view.size(), QImage.Format.Format_ARGB32_Premultiplied)
        self.move()
        self.show()
        self.view.choose_units()

    def move(self) -> None:
        """Give all weights other values."""
        self.network.parameters[...] = self.rng.normal(size=self.network.parameters.size)

    def show(self) -> None:
        """Do what the panel does with a snapshot."""
        layout = self.view.layout_
        assert layout is not None
        self.view.set_parameters(self.network.weights, self.network.biases)
        self.view.set_values(self.values)
        if self.shape is None:
            grids = self.rng.random((10, 20, 20), np.float32)
            tiles = {k: Tiles(grids[: len(units)], 0.0, 1.0, units) for k, units in enumerate(layout.units)}
        else:
            tiles = {k: weight_tiles(self.network.weights[k - 1], layout.units[k]) for k in range(2, len(self.sizes))}
            tiles[1] = receptive_fields(self.network.weights[0], self.shape, layout.units[1])
        self.view.set_tiles(tiles)

    def cost(self, moves: bool) -> float:
        """Return the median milliseconds of a frame, processor time of this thread."""
        times = []
        for _frame in range(FRAMES):
            if moves:
                self.move()
            begin = thread_time()
            self.show()
            self.view.render(self.canvas)
            times.append(thread_time() - begin)
        return 1000 * statistics.median(times)


def main() -> None:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, "light")
    print(f"{'network':>20}{'links':>8}{'resting':>12}{'training':>12}")  # noqa: T201
    for sizes in SHAPES:
        frame = Frame(sizes)
        assert frame.view.layout_ is not None
        links = sum(len(a) * len(b) for a, b in pairwise(frame.view.layout_.units))
        resting, training = frame.cost(moves=False), frame.cost(moves=True)
        print(f"{'-'.join(map(str, sizes)):>20}{links:8}{resting:9.2f} ms{training:9.2f} ms")  # noqa: T201


if __name__ == "__main__":
    main()
