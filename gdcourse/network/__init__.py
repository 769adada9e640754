"""A small network with backpropagation, written to be read."""

from gdcourse.network.activations import ACTIVATIONS, Activation, layer_of
from gdcourse.network.initialisers import INITIALISERS
from gdcourse.network.layer import Layer
from gdcourse.network.layers import dense
from gdcourse.network.losses import LOSSES, log_softmax, mse, softmax_cross_entropy
from gdcourse.network.model import Network, accuracy, mlp

__all__ = [
    "ACTIVATIONS",
    "INITIALISERS",
    "LOSSES",
    "Activation",
    "Layer",
    "Network",
    "accuracy",
    "dense",
    "layer_of",
    "log_softmax",
    "mlp",
    "mse",
    "softmax_cross_entropy",
]
