"""What is written into the files of the demonstration district, and the list of what is planted in them.

In: the samples of `district`.  Out: bytes by path below the folder; the text of the manifest.  Refused: nothing.  What
LibreOffice or Chromium must convert is written up to the file that they convert; `filing` does the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from random import Random
from typing import Any

from tests.synthesis.damage import damage, damage_report, encode
from tests.synthesis.district import TEXT, Sample, load_plan, load_samples, unreadable_names
from tests.synthesis.logical import LogicalReport
from tests.synthesis.text import print_report
from tests.synthesis.writers import KINDS, fingerprint, write_reports

MANIFEST = "manifest.toml"
HEADER = """\
# The demonstration district: an invented place, invented agencies, made-up figures.
#
# Written by `python -m tests.synthesis`; change the plan, not this file.  `raises` of a sample is the exact set of
# checks that fire on it.  Five samples keep the figures, layout and damage of reports met in the wild, retold.
# `kind` is how the file was made; `made_of` is the fingerprint of the file that another program converted into it.
"""
# Windows programs write these encodings with a carriage return.
LINE_ENDS = {"gb18030": "\r\n", "utf-8-sig": "\r\n", "utf-16": "\r\n"}


def text_of(sample: Sample) -> str:
    """The damaged text of a sample."""
    facts = sample.facts
    text = print_report(sample.report, sample.layout, f"{facts.seed}|{facts.agency.name}|{facts.year}")
    for kind in sample.damage:
        text = damage(text, kind, facts.year)
    return text


def damaged(sample: Sample) -> LogicalReport:
    """The report of a sample as it goes into a format of its own."""
    report = sample.report
    for kind in sample.damage:
        report = damage_report(report, kind, sample.facts.year)
    return report


def bytes_of(sample: Sample) -> bytes:
    """The file, or the one that another program makes it of."""
    if sample.kind == TEXT:
        return encode(text_of(sample), sample.encoding, LINE_ENDS.get(sample.encoding, "\n"))
    return write_reports({sample.name: damaged(sample)}, sample.kind)[sample.name]


def is_converted(sample: Sample) -> bool:
    """Whether another program makes the file of what is written here."""
    return sample.kind != TEXT and KINDS[sample.kind].needs is not None


def rubbish(name: str) -> bytes:
    """A file that a broken download left: no text in any encoding."""
    chance = Random(name)
    return b"\x00\x01\x02" + bytes(chance.choice((0, 1, 2, 3, 5, 7, 14, 127, 255)) for _ in range(4096))


def print_toml(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(print_toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def print_table(name: str, entry: Mapping[str, Any]) -> str:
    lines = [f"[[{name}]]", *(f"{key} = {print_toml(value)}" for key, value in entry.items() if value not in ("", ()))]
    return "\n".join(lines) + "\n"


def sample_entry(sample: Sample) -> dict[str, Any]:
    facts = sample.facts
    return {
        "file": sample.name,
        "agency": facts.agency.name,
        "level": facts.agency.level,
        "year": facts.year,
        "form": "、".join(dict.fromkeys(facts.layouts.values())) or "A0",
        "format": sample.format,
        "kind": sample.kind,
        "layout": sample.layout,
        "encoding": sample.encoding,
        "damage": sample.damage,
        "raises": sample.raises,
        "made_of": fingerprint(written()[sample.name]) if is_converted(sample) else "",
    }


def planted_entries(sample: Sample) -> Iterator[dict[str, Any]]:
    """What is planted in a sample: by the plan, or kept from the report that it retells."""
    if sample.plant:
        plant = sample.plant
        yield {"file": sample.name, "check": plant.check, "what": plant.what, "where": plant.where}
    elif sample.raises:
        for check in sample.raises:
            yield {"file": sample.name, "check": check, "what": "照原样保留的矛盾", "where": "见异常所指的位置"}


def write_manifest() -> str:
    """The manifest: the agencies with the years left out, every file, every contradiction."""
    parts = [HEADER, f'region = "{load_plan()["region"]}"\nunreadable = {print_toml(unreadable_names())}\n']
    for entry in load_plan()["agencies"]:
        agency = {key: entry[key] for key in ("name", "short", "level")}
        parts.append(print_table("agencies", {**agency, "missing": entry["missing"]}))
    parts += [print_table("samples", sample_entry(sample)) for sample in load_samples()]
    parts += [print_table("planted", entry) for sample in load_samples() for entry in planted_entries(sample)]
    return "\n".join(parts)


@cache
def written() -> Mapping[str, bytes]:
    """What is written here for every sample, by its path."""
    return {sample.name: bytes_of(sample) for sample in load_samples()}
