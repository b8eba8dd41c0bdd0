"""Which year a clause speaks of.

In: folded text, where the sentence begins and where the figure stands, the report's year.  Out: a year, or None where
neither text nor report has one.  Refused: years that are only compared with (与2019年相比) or carried over from.
"""

from __future__ import annotations

import re

NAMED = re.compile(
    r"(?<![\d〔\[])(?<!与)(?<!比)(?<!较)(?<!同)(?<!至)(?<!到)(?<!止)(?<!自)(?<!从)(?<!和)(?<!结转)(?<!转结)"
    r"(?P<year>(?:19|20)\d\d)年(?:度)?(?!\d|[—-](?:19|20)|结转|转结|末?结转|以来|起|相比|同期|底,|末,)"
)
BEFORE = re.compile(
    r"(?<![比较与同自从续])(?:上年度?+|去年|上一年度?+|往年|前一年)(?!结转|转结|转入|遗留|同期|相比|末|底|未办结|度?以来|转)"
)


# Characters of a named year before its 年; like the others it has exactly one 年.
DIGITS = 4


def year_of(text: str, start: int, at: int, report_year: int | None) -> int | None:
    """The year named last between the beginning of the sentence and the figure, else the report's.

    >>> text = "与2019年相比有所增加,2019年公开信息70条,2020年公开信息90条"
    >>> year_of(text, 0, text.index("70"), 2020), year_of(text, 0, text.index("90"), 2020)
    (2019, 2020)
    >>> year_of("上年公开70条", 0, 4, 2020), year_of("较上年增加6条", 0, 5, 2020)
    (2019, 2020)
    """
    mark = text.rfind("年", start, at)
    while mark >= 0:
        if mark - start >= DIGITS and (named := NAMED.match(text, mark - DIGITS, at)):
            return int(named["year"])
        first = mark - (2 if text.startswith("一", mark - 1) else 1)
        if report_year and first >= start and BEFORE.match(text, first, at):
            return report_year - 1
        mark = text.rfind("年", start, mark)
    return report_year
