"""WordprocessingML as a tree: the names of its elements, and parsing that nothing in the file can abuse.

In: the bytes of one part of a Word document.  Out: its root element, and whether it breaks off before its end.  Strict
documents become transitional ones on the way, so that every element has one name.  Refused, as `BrokenMarkup`: what is
no XML, tags that do not match, declarations of entities, nesting deeper than any document's.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

# lxml has no type information.
Element = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the usual prefix, like its neighbours

# The namespaces of ISO/IEC 29500 strict, and those of everybody else.
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
OFF = frozenset(("0", "false", "off", "none"))

# Characters that XML forbids and converters leave all the same; a figure on either side stays a figure of its own.
FORBIDDEN = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));"
)
# Errors after which the tree is still what was written: a prefix without a namespace; for a document that was cut off,
# open tags, which are closed at the end.
HARMLESS = frozenset((etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE,))
AT_THE_END = frozenset((
    etree.ErrorTypes.ERR_TAG_NOT_FINISHED, etree.ErrorTypes.ERR_CDATA_NOT_FINISHED,
    etree.ErrorTypes.ERR_COMMENT_NOT_FINISHED,
))  # fmt: skip


class BrokenMarkup(ValueError):
    """Markup that cannot be trusted to say what was written."""


def w(*names: str) -> frozenset[str]:
    """The full names of elements of WordprocessingML."""
    return frozenset(W + name for name in names)


def parser(is_lenient: bool) -> Element:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=is_lenient,
        remove_comments=True, remove_pis=True, collect_ids=False,
    )  # fmt: skip


def to_utf8(data: bytes) -> bytes:
    """Parts may be UTF-16; everything else here looks for ASCII names in the bytes."""
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return data
    text = data.decode("utf-16", "replace")
    return (text.partition("?>")[2] if text.startswith("<?xml") else text).encode()


def parse(data: bytes, is_cut: bool = False) -> Element:
    """The root of a part; `is_cut` says that its end is known to be missing.

    >>> parse(b"<a><b>1</b></a>").tag
    'a'
    """
    data = to_utf8(data)
    if b"http://purl.oclc.org/" in data[:8192]:
        for strict, usual in STRICT:
            data = data.replace(strict, usual)
    try:
        root = etree.fromstring(data, parser(is_lenient=False))
    except (etree.XMLSyntaxError, ValueError):
        root = recover(data, is_cut)
    # A Word document declares nothing; what does wants to reach other files or to fill the memory.
    if root.getroottree().docinfo.internalDTD is not None:
        raise BrokenMarkup("declares a document type")
    return root


def recover(data: bytes, is_cut: bool) -> Element:
    """The tree in spite of errors, if none of them can have changed its meaning."""
    if is_cut:
        # A figure or a tag that was cut in two is not read by halves.
        data = data[: data.rfind(b">") + 1]
    data = FORBIDDEN.sub(b" ", data)
    lenient = parser(is_lenient=True)
    try:
        root = etree.fromstring(data, lenient)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenMarkup(str(error)) from error
    forgiven = HARMLESS | AT_THE_END if is_cut else HARMLESS
    grave = [error for error in lenient.error_log if error.type not in forgiven]
    if root is None or grave:
        raise BrokenMarkup(str(grave[:1]))
    if is_cut:
        drop_torn_end(root)
    return root


def drop_torn_end(root: Element) -> None:
    """Take away what the cut tore: the row of a table, or else the paragraph, that the last element lies in."""
    last = root
    while len(last):
        last = last[-1]
    chain = [last, *last.iterancestors()]
    torn = next((one for name in ("tr", "p") for one in chain if one.tag == W + name), None)
    if torn is not None and torn.getparent() is not None:
        torn.getparent().remove(torn)


def is_on(holder: Element, name: str) -> bool:
    """Whether a property that is on or off (w:vanish) stands in its holder and is on."""
    found = holder.find(W + name)
    return found is not None and found.get(W + "val") not in OFF
