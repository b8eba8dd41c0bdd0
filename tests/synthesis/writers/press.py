"""Every format that a report can be written in, and the press that writes many reports at once.

In: logical reports by name, and the name of a kind of file.  Out: the bytes of each.  Refused: a kind that does not
exist.  A kind that needs another program says which (`needs`), so that a test can say why it is skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Literal

from tests.browser.chromium import find_chromium
from tests.synthesis.logical import LogicalReport
from tests.synthesis.writers.government import write_government
from tests.synthesis.writers.html import write_clean, write_sloppy
from tests.synthesis.writers.markdown import write_broken_markdown, write_markdown
from tests.synthesis.writers.paper import write_aligned_pdf, write_ruled_pdf
from tests.synthesis.writers.programs import convert, find_office, print_pages
from tests.synthesis.writers.word import write_docx, write_numbered_docx
from tests.synthesis.writers.word_html import write_mhtml, write_word_html
from tests.synthesis.writers.workbook import write_csv, write_sheet, write_sheets

Write = Callable[[LogicalReport, Random], bytes]
Program = Literal["office", "browser"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: the format that it must be recognised as, its suffix, and how it is made.

    `write` writes it, or writes the kind that `program` converts (`source` is the suffix of that one).
    """

    format: str
    suffix: str
    write: Write
    needs: Program | None = None
    source: str = ""


KINDS: dict[str, Kind] = {
    "html_clean": Kind("html", "html", write_clean),
    "html_government": Kind("html", "htm", write_government),
    "html_word": Kind("html", "htm", write_word_html),
    "html_sloppy": Kind("html", "html", write_sloppy),
    "mhtml": Kind("mhtml", "mht", write_mhtml),
    "docx": Kind("docx", "docx", write_docx),
    "docx_numbered": Kind("docx", "docx", write_numbered_docx),
    "xlsx_sheet": Kind("xlsx", "xlsx", write_sheet),
    "xlsx_sheets": Kind("xlsx", "xlsx", write_sheets),
    "csv": Kind("csv", "csv", write_csv),
    "md": Kind("md", "md", write_markdown),
    "md_broken": Kind("md", "md", write_broken_markdown),
    "pdf_ruled": Kind("pdf", "pdf", write_ruled_pdf),
    "pdf_aligned": Kind("pdf", "pdf", write_aligned_pdf),
    "pdf_browser": Kind("pdf", "pdf", write_clean, "browser", "html"),
    "pdf_word": Kind("pdf", "pdf", write_docx, "office", "docx"),
    "doc": Kind("doc", "doc", write_docx, "office", "docx"),
    "doc_numbered": Kind("doc", "doc", write_numbered_docx, "office", "docx"),
    "rtf": Kind("rtf", "rtf", write_docx, "office", "docx"),
    "odt": Kind("odt", "odt", write_docx, "office", "docx"),
    "html_office": Kind("html", "html", write_docx, "office", "docx"),
    "xls": Kind("xls", "xls", write_sheet, "office", "xlsx"),
    "ods": Kind("ods", "ods", write_sheets, "office", "xlsx"),
}
REASONS = {
    "office": "no LibreOffice on this machine; on Debian: apt-get install libreoffice-{writer,calc}-nogui",
    "browser": "no Chromium on this machine; on Debian: apt-get install chromium fonts-noto-cjk",
}
FINDERS: dict[str, Callable[[], str | None]] = {"office": find_office, "browser": find_chromium}


def reason_against(name: str) -> str | None:
    """Why files of this kind cannot be written on this machine; None where they can."""
    needs = KINDS[name].needs
    return REASONS[needs] if needs and FINDERS[needs]() is None else None


def write_reports(reports: Mapping[str, LogicalReport], name: str) -> dict[str, bytes]:
    """Each report as the file that is written here; where a kind needs a program, as the one that it converts."""
    if name not in KINDS:
        raise ValueError(f"no kind {name}; there are {', '.join(KINDS)}")
    return {key: KINDS[name].write(report, Random(f"{name}|{key}")) for key, report in reports.items()}


def finish_reports(written: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """What the program of a kind makes of the files that were written for it; the same files where it needs none."""
    kind = KINDS[name]
    if kind.needs is None:
        return dict(written)
    stems = {key: f"{number}.{kind.source}" for number, key in enumerate(written)}
    sources = {stems[key]: data for key, data in written.items()}
    converted = print_pages(sources) if kind.needs == "browser" else convert(sources, kind.suffix)
    return {key: converted[stems[key]] for key in written}


def print_reports(reports: Mapping[str, LogicalReport], name: str) -> dict[str, bytes]:
    """Each report as a file of one kind; the same name and kind give the same file."""
    return finish_reports(write_reports(reports, name), name)
