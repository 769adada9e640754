"""Small real data sets that ship with the course; each has a page of provenance."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np


class Houses(NamedTuple):
    """Floor areas in square feet and sale prices in US dollars, each of shape (N,)."""

    area: np.ndarray
    price: np.ndarray


def houses() -> Houses:
    """Return the 2,930 houses sold in Ames, Iowa, from 2006 to 2010.

    ``area`` is the living area above ground in square feet and ``price`` the sale
    price in US dollars, both floats of shape (2930,) in the order of the source.  Each
    call returns new arrays, so a caller may change them.

    Source: De Cock 2011, "Ames, Iowa: Alternative to the Boston Housing Data as an End
    of Semester Regression Project", Journal of Statistics Education 19(3).  The page
    ``gdcourse/data/houses.md`` says how the two columns were taken and what is known
    of their licence.

    >>> area, price = houses()
    >>> area[:3], price[:3]
    (array([1656.,  896., 1329.]), array([215000., 105000., 172000.]))
    """
    return Houses(*(column.copy() for column in _table("houses.csv")))


@cache
def _table(name: str) -> np.ndarray:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return np.loadtxt(text.splitlines(), delimiter=",", skiprows=1, unpack=True)
