"""What an optimizer is: a named pair of pure functions and its hyper-parameters."""

from __future__ import annotations

import functools
import inspect
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Union

import numpy as np

Array = Any  # an ndarray of floats, or a traced one
Hyper = Union[float, Callable[[int], float]]  # noqa: UP007 (3.10 evaluates it)


@dataclass(frozen=True)
class Rule:
    """An update rule: ``init(x) -> state`` and ``step(x, g, state) -> (x, state)``.

    ``probe(x, state)`` is the point where the rule wants its gradient, if not ``x``.
    ``traits`` says whether the rule treats coordinates apart ("elementwise") and
    whether its formula can be traced ("traceable").

    >>> from gdcourse.optimizers import momentum
    >>> momentum(learning_rate=0.1)
    momentum(learning_rate=0.1, beta=0.9)
    """

    name: str
    init: Callable[[Array], Any]
    step: Callable[[Array, Array, Any], tuple[Array, Any]]
    hyperparameters: Hyperparameters
    traits: frozenset[str] = frozenset({"elementwise", "traceable"})
    probe: Callable[[Array, Any], Array] | None = None

    def __repr__(self) -> str:
        inside = ", ".join(f"{k}={v!r}" for k, v in self.hyperparameters.items())
        return f"{self.name}({inside})"


class Hyperparameters(Mapping[str, Hyper]):
    """Named numbers or schedules; ``at(t)`` gives their values at update ``t``."""

    def __init__(self, **values: Hyper) -> None:
        self._values = values
        self._schedules = any(callable(value) for value in values.values())
        self._now = tuple(values.values())

    def __getitem__(self, name: str) -> Hyper:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def at(self, t: Any) -> tuple[Any, ...]:
        """Return the values for the update that follows ``t`` earlier ones.

        A traced ``t`` gives symbols, named like the hyper-parameters.
        """
        if getattr(t, "is_traced", False):
            return tuple(t.parameter(name) for name in self._values)
        if not self._schedules:
            return self._now
        return tuple(v(t) if callable(v) else v for v in self._now)


def hyperparameters(**values: Hyper) -> Hyperparameters:
    """Check each number by its name's range; schedules and symbols pass unchecked."""
    for name, value in values.items():
        if callable(value) or getattr(value, "is_traced", False):
            continue
        _number(value, name)
        if name.startswith(("beta", "decay")):
            _within(0 <= value < 1, value, name, "at least 0 and below 1")
        else:
            _within(value >= 0, value, name, "zero or more")
    return Hyperparameters(**values)


def nonnegative(value: Any, name: str) -> None:
    """Raise ValueError unless ``value`` is a finite number of zero or more."""
    if not getattr(value, "is_traced", False):
        _number(value, name)
        _within(value >= 0, value, name, "zero or more")


def positive(value: Any, name: str) -> None:
    """Raise ValueError unless ``value`` is a finite number above zero."""
    if not getattr(value, "is_traced", False):
        _number(value, name)
        _within(value > 0, value, name, "above zero")


def fraction(value: Any, name: str) -> None:
    """Raise ValueError unless ``value`` is a number between 0 and 1."""
    _number(value, name)
    _within(0 < value < 1, value, name, "above 0 and below 1")


def _number(value: Any, name: str) -> None:
    real = isinstance(value, (int, float, np.integer, np.floating))
    if isinstance(value, bool) or not real or not math.isfinite(value):
        raise ValueError(
            f"{name} = {value!r} must be a finite number or a schedule, such as 0.1."
        )


def _within(fine: bool, value: Any, name: str, range_: str) -> None:
    if not fine:
        raise ValueError(f"{name} = {value!r} must be {range_}.")


def _copy(value: Any) -> Any:
    return value.copy() if hasattr(value, "copy") else value


def _required(function: Callable[..., Any]) -> int:
    """Count the arguments that a function cannot do without."""
    parameters = inspect.signature(function).parameters.values()
    return sum(
        p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
        for p in parameters
    )


def rule_from(step: Rule | Callable[..., Any], name: str = "") -> Rule:
    """Make a Rule of a bare ``step(x, g)`` or ``step(x, g, state)`` function.

    The state of the second kind is a dict, empty at first; it may return the new
    ``x`` alone (having written to the dict) or ``x`` and the state.  A Rule is returned
    as it is.  Raises ValueError for anything else.

    >>> rule = rule_from(lambda x, g: x - 0.1 * np.sign(g), name="sign descent")
    >>> rule.step(np.array([1.0, 2.0]), np.array([-5.0, 3.0]), {})[0]
    array([1.1, 1.9])
    """
    if isinstance(step, Rule):
        return step
    if not callable(step):
        raise ValueError(
            f"{step!r} is not a rule: pass adam(...), another rule of OPTIMIZERS, or "
            "a function step(x, gradient)."
        )
    arguments = _required(step)
    name = name or getattr(step, "__name__", "your rule").replace("_", " ")
    name = "your rule" if name == "<lambda>" else name
    if arguments not in (2, 3):
        raise ValueError(
            f"{name} takes {arguments} argument(s): pass step(x, gradient) or "
            "step(x, gradient, state), and call a factory first, as in adam()."
        )

    @functools.wraps(step)
    def run(x: Array, g: Array, state: dict[str, Any]) -> tuple[Array, dict[str, Any]]:
        # Copies, so that a step which changes its arrays in place harms no path.
        x, g, kept = _copy(x), _copy(g), {name: _copy(v) for name, v in state.items()}
        out = step(x, g) if arguments == 2 else step(x, g, kept)
        return out if isinstance(out, tuple) else (out, kept)

    return Rule(name, lambda x: {}, run, Hyperparameters(), frozenset({"traceable"}))
