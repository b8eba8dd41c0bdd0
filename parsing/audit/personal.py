"""Personal data in the text: mobile numbers, identity numbers, bank cards, private mailboxes, home addresses.

In: the view of a report with its prose.  Out: verdicts; each piece stands at its exact place, but with its middle
masked, in the message as in the evidence.  The office's own telephone, postal code and mailbox are no personal data; a
mobile number that is given as the office's contact is only pointed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, pairwise
from typing import NamedTuple

from parsing.audit.evaluators import Weight
from parsing.audit.operands import around
from parsing.audit.registry import check
from parsing.audit.results import PASSED, Finding, Verdict, failed, not_applicable
from parsing.audit.views import ReportView
from parsing.extraction.folding import fold
from parsing.findings import Evidence
from parsing.model import Locator, ProseLine

PRIVACY_IN_LAW = ("R2019-15", "R2007-14")
# Eleven digits in a run, with or without gaps: most reports have none, and then nothing else is looked at.
LONG_NUMBER = re.compile(r"[0-9０-９](?:[ \-－]?[0-9０-９]){10}")
MAIL_SIGN, HOME = re.compile(r"[@＠]"), re.compile(r"住址|[庭籍]地址")
ALONE = r"(?<![0-9A-Za-z_=&])(?<![A-Za-z][-./])(?<![0-9][-.])"
ENDS = r"(?![0-9A-Za-z_]|[-.@][0-9A-Za-z]|/[A-Za-z])"
# What is followed by a unit is a count or an amount.
MOBILE = re.compile(rf"{ALONE}(?:\+?86[ -]?)?1[3-9]\d([ -]?)\d{{4}}\1\d{{4}}{ENDS}(?! ?[元万亿个件条次人])")
IDENTITY = re.compile(rf"{ALONE}[1-9]\d{{5}}([ -]?)\d{{8}}\1\d{{3}}[0-9Xx]{ENDS}")
OLD_IDENTITY = re.compile(rf"{ALONE}[1-9]\d{{14}}{ENDS}")
# UnionPay cards begin with 62 and have sixteen to nineteen digits.
CARD = re.compile(rf"{ALONE}62\d\d([ -]?)\d{{4}}\1\d{{4}}\1\d{{4}}(?:\1\d{{1,3}})?{ENDS}")
PRIVATE_HOSTS = r"qq|foxmail|163|126|yeah|188|sina|sohu|139|189|21cn|tom|aliyun|gmail|hotmail|outlook|live|icloud|yahoo"
MAILBOX = re.compile(rf"(?<![\w.+-])[\w.+-]+@(?:vip\.)?(?:{PRIVATE_HOSTS})\.(?:com\.cn|com|net|cn)(?![\w.])", re.ASCII)
ADDRESS = re.compile(
    r"(?<=[庭现籍证](?:住址|地址)[:为是])(?:[\u4e00-\u9fff]{2,12}[省市区县旗镇乡街路村])[^,。;|]{0,30}\d+(?:号|室|组|幢|栋|单元)"
)
PATTERNS = (MOBILE, IDENTITY, OLD_IDENTITY, CARD, MAILBOX, ADDRESS)
# How far before a piece the words stand that say what it is.
REACH, CLOSE = 24, 8
CONTACT_WORDS = ("电话", "手机", "联系", "热线", "咨询", "监督", "举报", "传真", "值班")
CODE_WORDS = ("编号", "备案", "文号", "证号", "代码", "账号", "帐号", "群号", "订单", "许可", "标识", "索引", "单号")
IDENTITY_WORDS = ("身份证", "公民身份", "证件号")
CARD_WORDS = ("卡号", "银行", "账号", "帐号", "账户", "帐户", "开户")
MAILBOX_WORDS = ("邮箱", "信箱", "邮件", "电邮", "mail")
# The first two digits of an identity number name the province.
PROVINCES = frozenset((*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)))
WEIGHTS, REMAINDERS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
BORN_AFTER = 1900
KEPT_BEFORE, KEPT_BEHIND = 3, 4
PLACES_LISTED = 10


class Piece(NamedTuple):
    """What a pattern found in a line: the piece as folded, where it begins, and the folded words before it."""

    line: ProseLine
    text: str
    start: int
    before: str

    def follows(self, words: Sequence[str], reach: int = REACH) -> bool:
        near = self.before[-reach:].lower()
        return any(word in near for word in words)

    @property
    def digits(self) -> str:
        return "".join(char for char in self.text if char.isalnum()).upper()


def find_pieces(view: ReportView, sign: re.Pattern[str], *patterns: re.Pattern[str]) -> list[Piece]:
    """All pieces that look like one of the patterns, line by line; `sign` is what no line lacks that holds one.

    In a row the cell before belongs to the words that say what a number is.
    """
    lines = view.report.prose
    if not sign.search("\n".join([line.raw for line in lines])):
        return []
    found = []
    for previous, line in pairwise((None, *lines)):
        if line and sign.search(line.raw):
            is_same = previous is not None and previous.paragraph == line.paragraph
            lead, text = fold(previous.raw) if previous and is_same else "", fold(line.raw)
            for match in chain.from_iterable(pattern.finditer(text) for pattern in patterns):
                found.append(Piece(line, match.group(), match.start(), lead + text[: match.start()]))
    return found


def mask(text: str) -> str:
    """The text with the middle of every piece of personal data starred out, character for character.

    >>> mask("电话：13800138000，邮箱：wangxm@qq.com")
    '电话：138****8000，邮箱：w*****@qq.com'
    """
    chars = list(text)
    folded = fold(text)
    for pattern in PATTERNS:
        for match in pattern.finditer(folded):
            name, at, _ = match.group().partition("@")
            is_number = name.isascii() and not at
            start, end = match.start() + (KEPT_BEFORE if not at else 1), match.start() + len(name)
            end -= KEPT_BEHIND if is_number else 0
            chars[start:end] = "*" * max(end - start, 0)
    return "".join(chars)


def masked_place(piece: Piece) -> Locator:
    """The exact place of a piece; the line that is kept with it is masked."""
    where = piece.line.where
    column = where.column + piece.start if where.column is not None else None
    return where._replace(column=column, text=mask(where.text) if where.text else where.text)


def masked_evidence(view: ReportView, piece: Piece) -> Evidence:
    where = masked_place(piece)
    value = mask(piece.line.raw)[piece.start : piece.start + len(piece.text)]
    return Evidence(where, value=value, snippet=around(where), role="left", report_id=view.report_id)


def report_pieces(view: ReportView, pieces: Sequence[Piece], what: str, weight: Weight | None = None) -> Verdict:
    """One finding for all pieces of a kind."""
    evidence = tuple(masked_evidence(view, piece) for piece in pieces[:PLACES_LISTED])
    shown = "、".join(dict.fromkeys(str(one.value) for one in evidence[:3]))
    more = " 等" if len(pieces) > 3 else ""
    cap = f"（证据列出前 {PLACES_LISTED} 处）" if len(pieces) > PLACES_LISTED else ""
    message = f"正文有 {len(pieces)} 处{what}：{shown}{more}{cap}。"
    return failed(Finding(message, evidence, 0, len(pieces), f"{what} {len(pieces)} 处 > 0", weight=weight))


def verdict_on(view: ReportView, pieces: Sequence[Piece], what: str) -> Verdict:
    if not view.report.prose:
        return not_applicable("没有读出正文")
    return report_pieces(view, pieces, what) if pieces else PASSED


def is_date(digits: str, latest: int) -> bool:
    """Whether eight digits are a day on which somebody may have been born."""
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return BORN_AFTER <= born.year <= latest


def is_identity(digits: str, latest: int) -> bool:
    """Whether 18 characters are an identity number: province, day of birth and check digit (GB 11643).

    >>> is_identity("11010519491231002X", 2020), is_identity("110105194912310021", 2020)
    (True, False)
    """
    if len(digits) <= len(WEIGHTS) or int(digits[:2]) not in PROVINCES or not is_date(digits[6:14], latest):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=False))
    return REMAINDERS[total % len(REMAINDERS)] == digits[-1]


def is_old_identity(digits: str, latest: int) -> bool:
    """Whether 15 digits may be an identity number from before there were check digits."""
    return len(digits) < len(WEIGHTS) and int(digits[:2]) in PROVINCES and is_date(f"19{digits[6:12]}", latest)


def is_card(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (Luhn).

    >>> is_card("6222020000000000001"), is_card("6222020000000000000")
    (False, True)
    """
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


@check(
    "X.PERSONAL.MOBILE",
    "正文里有手机号码",
    severity="warning",
    consequence="explain",
    legal=PRIVACY_IN_LAW,
    formula="正文里的手机号码 = 0；作为机关联系方式给出的只提示",
    limits="号码前有电话、联系、咨询等字样的，当作机关的联系方式，只提示；编号、代码里的数不报；机关的公用手机可能误报。",
)
def mobiles(view: ReportView) -> Iterator[Verdict]:
    """手机号码一般属于个人，年度报告长期挂在网上，机关的联系方式用固定电话即可。"""
    pieces = [one for one in find_pieces(view, LONG_NUMBER, MOBILE) if not one.follows(CODE_WORDS, CLOSE)]
    given = [one for one in pieces if one.follows(CONTACT_WORDS)]
    # Three figures with spaces between them are three figures, unless the words say that they are a number to call.
    others = [one for one in pieces if one not in given and " " not in one.text[-9:]]
    if given:
        yield report_pieces(view, given, "作为联系方式的手机号码", ("info", "note"))
    yield verdict_on(view, others, "手机号码")


@check(
    "X.PERSONAL.IDENTITY",
    "正文里有居民身份证号码",
    severity="error",
    consequence="correct",
    legal=PRIVACY_IN_LAW,
    formula="正文里的居民身份证号码 = 0（18 位的核对省份、出生日期和校验码；15 位的核对省份和出生日期）",
    limits="15 位的旧号码没有校验码，只有写明是身份证号的才报，并且只要求说明。",
)
def identities(view: ReportView) -> Iterator[Verdict]:
    """身份证号码是个人隐私，没有理由出现在年度报告里，多半是附了没有处理的申请表或者名单。"""
    latest = (view.year or date.max.year - 1) + 1
    found = find_pieces(view, LONG_NUMBER, IDENTITY, OLD_IDENTITY)
    pieces = [one for one in found if is_identity(one.digits, latest)]
    if old := [one for one in found if one.follows(IDENTITY_WORDS) and is_old_identity(one.digits, latest)]:
        yield report_pieces(view, old, "15 位身份证号码", ("warning", "explain"))
    yield verdict_on(view, pieces, "身份证号码")


@check(
    "X.PERSONAL.BANK_CARD",
    "正文里有银行卡号",
    severity="info",
    consequence="note",
    legal=PRIVACY_IN_LAW,
    formula="正文里的银行卡号 = 0（62 开头、16 至 19 位、校验码相符，并且写明是卡号或账号）",
    limits="单位结算卡的卡号也会报出；对公账号不以 62 开头，不报。",
)
def cards(view: ReportView) -> Iterator[Verdict]:
    """银行卡号属于个人的金融信息；机关收费用的是对公账户，不用卡号。"""
    pieces = [one for one in find_pieces(view, LONG_NUMBER, CARD) if one.follows(CARD_WORDS) and is_card(one.digits)]
    yield verdict_on(view, pieces, "银行卡号")


@check(
    "X.PERSONAL.MAILBOX",
    "正文里有私人电子邮箱",
    severity="info",
    consequence="note",
    legal=PRIVACY_IN_LAW,
    formula="正文里的个人邮箱 = 0（公共邮箱服务的地址，又没有写明是机关的邮箱）",
    limits="机关用公共邮箱服务作为工作邮箱而没有写明“邮箱”的，会报出。",
)
def mailboxes(view: ReportView) -> Iterator[Verdict]:
    """机关的联系邮箱会写明是邮箱；没有写明而出现的个人邮箱，多半是从申请或者往来文件里带出来的。"""
    pieces = [one for one in find_pieces(view, MAIL_SIGN, MAILBOX) if not one.follows(MAILBOX_WORDS)]
    yield verdict_on(view, pieces, "个人邮箱")


@check(
    "X.PERSONAL.ADDRESS",
    "正文里有家庭住址",
    severity="info",
    consequence="note",
    legal=PRIVACY_IN_LAW,
    formula="写明是家庭住址、现住址、户籍地址而详至门牌的地址 = 0",
    limits="只认写明是住址并带门牌的，其他写法不报。",
)
def addresses(view: ReportView) -> Iterator[Verdict]:
    """住址是个人隐私；机关自己的地址写作“地址”“联系地址”，不在此列。"""
    yield verdict_on(view, find_pieces(view, HOME, ADDRESS), "家庭住址")
