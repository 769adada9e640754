"""Train a model on batches, look at it after each epoch, keep it, go on."""

from gdcourse.training.batches import batches
from gdcourse.training.callbacks import Callback, early_stopping, reduce_on_plateau
from gdcourse.training.checkpoint import checkpoint, resume
from gdcourse.training.loop import train
from gdcourse.training.rates import PICKS, Sweep, range_test
from gdcourse.training.run import Epoch, Run, Update

__all__ = [
    "PICKS",
    "Callback",
    "Epoch",
    "Run",
    "Sweep",
    "Update",
    "batches",
    "checkpoint",
    "early_stopping",
    "range_test",
    "reduce_on_plateau",
    "resume",
    "train",
]
