"""Markup → the tags that carry structure, each with the text behind it.

In: the text of a page, however broken.  Out: the text before the first tag and `(tag, attributes, text)` triples:
everything that shows no text of the page (scripts, comments, hidden parts, form controls) and every tag that does not
change the structure is gone, so that a figure cut by font tags is whole again.  Refused: more markup than any report
has (`TooLarge`).

A tree is never built.  Every pattern ends at the next `<` or `>`, so the work grows with the length of the page only,
whatever is nested in it; and rows without a table, which a browser would run together, stay rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Piece = tuple[str, str, str]

# The longest markup that is read once scripts, styles and inline tags are gone, in characters.
LONGEST_MARKUP = 5_000_000
# Ends of elements that must not run together where both are digits: 12<sup>3</sup> is not 123.
SEAM = "\x1f"
# What stands for a cell, a row, a table that is hidden: it is counted and not drawn.
HIDDEN_CELL, HIDDEN_TABLE = "gone-cell", "gone-table"

NAMES = (
    r"table|tr|t[dh]|caption|p|div|br|hr|li|ul|ol|d[ltd]|h[1-6r]|a|su[pb]|s|strike|del|ins|pre|center|blockquote"
    r"|section|article|main|header|footer|aside|form|fieldset|legend|address|fig(?:ure|caption)|input|gone-\w+|body"
)
# A quoted value with `<` in it has usually lost its closing quote; then the tag ends at the next `>`.
ATTRIBUTES = r"""(?:[^'"<>]*+(?:(?:"[^"<]*+"|'[^'<]*+')[^'"<>]*+)*+(?=>)|[^>]*+)"""
STRUCTURE = re.compile(rf"<(/?(?:{NAMES}))(?=[\s/>])({ATTRIBUTES})>", re.IGNORECASE)
OTHER = re.compile(rf"<(?!/?(?:{NAMES})[\s/>])[/a-z!?]{ATTRIBUTES}>", re.IGNORECASE)
# Both run to the end of the file where they are not closed, as in a browser.
UNSEEN = re.compile(
    r"<(?:!--(?:-?>|.*?--!?>)|(?:script\b.*?(?:</script|\Z)|style\b.*?(?:</style|\Z))[^>]*>?)", re.IGNORECASE | re.DOTALL
)
# These are left out only where they are closed.
CONTROLS = "noscript|template|select|textarea|button|title|svg|iframe|object|datalist|xml"
CLOSED = re.compile(rf"</({CONTROLS})\b", re.IGNORECASE)
STYLED = re.compile(
    r"display\s*:\s*(?:(none)|inline-block|table-cell|inline-flex)|visibility\s*:\s*(hidden)|(?<=\s)(hidden)(?=[\s=/>])"
    r"|<(nav)\b|float\s*:\s*[lr]",
    re.IGNORECASE,
)
TAG_NAME = re.compile(r"<([a-z][\w:-]*)", re.IGNORECASE)
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
# title="<font color=red>…</font>": markup in a value that is closed.
MARKUP_VALUE = re.compile(r'="<(?!/?t[drh]|/?table)[^"]{0,400}(?<!=)"(?=[\s/>])')
VOID = frozenset(("input", "img", "br", "hr", "meta", "link", "col", "area", "base", "embed", "param", "source"))


class TooLarge(ValueError):
    """More than any report has; the message says what and how much, in Chinese."""


def drop_unseen(text: str) -> str:
    """Without comments, scripts, styles and form controls; a comment that is never closed hides nothing."""
    last = text.rfind("-->") + 3
    if (open_at := text.find("<!--", max(0, last))) >= 0:
        text = text[:open_at] + text[open_at:].replace("<!--", "<!")
    text = UNSEEN.sub("", text)
    ends = {match[1].lower(): match.end() - len(text) for match in CLOSED.finditer(text)}
    # Counted from the end, and the first of them first, so that every end stays valid.
    for name, end in sorted(ends.items(), key=lambda pair: pair[1]):
        element = re.compile(rf"<{name}\b[^>]*>.*?</{name}\b", re.IGNORECASE | re.DOTALL)
        at = len(text) + end
        text = element.sub(f"</{name}", text[:at]) + text[at:]
    return text


def styled_tags(text: str) -> Iterator[tuple[int, str, bool]]:
    """Start and name of every tag that is hidden (true), or set apart from its neighbours by its style (false)."""
    for match in STYLED.finditer(text):
        start = text.rfind("<", max(0, match.start() - 4000), match.start() + 1)
        if start < 0 or text.find(">", start, match.start()) >= 0:
            continue
        name = TAG_NAME.match(text, start)
        if not name or name[1].lower() in VOID:
            continue
        # class="a hidden b" is a name, not the attribute.
        if match[3] and "hidden" not in QUOTED.sub("", text[start : text.find(">", start)]).lower():
            continue
        yield start, name[1].lower(), any(match.groups())


def spans_of(text: str, name: str, starts: set[int]) -> Iterator[tuple[int, int]]:
    """First and last index of the elements that begin at `starts`; one that is never closed has none.

    A cell or a row ends at the next one as well.
    """
    open_at: list[int] = []
    for match in re.compile(rf"<(/?){name}\b[^>]*>", re.IGNORECASE).finditer(text):
        if not match[1]:
            open_at.append(match.start())
        elif open_at:
            start = open_at.pop()
            if start in starts:
                yield start, match.end()


def stand_in(piece: str, name: str) -> str:
    """What keeps the count of tables, rows and cells right where a hidden part is taken out."""
    tables = f"<{HIDDEN_TABLE}>" * len(re.findall(r"<table\b", piece, re.IGNORECASE))
    return {"tr": "<tr>", "td": f"<{HIDDEN_CELL}>", "th": f"<{HIDDEN_CELL}>"}.get(name, "") + tables


def drop_hidden(text: str) -> str:
    """Without what the page hides; the larger half of a page is never taken for hidden (scripts show it later)."""
    hidden: dict[str, set[int]] = {}
    seams = []
    for start, name, is_hidden in styled_tags(text):
        if is_hidden:
            hidden.setdefault(name, set()).add(start)
        elif not STRUCTURE.match(text, start):
            seams.append(start)
    cuts = [(start, end, name) for name, starts in hidden.items() for start, end in spans_of(text, name, starts)]
    cuts += [(start, start, SEAM) for start in seams]
    parts, at = [], 0
    for start, end, name in sorted(cuts):
        if start < at or 2 * (end - start) > len(text):
            continue
        parts += [text[at:start], SEAM if name == SEAM else stand_in(text[start:end], name)]
        at = end
    return "".join((*parts, text[at:]))


def cut_markup(text: str) -> tuple[str, Iterator[Piece]]:
    """The text before the first tag, and every tag of the structure with its attributes and the text behind it."""
    text = drop_unseen(text.replace("\0", ""))
    if STYLED.search(text):
        text = drop_hidden(text)
    if '="<' in text:
        text = MARKUP_VALUE.sub('=""', text)
    end = text.rfind(">") + 1
    # Behind the last tag that is closed a `<` begins a tag that was cut off.
    text = OTHER.sub("", text[:end]) + re.split(r"<[/a-zA-Z!?]", text[end:])[0]
    if len(text) > LONGEST_MARKUP:
        raise TooLarge(f"去掉样式后仍有 {len(text):,} 个字符，最多读 {LONGEST_MARKUP:,} 个")
    parts = STRUCTURE.split(text.replace("&nbsp;", "\u00a0"))
    return parts[0], zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
