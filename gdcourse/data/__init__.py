"""Small data sets: real ones, each with a page of provenance, and generated ones."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from gdcourse.data.generated import spirals, two_moons
from gdcourse.data.prepare import Samples, Scaling, min_max, split, standardise

__all__ = [
    "Digits",
    "Houses",
    "Samples",
    "Scaling",
    "digits",
    "houses",
    "min_max",
    "spirals",
    "split",
    "standardise",
    "two_moons",
]


class Houses(NamedTuple):
    """Floor areas in square feet and sale prices in US dollars, each of shape (N,)."""

    area: np.ndarray
    price: np.ndarray


class Digits(NamedTuple):
    """Images of shape (N, 64) with values 0 to 16, and the digits they show, (N,)."""

    images: np.ndarray
    labels: np.ndarray


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
    area, price = _table("houses.csv").T
    return Houses(area.copy(), price.copy())


def digits() -> Digits:
    """Return 1,797 handwritten digits of 13 people, as images of 8 by 8 cells.

    ``images`` are floats of shape (1797, 64), row after row of each image, with 0 for
    paper and up to 16 for ink; ``labels`` are integers of shape (1797,).  The order is
    that of the source, and each call returns new arrays.

    Source: Alpaydin and Kaynak 1998, Optical Recognition of Handwritten Digits, UCI
    Machine Learning Repository, CC BY 4.0; its test set.  The page
    ``gdcourse/data/digits.md`` says more.

    >>> images, labels = digits()
    >>> images[0].reshape(8, 8)[0], labels[:5]
    (array([ 0.,  0.,  5., 13.,  9.,  1.,  0.,  0.]), array([0, 1, 2, 3, 4]))
    """
    table = _table("digits.csv.gz")
    return Digits(table[:, :64].copy(), table[:, 64].astype(int))


@cache
def _table(name: str) -> np.ndarray:
    """Read a table of numbers, after its line of names if it has one."""
    data = files(__package__).joinpath(name).read_bytes()
    if name.endswith(".gz"):
        data = gzip.decompress(data)
    lines = data.decode().splitlines()
    return np.loadtxt(lines, delimiter=",", skiprows=int(lines[0][0].isalpha()))
