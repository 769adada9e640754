"""Grade a class's notebooks from a private bank of exercises.

``python -m gdcourse grade FOLDER --bank BANK --out grades.csv`` reads the submissions,
runs each in a process of its own that sees neither the answers nor anybody's files,
and compares the numbers it returns in a process that never runs a student's code.

Adding a bank
-------------
A bank is a folder with ``bank.py`` and ``seed.txt``.  ``bank.py`` defines ``NAME``, the
name of the assignment, and ``exercises(rng)``, which returns exercises of the same kind
as the public ones.  What it draws from ``rng`` (numbers, functions) differs between
students, and stays the same for each of them while ``seed.txt`` does.  Inputs are
numbers, texts, arrays, lists of them, or ``function("x**2", "x")``.  ``POINTS`` may
give points by exercise; each is worth one point otherwise.
"""

from gdcourse.grading.bank import Bank, load
from gdcourse.grading.values import function

__all__ = ["Bank", "function", "load"]
