"""What cannot be read, said to a person, and how much of one file is read at all.

In: the format and what is wrong.  Out: a Document without blocks, whose one problem says what, and what to do.  The
limits hold for each file: what a report never reaches is a mistake or an attack.
"""

from __future__ import annotations

import hashlib
import traceback
from pathlib import Path

from parsing.model import Document, Locator, Particulars, Problem, Report, Source

OURS = Path(__file__).resolve().parents[1]
# The largest file that is opened, in bytes: a scanned report of fifty pages has some 50 MB.
LARGEST_FILE = 100_000_000
# The most that one part of a compressed file may unpack to, in bytes.
LARGEST_PART = 200_000_000
# The longest reports (provinces, with all annexes) have some 200,000 characters.
LONGEST_TEXT = 2_000_000
MOST_PAGES = 300
MOST_CELLS = 200_000

# Problems after which nothing of the file is left to use.
FATAL = frozenset(
    (
        "empty_file", "not_text", "unsupported_format", "file_unavailable", "file_too_large", "not_a_report",
        "damaged_file", "encrypted_file", "scanned_file", "took_too_long", "reader_failed",
    )
)  # fmt: skip


def spaced(words: str) -> str:
    """With a space before Latin letters, as Chinese is set.

    >>> spaced("PDF 文件"), spaced("压缩包")
    (' PDF 文件', '压缩包')
    """
    return f" {words}" if words[:1].isascii() else words


def refuse(format_name: str, kind: str, message: str) -> Document:
    """A Document with nothing but the reason why nothing was read; `kind` is one of `FATAL`."""
    if kind not in FATAL:
        raise ValueError(f"{kind} does not refuse a file")
    return Document((), format_name, problems=(Problem(kind, message),))


def refuse_damaged(format_name: str, words: str) -> Document:
    """The file has the signature of a format but not its structure: cut off, or damaged on the way.

    >>> refuse_damaged("docx", "Word 文件").problems[0].message
    '这个 Word 文件已损坏或不完整，打不开。请从来源重新下载，或请报送单位重新发送。'
    """
    message = f"这个{spaced(words)}已损坏或不完整，打不开。请从来源重新下载，或请报送单位重新发送。"
    return refuse(format_name, "damaged_file", message)


def refuse_encrypted(format_name: str, words: str) -> Document:
    message = f"这个{spaced(words)}设有密码，无法读取。请用密码打开后另存为不加密的文件，再重新提交。"
    return refuse(format_name, "encrypted_file", message)


def refuse_large(format_name: str, words: str, measure: str) -> Document:
    """`measure` says how large it is and what is the most."""
    message = f"这个{spaced(words)}过大：{measure}。一份年度报告不会这样大，请确认选对了文件，或拆开后再提交。"
    return refuse(format_name, "file_too_large", message)


def refuse_error(error: Exception) -> Document:
    """An error of ours by its place in our files: what a library says of it is no reading for people."""
    if isinstance(error, MemoryError):
        message = "读取这个文件需要的内存超过上限，没有读取。文件可能已损坏或被做过手脚，请从来源重新获取。"
        return refuse("unknown", "reader_failed", message)
    steps = [step for step in traceback.extract_tb(error.__traceback__) if Path(step.filename).is_relative_to(OURS)]
    place = f"，{Path(steps[-1].filename).name} 第 {steps[-1].lineno} 行" if steps else ""
    message = f"读取时程序出错（{type(error).__name__}{place}），没有读取。请把这个文件发给维护人员。"
    return refuse("unknown", "reader_failed", message)


def too_large(size: int) -> Document:
    """A file that is not even opened."""
    measure = f"{size / 1_000_000:,.0f} MB，最多读 {LARGEST_FILE // 1_000_000} MB"
    return refuse_large("unknown", "文件", measure)


def refused(document: Document, name: str) -> tuple[Report, ...]:
    """The report of a file of which nothing was read; the name alone tells it from others of its kind."""
    source = Source(name, document.format, None, hashlib.sha256(name.encode("utf-8", "replace")).hexdigest(), 0)
    return (Report(source, Particulars(), {}, problems=document.problems),)


def torn_row(where: Locator) -> Problem:
    """What is said of a last row that has lost its end."""
    message = "文件在表格的一行中间中断，这一行不采信，后面的内容缺失。请从来源重新下载，或请报送单位重新发送。"
    return Problem("text_cut_off", message, where)
