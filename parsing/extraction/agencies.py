"""Names of agencies: what is one, of which level, in which region.

In: folded text.  Out: the name, level and region.  Refused (None): text that does not end as the name of an agency
does.  The endings are data (agencies.toml).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

GOVERNMENT = "人民政府"
LONGEST_NAME = 30
# What may stand around a name and is no part of it.
MARKS = '、,。:;|()《》“”"?年度'
# One level of region in front of a name: 杭州市, 临安区, 井研县 …; never the last part of the name itself.
REGION = re.compile(
    r"(?:[\u4e00-\u9fff]{1,8}?(?:省|自治区|特别行政区|市|自治州|地区|盟|自治县|县|区|旗))(?=[\u4e00-\u9fff]{2,})"
)
SELF = re.compile(r"^(?:我|本|各|全|该|这|其|由|和|与|在)")
NOISE = re.compile(r"^(?:关于|中共|附件\d*:?|标题[:|]|.*(?:网站|首页|位置)[:>])")


@cache
def endings() -> tuple[tuple[str, str], ...]:
    """Endings with their level, the longest first."""
    levels = tomllib.loads(Path(__file__).with_name("agencies.toml").read_text("utf-8"))["levels"]
    pairs = [(ending, entry["level"]) for entry in levels for ending in entry["ends"]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def name_endings() -> tuple[str, ...]:
    return (GOVERNMENT, *(ending for ending, _ in endings()))


def level_of(name: str) -> str | None:
    """province, city, county, township or department.

    >>> level_of("杭州市临安区天目山镇人民政府"), level_of("井研县财政局"), level_of("沧州市人民政府")
    ('township', 'department', 'city')
    """
    bare = name.removesuffix(GOVERNMENT)
    return next((level for ending, level in endings() if bare.endswith(ending)), None)


def region_of(name: str) -> str | None:
    """The regions that the name puts before its own.

    >>> region_of("杭州市余杭区瓶窑镇人民政府")
    '杭州市余杭区'
    """
    bare = name.removesuffix(GOVERNMENT)
    at = 0
    while match := REGION.match(bare, at):
        at = match.end()
    return bare[:at] or None


def agency_in(text: str) -> str | None:
    """The text as the name of an agency, or None.

    >>> agency_in("纯复镇人民政府"), agency_in("2020年"), agency_in("我镇")
    ('纯复镇人民政府', None, None)
    """
    if not text.rstrip(MARKS).endswith(name_endings()):
        return None
    name = NOISE.sub("", text).strip(MARKS)
    if not 2 < len(name) <= LONGEST_NAME or SELF.match(name) or re.search(r"[,。;:|、()\d<>]", name):
        return None
    return name if name.endswith(GOVERNMENT) or level_of(name) else None


def core_of(name: str) -> str:
    """The name without 人民政府 and without the regions before it.

    >>> core_of("杭州市临安区天目山镇人民政府"), core_of("朝阳区人民政府望京街道办事处")
    ('天目山镇', '望京街道')
    """
    bare = name.removesuffix(GOVERNMENT).removesuffix("办事处") or name
    region = region_of(name) or ""
    return bare[len(region) :].removeprefix(GOVERNMENT) or bare
