from playground.runtime.selection import Sample, Selection, Unit


def test_only_another_unit_is_told_of(qapp):
    selection, told = Selection(), []
    selection.unit_changed.connect(lambda: told.append(selection.unit))
    for unit in (None, Unit(1, 2), Unit(1, 2), None):
        selection.set_unit(unit)
    assert told == [Unit(1, 2), None]


def test_only_another_sample_is_told_of(qapp):
    selection, told = Selection(), []
    selection.sample_changed.connect(lambda: told.append(selection.sample))
    for sample in (Sample("train", 0), Sample("test", 3), Sample("test", 3)):
        selection.set_sample(sample)
    assert told == [Sample("test", 3)]
