"""The same command under MPI: one rank dies, and no grade is lost or counted twice."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gdcourse.grading import load, run

from .conftest import make_bank, notebook
from .test_grade import rate_of
from .test_submissions import handed_in

COUNT = 12
SLOW = "import time\n\n\ndef slope(x):\n    time.sleep(0.05)\n    return 0.0"


def ranks_of(launcher):
    """Return the processes of gdcourse that a launcher started, however deep."""
    found, parents = [], {launcher}
    for entry in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            command = (entry / "cmdline").read_bytes().split(b"\0")
        except (OSError, IndexError):
            continue
        if parent in parents:
            parents.add(int(entry.name))
            if b"mpi4py.futures" in command and command[0].endswith(b"python"):
                found.append(int(entry.name))
    return found


def test_a_rank_that_dies_costs_nobody_a_grade(tmp_path):
    pytest.importorskip("mpi4py")
    folder = make_bank(tmp_path / "bank")
    bank = load(folder)
    names = [f"student{i:02}" for i in range(COUNT)]
    files = {f"{n}/w.ipynb": notebook(SLOW, rate_of(bank, n)) for n in names}
    handed_in(tmp_path, files)
    kept = tmp_path / "grades.verdicts"
    python = [sys.executable, "-m", "mpi4py.futures", "-m", "gdcourse", "grade"]
    words = ["--bank", folder, "--out", tmp_path / "grades.csv", "--trusted"]
    launch = [Path(sys.executable).parent / "mpiexec", "-n", "3", *python]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen(
        [*map(str, launch), str(tmp_path / "all"), *map(str, words)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        until(lambda: len(list(kept.glob("*.json"))) >= 2, process)
        os.kill(ranks_of(process.pid)[-1], signal.SIGKILL)
        process.wait(60)
    before = len(list(kept.glob("*.json")))
    assert 2 <= before < COUNT
    for file in kept.glob("*.json"):
        assert json.loads(file.read_text())["state"] == "graded"
    lines = []
    out = tmp_path / "grades.csv"
    run.grade(tmp_path / "all", folder, out, trusted=True, say=lines.append)
    assert f"{before} graded before, {COUNT - before} to grade" in lines[0]
    with open(out, newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["ID"] for row in rows] == names
    assert {row["Total"] for row in rows} == {"1"}


def until(true, process, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert process.poll() is None, "the ranks ended before one could be killed"
        assert time.monotonic() < end, "nothing was graded"
        time.sleep(0.02)
