"""A small network with backpropagation, written to be read."""

from gdcourse.network.activations import ACTIVATIONS, Activation, layer_of
from gdcourse.network.initialisers import INITIALISERS
from gdcourse.network.layer import Layer, numbered
from gdcourse.network.layers import dense, dropout, residual
from gdcourse.network.losses import LOSSES, log_softmax, mse, softmax_cross_entropy
from gdcourse.network.model import Network, Pass, accuracy
from gdcourse.network.normalise import batch_norm
from gdcourse.network.perceptron import mlp
from gdcourse.network.statistics import LayerStatistics, layer_statistics

__all__ = [
    "ACTIVATIONS",
    "INITIALISERS",
    "LOSSES",
    "Activation",
    "Layer",
    "LayerStatistics",
    "Network",
    "Pass",
    "accuracy",
    "batch_norm",
    "dense",
    "dropout",
    "layer_of",
    "layer_statistics",
    "log_softmax",
    "mlp",
    "mse",
    "numbered",
    "residual",
    "softmax_cross_entropy",
]
