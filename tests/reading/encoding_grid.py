"""A grid of made-up reports × encodings × damage, each with the lines that must come out as they were written.

In: nothing, the texts are drawn from `tests/synthesis`.  Out: `Case` objects, the same on every machine.  A line that
the damage hit has no duty; every other line has to be read exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from tests.synthesis import Agency, clean_facts, damage, write_text

TOWN = Agency("云溪市青岚区墨坪镇人民政府", "墨坪镇", "township", "云溪市青岚区", "我镇", 300, 7, 25)
OFFICE = Agency("云溪市青岚区档案局", "档案局", "department", "云溪市青岚区", "我局", 700, 60, 900)
SIMPLIFIED = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb2312", "gbk", "gb18030")
TRADITIONAL = ("utf-8", "utf-16-le", "gbk", "big5", "big5hkscs")
# Characters outside GBK: names of places and people, written with four bytes in GB 18030.
FOUR_BYTES = "联系人：䶮、㼆、𠮷，地址㙟湾𬭚路"
HONG_KONG = "聯絡人：啲、嘅、冚"
MARKS = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16": b"\xff\xfe"}
BODY = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}
SCRIPT = (
    "<script>var w={{n:{n},f:function(a,b){{return a*b+{n};}}}};document.title=w.f({n},3);</script>\n"
    '<link rel="stylesheet" href="/css/p{n}.css"><style>.c{n}{{margin:0 auto;width:{n}px}}</style>\n'
)


@dataclass(frozen=True)
class Case:
    """`lines[i]` has to be line i of the decoded text where `is_hit[i]` is false."""

    name: str
    data: bytes
    lines: tuple[str, ...]
    is_hit: tuple[bool, ...]
    damage: str

    def is_right(self, text: str) -> bool:
        """Line by line, or in order where a hit took or made a line end."""
        found = [line.rstrip("\r") for line in text.split("\n")]
        duties = [line for line, hit in zip(self.lines, self.is_hit, strict=True) if not hit]
        if len(found) == len(self.lines):
            return duties == [line for line, hit in zip(found, self.is_hit, strict=True) if not hit]
        rest = iter(found)
        return all(line in rest for line in duties)


def as_page(text: str) -> str:
    """A government page: scripts, styles and markup in plenty, Chinese in one byte of twenty."""
    head = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">\n'
    body = "".join(f'<p class="c{n}">{line}</p>\n{SCRIPT.format(n=n)}' for n, line in enumerate(text.split("\n")[:30]))
    return f"{head}</head><body>\n{body}</body></html>"


def plain_texts() -> dict[str, str]:
    town = {year: write_text(clean_facts(TOWN, year, 3), layout)
            for year, layout in ((2011, "pipes"), (2016, "tab_rows"), (2020, "word_paste"), (2023, "cell_lines"))}
    office = write_text(clean_facts(OFFICE, 2021, 4), "pipe_cells")
    table = [line for line in town[2023].split("\n") if len(line.strip()) < 14]
    return {
        **{f"report {year}": text for year, text in town.items()},
        "department": office,
        "first lines": "\n".join(town[2016].split("\n")[:14]),
        "notice": "青岚区墨坪镇2020年政府信息公开工作年度报告\n2020年，我镇未收到政府信息公开申请，无行政复议。",
        "one sentence": "本年度没有收到政府信息公开申请。",
        "figures": "\n".join(table),
        "page": as_page(office),
        "small page": as_page("总体情况\n全年主动公开12条\n收到申请3件"),
    }  # fmt: skip


def texts() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Name, text and the encodings that have all its characters."""
    for name, text in plain_texts().items():
        yield name, text, SIMPLIFIED
        yield f"traditional {name}", damage(text, "traditional_taiwan", 1), TRADITIONAL
    yield "four bytes", f"{plain_texts()['first lines']}\n{FOUR_BYTES}\n附：相关说明", ("utf-8", "utf-16-be", "gb18030")
    first = damage(plain_texts()["first lines"], "traditional_taiwan", 1)
    yield "Hong Kong", f"{first}\n{HONG_KONG}\n附：相關說明", ("utf-8", "big5hkscs", "gb18030")


class Bytes:
    """The lines of a text as bytes, and which of them damage has hit."""

    def __init__(self, text: str, encoding: str, line_end: str = "\n") -> None:
        self.encoding = BODY.get(encoding, encoding)
        self.mark = MARKS.get(encoding, b"")
        self.texts = text.split("\n")
        self.lines = [line.encode(self.encoding) for line in self.texts]
        self.end = line_end.encode(self.encoding)
        self.is_hit = [False] * len(self.lines)

    def joined(self) -> bytes:
        return self.mark + self.end.join(self.lines)

    def pick(self, chance: Random) -> int:
        """A line with something on it."""
        return chance.choice([at for at, line in enumerate(self.lines) if len(line) > 3])

    def hit(self, at: int, line: bytes) -> None:
        self.lines[at], self.is_hit[at] = line, True


def keep(text: Bytes, chance: Random) -> None:
    """Nothing happens."""


def put_in(text: Bytes, chance: Random, count: int = 1, low: int = 0x80) -> None:
    for _ in range(count):
        at = text.pick(chance)
        place = chance.randrange(len(text.lines[at]) + 1)
        stray = bytes((chance.randint(low, 0xFF) if low else 0,))
        text.hit(at, text.lines[at][:place] + stray + text.lines[at][place:])


def put_in_few(text: Bytes, chance: Random) -> None:
    put_in(text, chance, 4)


def put_in_nuls(text: Bytes, chance: Random) -> None:
    put_in(text, chance, 3, 0)


def soil(text: Bytes, chance: Random) -> None:
    """One byte of a character of several bytes changed."""
    at = text.pick(chance)
    line = text.lines[at]
    high = [place for place, byte in enumerate(line) if byte > 0x7F] or [len(line) - 1]
    place = chance.choice(high)
    text.hit(at, line[:place] + bytes((chance.randint(0x80, 0xFF),)) + line[place + 1 :])


def lose(text: Bytes, chance: Random) -> None:
    at = text.pick(chance)
    place = chance.randrange(len(text.lines[at]))
    text.hit(at, text.lines[at][:place] + text.lines[at][place + 1 :])


def cut_end(text: Bytes, chance: Random) -> None:
    last = max(at for at, line in enumerate(text.lines) if len(line) > 1)
    del text.lines[last + 1 :], text.texts[last + 1 :], text.is_hit[last + 1 :]
    text.hit(last, text.lines[last][:-1])


def cut_start(text: Bytes, chance: Random) -> None:
    text.mark = b""
    text.hit(0, text.lines[0][1:])


def other_encodings(encoding: str) -> tuple[str, ...]:
    """What a block from elsewhere is written in."""
    legacy = "big5" if encoding.startswith("big5") else "gbk"
    return (legacy,) if encoding == "utf-8" else ("utf-8",)


def re_encode(text: Bytes, chance: Random, first: int, last: int) -> None:
    other = chance.choice(other_encodings(text.encoding))
    for at in range(first, last):
        text.lines[at] = text.texts[at].encode(other)


def append_block(text: Bytes, chance: Random) -> None:
    size = len(text.lines)
    re_encode(text, chance, size - max(1, size // 3), size)


def insert_block(text: Bytes, chance: Random) -> None:
    size = len(text.lines)
    first = chance.randrange(size // 2 + 1)
    re_encode(text, chance, first, first + max(1, size // 4))


DAMAGE: dict[str, Callable[[Bytes, Random], None]] = {
    "clean": keep,
    "stray byte": put_in,
    "stray bytes": put_in_few,
    "NUL bytes": put_in_nuls,
    "dirty byte": soil,
    "lost byte": lose,
    "cut at the end": cut_end,
    "cut at the start": cut_start,
    "block appended": append_block,
    "block inside": insert_block,
}
OF_TWO_ENCODINGS = ("block appended", "block inside")


def make_case(name: str, text: str, encoding: str, kind: str) -> Case:
    label = f"{name}, {encoding}, {kind}"
    chance = Random(label)
    held = Bytes(text, encoding, chance.choice(("\n", "\r\n")))
    DAMAGE[kind](held, chance)
    return Case(label, held.joined(), tuple(held.texts), tuple(held.is_hit), kind)


def has_block(text: str, encoding: str) -> bool:
    """Whether the text can hold a block in another encoding: ASCII must be the same in both, and there must be room."""
    block = other_encodings(encoding)[0]
    is_representable = text.encode(block, "replace").decode(block) == text
    return not encoding.startswith("utf-16") and text.count("\n") > 3 and is_representable


def cases() -> Iterator[Case]:
    """The whole grid."""
    for name, text, encodings in texts():
        for encoding in encodings:
            if text.encode(encoding, "replace").decode(encoding) != text:
                continue
            for kind in DAMAGE:
                if kind not in OF_TWO_ENCODINGS or has_block(text, encoding):
                    yield make_case(name, text, encoding, kind)
