"""The figure of a row of an indicator table: label | unit | figure, with other columns in between.

In: the tokens behind a label and the header.  Out: the one token that is the figure of the year.  Refused
(None): rows with several figures of which the header does not say which is the year's.
"""

from __future__ import annotations

from collections.abc import Sequence

from parsing.extraction.headers import Header
from parsing.extraction.tokens import Token
from parsing.extraction.values import UNITS, squeeze

# 本年累计 is the year's figure; 本期实际 is that of the last month or quarter.
YEAR_COLUMNS = ("本年累计", "统计数", "数量", "数值")
SIGNS_FOR_NO_UNIT = frozenset(("——", "—", "/"))


def is_unit(token: Token) -> bool:
    text = squeeze(token.text.clean)
    return text in UNITS or text in SIGNS_FOR_NO_UNIT


def figure_of(values: Sequence[Token], header: Header) -> list[tuple[int | None, Token]] | None:
    """The token of the figure, as a list of one, with column 0.

    Behind the label stand the unit, perhaps a code, and one figure; an empty cell behind the unit is a
    blank figure, empty cells behind the figure are padding.
    """
    rest = list(values)
    if rest and is_unit(rest[0]):
        rest = rest[1:]
    filled = [token for token in rest if not token.is_blank]
    if len(filled) <= 1:
        return [(0, (filled or rest)[0])] if rest else None
    named = [token for _, token in header.line if token.key in YEAR_COLUMNS]
    places = [position for position, (_, token) in enumerate(header.line) if token.key == YEAR_COLUMNS[0]]
    if named and places:
        from_end = len(header.line) - places[0]
        tail = rest[: len(rest) - 0]
        return [(0, tail[-from_end])] if from_end <= len(tail) else None
    return None
