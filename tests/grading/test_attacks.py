"""What must not work: an attack gets no points, and the next exercise still counts."""

import os
import time
from pathlib import Path

import pytest

from gdcourse.grading import box

from .conftest import NEEDS_BOX, notebook

pytestmark = NEEDS_BOX
RIGHT_RATE = "def largest_rate(c):\n    return 1 / max(RATE, c)"


def honest(bank):
    """The right answer to one exercise, which every attacker also hands in."""
    exercise = bank.exercises("ada")[4]
    return RIGHT_RATE.replace("RATE", str(round(1 / exercise.reference(0.01))))


def attack(body):
    return "def slope(x):\n" + "\n".join(f"    {line}" for line in body.split("\n"))


ATTACKS = {
    "endless loop": ("while True: pass", "had not ended after 2 seconds"),
    "a loop that swallows the alarm": (
        "while True:\n    try:\n        while 1: pass\n    except BaseException: pass",
        "ended",
    ),
    "fork bomb": ("import os\nwhile True: os.fork()", ""),
    "memory bomb": ("return [bytearray(10**8) for _ in range(1000)]", "memory|ended"),
    "array bomb": ("import numpy as np\nreturn np.ones(10**10)", "memory"),
    "huge result": ("import numpy as np\nreturn np.zeros(2 * 10**6)", ""),
    "network": (
        "import socket\nsocket.create_connection(('127.0.0.1', 80), 1)",
        "Network|Errno|refused",
    ),
    "writing outside its folder": (
        "open('/gdcourse/gdcourse/evil.py', 'w')",
        "Read-only|ermission",
    ),
    "filling the disk": (
        "open('/tmp/big', 'wb').write(b'0' * 10**9)",
        "File too large|ended|memory",
    ),
    "patched NumPy": (
        "import numpy as np\n"
        "np.allclose = np.array_equal = np.isclose = lambda *a, **k: True\nreturn 0.0",
        "you return 0",
    ),
    "patched judge": (
        "import sys, gdcourse.exercises.compare as c\n"
        "c.is_right = c.agree = c.near = lambda *a, **k: True\nreturn 0.0",
        "you return 0",
    ),
    "lying __eq__": (
        "class Yes(float):\n"
        "    def __eq__(self, other): return True\n"
        "    def __sub__(self, other): return 0.0\n"
        "    __hash__ = None\n"
        "return Yes(7)",
        "you return 7",
    ),
    "object": ("return type('A', (), {'__float__': lambda s: 0.0})()", "you return"),
    "exit": ("import os\nos._exit(0)", "ended the whole program"),
    "SystemExit": ("raise SystemExit", "ends the whole program"),
    "crash": ("import ctypes\nctypes.string_at(0)", "ended the whole program"),
    "kill the parent": ("import os\nos.kill(1, 9)\nos.kill(os.getppid(), 9)", ""),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_gets_no_points_and_costs_nobody_any(bank, verdict, name):
    body, said = ATTACKS[name]
    began = time.monotonic()
    lines = verdict("import numpy as np", attack(body), honest(bank))
    assert lines["bank.slope"].points == 0
    assert lines["bank.slope"].outcome in ("wrong", "error")
    assert any(part in lines["bank.slope"].message for part in said.split("|"))
    assert lines["bank.rate"].points == 1
    assert time.monotonic() - began < 60


SPY = """
import os
def slope(x):
    found = []
    for place, folders, files in os.walk('/'):
        folders[:] = [f for f in folders if f not in ('proc', 'sys', 'usr', 'lib')]
        found += [f for f in files if f in NAMES]
    raise ValueError(f'found {found}')
"""


def test_neither_answers_nor_other_submissions_are_to_be_seen(verdict, bank_folder):
    other = bank_folder.parent / "other-student.ipynb"
    other.write_bytes(notebook("x = 1"))
    names = {"worker.py", "seed.txt", other.name, "shadow", ".bash_history"}
    lines = verdict(SPY.replace("NAMES", repr(names)))
    assert "found ['worker.py']" in lines["bank.slope"].message


def test_the_environment_holds_no_secrets(verdict, monkeypatch):
    monkeypatch.setenv("GRADES_PASSWORD", "open sesame")
    lines = verdict(attack("import os\nraise ValueError(sorted(os.environ))"))
    assert "HOME" in lines["bank.slope"].message
    assert "GRADES_PASSWORD" not in lines["bank.slope"].message


FORGED = """
import json, os
def slope(x):
    line = json.dumps({"id": "bank.slope", "state": "ran", "outcomes": OUTCOMES})
    for number in range(3, 30):
        try:
            os.write(number, (line + "\\n").encode())
        except OSError:
            pass
    os._exit(0)
"""


@pytest.mark.parametrize(
    "outcomes",
    [
        '[{"kind": "right"}]',
        "True",
        '[{"kind": "value", "values": [[[], [True]]], "changed": [], "said": ""}] * 9',
        '[{"kind": "value", "values": [[[], [7]]], "changed": [], "said": ""}] * 9',
        "[]",
        '"gASVIQAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAZ0b3VjaCB4lIWUUpQu"',  # a pickle
    ],
)
def test_forged_results_are_worth_their_numbers(verdict, outcomes):
    line = verdict(FORGED.replace("OUTCOMES", outcomes))["bank.slope"]
    assert line.points == 0
    assert line.outcome in ("wrong", "error")


def test_nothing_a_submission_starts_lives_on(verdict):
    body = (
        "import os, time\n"
        "if os.fork() == 0:\n    os.setsid()\n    time.sleep(4711)\nreturn 0.0"
    )
    assert verdict(attack(body))["bank.slope"].points == 0
    commands = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            commands.append((process / "cmdline").read_bytes())
        except OSError:
            continue
    assert not [c for c in commands if b"gdcourse.grading.worker" in c]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty"),
        (b"not json", "no notebook"),
        (b'{"cells": 7}', "no notebook"),
        (b"[" * 100_000, "no notebook"),
        (notebook(), "has no code"),
        (notebook("  "), "has no code"),
        (b'{"cells": [{"cell_type": "code", "source": 7}]}', "no notebook"),
    ],
)
def test_what_is_no_notebook_is_set_aside_for_the_teacher(verdict, content, said):
    found = verdict(content=content)
    assert (found.state, found.total) == ("unreadable", 0)
    assert said in found.note


def test_a_notebook_may_hold_what_python_cannot_read(bank, verdict):
    lines = verdict("def slope(x:", "(" * 5000, "%matplotlib inline", honest(bank))
    assert lines["bank.rate"].points == 1
    assert "could not be read" in lines["bank.slope"].message


def test_a_python_that_lies_in_tmp_is_not_hidden_by_the_boxs_own():
    words = box.command()
    assert words.index("--tmpfs") < words.index("--ro-bind-try")


def test_root_is_given_up(verdict):
    if os.geteuid() != 0:
        pytest.skip("only root has something to give up")
    lines = verdict(attack("import os\nraise ValueError(f'user {os.getuid()}')"))
    assert "user 10" in lines["bank.slope"].message
