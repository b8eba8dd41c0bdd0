"""Pinyin in brackets that a converter put after rare characters: 數(shù)據(jù) → 數據.

In: text.  Out: edits that take the brackets away.  Left alone: brackets with anything but one syllable in lower case
that carries a tone mark, and brackets that do not follow a Chinese character.
"""

from __future__ import annotations

import re

from parsing.repairs.edits import Edit

KIND = "pinyin"
MESSAGE = "繁简转换时在字后插入的拼音"

TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
SYLLABLE = re.compile(rf"(?<=[\u3400-\u9fff])[(（](?=[a-zɡü]*[{TONES}])[a-zɡü{TONES}]{{1,6}}[)）]")


def is_likely(text: str) -> bool:
    return SYLLABLE.search(text) is not None


def find(text: str) -> list[Edit]:
    """
    >>> find("政府公眾網(wǎng)信息")
    [Edit(start=5, end=11, after='')]
    """
    return [Edit(match.start(), match.end(), "") for match in SYLLABLE.finditer(text)]
