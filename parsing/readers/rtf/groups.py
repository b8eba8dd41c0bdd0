"""What stands between the braces of RTF: groups that are text, and groups that are not.

In: the bytes of a file and the name of a group.  Out: how the group is treated, and where one that is passed over
ends.  Nothing is refused.
"""

from __future__ import annotations

import re

# What is not on the page where it stands: tables of the document, particulars, pictures, headers and footers, comments,
# instructions of fields, properties of shapes, second forms of what is there already.
PASSED_OVER = frozenset(
    (
        b"annotation", b"atnauthor", b"atnid", b"bkmkend", b"bkmkstart", b"colortbl", b"fldinst", b"footer",
        b"footerf", b"footerl", b"footerr", b"formfield", b"header", b"headerf", b"headerl", b"headerr", b"info",
        b"listoverridetable", b"listtable", b"nonesttables", b"nonshppict", b"objclass", b"objdata", b"objname",
        b"pict", b"pn", b"private", b"revtbl", b"rxe", b"shppict", b"shprslt", b"sp", b"stylesheet", b"tc", b"txe",
        b"xe",
    )
)  # fmt: skip
# Groups that may be marked as passed over by programs that do not know them, and that are text all the same.
KNOWN_ALL_THE_SAME = frozenset(
    (
        b"do", b"dptxbxtext", b"endnote", b"fldrslt", b"footnote", b"listtext", b"nesttableprops", b"pntext", b"result",
        b"shpgrp", b"shpinst", b"shptxt", b"ud",
    )
)  # fmt: skip
BRACE = re.compile(rb"\\bin(\d+) ?|\\.|[{}]", re.DOTALL)


def find_end(data: bytes, at: int) -> int:
    """Where the brace stands that closes the group which holds `at`; the end of the file where none does."""
    depth = 0
    while True:
        for match in BRACE.finditer(data, at):
            found = match.group()
            if found == b"{":
                depth += 1
            elif found == b"}":
                if not depth:
                    return match.start()
                depth -= 1
            elif match.group(1):
                # Bytes that are no text may hold braces.
                at = match.end() + binary_length(match.group(1))
                break
        else:
            return len(data)


def binary_length(digits: bytes) -> int:
    """How many bytes of data follow `\\bin`; no file has more than nine digits of them."""
    return int(digits[:9])
