"""A made-up country: thousands of counties, each with a government, towns and departments.

In: how many agencies, or reports, are wanted.  Out: agencies county by county, and the facts of ten years of each, one
report in five with a figure that contradicts the others; the same on every machine.  Refused: more agencies than the
country has names for.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice
from random import Random

from tests.synthesis.clean import next_facts, opening_after
from tests.synthesis.facts import Agency, Facts
from tests.synthesis.forms import Opening

YEARS = range(2015, 2025)
SEED = 20250401
# No name of a place is made of a sign that ends one (市 区 县 镇 乡), nor of one that stands in a form or a phrase.
FIRST = "云砚霁鹤松竹梅兰芷溪泉澜汐潭渚峦岫岭晴朗昭旭晖暮朝霞霖雪霜枫桐榆柏桂柳荷菱芦荻鸥鹭雁燕鹿麓砾砂玉瑶茗蕙蓉薇"
SECOND = (
    "溪池汀川浦湾洲渡桥坪塘陂冲坑岩峰亭阁楼园林苑圃垄畈坞谷峪涧泽沼淀"
    "湖泊港堰闸津岱嵩峻壑崖滩矶屿沙野陵丘墩垣堡寨岬崮峁圩埂埔涌溇浜漕"
)
TOWNS, DEPARTMENTS = 14, 18
DISTURBED = 0.2
COUNTY_SIZE = 1 + TOWNS + DEPARTMENTS
COUNTIES_A_CITY = 10
# The names of cities come behind those of all counties.
MOST_COUNTIES = 3_000
OFFICES = (
    "档案局", "财政局", "教育局", "民政局", "司法局", "统计局", "审计局", "水利局", "农业农村局", "交通运输局",
    "文化和旅游局", "卫生健康局", "应急管理局", "市场监督管理局", "医疗保障局", "人力资源和社会保障局", "自然资源局",
    "生态环境局",
)  # fmt: skip


def place_name(number: int) -> str:
    """Two signs that no smaller number has."""
    first, second = divmod(number * 1_009 % (len(FIRST) * len(SECOND)), len(SECOND))
    if number >= len(FIRST) * len(SECOND):
        raise ValueError(f"no name is left for place {number}")
    return FIRST[first] + SECOND[second]


def agencies_of(county: int) -> Iterator[Agency]:
    """The agencies of a county (from 0), its government first."""
    chance = Random(f"{SEED}|{county}")
    city = f"{place_name(MOST_COUNTIES + county // COUNTIES_A_CITY)}市"
    short = f"{place_name(county)}{chance.choice('区县')}"
    region, own = city + short, f"我{short[-1]}"
    size = chance.uniform(0.4, 2.5)
    yield Agency(f"{region}人民政府", short, "county", city, own, round(9000 * size), round(120 * size), 20_000)
    for number in range(TOWNS):
        town = f"{place_name((county * TOWNS + number * 71) % MOST_COUNTIES)}镇"
        kind = round(400 * size), round(8 * size), 30
        yield Agency(f"{region}{town}人民政府", town, "township", region, "我镇", *kind)
    for office in OFFICES[:DEPARTMENTS]:
        kind = round(700 * size), round(40 * size), 900
        yield Agency(region + office, office, "department", region, "我局", *kind)


def list_agencies(number: int) -> Iterator[Agency]:
    """So many agencies, county by county."""
    return islice((agency for county in count() for agency in agencies_of(county)), number)


def history_of(agency: Agency) -> Iterator[Facts]:
    """The reports of an agency, year by year, each going on from the one before."""
    opening = Opening()
    for year in YEARS:
        facts = next_facts(agency, year, SEED, opening)
        yield disturb(facts)
        opening = opening_after(facts)


def disturb(facts: Facts) -> Facts:
    """The same facts, or for one report in five with one of its counts too large by one."""
    chance = Random(f"disturb|{facts.agency.name}|{facts.year}")
    counts = [address for address, value in facts.cells.items() if isinstance(value, int) and value]
    if not counts or chance.random() > DISTURBED:
        return facts
    address = chance.choice(counts)
    return facts.with_cells({address: facts.count(address) + 1})


def list_facts(number: int) -> Iterator[Facts]:
    """So many reports, agency by agency."""
    agencies = list_agencies(-(-number // len(YEARS)))
    return islice((facts for agency in agencies for facts in history_of(agency)), number)
