"""A made-up corpus in which reports copy each other, themselves and a common text.

In: a seed.  Out: reports of namesakes in several regions, without region, name or year, in several versions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from random import Random

from parsing.model import Particulars, Report, Source
from tests.audit.building import write_down

REGIONS = ("甲县", "乙县", "样本市甲县", "")
TOWNS = "青红橙黄绿蓝紫白金银铜铁锡铅"
YEARS = (2019, 2020, 2021, 2022)


def invent(chance: Random, length: int) -> str:
    """A sentence that nobody else writes."""
    return "".join(chr(chance.randrange(0x4E00, 0x9FA0)) for _ in range(length - 1)) + "。"


def copied_parts(chance: Random, bank: Sequence[str], earlier: Sequence[str]) -> list[str]:
    """Sentences of a bank, own ones, and stretches of what was written before."""
    parts = []
    for _ in range(chance.randrange(8)):
        kind = chance.random()
        if kind < 0.5:
            parts.append(chance.choice(bank))
        elif kind < 0.8 or not earlier:
            parts.append(invent(chance, chance.randrange(12, 120)))
        else:
            text = chance.choice(earlier)
            start = chance.randrange(len(text) + 1)
            parts.append(text[start : start + chance.randrange(20, 400)])
    return parts


def make_copies(seed: int, count: int) -> tuple[Report, ...]:
    """So many reports; three sentences are printed by most of them."""
    chance = Random(seed)
    bank = [invent(chance, chance.choice((12, 13, 14, 20, 30, 45, 80, 150))) for _ in range(80)]
    common = [invent(chance, 40) for _ in range(3)]
    names = [f"{region}{town}镇人民政府" for region in REGIONS for town in TOWNS]
    reports: list[Report] = []
    texts: list[str] = []
    for number in range(count):
        name = chance.choice(names) if chance.random() < 0.96 else None
        year = chance.choice(YEARS) if chance.random() < 0.96 else None
        parts = common * (chance.random() < 0.7) + copied_parts(chance, bank, texts)
        chance.shuffle(parts)
        paragraphs = [parts[at : at + 2] for at in range(0, len(parts), 2)]
        texts.append("".join(parts))
        sha256 = hashlib.sha256(f"{seed} {number}".encode()).hexdigest()
        prose = tuple(write_down(["".join(one) for one in paragraphs]))
        facts = Particulars(name, "township", None, year, None, {})
        source = Source("report.txt", "txt", "utf-8", sha256, 1)
        reports.append(Report(source, facts, layouts={}, sections=(), cells=(), claims=(), prose=prose))
    return tuple(reports)
