"""A box for a submission: bubblewrap, limits, no network, nobody else's files."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gdcourse

LIMITS = {
    "AS": 1024**3,  # bytes of memory
    "FSIZE": 8 * 1024**2,  # bytes of one file
    "NOFILE": 64,
    "NPROC": 64,
    "CORE": 0,
}
MOST_OUTPUT = 20_000_000  # bytes
START = 10.0  # seconds for Python to begin and the notebook's definitions
SYSTEM = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache")
HOME = "/gdcourse"
# No limit of processes holds for root, whatever it is called inside.  So where root
# grades, the box keeps the users as they are, and the worker becomes nobody.
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
SEPARATE = (
    [f"--unshare-{part}" for part in ("ipc", "pid", "net", "uts", "cgroup-try")]
    if ROOT
    else ["--unshare-all"]
)
NOBODY = 1_000_000  # and above: no user of this computer


class NoBox(Exception):
    """The box itself failed, which is nobody's mistake but this computer's."""


@functools.cache
def why_not() -> str:
    """Return why submissions cannot be isolated here, or nothing if they can."""
    if not shutil.which("bwrap"):
        return "bubblewrap is not installed (its command is bwrap; Linux only)"
    tried = subprocess.run(
        [*command(), "-c", "import numpy"], capture_output=True, text=True, check=False
    )
    return "" if tried.returncode == 0 else tried.stderr.strip()[-300:]


def command(isolated: bool = True) -> list[str]:
    """Return the words that start Python, in the box unless told otherwise."""
    if not isolated:
        return [sys.executable, "-s", "-B"]
    package = Path(gdcourse.__file__).parent
    prefixes = {sys.prefix, sys.base_prefix, os.path.realpath(sys.base_prefix)}
    folders = [*SYSTEM, *sorted(p for p in prefixes if not p.startswith("/usr"))]
    parents = {str(parent) for path in folders for parent in Path(path).parents}
    above = sorted(parents - {"/", "/tmp"} | {HOME})
    made = [w for path in above for w in ("--perms", "0755", "--dir", path)]
    binds = [w for path in folders for w in ("--ro-bind-try", path, path)]
    settings = {
        "PATH": "/usr/bin:/bin",
        "HOME": "/tmp",
        "PYTHONPATH": HOME,
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "LANG": "C.UTF-8",
    }
    return [
        *("bwrap", *SEPARATE, "--die-with-parent", "--new-session", "--clearenv"),
        *("--proc", "/proc", "--dev", "/dev", "--size", str(64 * 1024**2)),
        *("--perms", "1777", "--tmpfs", "/tmp", "--chdir", "/tmp"),
        *made,  # after /tmp, where Python itself may lie
        *binds,
        *("--ro-bind", str(package), f"{HOME}/gdcourse"),
        *(w for name, value in settings.items() for w in ("--setenv", name, value)),
        *("--", sys.executable, "-s", "-B"),
    ]


def run(
    cells: Sequence[str], tasks: Sequence[dict[str, Any]], isolated: bool = True
) -> dict[str, dict[str, Any]]:
    """Return what a submission's process told of each task, by its id.

    A task that ends the process, or lets the time run out, is told so; those after it
    get a process of their own.  Raises NoBox where no process can be started.
    """
    told: dict[str, dict[str, Any]] = {}
    left = list(tasks)
    while left:
        lines, ended = _once(cells, left, isolated)
        told |= lines
        rest = [task for task in left if task["id"] not in told]
        if rest:
            told[rest[0]["id"]] = {"state": "broken", "said": ended}
        left = rest[1:]
    return told


def _once(
    cells: Sequence[str], tasks: Sequence[dict[str, Any]], isolated: bool
) -> tuple[dict[str, dict[str, Any]], str]:
    """Run one process; return the lines it wrote, and how it ended."""
    patience = START + 2 * sum(task["seconds"] for task in tasks)
    limits = {**LIMITS, "CPU": int(patience) + 1}
    user = NOBODY + os.getpid() % NOBODY if ROOT and isolated else None
    told = {"cells": list(cells), "tasks": list(tasks), "limits": limits, "user": user}
    job = json.dumps(told)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(
                [*command(isolated), "-m", "gdcourse.grading.worker"],
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=errors,
                start_new_session=True,
            )
        except OSError as error:
            raise NoBox(str(error)) from error
        ended = _wait(process, job.encode(), patience)
        out.seek(0)
        lines = _read(out.read(MOST_OUTPUT + 1), {task["id"] for task in tasks})
        errors.seek(0)
        said = errors.read(2000).decode("utf-8", "replace")
    if process.returncode and said.startswith("bwrap:"):
        raise NoBox(said.strip())
    return lines, ended


def _wait(process: subprocess.Popen[bytes], job: bytes, patience: float) -> str:
    try:
        process.communicate(job, timeout=patience)
    except subprocess.TimeoutExpired:
        _kill(process)
        return f"it had not ended after {patience:g} seconds, and was stopped"
    if process.returncode in (0, None):
        return "it ended the whole program before it returned"
    return f"it ended the whole program (code {process.returncode})"


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the process with all that it started; in the box they die with it."""
    import signal

    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()
    process.communicate()


def _read(output: bytes, ids: set[str]) -> dict[str, dict[str, Any]]:
    """Return the first line about each task; whatever else stands there is left out."""
    told: dict[str, dict[str, Any]] = {}
    if len(output) > MOST_OUTPUT:
        return told
    for line in output.splitlines():
        try:
            record = json.loads(line)
            id = record["id"]
        except (ValueError, TypeError, KeyError, RecursionError):
            continue
        if isinstance(id, str) and id in ids and id not in told:
            told[id] = record
    return told
