"""Made-up reports as real files: every format, in the ways in which real files differ.

In: a logical report, from facts or from a plain text.  Out: bytes.  Refused: a kind of file that does not exist.
"""

from tests.synthesis.writers.drawn import report_of_text
from tests.synthesis.writers.packages import fingerprint, pack, unpack
from tests.synthesis.writers.press import KINDS, finish_reports, print_reports, reason_against, write_reports

__all__ = [
    "KINDS",
    "fingerprint",
    "finish_reports",
    "pack",
    "print_reports",
    "reason_against",
    "report_of_text",
    "unpack",
    "write_reports",
]
