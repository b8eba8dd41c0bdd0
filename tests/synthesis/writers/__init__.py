"""Made-up reports as real files: every format, in the ways in which real files differ.

In: a logical report, from facts or from a plain text.  Out: bytes.  Refused: a kind of file that does not exist.
"""

from tests.synthesis.writers.drawn import report_of_text
from tests.synthesis.writers.packages import pack
from tests.synthesis.writers.press import KINDS, print_reports, reason_against

__all__ = ["KINDS", "pack", "print_reports", "reason_against", "report_of_text"]
