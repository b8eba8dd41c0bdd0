"""Traditional characters in their simplified form.

In: text.  Out: the same in simplified characters, nearly always of the same length; names keep what has no simplified
form (於潛 → 於潜).  Nothing is refused.
"""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC


@cache
def converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def traditional() -> re.Pattern[str]:
    """Characters that have another simplified form: most texts hold none and need no conversion."""
    every = "".join(map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))))
    simple = converter().convert(every)
    return re.compile("[" + "".join(one for one, other in zip(every, simple, strict=True) if one != other) + "]")


def simplified(text: str) -> str:
    """Converting twice changes nothing more: in simplified text 於 stands in names only.

    >>> simplified("於潛鎮政府信息公開"), simplified(simplified("於潛鎮"))
    ('於潜镇政府信息公开', '於潜镇')
    """
    if not traditional().search(text):
        return text
    simple: str = converter().convert(text)
    return text if simple == text.replace("於", "于") else simple
