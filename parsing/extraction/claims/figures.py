"""Every run of digits in a passage, and every counted numeral in Chinese characters: what it is.

In: folded text.  Out: `Amount` objects for what counts something, `Span` objects with a reason for digits that count
nothing (addresses, document numbers, list numbers …), and the dates; together they cover every digit exactly once.
Nothing is refused: digits that fit no way of writing are an amount without a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from parsing.extraction.claims.dates import DateMention, find_dates
from parsing.extraction.claims.numerals import parse_arabic, parse_chinese
from parsing.extraction.claims.wordings import load_entries, load_words

THOUSANDS = r"\d{1,3}(?:,\d{3})+(?!\d)"
PLAIN = r"\d+(?:\.\d+)?"
DIGITS = re.compile(r"[\d①-⑳]+")
NUMERAL = "[一二两三四五六七八九十百千万]"
NUMERALS = re.compile(f"{NUMERAL}+")
# A title with digits in it: 《2025年10件实事》.
TITLE = re.compile(r"《[^》\d]{0,80}(?P<digits>\d)[^》]{0,80}》")
# How far before digits the label of noise may begin (邮政编码:, 第…条), Latin letters not counted.
LABEL_REACH = 8
FIRST_HAN = "\u2e80"


@dataclass(frozen=True, slots=True)
class Noise:
    """One way in which digits are written that count nothing."""

    reason: str
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmountWords:
    """What stands around the digits of an amount."""

    about_before: tuple[str, ...]
    about_behind: tuple[str, ...]
    units: tuple[str, ...]
    units_behind_words: tuple[str, ...]
    not_behind: tuple[str, ...]
    not_before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Digits that count nothing, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: the digits are text[start:digits_end], the whole with unit text[start:end].

    `value` has 万 and 亿 multiplied out, except before 元, where the unit says it; `approx` for 约, 余, 近 and the
    like; `is_word` for numerals in Chinese characters.
    """

    start: int
    digits_end: int
    end: int
    value: int | float
    unit: str
    approx: bool
    is_word: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one passage, each kind in order."""

    amounts: tuple[Amount, ...]
    spans: tuple[Span, ...]
    dates: tuple[DateMention, ...]


@cache
def load_noise() -> tuple[Noise, ...]:
    return load_entries("noise.toml", "noise", Noise)


@cache
def load_amount_words() -> AmountWords:
    return load_words("figures.toml", "amounts", AmountWords)


@cache
def noise_patterns() -> tuple[tuple[str, str], ...]:
    """Every pattern with its reason, in the order of the file."""
    return tuple((pattern, entry.reason) for entry in load_noise() for pattern in entry.patterns)


@cache
def noise_pattern() -> re.Pattern[str]:
    """All kinds of noise in one pattern; an empty group behind each says which matched."""
    return re.compile("|".join(f"(?:{pattern})()" for pattern, _ in noise_patterns()))


@cache
def amount_pattern() -> re.Pattern[str]:
    words = load_amount_words()
    behind = "|".join(map(re.escape, words.about_behind))
    return re.compile(
        rf"(?P<digits>{THOUSANDS}|{PLAIN})"
        rf"(?P<about>{behind})?(?P<scale>[百千]?[万亿](?![元])|[百千](?=[余多条件篇份人]))?(?P<more>{behind})?"
        rf"\??(?P<unit>{'|'.join(words.units)})?(?P<after>左右|以上|上下)?"
    )


@cache
def word_pattern() -> re.Pattern[str]:
    words = load_amount_words()
    return re.compile(
        rf"(?P<digits>{NUMERAL}+)(?P<about>[余多])?"
        rf"(?!{'|'.join(words.not_before)})(?P<unit>{'|'.join(words.units_behind_words)})"
    )


def noise_around(text: str, digits: int, end: int) -> re.Match[str] | None:
    """The noise that holds the digits at an index: it may begin with Latin letters or a label before them."""
    start = digits
    while start > end and text[start - 1] < FIRST_HAN:
        start -= 1
    candidates = (noise_pattern().match(text, at) for at in range(max(end, start - LABEL_REACH), digits + 1))
    return next((match for match in candidates if match and match.end() > digits), None)


def find_noise(text: str) -> Iterator[Span]:
    """Digits that count nothing, and why."""
    end = 0
    for digits in DIGITS.finditer(text):
        match = noise_around(text, digits.start(), end) if digits.start() >= end else None
        if match:
            end = match.end()
            yield Span(digits.start(), end, noise_patterns()[(match.lastindex or 1) - 1][1])


def to_amount(match: re.Match[str]) -> Amount:
    """196.4万條, 近5000条, 100余条, 1万余条, 2元."""
    scale = match["scale"] or ""
    value = parse_arabic(match["digits"])
    for one in scale:
        value = parse_arabic(str(value), one)
    before = match.string[max(0, match.start() - 2) : match.start()]
    approx = before.endswith(load_amount_words().about_before) or any(match[one] for one in ("about", "more", "after"))
    digits_end = match.end("scale") if scale else match.end("digits")
    return Amount(match.start(), digits_end, match.end(), value, match["unit"] or "", approx)


def to_word_amount(match: re.Match[str]) -> Amount:
    approx = bool(match["about"])
    value = parse_chinese(match["digits"])
    return Amount(match.start(), match.end("digits"), match.end(), value, match["unit"], approx, is_word=True)


def gaps(text: str, taken: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretches between the spans that are taken."""
    at = 0
    for start, end in sorted(taken):
        if start > at:
            yield at, start
        at = max(at, end)
    yield at, len(text)


def is_free(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    """Whether a stretch meets none of those that are taken."""
    return not any(first < end and start < last for first, last in taken)


def find_words(text: str) -> Iterator[Amount]:
    """Counted numerals in Chinese characters."""
    not_behind = load_amount_words().not_behind
    for numeral in NUMERALS.finditer(text):
        match = word_pattern().match(text, numeral.start())
        if match and not text[: numeral.start()].endswith(not_behind):
            yield to_word_amount(match)


def find_amounts(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Amount]:
    """Amounts in what dates and noise left over, in order."""
    found = [
        to_amount(match) for start, end in gaps(text, taken) for match in amount_pattern().finditer(text, start, end)
    ]
    spans = [*taken, *((one.start, one.end) for one in found)]
    words = [one for one in find_words(text) if is_free(one.start, one.end, spans)]
    yield from sorted([*found, *words], key=lambda one: one.start)


def find_figures(text: str) -> Figures:
    """All figures of a passage.

    >>> [(one.value, one.unit, one.approx) for one in find_figures("近5000条,1万余条,1.53万条").amounts]
    [(5000, '条', True), (10000, '条', True), (15300, '条', False)]
    >>> [(one.value, one.unit) for one in find_figures("6,700篇,十二件,1人2次").amounts]
    [(6700, '篇'), (12, '件'), (1, '人'), (2, '次')]
    >>> found = find_figures("某政办〔2018〕84号,邮编:100000,电话:0100-12345678,某某路28号")
    >>> [one.reason for one in found.spans]
    ['文号', '邮编', '电话', '地址']
    """
    titles = [Span(title.start("digits"), title.end(), "名称") for title in TITLE.finditer(text)]
    taken = [(one.start, one.end) for one in titles]
    dates = tuple(one for one in find_dates(text) if is_free(one.start, one.end, taken))
    taken += [(one.start, one.end) for one in dates]
    spans = [*titles, *(one for one in find_noise(text) if is_free(one.start, one.end, taken))]
    taken += [(one.start, one.end) for one in spans]
    return Figures(tuple(find_amounts(text, taken)), tuple(spans), dates)
