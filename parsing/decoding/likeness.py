"""How much a text looks like a Chinese report: what tells a right decoding from a wrong one.

In: text.  Out: `weigh` (the sum over its characters: common ones count for it, rare and undecodable ones against it),
`likeness` (the mean), `looks_sound` (no place that a wrong decoding leaves).  Nothing is refused; ASCII says nothing,
since it is the same in all encodings.
"""

from __future__ import annotations

import re
from functools import cache

# Characters that reports print again and again, simplified and traditional.
COMMON = frozenset(
    "的年政府信息公开開和情况況行申请請主动動机機关關工作本度报報告第条條项項结結果数數量复復议議诉訴讼訟其他一二三四五六七八九十"
    "、。，（）：；“”《》０１２３４５６７８９"
    "为為我们們了在是有不与與及等按以对對到中大上下人民国國家省市区區县縣镇鎮乡鄉街道村局办辦室委会會员員部门門单單位组組织織领領导導"
    "发發布制製定规規范範性文件网網站众眾号號新闻聞媒体體平台臺务務服众群社团團通过過收理处處予答办件次条篇份万元总總计計新"
    "增减減强強化加推进進建设設完善提高服责責任落实實监監督保障管理权權法律依据據章程序内內容容目录錄指南渠方式纸紙质質电電子邮郵信函"
    "传傳真当當面申请人自然法商业業企科研究构構益无無没沒上下结转轉继續续度费費收取征收许許可罚罰强制采购購集事业存在问問题題改措施"
    "今后後步将將根据時时期限日月至止起统統列表格现現根全面深入贯貫彻徹精神教育财財环環境卫衛生安全农農经經济濟"
)
PLAIN = "　·—～‖…‘’〔〕〈〉「」『』【】±×÷％＋－＝／．｜①②③④⑤⑥⑦⑧⑨⑩Ⅰ■□●○◆★※→↓↑℃"
NON_ASCII = re.compile(r"[^\x00-\x7f]+")
HAN = r"\u3400-\u9fff"
# Letters of other scripts, of which a wrong decoding leaves some beside Chinese ones.
FOREIGN = r"\x80-\xb6\xb8-\xd6\xd8-\xf6\xf8-\u024f\u0370-\u05ff\u3041-\u30fa\u3105-\u3129\u2580-\u2593"
BROKEN = r"\ufffd\ue000-\uf8ff"
# Numbers in one character, which stand before what they count.
NUMBERS = r"\u2160-\u217f\u2460-\u249b\u3220-\u3229"


def level_one(encoding: str, first: int, last: int, trails: bytes) -> str:
    """The characters that a standard lists as the frequent ones."""
    pairs = b"".join(bytes((lead, trail)) for lead in range(first, last + 1) for trail in trails)
    return pairs.decode(encoding, "ignore")


@cache
def usual() -> frozenset[str]:
    """Frequent characters of both scripts: level one of GB 2312 and of Big5, and the marks that reports use."""
    high = bytes(range(0xA1, 0xFF))
    simplified = level_one("gb2312", 0xB0, 0xD7, high)
    traditional = level_one("big5", 0xA4, 0xC6, bytes(range(0x40, 0x7F)) + high)
    wide = "".join(map(chr, range(0xFF01, 0xFF5F)))
    return COMMON.union(simplified, traditional, PLAIN, wide)


class Weights(dict[str, float]):
    """Weight of each character; one that is not listed counts against the text."""

    def __missing__(self, char: str) -> float:
        return -4.0 if char == "\ufffd" or "\ue000" <= char <= "\uf8ff" else -1.0


@cache
def weights() -> Weights:
    return Weights({**dict.fromkeys(usual(), 0.5), **dict.fromkeys(COMMON, 2.0)})


def weigh(text: str) -> float:
    """The sum of the weights of all characters that are not ASCII.

    >>> weigh("政府信息"), weigh("鏀垮簻") < 0
    (8.0, True)
    """
    return sum(map(weights().__getitem__, "".join(NON_ASCII.findall(text))))


def likeness(text: str) -> float:
    """The mean weight of the characters that are not ASCII; 0.0 where there are none."""
    chars = "".join(NON_ASCII.findall(text))
    return sum(map(weights().__getitem__, chars)) / len(chars) if chars else 0.0


def as_ranges(chars: list[str]) -> str:
    """Characters in order of their codes, as the inside of a character class."""
    ranges: list[list[int]] = []
    for code in map(ord, chars):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


@cache
def odd() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Characters that may stand in an odd place, as its first or second one; and the odd places themselves.

    These are what sound text hardly ever shows: two rare characters side by side or one apart, another script's letter
    beside Chinese, what cannot be decoded, and 锛 or 銆, as which the bytes of UTF-8 punctuation read.
    """
    rare = as_ranges([char for char in map(chr, range(0x3400, 0xA000)) if char not in usual()])
    side_by_side = f"[{rare}][{HAN}]?[{rare}]|[{FOREIGN}][{HAN}]|[{HAN}][{FOREIGN}]"
    places = f"{side_by_side}|[{BROKEN}锛銆]|[{HAN}、-】][{NUMBERS}][{HAN}]"
    return re.compile(f"[{rare}{FOREIGN}{BROKEN}锛銆{NUMBERS}]"), re.compile(places)


def looks_sound(text: str) -> bool:
    """Whether nothing in the text looks decoded wrongly."""
    suspect, place = odd()
    # Few characters are suspect, and to find them takes a fifth of what looking for the places everywhere takes.
    at = (found.start() for found in suspect.finditer(text))
    return not any(place.match(text, index) or place.match(text, max(0, index - 1)) for index in at)
