"""The catalogue of checks and the articles behind them, in the words of the audit.

In: the audit's registry and its articles.  Out: titles, names of families and citations.  These words are quoted
in Chinese in every language, as the law is.
"""

from __future__ import annotations

from parsing.audit import CHECKS, FAMILIES, law


def title_checks() -> dict[str, str]:
    """Check id → title."""
    return {check.id: check.title for check in CHECKS}


def name_family(code: str) -> str:
    """What a family of checks is called."""
    return FAMILIES.get(code, code)


def cite_article(key: str) -> str:
    """An article by its key: act, article and gist; the key itself where the audit does not know it."""
    article = law.load_law().get(key)
    return f"{article.citation}：{article.gist}" if article else key
