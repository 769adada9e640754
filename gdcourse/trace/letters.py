r"""LaTeX for the names and numbers of a program: ``beta1`` is ``\beta_1``."""

from __future__ import annotations

import math
import re

WORDS = {
    "learning_rate": "alpha",
    "lr": "alpha",
    "rate": "alpha",
    "peak": "alpha_max",
    "floor": "alpha_min",
    "gradient": "g",
    "grad": "g",
    "velocity": "v",
    "weight_decay": "lambda",
    "decay": "rho",
    "eps": "epsilon",
    "steps": "T",
    "period": "T_0",
    "factor": "gamma",
    "progress": "p",
}
GREEK = set(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho "
    "sigma tau phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi "
    "Omega".split()
)
NUMBERS = {math.pi: r"\pi", math.e: "e"}
LIMITS = {"max": r"\max", "min": r"\min"}
ACCENTS = {"hat": r"\hat", "bar": r"\bar", "tilde": r"\tilde", "dot": r"\dot"}


def letter(name: str, *subscripts: str) -> str:
    """Return the LaTeX of a name, with further subscripts after its own."""
    base, own = _parts(name)
    below = ",".join([*own, *subscripts])
    if not below:
        return base
    return f"{base}_{below}" if len(below) == 1 else f"{base}_{{{below}}}"


def _parts(name: str) -> tuple[str, list[str]]:
    """Split a name into the LaTeX of its letter and its own subscripts."""
    name = WORDS.get(name, name)
    front, _, back = name.rpartition("_")
    if front and back in ACCENTS:
        base, own = _parts(front)
        return f"{ACCENTS[back]}{{{base}}}", own
    if front and (back.isdigit() or len(back) == 1 or back in LIMITS):
        base, own = _parts(front)
        return base, [*own, LIMITS.get(back, back)]
    if match := re.fullmatch(r"([^\W\d]+?)_?(\d+)", name):
        return _parts(match[1])[0], [match[2]]
    if name in GREEK:
        return f"\\{name}", []
    if len(name) == 1:
        return name, []
    return rf"\textit{{{name.replace('_', ' ')}}}", []


def number(value: float) -> str:
    r"""Return a number as LaTeX: six digits at most, powers of ten, and ``\pi``."""
    if value in NUMBERS:
        return NUMBERS[value]
    mantissa, _, exponent = f"{value:.6g}".partition("e")
    if not exponent:
        return mantissa
    power = f"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa} \cdot {power}"
