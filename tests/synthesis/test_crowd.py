"""Files by the thousand are read as what they are, and no two say the same."""

from collections import Counter
from random import Random

import pytest

from parsing.extraction.agencies import level_of
from parsing.pipeline import parse_bytes
from tests.synthesis.country import COUNTY_SIZE, MOST_COUNTIES, agencies_of, list_agencies, list_facts
from tests.synthesis.crowd import MIX, list_files
from tests.synthesis.logical import build_report
from tests.synthesis.writers.packed import write_packed_docx
from tests.synthesis.writers.press import reason_against

FILES = 3 * len(MIX)


def test_names_of_agencies_say_their_level_and_none_comes_twice() -> None:
    agencies = list(list_agencies(10 * COUNTY_SIZE))
    assert len({agency.name for agency in agencies}) == len(agencies)
    assert [level_of(agency.name) for agency in agencies] == [agency.level for agency in agencies]
    last = next(agencies_of(MOST_COUNTIES - 1))
    assert last.name not in {agency.name for agency in agencies}


def test_the_mix_is_exact_and_every_file_is_read() -> None:
    files = dict(list_files(FILES))
    assert len(set(files.values())) == len(files) == FILES
    reports = {name: parse_bytes(data, name)[0] for name, data in files.items()}
    formats = Counter(report.source.format for report in reports.values())
    binary = 3 if reason_against("doc") is None else 0
    assert formats == Counter(html=36, docx=12 - binary, pdf=6, txt=6, doc=binary)
    for name, report in reports.items():
        assert report.particulars.agency and not report.problems, name
        assert len(report.cells) > 50, name


def test_a_packed_document_says_what_the_facts_say() -> None:
    for facts in list_facts(10):
        (report,) = parse_bytes(write_packed_docx(build_report(facts), Random(1)), "report")
        assert report.particulars.agency == facts.agency.name
        assert report.particulars.year == facts.year
        assert {cell.address: cell.value for cell in report.cells} == facts.expected()


@pytest.mark.skipif(reason_against("doc") is not None, reason="no LibreOffice on this machine")
def test_signs_exchanged_in_a_binary_file_leave_the_figures() -> None:
    """Two files of one year state the same figures under two names."""
    files = [data for name, data in list_files(400) if name.endswith(".doc")]
    reports = [parse_bytes(data, "report")[0] for data in files]
    alike = [one for one in reports if one.particulars.year == reports[0].particulars.year]
    assert len(alike) > 1
    assert len({one.particulars.agency for one in alike}) == len(alike)
    assert len({tuple(cell.value for cell in one.cells) for one in alike}) == 1
