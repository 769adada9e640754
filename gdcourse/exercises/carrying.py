"""A short code that carries progress to another computer.

The code is "GD", the version of its format, the exercises, and a checksum of five
letters.  An exercise is one number, made of 16 bits of a hash of its id and 2 bits for
what was done, so that the order of the course and new or renamed exercises do not
matter.  The numbers are sorted, and the gaps between them are written as Rice codes:
the gap's high bits as so many ones and a zero, then its low bits as they are.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping
from itertools import pairwise

VERSION = 1
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none looks like another
ALIKE = str.maketrans("OIL", "011")
LOW = 12  # bits of a gap that are written as they are
CHECK = 5

SOLUTION, SOLVED = 1, 2  # what was done, besides having tried


def tag(id: str) -> int:
    """Return the number, below 65,536, that stands for an exercise.

    >>> tag("update-rule.step")
    61490
    """
    return int.from_bytes(hashlib.sha256(id.encode()).digest()[:2], "big")


def encode(done: Mapping[str, int]) -> str:
    """Return the code of what was done in each exercise.

    >>> encode({"update-rule.step": SOLVED})
    'GD1ZZZZZZZZZZZZ0SB0D498'
    """
    numbers = sorted(4 * tag(id) + what for id, what in done.items())
    gaps = [after - before for before, after in pairwise([0, *numbers])]
    bits = "".join("1" * (g >> LOW) + f"0{g % 2**LOW:0{LOW}b}" for g in gaps)
    bits += "1" * (-len(bits) % 5)  # ones that no zero follows say nothing
    letters = (LETTERS[int(bits[at : at + 5], 2)] for at in range(0, len(bits), 5))
    text = f"GD{VERSION}{''.join(letters)}"
    return text + _checksum(text)


def decode(code: str) -> dict[int, int]:
    """Return what was done by the tags of the exercises.

    Blanks, hyphens and small letters do not matter.  Raises ValueError for a code that
    is mistyped, not whole, or of a newer version.

    >>> decode(encode({"update-rule.step": SOLVED}))
    {61490: 2}
    """
    if not isinstance(code, str):
        raise ValueError(f"A code is a text in quotes such as 'GD1…', not {code!r}.")
    text = re.sub(r"[\s-]", "", code).upper().translate(ALIKE)
    body, check = text[:-CHECK], text[-CHECK:]
    if not re.fullmatch(f"GD[0-9][{LETTERS}]*", body) or check != _checksum(body):
        raise ValueError(
            f"The code {_short(code)!r} is mistyped or not whole, so nothing was "
            "changed: copy all of it once more."
        )
    if body[2] != str(VERSION):
        raise ValueError(
            f"The code {_short(code)!r} was made by a newer gdcourse: update gdcourse "
            "here, then restore it."
        )
    return _read(body[3:])


def _read(letters: str) -> dict[int, int]:
    bits = "".join(f"{LETTERS.index(letter):05b}" for letter in letters)
    number, done = 0, {}
    for high, low in re.findall(rf"(1*)0([01]{{{LOW}}})", bits):
        number += (len(high) << LOW) + int(low, 2)
        done[number // 4] = number % 4
    return done


def _checksum(text: str) -> str:
    value = zlib.crc32(text.encode())
    return "".join(LETTERS[value >> 5 * place & 31] for place in range(CHECK))


def _short(code: str) -> str:
    return code if len(code) <= 16 else f"{code[:12]}…"
