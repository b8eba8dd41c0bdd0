"""Whether the compressed parts of a pdf are what was written: each carries a checksum that no viewer looks at.

In: the bytes of a pdf.  Out: True where a part does not unpack, or not to what its checksum says.  A byte that changed
on the way can turn a figure into another, or take it out of a font; neither shows.  Not looked at: parts that are
encrypted or wrapped in another encoding, and what lies beyond a limit of unpacked bytes.
"""

from __future__ import annotations

import re
import zlib

STREAM = re.compile(rb"stream\r?\n")
START, END = b"obj", b"endstream"
PLAIN = re.compile(rb"/Filter\s*(?:/(?:FlateDecode|Fl)\b|\[\s*/(?:FlateDecode|Fl)\s*\])")
# How far back the dictionary of a stream is looked for, and how much is unpacked altogether, in bytes.
DICTIONARY = 2_000
MOST_UNPACKED = 64_000_000


def is_packed(data: bytes, start: int) -> bool:
    """Whether the stream that begins before `start` is compressed and nothing else."""
    opening = data.rfind(START, max(0, start - DICTIONARY), start)
    return opening >= 0 and PLAIN.search(data, opening, start) is not None


def has_broken_stream(data: bytes) -> bool:
    """Whether any compressed part is damaged, or cut off by the end of the file."""
    if b"/Encrypt" in data:
        return False
    view, left, at = memoryview(data), MOST_UNPACKED, 0
    while match := STREAM.search(data, at):
        start = at = match.end()
        if data[match.start() - 3 : match.start()] == b"end" or not is_packed(data, match.start()):
            continue
        end = data.find(END, start)
        if end < 0:
            return True
        unpacking = zlib.decompressobj()
        try:
            left -= len(unpacking.decompress(view[start:end], left))
        except zlib.error:
            return True
        # No part begins within what was unpacked.
        at = end - len(unpacking.unused_data)
        if left <= 0:
            break
    return False
