"""Made-up reports as pdf, printed by the programs that people use: a browser, an office suite, a pdf library.

In: logical reports and how the page is laid out.  Out: the bytes of pdf files.  Refused: nothing; a program that is
not installed raises `FileNotFoundError`, and the tests that need it are skipped.
"""

from __future__ import annotations

import html
import io
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from tests.synthesis.grids import Grid, GridCell
from tests.synthesis.logical import Heading, LogicalReport, Prose

CHROMIUM = next((one for one in ("chromium", "chromium-browser", "google-chrome") if shutil.which(one)), None)
OFFICE = next((one for one in ("soffice", "libreoffice") if shutil.which(one)), None)
HEADER_ROWS = {"t3": 3, "t4": 3, "indicators": 1}


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is laid out: sizes in points; `push` empty lines before each table, `repeats` repeats headings."""

    size: float = 12
    table_size: float = 10.5
    margin: float = 72
    width: float = 595
    height: float = 842
    font: str = "Noto Serif CJK SC"
    push: int = 0
    repeats: bool = False
    splits_rows: bool = True
    numbers: bool = True


def html_cell(cell: GridCell, tag: str = "td") -> str:
    return f'<{tag} rowspan="{cell.rows}" colspan="{cell.columns}">{html.escape(cell.text)}</{tag}>'


def html_table(grid: Grid, look: Look) -> str:
    head = HEADER_ROWS.get(grid.code, 0) if look.repeats else 0
    rows = ["<tr>" + "".join(map(html_cell, row)) + "</tr>" for row in grid.rows]
    spacer = "<p>&nbsp;</p>" * look.push
    return f"{spacer}<table><thead>{''.join(rows[:head])}</thead><tbody>{''.join(rows[head:])}</tbody></table>"


def html_report(report: LogicalReport, look: Look) -> str:
    """The report as a page that a browser prints."""
    parts = [f"<p>{html.escape(line)}</p>" for line in report.metadata]
    parts += [f'<p class="title">{html.escape(line)}</p>' for line in report.title]
    for block in report.blocks:
        if isinstance(block, Grid):
            parts.append(html_table(block, look))
        elif isinstance(block, Heading):
            parts.append(f'<p class="heading">{html.escape(block.text)}</p>')
        else:
            style = f' style="text-align:{block.align}"' if block.align != "left" else ' class="prose"'
            parts.append(f"<p{style}>{html.escape(block.text)}</p>")
    split = "" if look.splits_rows else "tr {page-break-inside: avoid}"
    css = f"""@page {{size: {look.width}pt {look.height}pt; margin: {look.margin}pt}}
    body {{font-family: '{look.font}'; font-size: {look.size}pt; line-height: 1.5}}
    .title {{text-align: center; font-size: 150%}} .prose {{text-indent: 2em}} .heading {{font-weight: bold}}
    table {{border-collapse: collapse; width: 100%; font-size: {look.table_size}pt}}
    td {{border: 1px solid black; padding: 2pt; text-align: center}} {split}"""
    return f'<html><head><meta charset="utf-8"><style>{css}</style></head><body>{"".join(parts)}</body></html>'


def print_in_browser(pages: Mapping[str, str]) -> dict[str, bytes]:
    """Each html page as a pdf, under the same name."""
    if CHROMIUM is None:
        raise FileNotFoundError("chromium")
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in pages.items():
            source, target = Path(folder, f"{name}.html"), Path(folder, f"{name}.pdf")
            source.write_text(text, encoding="utf-8")
            options = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
                       "--no-pdf-header-footer", f"--print-to-pdf={target}")  # fmt: skip
            subprocess.run([CHROMIUM, *options, source.as_uri()], check=True, capture_output=True, timeout=120)
            found[name] = target.read_bytes()
    return found


def set_font(run: object, look: Look, size: float) -> None:
    properties = run._element.get_or_add_rPr()  # type: ignore[attr-defined]
    fonts = properties.get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{kind}", look.font)
    run.font.size = Pt(size)  # type: ignore[attr-defined]


def add_text(paragraph: object, text: str, look: Look, size: float) -> None:
    set_font(paragraph.add_run(text), look, size)  # type: ignore[attr-defined]


def add_grid(document: object, grid: Grid, look: Look) -> None:
    """A Word table with its merged cells."""
    table = document.add_table(len(grid.rows), grid.width, style="Table Grid")  # type: ignore[attr-defined]
    cells = [list(row.cells) for row in table.rows]
    for y, row in enumerate(grid.spread()):
        for x, place in enumerate(row):
            if isinstance(place, GridCell):
                cell = cells[y][x]
                if place.rows > 1 or place.columns > 1:
                    cell = cell.merge(cells[y + place.rows - 1][x + place.columns - 1])
                add_text(cell.paragraphs[0], place.text, look, look.table_size)
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        if look.repeats and number < HEADER_ROWS.get(grid.code, 0):
            properties.append(OxmlElement("w:tblHeader"))
        if not look.splits_rows:
            properties.append(OxmlElement("w:cantSplit"))


def add_page_number(section: object, look: Look) -> None:
    paragraph = section.footer.paragraphs[0]  # type: ignore[attr-defined]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}fldCharType", kind)
        element.text = text or None
        run._element.append(element)


def word_report(report: LogicalReport, look: Look) -> bytes:
    """The report as a Word document."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Pt(look.width), Pt(look.height)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Pt(look.margin))
    section.footer_distance = section.header_distance = Mm(10)
    if look.numbers:
        add_page_number(section, look)
    align = {"left": WD_ALIGN_PARAGRAPH.JUSTIFY, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
    for line in (*report.metadata, *report.title):
        add_text(document.add_paragraph(), line, look, look.size * 1.4)
    for block in report.blocks:
        if isinstance(block, Grid):
            for _ in range(look.push):
                document.add_paragraph()
            add_grid(document, block, look)
            continue
        paragraph = document.add_paragraph()
        add_text(paragraph, block.text, look, look.size)
        if isinstance(block, Prose):
            paragraph.alignment = align[block.align]
            paragraph.paragraph_format.first_line_indent = Pt(2 * look.size if block.align == "left" else 0)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def print_in_office(files: Mapping[str, bytes], suffix: str = "docx") -> dict[str, bytes]:
    """Each document as a pdf; all in one start of the program."""
    if OFFICE is None:
        raise FileNotFoundError("soffice")
    with tempfile.TemporaryDirectory() as folder:
        paths: Sequence[Path] = [Path(folder, f"{name}.{suffix}") for name in files]
        for path in paths:
            path.write_bytes(files[path.stem])
        options = ("--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf",
                   "--outdir", folder)  # fmt: skip
        subprocess.run([OFFICE, *options, *map(str, paths)], check=True, capture_output=True, timeout=300)
        return {name: Path(folder, f"{name}.pdf").read_bytes() for name in files}
