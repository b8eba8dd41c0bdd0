"""Which agency is which, across years and spellings.

In: names of agencies as reports give them.  Out: an id to match them by, and whether two names can be one agency.
Refused: a guess; names that differ in more than region, script or 人民政府 are different agencies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from parsing.extraction.agencies import REGION, core_of, region_of
from parsing.extraction.folding import fold

KIND_OF_REGION = re.compile(r"(?:特别行政区|自治[区州县]|[省市县区旗盟]|地区)$")


def plain_name(agency: str) -> str:
    """The name in simplified characters, without spaces.

    Folded twice: a rare place name that is written half in one script, half in the other, is only then the same
    whichever half it was.
    """
    return fold(fold("".join(agency.split())))


@lru_cache(maxsize=4096)
def agency_id(agency: str) -> str:
    """The agency's own name: simplified, without the regions above it and without 人民政府.

    >>> agency_id("杭州市临安区天目山镇人民政府"), agency_id("天目山镇"), agency_id("於潛鎮人民政府")
    ('天目山镇', '天目山镇', '於潜镇')
    """
    return core_of(plain_name(agency))


@lru_cache(maxsize=4096)
def region_stem(agency: str) -> str:
    """The name of the nearest region above the agency without its kind, "" where the name gives none.

    The kind is left out because counties become districts: 临安市 of 2016 is 临安区 of 2018.

    >>> region_stem("杭州市临安区天目山镇"), region_stem("天目山镇")
    ('临安', '')
    """
    region = region_of(plain_name(agency)) or ""
    nearest, at = "", 0
    while match := REGION.match(region + "某某", at):
        nearest, at = match.group(), match.end()
    return KIND_OF_REGION.sub("", nearest)


def corpus_ids(names: Iterable[str]) -> dict[str, str]:
    """An id for every name, so that names of one agency share it and namesakes of two regions do not.

    A name without a region joins its namesakes where all of them are of one region.

    >>> corpus_ids(["临安区城关镇", "城关镇"])["城关镇"]
    '城关镇'
    >>> sorted(corpus_ids(["甲县城关镇", "乙县城关镇人民政府"]).values())
    ['乙·城关镇', '甲·城关镇']
    """
    every = set(names)
    stems: dict[str, set[str]] = {}
    for name in every:
        stems.setdefault(agency_id(name), set()).add(region_stem(name))
    ids = {}
    for name in every:
        own, stem = agency_id(name), region_stem(name)
        has_namesakes = len(stems[own] - {""}) > 1
        ids[name] = f"{stem}·{own}" if has_namesakes and stem else own
    return ids


def may_be_same(one: str, other: str) -> bool:
    """Whether two names can mean one agency: same own name, and no two different regions above it.

    >>> may_be_same("临安区财政局", "余杭区财政局"), may_be_same("临安区财政局", "财政局")
    (False, True)
    """
    if agency_id(one) != agency_id(other):
        return False
    stems = {region_stem(one), region_stem(other)} - {""}
    return len(stems) < 2
