"""Make the drawings of figures small: fewer corners where the eye sees no difference.

matplotlib writes each point of a contour in full.  Here a line loses the points that
lie close to their neighbours' chord, and the rest are written as differences.
"""

from __future__ import annotations

import re

import numpy as np

TOLERANCE = 0.15  # of the 500 units across a drawing
PATH = re.compile(r'\bd="([^"]*)"')
LINE = re.compile(r"[ML]\s*(-?[\d.]+)[\s,]+(-?[\d.]+)\s*")
PLAIN = re.compile(r"(?:M[-\d.\s,]+(?:L[-\d.\s,]+)*(?:z\s*)?)+")
GAPS = re.compile(r">\s+<")
EMPTY = re.compile(r"<defs>\s*</defs>")


def slim(svg: str) -> str:
    """Return an SVG that looks the same and is shorter."""
    svg = PATH.sub(lambda found: f'd="{shorter(found[1])}"', svg)
    return EMPTY.sub("", GAPS.sub("><", svg))


def shorter(path: str) -> str:
    """Rewrite a path of straight lines; leave one with curves as it is."""
    path = path.strip()
    if not PLAIN.fullmatch(path):
        return path
    return "".join(_piece(part) for part in re.findall(r"M[^M]+", path))


def _piece(part: str) -> str:
    closed = part.rstrip().endswith("z")
    points = np.array([[float(x), float(y)] for x, y in LINE.findall(part)])
    kept = np.rint(10 * points[_corners(points)]).astype(int)
    steps = np.diff(kept, axis=0)
    steps = steps[np.any(steps, axis=1)]
    text = f"M{_pair(kept[0])}" + ("l" if len(steps) else "")
    return text + " ".join(map(_pair, steps)) + ("z" if closed else "")


def _pair(tenths: np.ndarray) -> str:
    x, y = (f"{value / 10:g}" for value in tenths)
    return f"{x}{'' if y.startswith('-') else ' '}{y}"


def _corners(points: np.ndarray) -> list[int]:
    """Return which points a line must keep (Ramer, Douglas and Peucker's method)."""
    kept, open_ = {0, len(points) - 1}, [(0, len(points) - 1)]
    while open_:
        first, last = open_.pop()
        if last - first < 2:
            continue
        away = _distances(points[first + 1 : last], points[first], points[last])
        if away.max() > TOLERANCE:
            middle = first + 1 + int(away.argmax())
            kept.add(middle)
            open_ += [(first, middle), (middle, last)]
    return sorted(kept)


def _distances(points: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return how far points are from the segment between two others."""
    along = end - start
    length = float(along @ along)
    share = np.clip((points - start) @ along / length, 0, 1) if length else 0.0
    nearest = start + np.multiply.outer(share, along) if length else start
    return np.asarray(np.linalg.norm(points - nearest, axis=1))
