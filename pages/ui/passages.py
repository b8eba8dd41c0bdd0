"""Copied passages: the paragraphs of two reports side by side, and the list of the pairs of reports.

In: the pairs of a store, and of one pair a corpus with its flag and both reports.  Out: drawn panels.  Text of reports
travels as data and is made text nodes of in the browser (`assets/passages.js`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui.browser import draw_passages
from pages.ui.chosen import Selection
from pages.ui.data import call_agencies, name_agencies
from pages.ui.links import link_report
from pages.ui.listing import Listing
from pages.ui.marks import place_of
from pages.ui.tables import SHADES
from pages.ui.wording import name_code, say
from parsing.audit.alignment import Piece, compare_texts
from parsing.audit.shingles import Line, lay_out
from parsing.corpus.summaries import COPIES
from parsing.tables import Corpus

# Of the texts on the page, in pixels.
HEIGHT = 620
Side = dict[str, Any]


def is_copy(flag: Any) -> bool:
    """Whether a flag shows passages; that on tables which are last year's shows cells."""
    return flag.check in COPIES and not any(side.get("address") for side in flag.evidence)


def list_pairs(chosen: Selection) -> Selection:
    """The pairs of reports with copied prose of which a chosen report is either side, as a condition on `pairs`."""
    condition = f"rank IN (SELECT pair FROM sides WHERE {chosen.condition})"
    return Selection(chosen.shelf, condition, chosen.parameters)


def narrow_pairs(pairs: Selection, levels: Sequence[str], kind: str) -> Selection:
    """Those of some levels, none meaning all, and of one relation: `past`, `other` or `all`."""
    if levels:
        pairs = pairs.narrow(f"level IN ({', '.join('?' * len(levels))})", levels)
    return pairs if kind == "all" else pairs.narrow('"check" = ?', (COPIES[0 if kind == "past" else 1],))


def order_pairs(pairs: Selection) -> Listing:
    """One row per pair, most alike first."""
    counting = "SELECT count(*) FROM pairs WHERE {chosen}"
    return Listing(pairs, "SELECT * FROM pairs WHERE {chosen} ORDER BY rank", counting=counting)


def find_pair(pairs: Selection, flag_id: str | None) -> int:
    """The place of a pair, named by its flag, in the list; the first place for one that is not in it."""
    earlier = "rank < (SELECT min(rank) FROM pairs WHERE flag_id = ?)"
    return int(pairs.ask(f"SELECT count(*) FROM pairs WHERE {{chosen}} AND {earlier}", (flag_id,)).iat[0, 0])


def show_passages(corpus: Corpus, flag: Any, key: str) -> None:
    """The copied paragraphs of both reports side by side, in the order of the text, and the links to both."""
    sides = list(flag.evidence)
    pairs = sorted(zip(sides[::2], sides[1::2], strict=True), key=lambda pair: place_of(pair[0]["where"]))
    ids = [side["report_id"] for side in pairs[0]]
    drawn = [lay_pair(corpus, pair) for pair in unique_paragraphs(corpus, pairs)]
    heads = [name_report(corpus, report_id) for report_id in ids]
    text = {"heads": heads, "pairs": drawn, "legend": lay_legend(drawn), "height": HEIGHT}
    draw_passages(text, f"{key}-passages-{flag.flag_id}")
    with st.container(horizontal=True):
        for head, report_id in zip(heads, ids, strict=True):
            link_report(say("打开：{report}", report=escape(head)), report_id)


def escape(text: str) -> str:
    """A name of a report where Markdown is read: every mark of it is taken as it stands."""
    return "".join(f"\\{one}" if one in "\\`*_{}[]()<>#+-.!|~$:" else one for one in text)


def name_report(corpus: Corpus, report_id: str) -> str:
    rows = corpus.reports[corpus.reports["report_id"] == report_id]
    if rows.empty:
        return report_id
    agency, year = name_agencies(rows).iloc[0], rows["year"].iloc[0]
    return say("{agency} {year} 年度报告", agency=agency, year=year)


def lines_at(corpus: Corpus, side: Mapping[str, Any]) -> list[Line]:
    """The lines of the paragraph in which a passage stands."""
    line, column = place_of(side["where"])
    prose = corpus.prose[corpus.prose["report_id"] == side["report_id"]]
    rows: list[Any] = list(prose.itertuples())
    here = [row for row in rows if covers(row, line, column)]
    return [row for row in rows if here and row.paragraph == here[0].paragraph and row.kind == "text"]


def covers(row: Any, line: int, column: int) -> bool:
    at, first = place_of(row.where)
    return at == line and first <= column < first + max(len(row.raw), 1)


def unique_paragraphs(corpus: Corpus, pairs: Sequence[Any]) -> Iterator[tuple[list[Line], list[Line], str, str]]:
    """Both paragraphs of every pair of passages, with the reports; a pair of paragraphs is shown once."""
    found = [(*(lines_at(corpus, side) for side in pair), *(side["report_id"] for side in pair)) for pair in pairs]
    for _, same in groupby(found, key=lambda one: [lines[0].paragraph if lines else 0 for lines in one[:2]]):
        first = next(same)
        if first[0] and first[1]:
            yield first  # type: ignore[misc]


def lay_pair(corpus: Corpus, pair: tuple[list[Line], list[Line], str, str]) -> list[Side]:
    """One pair of paragraphs for the browser; a figure that differs says what stands on the other side."""
    agencies = corpus.reports.set_index("report_id")["agency"]
    layouts = []
    for lines, report_id in zip(pair[:2], pair[2:], strict=True):
        agency = agencies.get(report_id)
        layouts.append(lay_out(lines, agency if isinstance(agency, str) else None))
    texts = compare_texts(*layouts)
    changed = [[piece.text for piece in pieces if piece.kind in ("figure", "name")] for pieces in texts]
    sides = []
    for lines, pieces, others in zip(pair[:2], texts, reversed(changed), strict=True):
        first: Any = lines[0]
        sides.append({"line": place_of(first.where)[0], "pieces": lay_pieces(pieces, iter(others))})
    return sides


def lay_pieces(pieces: Sequence[Piece], others: Iterator[str]) -> list[dict[str, str]]:
    return [
        {"text": piece.text, "kind": piece.kind}
        | ({"hint": say("另一方：{text}", text=next(others))} if piece.kind in ("figure", "name") else {})
        for piece in pieces
    ]


def lay_legend(drawn: Sequence[Sequence[Side]]) -> list[dict[str, str]]:
    """What the marks mean, with how many there are on the left."""
    counts = Counter(piece["kind"] for pair in drawn for piece in pair[0]["pieces"])
    entries = [("same", say("文字"), say("相同")), ("other", say("文字"), say("不同"))]
    if counts["figure"]:
        entries.insert(1, ("figure", "12", say("只有数字不同")))
    if counts["name"]:
        entries.insert(-1, ("name", say("某镇"), say("只有名称不同，{count} 处", count=counts["name"])))
    return [{"kind": kind, "sample": sample, "text": text} for kind, sample, text in entries]


def pair_labels() -> dict[str, str]:
    return {
        "agency": say("机关"),
        "year": say("年度"),
        "share": say("相同（%）"),
        "other_agency": say("与哪个机关相同"),
        "other_year": say("那份的年度"),
        "relation": say("关系"),
        "longest": say("最长一处（字）"),
        "consequence": say("处理"),
        "level": say("层级"),
    }


def name_relation(check: str) -> str:
    return say("本机关上一年度") if check == COPIES[0] else say("其他机关")


def spell_pairs(pairs: pd.DataFrame) -> pd.DataFrame:
    """The list with words for its codes."""
    return pairs.assign(
        agency=call_agencies(pairs),
        other_agency=call_agencies(pairs, "other_"),
        relation=pairs["check"].map(name_relation),
        consequence=[name_code("consequence", code) for code in pairs["consequence"]],
        level=[name_code("level", code) for code in pairs["level"]],
    )


def shade_pairs(pairs: pd.DataFrame) -> pd.DataFrame:
    """The list's styles: what is to be explained stands out."""
    styles = pd.DataFrame("", index=pairs.index, columns=list(pair_labels()))
    styles["consequence"] = pairs["consequence"].map(SHADES).fillna("")
    return styles
