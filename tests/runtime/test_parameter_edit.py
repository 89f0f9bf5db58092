import numpy as np

from playground.runtime.parameter_edit import NumberEdit, WholeEdit


def test_a_number_is_put_in_and_back_and_the_others_stay():
    edit = NumberEdit([1, 3], 9.0)
    assert edit.put(np.arange(5.0)).tolist() == [0, 9, 2, 9, 4]
    assert edit.put_back(np.full(5, 7.0)).tolist() == [7, 1, 7, 3, 7]
    assert edit.put(np.zeros(5)).tolist() == [0, 9, 0, 9, 0]
    assert edit.put_back(np.full(5, 7.0)).tolist() == [7, 0, 7, 0, 7]


def test_another_network_stays_as_it_is():
    edit = NumberEdit([1], 9.0)
    edit.put(np.zeros(5))
    assert edit.put_back(np.full(2, 7.0)).tolist() == [7, 7]
    assert edit.put(np.full(1, 7.0)).tolist() == [7]


def test_what_was_never_put_in_is_not_put_back():
    assert NumberEdit([0], 9.0).put_back(np.zeros(2)).tolist() == [0, 0]


def test_a_whole_change_is_put_back_with_what_has_come_of_it():
    edit = WholeEdit(lambda flat: flat + 1)
    assert edit.put(np.arange(3.0)).tolist() == [1, 2, 3]
    assert edit.put_back(np.full(3, 7.0)).tolist() == [0, 1, 2]
    assert edit.put(np.zeros(3)).tolist() == [1, 1, 1]
    assert edit.put_back(np.full(3, 7.0)).tolist() == [0, 0, 0]


def test_a_whole_change_leaves_another_network_as_it_is():
    edit = WholeEdit(lambda flat: flat + 1)
    assert edit.put_back(np.full(3, 7.0)).tolist() == [7, 7, 7]
    edit.put(np.zeros(3))
    assert edit.put_back(np.full(2, 7.0)).tolist() == [7, 7]
