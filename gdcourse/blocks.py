"""Run a rule's formula over a large array in blocks that stay in the cache.

``rule.step`` makes a new array for each of its operations, and for millions of
parameters getting and returning that memory is most of its time.  Here the traced
formula runs on one block after the other, and the numbers in between live in a few
small arrays that are used again and again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from gdcourse.arrays import whole
from gdcourse.optimizers.rule import Array, Rule
from gdcourse.trace.graph import VECTOR, TraceError
from gdcourse.trace.rules import trace_rule
from gdcourse.trace.slots import Slots

__all__ = ["BLOCK", "in_blocks"]

BLOCK = 32_768  # numbers, 256 kB: the arrays of most formulas then fit a core's cache


def in_blocks(rule: Rule, size: int = BLOCK, *, overwrite: bool = False) -> Rule:
    """Return a rule that is quick on large arrays, with the same results bit for bit.

    Contiguous float64 arrays of more than ``size`` numbers go through it in blocks of
    at most that; others take the rule's own step.  With ``overwrite`` the new point and
    state take the memory of the old ones, which the caller thereby gives up.  It keeps
    its blocks of memory, so only one thread at a time may use it.  A rule that is not
    one formula for each coordinate apart is returned as it is.
    Raises ValueError for a size below 1.

    >>> from gdcourse import OPTIMIZERS
    >>> rule, x = in_blocks(OPTIMIZERS["momentum"](0.5)), np.ones(10**6)
    >>> x, state = rule.step(x, 2 * x, rule.init(x))
    >>> float(x.max()), float(state.velocity.min())
    (0.0, 2.0)
    """
    size = whole(size, "size", 1)
    slots = _slots(rule, overwrite)
    if slots is None:
        return rule
    kinds = [kind for _, kind in slots.graph.inputs]
    arrays = [slot for slot, kind in enumerate(kinds) if kind == VECTOR]
    outputs = [slots.outputs[name] for name in slots.graph.outputs]
    scratch = [(slot, np.empty(size)) for slot in slots.scratch]

    def step(x: Array, g: Array, state: Any) -> tuple[Array, Any]:
        given = (x, g, *state)
        if not all(_fits(given[slot], x, size) for slot in arrays):
            return rule.step(x, g, state)
        values = slots.start([*given, *rule.hyperparameters.at(state.t)])
        for slot in slots.fresh:
            values[slot] = np.empty_like(x)
        flat = {slot: values[slot].reshape(-1) for slot in arrays + slots.fresh}
        now = values.copy()
        for block in _blocks(x.size, size):
            for slot, array in flat.items():
                now[slot] = array[block]
            for slot, array in scratch:
                now[slot] = array[: block.stop - block.start]
            slots.run(now)
        new, *after = (values[slot] for slot in outputs)
        return new, type(state)(*after)

    return replace(rule, step=step)


def _slots(rule: Rule, overwrite: bool) -> Slots | None:
    if "elementwise" not in rule.traits:
        return None
    try:
        return Slots(trace_rule(rule).step, overwrite)
    except TraceError:
        return None


def _fits(array: Any, x: Any, size: int) -> bool:
    if type(array) is not np.ndarray or array.dtype != float:
        return False
    return array.shape == x.shape and array.size > size and array.flags.c_contiguous


def _blocks(length: int, size: int) -> Iterator[slice]:
    """Cut a range into blocks of about one length, so that none is a crumb."""
    each = -(-length // -(-length // size))
    for start in range(0, length, each):
        yield slice(start, min(start + each, length))
