"""The column dictionary and the frames are the same thing: no column unexplained, none unused, none unknown."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice
from pathlib import Path

import pandas as pd
import pytest

import parsing
from parsing.columns import FRAMES, find_column, names
from parsing.readers import list_files
from parsing.tables import Corpus

COLUMNS = {f"{frame}.{column.name}": column for frame, columns in FRAMES.items() for column in columns}
MEASURED = ("Int64", "Float64")


@pytest.fixture(scope="module")
def corpus(samples: Path) -> Corpus:
    """A few of the samples; enough to have rows in the frames."""
    return parsing.parse_uploads((path.name, path.read_bytes()) for path in islice(list_files(samples), 6))


def test_a_column_says_what_it_means() -> None:
    assert [name for name, column in COLUMNS.items() if not column.label.strip() or len(column.meaning) < 4] == []


def test_a_figure_has_a_unit() -> None:
    assert [name for name, column in COLUMNS.items() if column.dtype in MEASURED and not column.unit] == []


def test_a_column_is_named_as_code_is() -> None:
    assert [name for name in COLUMNS if not re.fullmatch(r"[a-z]+\.[a-z][a-z0-9_]*", name)] == []


@pytest.mark.parametrize("frame", FRAMES)
def test_names_and_headings_are_unique_in_a_frame(frame: str) -> None:
    assert len(set(names(frame))) == len(FRAMES[frame])
    assert len({column.label for column in FRAMES[frame]}) == len(FRAMES[frame])


def test_a_name_means_the_same_kind_of_thing_everywhere() -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for column in COLUMNS.values():
        kinds[column.name].add(column.dtype)
    assert {name: dtypes for name, dtypes in kinds.items() if len(dtypes) > 1} == {}


@pytest.mark.parametrize("frame", FRAMES)
def test_the_frame_has_exactly_these_columns(corpus: Corpus, frame: str) -> None:
    assert tuple(getattr(corpus, frame).columns) == names(frame)


@pytest.mark.parametrize("frame", FRAMES)
def test_the_frame_has_the_dtypes_that_are_promised(corpus: Corpus, frame: str) -> None:
    promised = {column.name: pd.api.types.pandas_dtype(column.dtype) for column in FRAMES[frame]}
    assert getattr(corpus, frame).dtypes.to_dict() == promised


def test_an_unknown_column_is_named_in_the_error() -> None:
    with pytest.raises(KeyError, match=r"reports\.colour"):
        find_column("reports", "colour")
