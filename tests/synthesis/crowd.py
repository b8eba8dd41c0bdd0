"""Report files by the thousand, in the formats that people send: what an ingest is measured on.

In: a number and a folder.  Out: so many files, every one of another content: web pages, Word, pdf and text as the
writers make them; Word's binary files are a few real ones in which the signs of names and sentences are exchanged.
Refused: nothing; without LibreOffice there are packed Word files in the place of binary ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

from tests.synthesis.country import FIRST, SECOND, SEED, TOWNS, agencies_of, history_of, list_facts
from tests.synthesis.damage import encode
from tests.synthesis.facts import Facts
from tests.synthesis.logical import LogicalReport, Prose, build_report
from tests.synthesis.text import print_report
from tests.synthesis.writers.packed import write_packed_docx
from tests.synthesis.writers.press import KINDS, print_reports, reason_against

# Of twenty files; the pages of government sites are the commonest.
MIX = (*["html_government"] * 6, *["html_clean"] * 3, *["html_word"] * 2, "html_sloppy", *["docx"] * 3, "pdf_ruled",
       "pdf_aligned", "doc", *["text"] * 2)  # fmt: skip
LAYOUTS = ("word_paste", "pipes", "cell_lines")
ENCODINGS = ("utf-8", "utf-8", "gb18030")
FILES_A_FOLDER = 1_000
SIGNS = FIRST + SECOND
# A sentence without figures that is longer is nobody's but the author's.
LONG = 14


def write_crowd(number: int, folder: Path) -> int:
    """Write so many files in folders below the folder; how many bytes they have."""
    total = 0
    for index, (name, data) in enumerate(list_files(number)):
        path = folder / f"{index // FILES_A_FOLDER:04d}" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        total += len(data)
    return total


def list_files(number: int) -> Iterator[tuple[str, bytes]]:
    """The files by name."""
    chance = Random(SEED)
    for index, facts in enumerate(list_facts(number)):
        # Each twenty files hold the mix exactly, in another order.
        if index % len(MIX) == 0:
            kinds = chance.sample(MIX, len(MIX))
        kind = kinds[index % len(MIX)]
        suffix, data = write_one(kind, facts, index)
        yield f"{index:07d}_{facts.agency.short}_{facts.year}.{suffix}", data


def write_one(kind: str, facts: Facts, index: int) -> tuple[str, bytes]:
    """The suffix and the bytes of one file."""
    chance = Random(f"{SEED}|{index}")
    if kind == "doc" and reason_against(kind) is None:
        return kind, exchange_signs(binary_files()[facts.year], Random(f"signs|{index // len(MIX)}"))
    report = build_report(facts)
    if kind == "text":
        text = print_report(report, chance.choice(LAYOUTS), str(index))
        return "txt", encode(text, chance.choice(ENCODINGS), "\n")
    if kind in ("doc", "docx"):
        return "docx", write_packed_docx(report, chance)
    return KINDS[kind].suffix, KINDS[kind].write(report, chance)


@cache
def binary_files() -> Mapping[int, bytes]:
    """A binary Word file for each year, with a town's report in which all signs of its own can be exchanged."""
    town = next(agency for agency in agencies_of(TOWNS) if agency.level == "township")
    reports = {str(facts.year): own_signs(build_report(facts)) for facts in history_of(town)}
    return {int(year): data for year, data in print_reports(reports, "doc").items()}


def own_signs(report: LogicalReport) -> LogicalReport:
    """The report with other signs in every long sentence without figures: those that no form has."""
    chance = Random(report.title[0])

    def reword(text: str) -> str:
        sentences = [one for one in text.split("。") if one]
        return "".join(
            ("".join(chance.choices(SIGNS, k=len(one))) if len(one) > LONG and not has_figure(one) else one) + "。"
            for one in sentences
        )

    blocks = [
        replace(block, text=reword(block.text)) if isinstance(block, Prose) and block.text.endswith("。") else block
        for block in report.blocks
    ]
    return replace(report, blocks=tuple(blocks))


def has_figure(text: str) -> bool:
    return any(sign.isdigit() or sign in "无未没不零" for sign in text)


def exchange_signs(data: bytes, chance: Random) -> bytes:
    """The file with the signs of names and sentences exchanged one for one, in its run of text and nowhere else."""
    first = data.find("年".encode("utf-16-le"))
    end = data.rfind("年".encode("utf-16-le"))
    begin = max(first - 200, first % 2)
    text = data[begin:end].decode("utf-16-le", "surrogatepass")
    exchanged = text.translate(str.maketrans(SIGNS, "".join(chance.sample(SIGNS, len(SIGNS)))))
    return data[:begin] + exchanged.encode("utf-16-le", "surrogatepass") + data[end:]
