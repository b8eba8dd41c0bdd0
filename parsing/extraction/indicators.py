"""The figure of a row of an indicator table: label | unit | figure, with other columns in between.

In: the tokens behind a label and the header.  Out: the one token that is the figure of the year.  Refused
(None): rows with several figures of which the header does not say which is the year's.
"""

from __future__ import annotations

from collections.abc import Sequence

from parsing.extraction.headers import Header, stands_over
from parsing.extraction.tokens import Token
from parsing.extraction.values import UNITS, squeeze

# Headings that say the whole year; the others (本期实际, 本月累计) may be those of a month or quarter.
WHOLE_YEAR = frozenset(("本年累计", "本年数", "本年度", "本年度数", "本年统计数", "全年累计", "年度累计"))
# Headings of what stands before the figures; a code is a figure among them.
BEFORE_FIGURES = frozenset(("统计指标", "指标名称", "单位", "计量单位", "计算单位"))
SIGNS_FOR_NO_UNIT = frozenset(("——", "—", "/"))


def is_unit(token: Token) -> bool:
    text = squeeze(token.text.clean)
    return text in UNITS or text in SIGNS_FOR_NO_UNIT


def figure_of(values: Sequence[Token], header: Header) -> list[tuple[int | None, Token]] | None:
    """The token of the figure, as a list of one, with column 0.

    Behind the label stand the unit, perhaps a code, and one figure; an empty cell behind the unit is a
    blank figure, empty cells behind the figure are padding.  Where several columns of figures have headings
    (上年数, 本年数), the figure is the one under the heading of the year, blank or not.
    """
    rest = list(values)
    if rest and is_unit(rest[0]):
        rest = rest[1:]
    heads = [(column, token) for column, token in header.line if token.key not in BEFORE_FIGURES]
    if len(heads) > 1:
        return figure_under(heads, rest)
    filled = [token for token in rest if not token.is_blank]
    return [(0, (filled or rest)[0])] if rest and len(filled) <= 1 else None


def figure_under(
    heads: Sequence[tuple[int | None, Token]], rest: Sequence[Token]
) -> list[tuple[int | None, Token]] | None:
    """The figure under the one heading that names the year; None where the row has not a cell for every heading."""
    named = [index for index, (column, _) in enumerate(heads) if column is not None]
    best = [index for index in named if heads[index][1].key in WHOLE_YEAR] or named
    if len(best) != 1:
        return None
    placed = [token for token in rest if stands_over(heads[best[0]][1], token)]
    if len(placed) == 1:
        return [(0, placed[0])]
    filled = [token for token in rest if not token.is_blank]
    cells = filled if len(filled) == len(heads) else rest
    return [(0, cells[best[0]])] if len(cells) == len(heads) else None
