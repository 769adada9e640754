"""Keep a run in one file, without pickle, and go on from it as if nothing had been."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from gdcourse.arrays import pick
from gdcourse.optimizers.rule import Rule
from gdcourse.training.run import Epoch, Run, Update

GENERATORS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        np.random.PCG64,
        np.random.PCG64DXSM,
        np.random.MT19937,
        np.random.Philox,
        np.random.SFC64,
    )
}


def checkpoint(run: Run, path: str | Path) -> None:
    """Write a run to an .npz file: parameters, states, random numbers, history.

    The file appears whole or not at all; an older one stays until then.  Raises
    ValueError for a state that holds other things than numbers, text and arrays.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     checkpoint(Run({}, {}, np.random.default_rng(0)), f"{folder}/run.npz")
    ...     print(*os.listdir(folder))
    run.npz
    """
    arrays: dict[str, np.ndarray] = {}
    whole = {name: getattr(run, name) for name in ("parameters", "states", "stopped")}
    whole |= {"rng": run.rng.bit_generator.state, "callbacks": run.callbacks}
    arrays["run"] = np.array(json.dumps(_pack(whole, "", arrays)))
    arrays["updates"] = np.reshape(run.updates, (-1, len(Update._fields)))
    arrays["epochs"] = np.reshape(run.epochs, (-1, len(Epoch._fields)))
    path = Path(path)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def resume(path: str | Path, rule: Rule) -> Run:
    """Read a run that ``checkpoint`` wrote, for ``train`` to go on with.

    ``rule`` is the rule that the run had.  Raises ValueError where there is no such
    file, where it holds something else, or where its states belong to another rule.

    >>> from gdcourse.optimizers import gradient_descent
    >>> resume("nowhere.npz", gradient_descent(0.1))
    Traceback (most recent call last):
    ValueError: There is no checkpoint 'nowhere.npz': write it with checkpoint first.
    """
    arrays = _read(path)
    parts = _unpack(json.loads(str(arrays["run"])), arrays)
    bits = pick(parts["rng"]["bit_generator"], GENERATORS, "random generator")()
    bits.state = parts["rng"]
    parameters, states = parts["parameters"], parts["states"]
    return Run(
        parameters,
        {name: _state(rule, parameters[name], states[name]) for name in states},
        np.random.Generator(bits),
        [Update(*row) for row in arrays["updates"].tolist()],
        [Epoch(*row) for row in arrays["epochs"].tolist()],
        parts["callbacks"],
        parts["stopped"],
    )


def _read(path: str | Path) -> dict[str, np.ndarray]:
    try:
        with Path(path).open("rb") as opened, np.load(opened) as file:
            if {"run", "updates", "epochs"} <= set(file):
                return dict(file)
            raise ValueError
    except FileNotFoundError:
        raise ValueError(
            f"There is no checkpoint {str(path)!r}: write it with checkpoint first."
        ) from None
    except (OSError, EOFError, ValueError, TypeError, zipfile.BadZipFile):
        raise ValueError(
            f"{str(path)!r} holds no run: pass a file that checkpoint wrote."
        ) from None


def _pack(value: Any, name: str, arrays: dict[str, np.ndarray]) -> Any:
    """Turn ``value`` into what JSON knows, and put its arrays aside by their names."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, dict):
        return {key: _pack(v, f"{name}/{key}", arrays) for key, v in value.items()}
    if isinstance(value, list):
        return [_pack(v, f"{name}/{i}", arrays) for i, v in enumerate(value)]
    if isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind != "O":
        arrays[name] = np.asarray(value)
        return {"array" if isinstance(value, np.ndarray) else "number": name}
    if isinstance(value, (int, float, str)):
        return value
    raise ValueError(f"{name} = {value!r} cannot be saved: keep numbers and arrays.")


def _unpack(value: Any, arrays: dict[str, np.ndarray]) -> Any:
    if isinstance(value, list):
        return [_unpack(part, arrays) for part in value]
    if not isinstance(value, dict):
        return value
    match value:
        case {"array": str(name)} if name in arrays:
            return arrays[name]
        case {"number": str(name)} if name in arrays:
            return arrays[name][()]
    return {key: _unpack(part, arrays) for key, part in value.items()}


def _state(rule: Rule, x: np.ndarray, saved: dict[str, Any]) -> Any:
    """Return the state of the kind that ``rule`` keeps for ``x``."""
    fresh = rule.init(x)
    if not hasattr(fresh, "_fields"):
        return saved
    if set(fresh._fields) != set(saved):
        raise ValueError(
            f"The checkpoint has states of {', '.join(saved)}, but {rule.name} keeps "
            f"{', '.join(fresh._fields)}: pass the rule that the run had."
        )
    return type(fresh)(**saved)
