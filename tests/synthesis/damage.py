"""The damage that reports suffer on their way into a file.

In: the text of a whole report, or the report before it has a format; a kind, a seed.  Out: the same damaged.  No
figure is changed; `DESTRUCTIVE` kinds take figures, or what tells them apart, away.  Refused: an unknown kind, and a
text that offers nothing to that kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from random import Random

from opencc import OpenCC

from parsing.templates import load_templates
from tests.synthesis import tampering
from tests.synthesis.logical import LogicalReport, change_texts

DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
PERIOD = re.compile(rf"{DATE.pattern}起?(?:，?[至到]|—){DATE.pattern}")
NUMBERED = re.compile(r"(?m)(?:^|(?<=[\t|]) ?)(（[一二三四五六七八九十]）[^\x00-\x7f]{3,})")
WIDE_TO_NARROW = str.maketrans("（），：；", "(),:;")
NARROW_TO_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
PINYIN = {"數": "shù", "據": "jù", "網": "wǎng", "內": "nèi", "發": "fā", "現": "xiàn", "規": "guī", "結": "jié"}
# Twelve characters or more of prose without a figure, before a comma or a full stop.
SENTENCE = re.compile(r"[\u4e00-\u9fff]{12,}(?=[，。])")
BETWEEN_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
PAGE_MARKS = ("— {} —", "- {} -", "第{}页", "第 {} 页 共 9 页")
CELL_ZERO = re.compile(r"(?m)(?<=\t)0(?=\t|$)|(?<=\| )0 (?=\|)|^0 (?=\|)")


@cache
def converter(name: str) -> OpenCC:
    return OpenCC(name)


def to_traditional(text: str, chance: Random) -> str:
    """A page shown in traditional characters."""
    return converter("s2t").convert(text)


def to_taiwan(text: str, chance: Random) -> str:
    """The same with the characters usual in Taiwan, all of which Big5 has."""
    return converter("s2tw").convert(text)


def shift(run: str) -> str | None:
    """A run of characters read one byte late: `　（一）收到申请数` without its first byte becomes `。ㄒ唬┦盏…`.

    None where the halves make no characters, which no decoder would have printed.
    """
    try:
        data = b"\xa1" + run.encode("gbk")
        shifted = data[:-1].decode("gbk")
    except UnicodeError:
        return None
    # The last byte stands alone before whatever follows.
    return shifted + "?"


def shift_gbk(text: str, chance: Random) -> str:
    """Up to four numbered labels that lost the byte before them."""
    found = [match for match in NUMBERED.finditer(text) if shift(match.group(1))]
    for match in sorted(chance.sample(found, min(4, len(found))), key=lambda one: -one.start()):
        text = text[: match.start(1)] + (shift(match.group(1)) or "") + text[match.end(1) :]
    return text


def lose_byte(text: str, chance: Random) -> str:
    """Two characters of the prose that lost their first byte: `現將` becomes `?F將`."""
    places = []
    for sentence in SENTENCE.finditer(text):
        for match in re.finditer(r"[\u4e00-\u9fff](?=[\u4e00-\u9fff])", sentence.group()):
            code = match.group().encode("gbk", "replace")
            if len(code) == 2 and 0x40 <= code[1] < 0x7F:
                places.append((sentence.start() + match.start(), chr(code[1])))
    for place, half in sorted(chance.sample(places, min(2, len(places))), reverse=True):
        text = f"{text[:place]}?{half}{text[place + 1 :]}"
    return text


@cache
def narrow_labels() -> re.Pattern[str]:
    """The labels that narrow cells break: column headings and groups of four characters or more."""
    tables = [table for template in load_templates() for table in template.tables if table.kind != "indicators"]
    headings = {column.label for table in tables for column in table.columns}
    groups = {row.parent for table in tables for row in table.rows}
    labels = {label for label in headings | groups if label and len(label) >= 4}
    longest_first = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    return re.compile(rf"(?m)(^[ \t|]*|[\t|] ?)({longest_first})(?=\s*(?:[\t|]|$))")


def break_labels(text: str, chance: Random) -> str:
    """About half of the narrow labels broken: by a line end where a cell has its line, else by a space."""

    def torn(match: re.Match[str]) -> str:
        if chance.random() < 0.5:
            return match.group()
        lead, label = match.groups()
        line_end = text.find("\n", match.end())
        line = text[text.rfind("\n", 0, match.end()) + 1 : line_end]
        has_line = line.strip("\t |") == label
        cut = 3 if label.startswith(("（", "本年")) else 2
        between = chance.choice(("\n", "\n\n")) if has_line and "|" not in line else "\n" if has_line else " "
        return lead + label[:cut] + between + label[cut:]

    return narrow_labels().sub(torn, text)


def mark_pages(text: str, chance: Random) -> str:
    """Page numbers between lines, within the tables too, and inside two paragraphs."""
    style = chance.choice(PAGE_MARKS)
    lines = text.split("\n")
    length = max(20, len(lines) // 8)
    marked: list[str] = []
    for number, line in enumerate(lines):
        is_long = len(line) > 120 and "\t" not in line and "|" not in line
        if number and number % length == 0:
            mark = style.format(number // length)
            if is_long:
                cut = next(place for place in range(60, len(line)) if BETWEEN_WORDS.match(line, place - 1))
                marked += [line[:cut], mark, line[cut:]]
                continue
            marked.append(mark)
        marked.append(line)
    return "\n".join(marked)


def widen_digits(text: str, chance: Random) -> str:
    return text.translate(NARROW_TO_FULL)


def narrow_marks(text: str, chance: Random) -> str:
    """Half-width brackets, commas and colons, as converted pages have them."""
    return text.translate(WIDE_TO_NARROW)


def space_dates(text: str, chance: Random) -> str:
    """Spaces within dates: 2021年1 月 20日."""
    form = chance.choice((r"\1 年 \2 月 \3 日", r"\1年\2 月 \3日", r"\1 年\2 月\3 日"))
    return DATE.sub(form, text)


def blank_zeros(text: str, chance: Random) -> str:
    """Every zero in a cell taken out; only where a blank cell still shows."""
    return CELL_ZERO.sub(lambda match: " " if match.group().endswith(" ") else "", text)


def mark_spaces(text: str, chance: Random) -> str:
    """Hard spaces that show as question marks: before text, and on lines of their own."""
    text = re.sub(r"(?m)^[ 　\u00a0]{1,8}(?=\S)", lambda match: "?" * min(4, len(match.group())), text)
    numbered = re.compile(r"(?m)^(?=（[一二三]）)")
    return numbered.sub(lambda match: chance.choice(("", "? ", "??")), text)


def add_pinyin(text: str, chance: Random) -> str:
    """Pinyin in brackets after characters that a converter thought rare; for text in traditional characters."""
    return re.sub(f"[{''.join(PINYIN)}]", lambda match: f"{match.group()}({PINYIN[match.group()]})", text)


def repeat_groups(text: str, chance: Random) -> str:
    """The outer group of table 3 printed once more, as after a page break."""
    group = re.search(r"(?m)^\t?(三、本年度办理结果)$", text)
    if not group:
        return text
    head, tail = text[: group.end()], text[group.end() :]
    return head + re.sub(r"(?m)^\t\n(?=\t（四）)", f"\t{group.group(1)}\n", tail, count=1)


def add_hard_spaces(text: str, chance: Random) -> str:
    """No-break spaces beside figures and in blank cells, as word processors leave them."""

    def spaced(match: re.Match[str]) -> str:
        cell = match.group()
        if chance.random() < 0.9 and cell:
            return cell
        return chance.choice((f"\u00a0{cell}", f"{cell}\u00a0"))

    return re.sub(r"(?m)(?<=^\t)\d*$", spaced, text)


def drop_repeated_lines(text: str, chance: Random) -> str:
    """Every line that was there before dropped, as crawlers do: of a row of zeros only the first is left."""
    seen: set[str] = set()
    kept = []
    for line in text.split("\n"):
        if not line.strip() or line.strip() not in seen:
            kept.append(line)
        seen.add(line.strip())
    return "\n".join(kept)


def join_lines(text: str, chance: Random) -> str:
    """The whole report on one line."""
    return " ".join(line.strip() for line in text.split("\n") if line.strip()) + "\n"


def lose_date_words(text: str, chance: Random) -> str:
    """年, or 月, lost from both dates of the period: 20231月1日至202312月31日."""
    form = chance.choice((r"\1\2月\3日", r"\1年\2\3日"))
    return PERIOD.sub(lambda match: DATE.sub(form, match.group()), text, count=1)


KINDS: dict[str, Callable[[str, Random], str]] = {
    "traditional": to_traditional,
    "traditional_taiwan": to_taiwan,
    "gbk_shift": shift_gbk,
    "lost_byte": lose_byte,
    "broken_labels": break_labels,
    "page_marks": mark_pages,
    "full_width": widen_digits,
    "narrow_marks": narrow_marks,
    "lost_date_words": lose_date_words,
    "spaced_dates": space_dates,
    "blank_zeros": blank_zeros,
    "nbsp_marks": mark_spaces,
    "pinyin": add_pinyin,
    "repeated_groups": repeat_groups,
    "hard_spaces": add_hard_spaces,
    "repeated_lines_lost": drop_repeated_lines,
    "one_line": join_lines,
    "wrong_variants": tampering.use_variants,
    "spam": tampering.add_spam,
    "letter_o": tampering.write_letter_o,
    "masked": tampering.mask_words,
    "utf8_as_latin": tampering.misread_utf8,
    "gbk_as_latin": tampering.misread_gbk,
    "shifted_inside": tampering.shift_inside,
}


# After these not every cell can be known again.
DESTRUCTIVE = frozenset({"blank_zeros", "repeated_lines_lost", "one_line"})


def find_kind(kind: str) -> Callable[[str, Random], str]:
    if kind not in KINDS:
        raise ValueError(f"no damage {kind}; there are {', '.join(KINDS)}")
    return KINDS[kind]


def damage(text: str, kind: str, seed: int) -> str:
    """Damage a report in one way."""
    damaged = find_kind(kind)(text, Random(f"{kind}|{seed}"))
    if damaged == text:
        raise ValueError(f"nothing in this text that {kind} could damage")
    return damaged


def damage_report(report: LogicalReport, kind: str, seed: int) -> LogicalReport:
    """Damage every paragraph and every cell of a report in one way, each for itself."""
    strike, chance = find_kind(kind), Random(f"{kind}|{seed}")
    damaged = change_texts(report, lambda text, is_cell: strike(text, chance))
    if damaged == report:
        raise ValueError(f"nothing in this report that {kind} could damage")
    return damaged


def encode(text: str, encoding: str, line_end: str = "\n") -> bytes:
    """The bytes of a text file; UnicodeEncodeError where the encoding does not have a character."""
    return text.replace("\n", line_end).encode(encoding)
