"""Run a rule's formula over a large array in one pass, a block of it on each core.

``rule.step`` goes through memory once for each of its operations, and for thousands of
parameters that is most of its time.  Here the formula, recorded from the same code, is
compiled by Numba into one loop.  Numba is optional: ``pip install gdcourse[fast]``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from gdcourse.arrays import whole
from gdcourse.optimizers.rule import Array, Rule
from gdcourse.trace.graph import TraceError
from gdcourse.trace.loops import Loop
from gdcourse.trace.rules import trace_rule

__all__ = ["in_blocks"]

SIZE = 8_192  # numbers: below, starting the loop can take longer than what it saves


def in_blocks(rule: Rule, size: int = SIZE, *, overwrite: bool = False) -> Rule:
    """Return a rule that is quick on large arrays, with the same results bit for bit.

    Contiguous, writeable float64 arrays of more than ``size`` numbers go through a
    compiled loop, a block of them on each core; others take the rule's own step.  With
    ``overwrite`` the new point and state take the memory of the old ones, which the
    caller thereby gives up; without it the rule serves ``train`` as before.  Compiling
    takes about a second, once for each formula; call the step from one thread at a
    time, and not in a process forked from one that did.  A rule is returned as it is
    where Numba is not installed, where coordinates depend on one another, or where the
    formula has an operation that is not rounded alike everywhere, such as ``np.exp``.
    Raises ValueError for a size below 1.

    >>> from gdcourse import OPTIMIZERS
    >>> rule, x = in_blocks(OPTIMIZERS["momentum"](0.5)), np.ones(10**6)
    >>> x, state = rule.step(x, 2 * x, rule.init(x))
    >>> float(x.max()), float(state.velocity.min())
    (0.0, 2.0)
    """
    size = whole(size, "size", 1)
    if "elementwise" not in rule.traits:
        return rule
    try:
        loop = Loop(trace_rule(rule).step)
        run = _compiled(loop.source)
    except (TraceError, ImportError):
        return rule
    arrays = loop.arrays
    outputs = [(loop.place[name], node) for name, node in loop.graph.outputs.items()]
    written = {place for place, _ in outputs} & set(arrays)

    def step(x: Array, g: Array, state: Any) -> tuple[Array, Any]:
        given = [x, g, *state]
        if not all(_fits(given[i], x, size) for i in arrays):
            return rule.step(x, g, state)
        numbers = loop.numbers([*given, *rule.hyperparameters.at(state.t)])
        if not overwrite:
            given = [a.copy() if i in written else a for i, a in enumerate(given)]
        run(
            *[given[i].reshape(-1) for i in arrays],
            *[float(numbers[i]) for i in loop.needed],
        )
        new, *after = (numbers.get(node, given[i]) for i, node in outputs)
        return new, type(state)(*after)

    return replace(rule, step=step)


@cache
def _compiled(source: str) -> Callable[..., None]:
    """Return the function that Numba makes of a loop's source at its first call."""
    import numba

    space = {"np": np, "prange": numba.prange}
    exec(source, space)
    # As NumPy divides by zero; and every operation rounded for itself, in order.
    compiler = numba.njit(parallel=True, error_model="numpy", fastmath=False)
    compiled: Callable[..., None] = compiler(space["loop"])
    return compiled


def _fits(array: Any, x: Any, size: int) -> bool:
    if type(array) is not np.ndarray or array.dtype != float:
        return False
    return array.shape == x.shape and array.size > size and array.flags.carray
