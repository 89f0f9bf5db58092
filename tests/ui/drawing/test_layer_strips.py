"""The activations of a drawing, layer by layer."""

import pytest

from playground.experiment.config import edits


@pytest.mark.parametrize("hidden", [(50,), (7, 5), (64, 32, 16), (3,) * 6])
def test_every_unit_of_every_layer_can_be_pointed_at(bench, hidden):
    bench.store.apply(edits.set_hidden(bench.store.config, hidden))
    bench.settle()
    bench.stroke()
    bench.settle()
    strips = bench.panel.strips
    before = -1.0
    for k, units in enumerate(hidden):
        grid = strips.grid(k)
        assert grid.width >= 3
        assert grid.area.top() > before
        assert grid.area.bottom() <= strips.height()
        before = grid.area.bottom()
        for unit in (0, units - 1):
            value = float(strips.layers[k][unit])
            assert strips.describe(grid.box(unit).center()) == f"layer {k + 1}, unit {unit + 1}: {value:.4g}"
