"""Pages that are damaged, made to break a reader, or hold no text: a clear problem or what can be read, and quickly."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsing import parse_report
from parsing.model import CellStatus
from parsing.readers import read_document
from tests.reading.html_pages import PRODUCERS
from tests.synthesis import Agency, build_report, clean_facts

OFFICE = Agency("云溪市青岚区档案局", "档案局", "department", "云溪市青岚区", "我局", 700, 60, 900)
WORDS = "政府信息公开工作年度报告"


@pytest.mark.parametrize("producer", ["plain", "site", "word", "frame", "sloppy"])
def test_a_page_cut_anywhere_says_nothing_wrong(producer: str) -> None:
    facts = clean_facts(OFFICE, 2022, 11)
    page = PRODUCERS[producer](build_report(facts))
    expected = facts.expected()
    for cut in range(len(page) // 3, len(page), len(page) // 60):
        report = parse_report(page[:cut].encode(), "x")
        read = {cell.address: cell.value for cell in report.cells if cell.status is not CellStatus.ABSENT}
        wrong = {address: value for address, value in read.items() if value is not None and expected[address] != value}
        assert wrong == {}, cut
        assert not any(cell.status is CellStatus.BLANK for cell in report.cells), cut


@pytest.mark.parametrize(
    ("piece", "count"),
    [
        ("<div>", 1_000_000), ("<table>", 500_000), ("<table><tr><td>", 200_000), ("<div hidden>", 200_000),
        ("<nav><select>", 200_000), ("<!--", 500_000), ("<!-- a --><!--", 200_000), ("<script>", 300_000),
        ('<td "', 400_000), ('<td ">" ', 200_000), ("<td a='\"'> ", 200_000), ("<a ", 500_000), ('="<', 500_000),
        ("<p>" + "<div hidden>" * 100_000 + WORDS + "</div>" * 100_000, 1),
        ("<x>", 1_000_000), ("<p>a", 300_000), ("<tr>", 500_000), ("<td colspan=50 rowspan=9999>1", 60_000),
        ("<tr><td colspan=50 rowspan=9999>1", 60_000), ("1<sup>", 300_000), ("<style>", 300_000),
        ("&#x110000;", 100_000), ("<plaintext>", 100_000), ("</table></td>", 300_000),
    ],
)  # fmt: skip
def test_any_repetition_is_read_or_refused(piece: str, count: int) -> None:
    """Each of them would take hours where the work grew faster than the file."""
    document = read_document(f"<html><body>{WORDS}{piece * count}".encode())
    assert WORDS in document.text or [problem.kind for problem in document.problems] == ["file_too_large"]


@pytest.mark.parametrize(
    ("page", "kind", "words"),
    [
        ("<html><frameset cols=20%,80%><frame src=a.htm><frame src=b.htm></frameset></html>", "empty_file", "框架"),
        ("<html><body><img src=report.jpg><script>load()</script></body></html>", "empty_file", "没有文字"),
        ("<html><body>" + "<table><tr><td>" * 100 + WORDS, "file_too_large", "60 层"),
        ("<html><body>" + "<p>" + WORDS * 200_000, "file_too_large", "字符"),
    ],
)
def test_what_is_not_read_is_explained(page: str, kind: str, words: str) -> None:
    document = read_document(page.encode())
    assert [problem.kind for problem in document.problems] == [kind]
    assert words in document.problems[0].message
    assert document.blocks == ()


def test_fifty_megabytes_of_tags_are_refused() -> None:
    document = read_document(b"<html>" + b"<p>" * 17_000_000)
    assert [problem.kind for problem in document.problems] == ["file_too_large"]


def test_pictures_in_the_page_do_not_count() -> None:
    picture = b'<img src="data:image/png;base64,' + b"iVBORw0KGgo" * 2_000_000 + b'">'
    document = read_document(b"<html><body><p>" + WORDS.encode() + b"</p>" + picture + b"</body></html>")
    assert document.text == WORDS


LABEL = "本年新收政府信息公开申请数量"
FRAGMENTS = st.sampled_from(
    [
        "<table>", "</table>", "<tr>", "<td>", "</td>", "<td colspan=3", "<p>", "</p>", "<br>", "<!--", "-->",
        "<script>", "</script>", '"', "'", ">", "<", "&", "&#0;", "\0", "1", "<div style='display:none'>",
        "</div>", "<a href=x>", "</a>", "<pre>", "\n", "<input value=", "<li>", "<select>", "</select>",
        "<meta name=PubDate content=", "<title>", "</title>", " ", LABEL,
    ]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(FRAGMENTS, max_size=60))
def test_no_mixture_of_markup_raises(parts: list[str]) -> None:
    document = read_document(("<html>" + "".join(parts)).encode())
    assert document.format in ("html", "empty")
    assert "<script>" not in document.text
    assert document.text.count(LABEL) <= parts.count(LABEL)
