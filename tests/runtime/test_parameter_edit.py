import numpy as np
import pytest

from playground.runtime.parameter_edit import ParameterEdit


class Network:
    """Parameters that are changed as the worker changes them."""

    def __init__(self, flat):
        self.flat = np.asarray(flat, float)

    def apply(self, change):
        self.flat = change(self.flat.copy())

    def set_number(self, places, value):
        edit = ParameterEdit(self.apply, lambda old: np.full_like(old, value), places)
        edit.redo()
        return edit

    def add_one(self):
        edit = ParameterEdit(self.apply, lambda flat: flat + 1)
        edit.redo()
        return edit


def test_a_number_is_put_in_and_put_back_alone():
    network = Network([1, 2, 3, 4, 5])
    edit = network.set_number([1, 3], 9.0)
    assert network.flat.tolist() == [1, 9, 3, 9, 5]
    network.flat[[0, 2]] = 7
    edit.undo()
    assert network.flat.tolist() == [7, 2, 7, 4, 5]
    edit.redo()
    assert network.flat.tolist() == [7, 9, 7, 9, 5]


@pytest.mark.parametrize("make", [lambda it: it.set_number([0], 9.0), Network.add_one])
def test_another_network_stays_as_it_is(make):
    network = Network([1, 2, 3])
    edit = make(network)
    network.flat = np.array([7.0, 7.0])
    edit.undo()
    edit.redo()
    assert network.flat.tolist() == [7, 7]


def test_a_whole_change_is_put_back_with_what_has_come_of_it():
    network = Network([0, 1, 2])
    edit = network.add_one()
    assert network.flat.tolist() == [1, 2, 3]
    network.flat[:] = 7
    edit.undo()
    assert network.flat.tolist() == [0, 1, 2]
    edit.redo()
    assert network.flat.tolist() == [1, 2, 3]
