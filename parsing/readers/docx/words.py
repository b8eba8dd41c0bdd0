"""The words of one paragraph as a person sees them.

In: a w:p.  Out: `Words`: its lines (a manual break begins a new one), the text boxes anchored in it, and whether it
runs on into the next paragraph because its mark was deleted.  Left out: deleted and moved-away text, hidden text, the
instructions of fields, the reading aids of ruby, one of the two forms that mc:AlternateContent gives.  Nothing is
refused.
"""

from __future__ import annotations

from typing import NamedTuple

from parsing.readers.docx.markup import MC, Element, M, V, W, is_on, w

BREAK = "\x0b"

P, R, T, TAB, BR, SYM = (W + name for name in ("p", "r", "t", "tab", "br", "sym"))
PPR, RPR, TABS = W + "pPr", W + "rPr", W + "tabs"
FIELD, BOX, ALTERNATE = W + "fldChar", W + "txbxContent", MC + "AlternateContent"
TEXT_PATH, MATH = V + "textpath", M + "oMath"
CR, HYPHEN, POSITION_TAB = W + "cr", W + "noBreakHyphen", W + "ptab"
PLAIN = {CR: BREAK, BR: BREAK, TAB: "\t", HYPHEN: "-", POSITION_TAB: "\t"}
# What takes more than gathering texts in order.
INTRICATE = (
    FIELD, BOX, ALTERNATE, TEXT_PATH, MATH, *w("del", "moveFrom", "vanish", "vertAlign", "ruby", "sym", "fldData"),
)  # fmt: skip
LOOKED_AT = (T, *PLAIN, *INTRICATE)
DROPPED = w("del", "moveFrom", "rt", "rubyPr", "instrText", "delText", "delInstrText", "sdtPr", "sdtEndPr", "fldData",
            "pPr", "rPr", "smartTagPr", "customXmlPr") | {MC + "Fallback"}  # fmt: skip
# Signs of the symbol fonts that forms use; the private code points F0xx of these fonts are their plain codes.
SYMBOLS = {
    "wingdings": {0x6F: "□", 0x71: "❑", 0x78: "☒", 0xA8: "□", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
                  0x6C: "●", 0x6E: "■", 0x9F: "•", 0x81: "①", 0x82: "②", 0x83: "③", 0x84: "④", 0x85: "⑤",
                  0x86: "⑥", 0x87: "⑦", 0x88: "⑧", 0x89: "⑨", 0x8A: "⑩"},
    "wingdings 2": {0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0xA3: "□", 0x30: "□"},
}  # fmt: skip
UNKNOWN_SIGN = "\ufffd"
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
STACKED = tuple(M + name for name in ("f", "sSup", "sSub", "sSubSup", "sPre", "rad", "nary", "m", "eqArr"))


class Words(NamedTuple):
    """`text` has a BREAK between its lines; `boxes` are the contents of text boxes, each once."""

    text: str
    boxes: tuple[Element, ...] = ()
    runs_on: bool = False


def read_words(paragraph: Element) -> Words:
    """The usual paragraph in one pass over its texts; anything intricate in it is read with care."""
    texts = []
    for node in paragraph.iter(*LOOKED_AT):
        tag = node.tag
        if tag == T:
            texts.append(node.text or "")
        elif tag not in PLAIN:
            return read_with_care(paragraph)
        elif tag != TAB or node.getparent().tag != TABS:
            texts.append(PLAIN[tag])
    return Words("".join(texts))


def read_with_care(paragraph: Element) -> Words:
    reader = CarefulReader()
    for child in paragraph:
        reader.read(child)
    properties = paragraph.find(PPR)
    mark = properties.find(RPR) if properties is not None else None
    runs_on = mark is not None and any(mark.find(W + name) is not None for name in ("del", "moveFrom"))
    return Words("".join(reader.texts), tuple(reader.boxes), runs_on)


class CarefulReader:
    """Walks through a paragraph; `fields` has for every field that is open whether its instruction goes on."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.boxes: list[Element] = []
        self.fields: list[bool] = []

    def add(self, text: str) -> None:
        if not any(self.fields):
            self.texts.append(text)

    def read(self, node: Element) -> None:
        tag = node.tag
        if tag in DROPPED:
            return
        if tag == T:
            self.add(node.text or "")
        elif tag in PLAIN:
            self.add(PLAIN[tag])
        elif tag == R:
            self.read_run(node)
        elif tag == SYM:
            self.add(read_symbol(node))
        elif tag == FIELD:
            self.read_field(node)
        elif tag == BOX:
            self.boxes.append(node)
        elif tag == ALTERNATE:
            self.read_all(choose(node))
        elif tag == TEXT_PATH:
            self.add(node.get("string") or "")
        elif tag == MATH:
            self.add(read_formula(node))
        else:
            self.read_all(node)

    def read_all(self, nodes: Element) -> None:
        for child in nodes:
            self.read(child)

    def read_run(self, run: Element) -> None:
        """A run is hidden, raised or lowered as a whole; its marks of fields count all the same."""
        properties = run.find(RPR)
        if properties is None:
            self.read_all(run)
            return
        if is_on(properties, "vanish"):
            for mark in run.iterchildren(FIELD):
                self.read_field(mark)
            return
        start = len(self.texts)
        self.read_all(run)
        raised = properties.find(W + "vertAlign")
        # The figure of a note that was typed behind a number is not a digit of the number.
        signs = {"superscript": SUPERSCRIPT, "subscript": SUBSCRIPT}.get(
            raised.get(W + "val") if raised is not None else ""
        )
        if signs:
            self.texts[start:] = [text.translate(signs) for text in self.texts[start:]]

    def read_field(self, mark: Element) -> None:
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            self.fields.append(True)
        elif self.fields and kind == "separate":
            self.fields[-1] = False
        elif self.fields and kind == "end":
            self.fields.pop()


def choose(alternate: Element) -> list[Element]:
    """What to read of mc:AlternateContent: the first choice, or the fallback where no choice has words."""
    branches = [*alternate.iterchildren(MC + "Choice"), *alternate.iterchildren(MC + "Fallback")]
    return next((list(one) for one in branches if next(one.iter(T, BOX, TEXT_PATH), None) is not None), [])


def read_symbol(node: Element) -> str:
    """A sign of a symbol font; one that is not known here is shown as unknown, never as nothing."""
    code = node.get(W + "char") or ""
    font = (node.get(W + "font") or "").lower()
    try:
        number = int(code, 16)
    except ValueError:
        return UNKNOWN_SIGN
    plain = number - 0xF000 if 0xF000 <= number <= 0xF0FF else number
    if font in SYMBOLS:
        return SYMBOLS[font].get(plain, UNKNOWN_SIGN)
    # The font Symbol has ASCII's figures and marks in their places, Greek where the letters are.
    if font == "symbol" or plain != number:
        return chr(plain) if 0x20 <= plain < 0x40 else UNKNOWN_SIGN
    return chr(number) if 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000 else UNKNOWN_SIGN


def read_formula(node: Element) -> str:
    """The texts of a formula; what stands above, below or raised is never run together with what stands before it."""
    texts = [one.text or "" for one in node.iter(M + "t", T)]
    return (" " if next(node.iter(*STACKED), None) is not None else "").join(texts)
