"""The loop that trains a model: batches, updates, epochs, again and again."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from gdcourse.arrays import generator, paired, whole
from gdcourse.optimizers.rule import Rule, positive, rule_from
from gdcourse.training.batches import batches
from gdcourse.training.callbacks import Callback
from gdcourse.training.checkpoint import checkpoint
from gdcourse.training.progress import progress
from gdcourse.training.run import Epoch, Parameters, Run
from gdcourse.training.update import Task


def train(
    model: Any,
    start: Parameters | Run,
    x: Any,
    y: Any,
    rule: Rule | Callable[..., Any],
    epochs: int,
    batch_size: int,
    rng: np.random.Generator | None = None,
    *,
    validation: tuple[Any, Any] | None = None,
    callbacks: Iterable[Callback] = (),
    accumulate: int = 1,
    clip: float | None = None,
    shuffle: bool = True,
    replace: bool = False,
    drop_last: bool = False,
    updates: int | None = None,
    save: str | Path | None = None,
) -> Run:
    """Train a model until it has been through its N samples ``epochs`` times.

    ``model`` has ``gradients(parameters, x, y, rng)``, ``loss`` and ``predict``, as a
    ``Network`` has; ``start`` holds its parameters, or is an earlier run to go on with,
    which brings its own random numbers.  Each update takes one batch, or the mean over
    ``accumulate`` batches; ``clip`` bounds the gradient's norm over all parameters.
    ``validation`` is a pair (x, y), ``updates`` a limit on their number, and ``save``
    a checkpoint to write after each epoch; for the other settings see ``batches``.
    A run that diverges, as in ``descend``, or that Ctrl-C interrupts is returned as far
    as it got.  Raises ValueError for bad settings, and data that do not fit or are not
    finite.

    >>> from gdcourse.network import mlp
    >>> from gdcourse.optimizers import adam
    >>> model, rng, x = mlp([1, 1], loss="mse"), np.random.default_rng(0), np.eye(8, 1)
    >>> train(model, model.init(rng), x, 3 * x, adam(0.1), 100, batch_size=4, rng=rng)
    <Run: 100 epochs, 200 updates, epoch limit>
    """
    rule, (x, y) = rule_from(rule), paired(x, y)
    held = None if validation is None else paired(*validation)
    epochs, accumulate = whole(epochs, "epochs", 0), whole(accumulate, "accumulate", 1)
    limit = np.inf if updates is None else whole(updates, "updates", 0)
    if clip is not None:
        positive(clip, "clip")
    whole(batch_size, "batch_size", 1)
    watchers = _watchers(callbacks, rule)
    run = _begin(start, rule, rng, watchers)
    task = Task(model, x, y, rule, clip, held)
    order = run.rng if shuffle or replace else None

    def groups() -> Iterator[list[np.ndarray]]:
        rows = batches(len(x), batch_size, order, replace, drop_last)
        return iter(lambda: list(islice(rows, accumulate)), [])

    seen = len(x) - drop_last * (len(x) % batch_size)
    each = -(-seen // batch_size // accumulate)  # rounded up twice
    with progress(epochs * each, len(run.updates)) as tick, np.errstate(all="ignore"):
        try:
            while not run.stopped:
                if len(run.epochs) >= epochs:
                    run.stopped = "epoch limit"
                elif len(run.updates) >= limit:
                    run.stopped = "update limit"
                elif _epoch(task, run, groups(), limit, tick):
                    _consult(run, watchers, save)
        except KeyboardInterrupt:
            run.stopped = "interrupted"
    run.rng = copy.deepcopy(run.rng)  # the caller may go on drawing from the first
    return run


def _watchers(callbacks: Iterable[Callback], rule: Rule) -> list[Callback]:
    """Return the callbacks, and those that the rule has as schedules."""
    watchers = list(callbacks)
    for watcher in watchers:
        if not isinstance(watcher, Callback):
            raise ValueError(
                f"{watcher!r} is no callback: pass early_stopping(5), say, in a list."
            )
    schedules: list[Any] = list(rule.hyperparameters.values())
    own = [s for s in schedules if isinstance(s, Callback) and s not in watchers]
    return watchers + own


def _begin(start: Any, rule: Rule, rng: Any, watchers: list[Callback]) -> Run:
    """Return a new run, or a copy of an earlier one, to go on with."""
    if isinstance(start, Run):
        return _again(start, rule, watchers)
    if not isinstance(start, dict) or not start:
        raise ValueError(f"start = {start!r} must be model.init(rng), or a Run.")
    generator(rng)
    for watcher in watchers:
        watcher.begin()
    states = {name: rule.init(x) for name, x in start.items()}
    return Run(dict(start), states, rng, callbacks=[dict(w.now) for w in watchers])


def _again(run: Run, rule: Rule, watchers: list[Callback]) -> Run:
    for name, x in run.parameters.items():
        if type(run.states[name]) is not type(rule.init(x)):
            raise ValueError(
                f"The run has a {type(run.states[name]).__name__}, which {rule.name} "
                "cannot use: pass its rule, or begin anew from its parameters."
            )
    if len(run.callbacks) != len(watchers):
        raise ValueError(
            f"The run had {len(run.callbacks)} callback(s), but there are now "
            f"{len(watchers)}: pass the same ones, in the same order."
        )
    for watcher, saved in zip(watchers, run.callbacks, strict=True):
        watcher.begin(saved)
    return dataclasses.replace(
        run,
        rng=copy.deepcopy(run.rng),
        updates=list(run.updates),
        epochs=list(run.epochs),
        stopped="",
    )


def _epoch(
    task: Task,
    run: Run,
    groups: Iterator[list[np.ndarray]],
    limit: float,
    tick: Callable[[], object],
) -> bool:
    """Update until the samples are through; tell whether it came to that."""
    first = len(run.updates)
    for group in groups:
        if len(run.updates) >= limit:
            return False
        task.update(run, group)
        tick()
        if run.stopped:
            return False
    mean = float(np.mean([update.loss for update in run.updates[first:]]))
    run.epochs.append(Epoch(mean, *task.measure(run.parameters)))
    return True


def _consult(run: Run, watchers: list[Callback], save: str | Path | None) -> None:
    """Let the callbacks look at the epoch, and save what there is then."""
    if not np.isfinite(run.epochs[-1].watched):
        run.stopped = "diverged"
        return
    for watcher in watchers:
        run.stopped = watcher.after_epoch(run) or run.stopped
    run.callbacks = [dict(watcher.now) for watcher in watchers]
    if save is not None:
        checkpoint(run, save)
