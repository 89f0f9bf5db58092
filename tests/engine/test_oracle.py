"""PyTorch as an independent witness: the same network, the same start, 100 steps of each optimiser, in float64."""

import numpy as np
import pytest

from playground.engine.network import Network
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.training_step import TrainingStep

torch = pytest.importorskip("torch", reason="PyTorch is not in the test extra; it is in the extra bench")

STEPS = 100
ROWS = 12
MODULES = {
    "sigmoid": torch.nn.Sigmoid,
    "tanh": torch.nn.Tanh,
    "relu": torch.nn.ReLU,
    "leaky-relu": lambda: torch.nn.LeakyReLU(0.01),
    "elu": torch.nn.ELU,
    "softplus": torch.nn.Softplus,
    "swish": torch.nn.SiLU,
    "linear": torch.nn.Identity,
}
OPTIMISERS = {
    "sgd": (0.1, lambda p: torch.optim.SGD(p, 0.1)),
    "momentum": (0.05, lambda p: torch.optim.SGD(p, 0.05, momentum=0.9)),
    "nesterov": (0.05, lambda p: torch.optim.SGD(p, 0.05, momentum=0.9, nesterov=True)),
    "rmsprop": (0.01, lambda p: torch.optim.RMSprop(p, 0.01)),
    "adam": (0.01, lambda p: torch.optim.Adam(p, 0.01)),
}


def start(activation, output, loss):
    rng = np.random.default_rng(11)
    network = Network((4, 6, 5, 3), activation, output)
    network.initialize([("xavier", {"bias": "same"})] * 3, rng)
    x = rng.standard_normal((ROWS, 4))
    t = np.eye(3)[rng.integers(0, 3, ROWS)]
    return network, x, t


def torch_twin(network, activation, output, loss):
    """Return the same network in PyTorch, as a function to the outputs' z, and its loss function."""
    linears = []
    for weight, bias in zip(network.weights, network.biases, strict=True):
        linear = torch.nn.Linear(*weight.shape, dtype=torch.float64)
        linear.weight.data, linear.bias.data = torch.tensor(weight.T.copy()), torch.tensor(bias.copy())
        linears.append(linear)
    model = torch.nn.Sequential(linears[0], MODULES[activation](), linears[1], MODULES[activation](), linears[2])

    def value(z, t):
        if loss == "cross-entropy":
            if output == "softmax":
                return torch.nn.functional.cross_entropy(z, t)
            return torch.nn.functional.binary_cross_entropy_with_logits(z, t, reduction="sum") / ROWS
        y = torch.softmax(z, 1) if output == "softmax" else MODULES[output]()(z)
        return torch.nn.functional.mse_loss(y, t) if loss == "mse" else 0.5 * ((y - t) ** 2).sum() / ROWS

    return model, linears, value


def assert_agreement(activation, output, loss, optimiser, l2=0.0):
    network, x, t = start(activation, output, loss)
    model, linears, value = torch_twin(network, activation, output, loss)
    rate, make_optimiser = OPTIMISERS[optimiser]
    groups = [
        {"params": [linear.weight for linear in linears], "weight_decay": l2},
        {"params": [linear.bias for linear in linears]},
    ]
    torch_optimiser = make_optimiser(groups)
    step = TrainingStep(network, ROWS, loss, OPTIMIZERS[optimiser].make(), learning_rate=rate, l2=l2)
    step.inputs[...], step.targets[...] = x, t
    x, t = torch.tensor(x), torch.tensor(t)
    for _ in range(STEPS):
        torch_optimiser.zero_grad()
        expected = value(model(x), t)
        expected.backward()
        torch_optimiser.step()
        assert step.run() == pytest.approx(expected.item(), abs=1e-10)
    for weight, bias, linear in zip(network.weights, network.biases, linears, strict=True):
        np.testing.assert_allclose(weight, linear.weight.detach().numpy().T, atol=1e-10)
        np.testing.assert_allclose(bias, linear.bias.detach().numpy(), atol=1e-10)


@pytest.mark.parametrize("optimiser", OPTIMIZERS)
def test_every_optimiser_agrees_with_pytorch(optimiser):
    assert_agreement("tanh", "softmax", "cross-entropy", optimiser)


@pytest.mark.parametrize("optimiser", OPTIMIZERS)
def test_l2_agrees_with_weight_decay_on_the_weights(optimiser):
    assert_agreement("sigmoid", "sigmoid", "squared", optimiser, l2=0.01)


@pytest.mark.parametrize("activation", MODULES)
def test_every_activation_agrees_with_pytorch(activation):
    assert_agreement(activation, "softmax", "cross-entropy", "sgd")


@pytest.mark.parametrize(
    ("output", "loss"),
    [
        ("sigmoid", "squared"),
        ("sigmoid", "mse"),
        ("sigmoid", "cross-entropy"),
        ("softmax", "squared"),
        ("softmax", "mse"),
        ("tanh", "squared"),
        ("tanh", "mse"),
        ("linear", "squared"),
        ("linear", "mse"),
    ],
)
def test_every_output_and_loss_agrees_with_pytorch(output, loss):
    assert_agreement("tanh", output, loss, "sgd")
