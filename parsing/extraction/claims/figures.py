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
from typing import NamedTuple

from parsing.extraction.claims.alternatives import Alternatives, Hit
from parsing.extraction.claims.dates import DateMention, find_dates
from parsing.extraction.claims.numerals import parse_arabic, parse_chinese
from parsing.extraction.claims.wordings import load_entries, load_words
from parsing.extraction.values import LARGEST

# Both begin with one digit, so that a search for either leaps from digit to digit.
THOUSANDS = r"\d\d{0,2}(?:,\d{3})+(?!\d)"
PLAIN = r"\d\d*(?:\.\d+)?"
DIGIT = r"[\d①-⑳]"
DIGITS = re.compile(f"{DIGIT}{DIGIT}*")
NUMERAL = "[一二两三四五六七八九十百千万]"
# A numeral in characters that is a number has at most as many: 九千九百九十九万九千九百九十九 has 15.
LONGEST_NUMERAL = 15
TOO_LARGE = "数字过大"
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


class Span(NamedTuple):
    """Digits that count nothing, and why."""

    start: int
    end: int
    reason: str


class Amount(NamedTuple):
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


class Figures(NamedTuple):
    """All figures of one passage, each kind in order."""

    amounts: tuple[Amount, ...]
    spans: tuple[Span, ...]
    dates: tuple[DateMention, ...]


NO_FIGURES = Figures((), (), ())


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
def noise_wordings() -> Alternatives:
    return Alternatives([pattern for pattern, _ in noise_patterns()])


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
def unit_beginnings() -> str:
    """The characters with which the units begin that a numeral may have."""
    return "".join(sorted({unit[0] for unit in load_amount_words().units_behind_words}))


@cache
def numeral_pattern() -> re.Pattern[str]:
    """A run of numerals that a unit may follow."""
    return re.compile(rf"{NUMERAL}{NUMERAL}*+(?=[余多]?[{unit_beginnings()}])")


@cache
def any_figure() -> re.Pattern[str]:
    """A digit, a numeral before a unit, a year in Chinese numerals; one class of characters begins them all."""
    first = f"[{DIGIT[1:-1]}{NUMERAL[1:-1]}]"
    return re.compile(rf"{first}(?:(?<={DIGIT})|(?=[余多]?[{unit_beginnings()}])|(?<=二)(?=[零〇○]))")


@cache
def word_pattern() -> re.Pattern[str]:
    words = load_amount_words()
    return re.compile(
        rf"(?P<digits>{NUMERAL}{{1,{LONGEST_NUMERAL}}})(?P<about>[余多])?"
        rf"(?!{'|'.join(words.not_before)})(?P<unit>{'|'.join(words.units_behind_words)})"
    )


def noise_around(text: str, digits: int, end: int) -> Hit | None:
    """The noise that holds the digits at an index: it may begin with Latin letters or a label before them."""
    start = digits
    while start > end and text[start - 1] < FIRST_HAN:
        start -= 1
    return noise_wordings().find_around(text, max(end, start - LABEL_REACH), digits)


def find_noise(text: str) -> Iterator[Span]:
    """Digits that count nothing, and why."""
    end = tried = 0
    for digits in DIGITS.finditer(text):
        if digits.start() < end:
            continue
        hit = noise_around(text, digits.start(), max(end, tried))
        # What begins up to here and reaches further digits would have held these: nobody need look there again.
        tried = digits.start() + 1
        if hit:
            end = hit.end
            yield Span(digits.start(), end, noise_patterns()[hit.number][1])


def to_amount(match: re.Match[str]) -> Amount:
    """196.4万條, 近5000条, 100余条, 1万余条, 2元."""
    digits, about, scale, more, unit, after = match.group("digits", "about", "scale", "more", "unit", "after")
    start, end = match.span()
    value = parse_arabic(digits)
    for one in scale or "":
        value = parse_arabic(str(value), one)
    is_about = match.string.endswith(load_amount_words().about_before, max(0, start - 2), start)
    digits_end = match.end("scale") if scale else start + len(digits)
    return Amount(start, digits_end, end, value, unit or "", is_about or bool(about or more or after))


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


def is_free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch meets none of those that are taken."""
    return not taken or not any(first < end and start < last for first, last in taken)


def find_words(text: str) -> Iterator[Amount]:
    """Counted numerals in Chinese characters."""
    not_behind = load_amount_words().not_behind
    for numeral in numeral_pattern().finditer(text):
        start = numeral.start()
        match = word_pattern().match(text, start)
        if match and not text.endswith(not_behind, 0, start):
            yield to_word_amount(match)


def find_amounts(text: str, taken: Sequence[tuple[int, int]]) -> list[Amount]:
    """Amounts in what dates and noise left over, in order."""
    found = [
        to_amount(match) for start, end in gaps(text, taken) for match in amount_pattern().finditer(text, start, end)
    ]
    spans = [*taken, *((one.start, one.end) for one in found)]
    words = [one for one in find_words(text) if is_free(one.start, one.end, spans)]
    return sorted([*found, *words], key=lambda one: one.start) if words else found


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
    amounts = find_amounts(text, taken)
    spans += [Span(one.start, one.digits_end, TOO_LARGE) for one in amounts if one.value >= LARGEST]
    return Figures(tuple(one for one in amounts if one.value < LARGEST), tuple(spans), dates)
