"""What belongs to the page around a report and not to the report: lists of links, the way to the page, its foot.

In: the drafts of a page in reading order.  Out: those that are kept.  When in doubt a draft is kept: prose, figures and
tables are never furniture, and the foot is looked for only behind the last of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsing.readers.html.layout import Draft

# A paragraph that is a link is a title or an annex; three in a row, or three links on one line, are a list.
FEWEST_LINKS = 3
LONGEST_LINK = 80
# The share of a list that is linked; dates and bars beside the links do not count.
LINKED_SHARE = 0.8
LONGEST_PROSE_OF_FOOT = 200
SHORTEST_PROSE = 50
NO_WORDS = re.compile(r"[\d\s\-./:年月日|｜>＞»›·•\[\]()（）【】]+")
TRAIL = re.compile(r"(?:您|你)?(?:当前|现在|目前|所在)?(?:所在|所处)?(?:的)?(?:页面)?位置\s*[:：]")
NEIGHBOURS = re.compile(r"[【\[<]?(?:上|下|前|后)一?[篇条页个](?:文章|信息|新闻)?[】\]>]?\s*(?:[:：]|$)")
# What only the foot of a site prints.
FOOT = re.compile(
    r"主办(?:单位|部门)?\s*[:：]|承办(?:单位)?\s*[:：]|技术支持\s*[:：]|版权所有|[Cc]opyright|©|ICP[备证]|ICP[備證]|公网安备"
    r"|网站标识码|网站地图|网站声明|隐私声明|建议使用.{0,12}浏览器|分辨率"
)
# What stands between the report and the foot.
WIDGETS = re.compile(
    r"扫一扫|分享到?|[【\[]?(?:打印|关闭|收藏)(?:本页|窗口|此页|页面)?[】\]]?$|返回顶部|相关(?:文章|信息|链接|新闻)|责任编辑|点击数|浏览次数"
)


def is_listed(draft: Draft) -> bool:
    """Whether a paragraph is nothing but links, with dates beside them at most."""
    block = draft.block
    if block is None or not block.linked or len(block.text) > LONGEST_LINK * max(1, block.links) or "。" in block.text:
        return False
    return block.linked >= LINKED_SHARE * len(NO_WORDS.sub("", block.text))


def is_menu(draft: Draft) -> bool:
    """Whether a table is nothing but links."""
    return not draft.block and draft.links >= FEWEST_LINKS and draft.linked >= LINKED_SHARE * draft.length


def link_lists(drafts: Sequence[Draft]) -> set[int]:
    """Indices of the drafts that make up lists of links; lines without words between two links belong to the list.

    Items of a list and paragraphs are never one list: behind a menu the title of the report may be a link.
    """
    found: set[int] = set()
    run: list[int] = []
    links = 0
    is_item: bool | None = None
    for index, draft in enumerate(drafts):
        block = draft.block
        is_link = is_listed(draft) or is_menu(draft)
        kind = block.is_item if block else is_item
        if not is_link and run and block and not NO_WORDS.sub("", block.text):
            run.append(index)
            continue
        if not is_link or kind != is_item:
            found.update(run if links >= FEWEST_LINKS else ())
            run, links = [], 0
        if is_link:
            run.append(index)
            links += max(1, draft.links)
            is_item = kind
    found.update(run if links >= FEWEST_LINKS else ())
    return found


def words_of(draft: Draft) -> str:
    return draft.block.text if draft.block else " ".join(cell.raw for row in draft.rows for cell in row)


def is_content(draft: Draft) -> bool:
    """Whether a draft can only be part of the report: a sentence, or a table that is no foot."""
    if draft.block:
        text = draft.block.text
        return len(text) >= SHORTEST_PROSE and "。" in text and not draft.block.links and not FOOT.search(text)
    return not (is_menu(draft) or FOOT.search(words_of(draft)))


def is_beside(draft: Draft) -> bool:
    """The way to the page, and the way to its neighbours."""
    text = draft.block.text if draft.block else ""
    return len(text) <= LONGEST_PROSE_OF_FOOT and bool(TRAIL.match(text) or NEIGHBOURS.match(text))


def keep_report(drafts: Sequence[Draft]) -> list[tuple[int, Draft]]:
    """The drafts that are kept, each with its number among the paragraphs of the page (0 for tables)."""
    dropped = link_lists(drafts)
    last = max((index for index, draft in enumerate(drafts) if index not in dropped and is_content(draft)), default=-1)
    is_foot = False
    kept: list[tuple[int, Draft]] = []
    number = 0
    for index, draft in enumerate(drafts):
        number += draft.block is not None
        if index in dropped or is_beside(draft):
            continue
        if index > last >= 0:
            words = words_of(draft)
            is_foot = is_foot or bool(FOOT.search(words))
            if is_foot or (len(words) <= SHORTEST_PROSE and WIDGETS.search(words)):
                continue
        kept.append((number if draft.block else 0, draft))
    return kept
