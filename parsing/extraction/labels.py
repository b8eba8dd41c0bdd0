"""Labels of the forms, recognised however they are written.

In: the text of a cell.  Out: its key (folded, no spaces, no quotes, no numbering, no remark in
brackets) and, from the label book, the fields that this key stands for.  Nothing is refused: an unknown label has
no fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from parsing.extraction.folding import SPACE, fold
from parsing.templates import Field, TableTemplate, load_templates

QUOTES = str.maketrans("", "", "“”‘’\"'「」『』《》〈〉")
# Marks before a label, and what a lost byte leaves of its numbering (`。ǘ）` for `　（二）`).
DECORATION = re.compile(r"^(?:[。?]*[\u00e0-\u01dd\u3105-\u3129]\)|[?、·●◆■□▪\-—*#>\ufffd])+")
NUMBERING = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.,:]|\(?\d{1,2}\)|\d{1,2}[、.,](?!\d)|[①-⑳])"
)
PREFIX = re.compile(r"^其中[:,]?")
YEAR = re.compile(r"\(20\d\d(?:年度?)?\)")
REMARK = re.compile(r"\([^()]*\)?$")
TAIL = re.compile(r"[:;。,、]+$")


@lru_cache(maxsize=65536)
def label_key(text: str) -> str:
    """The form in which labels are compared.

    >>> label_key("（三） 不予公 开")
    '不予公开'
    >>> label_key("?? 其中:主動公開規范性文件數")
    '主动公开规范性文件数'
    >>> label_key("3.危及“三安全一稳定”")
    '危及三安全一稳定'
    """
    key = SPACE.sub("", fold(text)).translate(QUOTES)
    key = YEAR.sub("", DECORATION.sub("", key))
    while True:
        bare = PREFIX.sub("", NUMBERING.sub("", key))
        if bare == key or not bare:
            break
        key = bare
    key = TAIL.sub("", key)
    bare = REMARK.sub("", key)
    return TAIL.sub("", bare) or key


@dataclass(frozen=True, slots=True)
class FieldMatch:
    """One field that a key stands for: the table, whether it is a row, the index there, and if by an alias."""

    table: TableTemplate
    is_row: bool
    index: int
    is_alias: bool


def label_variants(field: Field) -> Iterator[tuple[str, bool]]:
    """Keys of a field: the official label with and without its remark, then the aliases."""
    yield label_key(field.label), False
    for alias in field.aliases:
        yield label_key(alias), True


@cache
def label_book() -> dict[str, tuple[FieldMatch, ...]]:
    """All fields of all forms by key, in the order of the forms."""
    book: dict[str, list[FieldMatch]] = {}
    for template in load_templates():
        for table in template.tables:
            for is_row, side in ((True, table.rows), (False, table.columns)):
                for index, field in enumerate(side):
                    for key, is_alias in dict(reversed([*label_variants(field)])).items():
                        book.setdefault(key, []).append(FieldMatch(table, is_row, index, is_alias))
    return {key: tuple(matches) for key, matches in book.items()}


# What stands above the labels of rows.
CORNERS = frozenset(("信息内容", "项目", "指标", "类别", "内容"))
# Words of the forms that are neither rows nor columns of figures: corners, group headings, remarks.
FURNITURE = frozenset(
    map(
        label_key,
        (
            "信息内容", "申请人情况", "法人或其他组织", "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉",
            "本年度办理结果", "不予公开", "无法提供", "不予处理", "其他处理",
            "统计指标", "单位", "指标名称", "计量单位", "计算单位", "代码",
            "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和",
        ),
    )
)  # fmt: skip


@cache
def title_keys() -> frozenset[str]:
    """Keys of the titles above tables and blocks: 第二十条第（一）项 …, 政府信息公开情况统计表."""
    tables = [table for template in load_templates() for table in template.tables]
    return frozenset(title_key(table.title) for table in tables)


@lru_cache(maxsize=65536)
def title_key(text: str) -> str:
    """As `label_key`, but keeping what stands in brackets: it is the number of the item."""
    return SPACE.sub("", fold(text))


def is_furniture(text: str) -> bool:
    """Whether a cell or line is part of a form's frame and says nothing of its own."""
    key = label_key(text)
    return key in FURNITURE or key in label_book() or title_key(text) in title_keys()
