"""Traditional characters in their simplified form, and the variants that a conversion leaves.

In: text.  Out: the same in simplified characters, nearly always of the same length; names keep what has no simplified
form (於潛 → 於潜).  Words that pages in traditional characters use for the terms of the forms (variants.toml) become
those terms.  Nothing is refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from opencc import OpenCC


@cache
def converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def variants(kind: str) -> Mapping[str, str]:
    """One map of variants.toml: characters, words or radicals, each to what it stands for."""
    found: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("variants.toml").read_text("utf-8"))
    return found[kind]


@cache
def character_table() -> dict[int, str]:
    return {ord(char): plain for char, plain in variants("characters").items()}


@cache
def words() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, variants("words")), key=len, reverse=True)))


@cache
def traditional() -> re.Pattern[str]:
    """Characters that have another simplified form: most texts hold none and need no conversion."""
    every = "".join(map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))))
    simple = converter().convert(every)
    changed = "".join(one for one, other in zip(every, simple, strict=True) if one != other)
    left = {char for word in variants("words") for char in word if char in "瞭乾覆藉慾"}
    return re.compile(f"[{changed}{''.join(sorted(left))}{''.join(variants('characters'))}]")


def simplified(text: str) -> str:
    """Converting twice changes nothing more: in simplified text 於 stands in names only.

    >>> simplified("於潛鎮政府信息公開"), simplified(simplified("於潛鎮"))
    ('於潜镇政府信息公开', '於潜镇')
    >>> simplified("谘詢、瞭解、政府資訊")
    '咨询、了解、政府信息'
    """
    if not traditional().search(text):
        return text
    simple: str = converter().convert(text)
    if simple == text.replace("於", "于"):
        simple = text
    simple = simple.translate(character_table())
    return words().sub(lambda match: variants("words")[match.group()], simple)
