"""UTF-8, GB 18030 and Big5: one of them, or several in one file, clean or with bytes lost, put in or changed.

In: bytes.  Out: the text and the encodings that it is in (`gb18030`, or `gb18030+utf-8` for a file in two), or None for
bytes that show no Chinese in any.  What reads strictly and looks sound is taken at once.  Anything else is read line by
line, each in the encoding in which it reads best, so damage costs the characters that it hit and no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsing.decoding.likeness import HAN, likeness, looks_sound, weigh
from parsing.decoding.steps import resync, strict

UTF8 = "utf-8"
ENCODINGS = ("gb18030", "big5hkscs", UTF8)
# Bytes of the Chinese at the beginning, and as many at the end, that are enough to tell the encoding of most of a file.
SAMPLE = 6000
RUN = re.compile(rb"[\x80-\xff][\x21-\xff]*")
LEAST_LIKENESS = 0.02
# Characters from the first Chinese one on that show whether sound text is a report.
BEGINNING = 1000
# Sound and more like a report than names and rare words alone can be.
SURE_LIKENESS = 0.6
# By how much another encoding must be the better one before a line counts as written in it.
MARGIN = 2.0
Ranked = tuple[str, str, str]
CHINESE = re.compile(f"[{HAN}]")
LINE = re.compile(rb"[^\r\n]*[\r\n]*")
UTF8_RUN = re.compile(rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}){3,}")
STRAY_BEFORE_BAR = re.compile(rb"\|(?<=[\x00-\x3f][\x81-\xfe]\|)(?:[\x00-\x3f]|$)")
STRAY_AT_START = re.compile(rb"[\x81-\xfe]\|(?:[\x00-\x3f]|$)")
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,12})", re.IGNORECASE)
DECLARED = {
    "utf-8": UTF8, "utf8": UTF8, "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}  # fmt: skip


def swallows_bar(data: bytes) -> bool:
    """Whether a byte too many stands before a bar: read as one character, they would make one cell of two."""
    return bool(STRAY_BEFORE_BAR.search(data) or STRAY_AT_START.match(data))


def read_sound(data: bytes, encoding: str) -> str | None:
    """The text if every byte belongs to a character and nothing looks decoded wrongly."""
    text = strict(data, encoding)
    if text is None or not looks_sound(text) or (encoding != UTF8 and swallows_bar(data)):
        return None
    return text


def read_as(line: bytes, encoding: str) -> str:
    """The line in one encoding; what reads without an error is left as it stands, odd or not."""
    if encoding == UTF8:
        return line.decode(UTF8, "replace")
    text = strict(line, encoding)
    return resync(line, encoding) if text is None or swallows_bar(line) else text


def split_runs(line: bytes, ranked: Ranked) -> Iterator[tuple[str, str]]:
    """A line in two encodings: what is UTF-8 beyond doubt, and between it what reads best in another."""
    done = 0
    spans = [match.span() for match in UTF8_RUN.finditer(line)]
    for start, end in [*spans, (len(line), len(line))]:
        between = line[done:start]
        if between:
            options = [(encoding, read_as(between, encoding)) for encoding in ranked]
            fitting = [one for one in options if one[0] == ranked[0] or weigh(one[1]) >= MARGIN]
            yield max(fitting, key=lambda one: weigh(one[1]))
        if end > start:
            yield UTF8, line[start:end].decode(UTF8, "replace")
        done = end


def read_line(line: bytes, ranked: Ranked) -> list[tuple[str, str]]:
    """The pieces of a line, each with its encoding: most lines are one piece."""
    main = ranked[0]
    if line.isascii():
        return [(main, line.decode("ascii"))]
    text = read_sound(line, main)
    if text is not None and (main == UTF8 or not CHINESE.search(strict(line, UTF8) or "")):
        return [(main, text)]
    options = [[(encoding, read_as(line, encoding))] for encoding in ranked]
    if UTF8_RUN.search(line):
        options.append(list(split_runs(line, ranked)))

    def worth(pieces: list[tuple[str, str]]) -> float:
        """The weight of the line; the encodings of other lines are believed first."""
        weight = sum(weigh(text) for _, text in pieces)
        return weight + MARGIN - max(ranked.index(encoding) for encoding, _ in pieces)

    return max(options, key=worth)


def declared(data: bytes) -> str | None:
    """What the page says of itself; a hint, since pages are saved again without changing it."""
    found = CHARSET.search(data[:4096])
    return DECLARED.get(found.group(1).decode("ascii", "replace").lower()) if found else None


def guess(data: bytes) -> str | None:
    """What chardet says; it is asked only between two readings that are nearly as good as each other."""
    import chardet  # 40 ms to import, hardly ever needed

    found = chardet.detect(data, include_encodings=ENCODINGS, no_match_encoding=ENCODINGS[0])["encoding"]
    return found.lower() if found else None


def rank(data: bytes) -> Ranked | None:
    """The encodings by how much of the Chinese reads best in each; None where next to nothing does."""
    runs = RUN.findall(data)
    every = b"\n".join(runs)
    sample = every if len(every) <= 2 * SAMPLE else every[:SAMPLE] + b"\n" + every[-SAMPLE:]
    worth = dict.fromkeys(ENCODINGS, 0.0)
    for run in sample.split(b"\n"):
        weight_in = {encoding: weigh(run.decode(encoding, "replace")) for encoding in ENCODINGS}
        best = max(weight_in.values())
        for encoding in ENCODINGS:
            worth[encoding] += max(0.0, best) * (weight_in[encoding] == best)
    first, second, third = sorted(ENCODINGS, key=lambda encoding: -worth[encoding])
    if worth[first] - worth[second] <= max(1.0, 0.1 * worth[first]):
        advice = (declared(data), guess(data[:SAMPLE] + sample))
        if second in advice and first not in advice:
            first, second = second, first
    ranked = first, second, third
    if likeness(read_lines(sample, ranked)[0]) >= LEAST_LIKENESS:
        return ranked
    # A foreign mark or two in a page whose Chinese is written in entities.
    return (UTF8, *ENCODINGS[:2]) if 50 * len(every) < len(data) else None


def read_lines(data: bytes, ranked: Ranked) -> tuple[str, str]:
    """The text line by line, and the names of the encodings that it is in."""
    pieces = [piece for line in LINE.findall(data) for piece in read_line(line, ranked)]
    names = dict.fromkeys([ranked[0], *(encoding for encoding, text in pieces if not text.isascii())])
    return "".join(text for _, text in pieces), "+".join(names)


def read_narrow(data: bytes) -> tuple[str, str] | None:
    """Text and encoding of bytes without a mark; None where they show no text."""
    plain = strict(data, UTF8)
    if plain is not None and (data.isascii() or CHINESE.search(plain)):
        return plain, UTF8
    for encoding in ENCODINGS[:2]:
        text = read_sound(data, encoding)
        first = CHINESE.search(text) if text is not None else None
        if text is not None and first and likeness(text[first.start() : first.start() + BEGINNING]) >= SURE_LIKENESS:
            return text, encoding
    if plain is not None:
        return plain, UTF8
    ranked = rank(data)
    return read_lines(data, ranked) if ranked else None
