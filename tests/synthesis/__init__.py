"""Made-up reports: the same facts in any era of the form, any layout, any damage.

In: an invented agency, a year, a seed.  Out: text and bytes of a whole report, and the facts that must be read from
it.  Tests, the demonstration samples and the benchmarks draw from here.  Refused: layouts and kinds of damage that do
not exist.
"""

from tests.synthesis.clean import clean_facts
from tests.synthesis.damage import DESTRUCTIVE, KINDS, damage, encode
from tests.synthesis.facts import Agency, Facts, Narrative, Printed, Share
from tests.synthesis.layouts import LAYOUTS
from tests.synthesis.logical import LogicalReport, build_report
from tests.synthesis.text import print_report, write_text

__all__ = [
    "DESTRUCTIVE",
    "KINDS",
    "LAYOUTS",
    "Agency",
    "Facts",
    "LogicalReport",
    "Narrative",
    "Printed",
    "Share",
    "build_report",
    "clean_facts",
    "damage",
    "encode",
    "print_report",
    "write_text",
]
