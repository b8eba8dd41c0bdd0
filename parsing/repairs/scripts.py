"""Simplified forms of single characters, for repairs that ask whether a character is a usual one.

In: one character.  Out: its simplified form, of the same length.  Nothing is refused.
"""

from __future__ import annotations

from functools import cache

from opencc import OpenCC


@cache
def converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(char: str) -> str:
    return converter().convert(char)
