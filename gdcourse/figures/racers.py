"""The racers of a figure: labels and looks that tell them apart, and their rates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from gdcourse.figures.base import say
from gdcourse.optimizers import OPTIMIZERS, Method, Rule, rule_from
from gdcourse.style import LOOKS

MINE = "your rule"  # the look that is kept for a learner's own rule


def labelled(rules: Any, methods: bool = False) -> dict[str, Any]:
    """Return rules by labels that differ: by name, or by what tells namesakes apart.

    With ``methods``, those that ask for more than a gradient a step may be among them.

    >>> from gdcourse.optimizers import adam, gradient_descent
    >>> list(labelled([gradient_descent(0.1), adam(0.2)]))
    ['gradient descent', 'Adam']
    >>> list(labelled([gradient_descent(0.1), gradient_descent(0.2)]))
    ['rate 0.1', 'rate 0.2']
    """
    if isinstance(rules, (Rule, Method)) or callable(rules):
        rules = [rules]
    made = [rule if methods and _is_method(rule) else rule_from(rule) for rule in rules]
    if not 1 <= len(made) <= len(LOOKS):
        raise ValueError(f"rules has {len(made)} rules: pass 1 to {len(LOOKS)}.")
    names = Counter(rule.name for rule in made)
    labels = [_label(rule, names) for rule in made]
    if len(set(labels)) < len(labels):
        raise ValueError(f"rules reads {labels}: give each its own name or rate.")
    return dict(zip(labels, made, strict=True))


def _label(rule: Rule, names: Counter[str]) -> str:
    if names[rule.name] == 1:
        return rule.name
    rate = rule.hyperparameters.get("learning_rate")
    own = f"rate {say(rate)}" if isinstance(rate, (int, float)) else "own schedule"
    return own if len(names) == 1 else f"{rule.name}, {own}"


def looks(rules: Mapping[str, Rule]) -> list[str]:
    """Give each rule a look of its own: that of its name, else one that is free."""
    names = [rule.name for rule in rules.values()]
    free = [look for look in LOOKS if look not in names]
    free.sort(key=lambda look: look == MINE)
    taken: list[str] = []
    for rule in rules.values():
        look = rule.name
        if look not in LOOKS or look in taken:
            look = MINE if not rule.hyperparameters and MINE in free else free[0]
            free.remove(look)
        taken.append(look)
    return taken


def drawn(look: str) -> dict[str, str]:
    """Return a look as the browser needs it: colour, dash and marker."""
    number, (_, _, dash, marker) = list(LOOKS).index(look), LOOKS[look]
    return {"colour": f"var(--gd-rule-{number})", "dash": dash, "marker": marker}


def in_turn() -> list[str]:
    """Return all looks, that of a learner's own rule last."""
    return sorted(LOOKS, key=lambda look: look == MINE)


def rate_of(rule: Rule) -> float | None:
    """Return a rule's constant learning rate if another can take its place."""
    rate = rule.hyperparameters.get("learning_rate")
    constant = isinstance(rate, (int, float, np.number)) and rate > 0
    return float(rate) if constant and _factory(rule) else None  # type: ignore[arg-type]


def with_rate(rule: Rule, rate: float | None) -> Rule:
    """Return the rule with another learning rate, or itself without one."""
    return _with(rule, "learning_rate", rate)


def with_beta(rule: Rule, beta: float | None) -> Rule:
    """Return the rule with another beta, or itself without one."""
    return _with(rule, "beta", beta)


def _with(rule: Rule, name: str, value: float | None) -> Rule:
    factory = _factory(rule)
    if value is None or factory is None:
        return rule
    made: Rule = factory(**{**rule.hyperparameters, name: value})
    return made


def with_rates(rules: Mapping[str, Rule], rates: Any) -> dict[str, Rule]:
    """Return the rules with the rates a reader chose, if any, one for each rule."""
    pairs = zip(rules.items(), rates or [None] * len(rules), strict=True)
    return {label: with_rate(rule, rate) for (label, rule), rate in pairs}


def racers(rules: Mapping[str, Rule], steps: int, up: float = 10) -> list[Any]:
    """Return what the browser needs to run the rules and to tell them apart.

    A slider goes from a hundredth of a rule's rate to ``up`` times the rate.
    """
    from gdcourse import trace

    made = []
    for (label, rule), look in zip(rules.items(), looks(rules), strict=True):
        rate = rate_of(rule)
        made.append(
            {
                "label": label,
                "rule": None if _is_method(rule) else trace.rule(rule, steps),
                "rates": None if rate is None else [rate / 100, rate * up],
                **drawn(look),
            }
        )
    return made


def python_call(label: str, rule: Rule) -> dict[str, str]:
    """Return the words around a rule's learning rate in its Python call."""
    name = next((n for n, make in OPTIMIZERS.items() if make().name == rule.name), "")
    others = {k: v for k, v in rule.hyperparameters.items() if k != "learning_rate"}
    if rate_of(rule) is None or any(map(callable, others.values())):
        raise ValueError(
            f"The rule {label!r} cannot be opened as Python: pass a rule of "
            f"{', '.join(OPTIMIZERS)} with plain numbers."
        )
    usual = OPTIMIZERS[name]().hyperparameters
    more = [f", {k}={v!r}" for k, v in others.items() if v != usual[k]]
    return {"name": name, "more": "".join(more)}


def _is_method(rule: Any) -> bool:
    return isinstance(rule, Method)


def _factory(rule: Rule) -> Any:
    named = (factory for factory in OPTIMIZERS.values() if factory().name == rule.name)
    return next(named, None)
