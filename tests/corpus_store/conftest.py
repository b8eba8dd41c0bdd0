"""Reports are read once for all tests of a store in this process, which is not what they are about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from parsing import pipeline


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "parse_document", cache(pipeline.parse_document))
        yield
