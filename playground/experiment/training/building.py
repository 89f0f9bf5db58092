"""From a configuration to what runs: the data, the network with its initial weights, the optimiser."""

import numpy as np

from playground.data.catalog import CATALOG
from playground.data.preparation import PreparedData, prepare
from playground.engine.network import Network
from playground.engine.optimizers import OPTIMIZERS, Optimizer
from playground.engine.training_step import TrainingStep
from playground.experiment.config.schema import ConfigError, ExperimentConfig
from playground.experiment.config.traits import remember, traits_of_dataset
from playground.experiment.training import memory
from playground.language import _
from playground.registry import UserError

WEIGHT_STREAM = 2
"""First weights are drawn from the random numbers of (seed, 2)."""


def prepare_data(config: ExperimentConfig) -> PreparedData:
    """Make or read the data of an experiment and prepare them for its network.

    Raises
    ------
    UserError
        Where the data are missing, cannot be read or do not fit the output.
    """
    options = config.data.options()
    dataset = CATALOG[config.data.name].make(options, config.seed)
    remember(config.data, traits_of_dataset(dataset))
    return prepare(dataset, options, config.seed, config.network.output, np.dtype(config.precision))


def build_network(config: ExperimentConfig, data: PreparedData) -> Network:
    """Return the network of an experiment with its initial weights.

    Raises
    ------
    ConfigError
        Where the network does not fit the data, with the path of the field.
    """
    _check_loss(config, data)
    memory.check(needed_memory(config, data))
    network = Network(
        _sizes(config, data),
        config.network.activations,
        config.network.output,
        bias=config.network.bias,
        dtype=np.dtype(config.precision),
    )
    network.input_scale = data.x_scale
    choices = [(choice.name, choice.options()) for choice in config.network.initials]
    try:
        network.initialize(choices, np.random.default_rng([config.seed, WEIGHT_STREAM]))
    except ConfigError:
        raise
    except UserError as error:
        raise ConfigError("$.network.initial", str(error)) from error
    return network


def build_optimizer(config: ExperimentConfig) -> Optimizer:
    """Return the optimiser of an experiment with its constants."""
    choice = config.training.optimizer
    optimizer: Optimizer = OPTIMIZERS[choice.name].make(**choice.options())
    return optimizer


def build_step(config: ExperimentConfig, network: Network, optimizer: Optimizer, rows: int) -> TrainingStep:
    """Return the step by backpropagation of an experiment's network, on so many rows."""
    it = config.training
    return TrainingStep(network, rows, it.loss, optimizer, it.reduction, it.update, it.learning_rate, it.l1, it.l2)


def needed_memory(config: ExperimentConfig, data: PreparedData) -> int:
    """Return an estimate of the memory of an experiment's network in training, in bytes."""
    rows = len(data.x_train)
    batch = rows if config.training.batch_size is None else min(config.training.batch_size, rows)
    states = len(OPTIMIZERS[config.training.optimizer.name].make.slots)
    return memory.needed(_sizes(config, data), batch, states, np.dtype(config.precision).itemsize)


def _sizes(config: ExperimentConfig, data: PreparedData) -> tuple[int, ...]:
    return (data.n_inputs, *config.network.hidden, data.n_outputs)


def _check_loss(config: ExperimentConfig, data: PreparedData) -> None:
    if config.training.loss != "cross-entropy":
        return
    lowest, highest = float(data.t_train.min()), float(data.t_train.max())
    if lowest < 0 or highest > 1:
        sentence = _("cross-entropy needs targets from 0 to 1; these go from {low:.4g} to {high:.4g}.")
        raise ConfigError("$.training.loss", sentence.format(low=lowest, high=highest))
