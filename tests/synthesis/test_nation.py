"""A store written as rows is a store like any other, and its counties are the one that was read, multiplied."""


import pyarrow.parquet as pq
import pytest

from parsing.corpus.schema import JOINED, TABLES
from parsing.corpus.store import Store, joined_file
from parsing.corpus.summaries import MARK, open_summaries
from tests.synthesis.country import COUNTY_SIZE, YEARS
from tests.synthesis.nation import REPORTS_A_COUNTY, Base, read_county, write_nation

pytestmark = pytest.mark.slow
COUNTIES = 4


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A thousand reports and some, whole counties."""
    folder = tmp_path_factory.mktemp("nation")
    base = read_county(folder / "county")
    assert len(base.ids) == REPORTS_A_COUNTY
    assert write_nation(folder / "store", base, 1_000) == COUNTIES * REPORTS_A_COUNTY
    return Store.open(folder / "store")


def ask(store: Store, query: str) -> list[tuple[object, ...]]:
    with open_summaries(store) as connection:
        return connection.execute(query).fetchall()


def test_every_file_has_the_columns_of_the_store(store: Store) -> None:
    files = {segment.file(name): TABLES[name] for segment in store.manifest.segments for name in segment.tables}
    files |= {joined_file(store.manifest.joined, name): JOINED[name] for name in JOINED}
    assert len(files) >= len(JOINED) + 10
    for name, schema in files.items():
        assert types_of(pq.read_schema(store.place.locate(name))) == types_of(schema), name


def types_of(schema: object) -> list[tuple[str, str]]:
    """Names and types; what the items of a list are called is nobody's concern."""
    return [(field.name, str(field.type).replace("element:", "item:")) for field in schema]  # type: ignore[attr-defined]


def test_reports_differ_and_agencies_have_ten_years(store: Store) -> None:
    each = ", ".join(f"count(DISTINCT {name})" for name in ("report_id", "agency", "source_file"))
    query = f"SELECT count(*), {each} FROM reports"
    reports, agencies = COUNTIES * REPORTS_A_COUNTY, COUNTIES * COUNTY_SIZE
    assert ask(store, query) == [(reports, reports, agencies, reports)]
    assert ask(store, "SELECT DISTINCT c FROM (SELECT count(DISTINCT year) AS c FROM reports GROUP BY agency_id)") == [
        (len(YEARS),)
    ]


def test_counts_are_those_of_the_county_multiplied(store: Store) -> None:
    """The third county has three times what the first one has, in the same rows."""
    query = f"""
        SELECT r.position // {REPORTS_A_COUNTY}, sum(c.value) FROM cells c JOIN reports r USING (report_id)
        WHERE c.row = 'new_received' GROUP BY 1 ORDER BY 1
    """
    sums = dict(ask(store, query))
    assert sums[0] > 1_000
    assert [sums[county] / sums[0] for county in range(COUNTIES)] == [1, 2, 3, 4]


def test_a_report_follows_that_of_the_year_before(store: Store) -> None:
    query = """
        SELECT count(*), bool_and(a.agency = b.agency AND a.year = b.year + 1)
        FROM reports a JOIN reports b ON a.previous_id = b.report_id
    """
    assert ask(store, query) == [(COUNTIES * COUNTY_SIZE * (len(YEARS) - 1), True)]


def test_summaries_are_written(store: Store) -> None:
    assert store.manifest.summarised == MARK
    (reports, agencies, found) = ask(
        store, "SELECT count(*), count(DISTINCT name), sum(correct + explain + note) FROM overview"
    )[0]
    assert (reports, agencies) == (COUNTIES * REPORTS_A_COUNTY, COUNTIES * COUNTY_SIZE)
    assert found == ask(store, "SELECT count(*) FROM findings")[0][0] > COUNTIES


def test_a_county_of_another_size_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="a county has 330 reports"):
        Base.read(store)
