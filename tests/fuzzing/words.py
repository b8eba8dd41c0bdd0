"""What means something in each format: the dictionary of its fuzzing.

In: the name of a reader.  Out: words that changes put into a file, and the dictionary file of libFuzzer made of them.
Refused: a reader without an entry, by KeyError.
"""

from __future__ import annotations

REPORT = tuple(
    word.encode()
    for word in (
        "2022年度政府信息公开工作年度报告", "一、总体情况", "三、收到和处理政府信息公开申请情况", "本年新收政府信息公开申请数量",
        "总计", "自然人", "第二十条第（一）项", "行政复议", "结果维持", "12件", "3.5万元", "百分之十二", "○", "〇", "零", "无", "—", "/",
        "其中", "比上年增长", "2022年1月1日", "\u3000", "\u200b", "\ufeff", "\u202e", "\u2028", "\x85", "\x00", "\U00020000",
        "e\u0301", "ﬁ", "㎡", "Ⅷ", "½", "壹佰", "二〇二二年", "万亿", "1,024", "9" * 40, "http://a.b/c", "a@b.c", "??", "?F",
    )
)  # fmt: skip
TAGS = tuple(
    f"<{tag}>".encode()
    for tag in (
        "table", "/table", "tr", "/tr", "td", "/td", "th", "thead", "tbody", "p", "/p", "br", "div", "/div", "script", "/script",
        "style", "title", "textarea", "select", "option", "pre", "template", "noscript", "iframe", "svg", "math", "plaintext",
        "li", "ol", "ul", "dl", "dd", "caption", "colgroup", "frameset", "body", "head", "html", "a", "b", "font", "span",
        "td rowspan=65534 colspan=1000", "td colspan=0", 'td style="display:none"', "meta charset=utf-16", "!--", "![CDATA[",
        "!DOCTYPE html", "?xml version='1.0' encoding='utf-7'?",
    )
)  # fmt: skip
ENTITIES = (b"&#0;", b"&#xD800;", b"&#x110000;", b"&#99999999999;", b"&nbsp", b"&lt;", b"&#128;", b"&amp;#49;", b"&a;")
XML = (
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?a?>", b'xml:space="preserve"', b'xmlns:w=""',
    b"&#0;", b"&#xD800;", b"\xff\xfe", b"\xef\xbb\xbf",
)  # fmt: skip
WORDS: dict[str, tuple[bytes, ...]] = {
    "docx": (
        *XML, b"<w:tbl>", b"</w:tbl>", b"<w:tr>", b"<w:tc>", b"</w:tc>", b"<w:p>", b"</w:p>", b'<w:gridSpan w:val="9"/>',
        b"<w:vMerge/>", b'<w:vMerge w:val="restart"/>', b'<w:gridBefore w:val="3"/>', b'<w:gridAfter w:val="3"/>', b"<w:del>",
        b"<w:ins>", b"<w:sdt>", b"<w:sdtContent>", b"<w:txbxContent>", b"<mc:AlternateContent>", b"<mc:Fallback>", b"<w:vanish/>",
        b'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', b"<w:tab/>", b"<w:br/>", b'<w:sym w:char="F0A8"/>',
        b'<w:footnoteReference w:id="1"/>', b'<w:fldChar w:fldCharType="begin"/>', b"<w:instrText>", b"<w:smartTag>",
        b'<w:lvlText w:val="%1.%2"/>', b'<w:numFmt w:val="chineseCounting"/>', b'<w:start w:val="1"/>',
    ),
    "xlsx": (
        *XML, b'<c r="A1" t="s"><v>0</v></c>', b'<c r="XFD1048576">', b't="inlineStr"', b't="e"', b't="b"', b't="str"', b"<is><t>",
        b'<mergeCell ref="A1:B2"/>', b'<mergeCell ref="A1:XFD1048576"/>', b'<row r="1" hidden="1">', b'<col min="1" max="16384"/>',
        b'state="hidden"', b'formatCode="0.00%"', b'formatCode="[h]:mm;@"', b'formatCode="yyyy\\-mm"', b"<f>SUM(A1)</f>", b"<rPh>",
    ),
    "xls": (b"\x09\x08\x10\x00\x00\x06", b"\xfc\x00", b"\xfd\x00\x0a\x00", b"\x3c\x00\xff\xff", b"\xe5\x00\x08\x00", b"\x0a\x00\x00\x00"),
    "ods": (
        *XML, b"<table:table>", b"<table:table-row>", b"<table:table-cell>", b'table:number-columns-repeated="16384"',
        b'table:number-rows-repeated="1048576"', b'table:number-columns-spanned="9"', b"<table:covered-table-cell/>", b"<text:p>",
        b'office:value-type="float"', b'office:value="1"', b'table:visibility="collapse"', b"<text:s text:c='9'/>", b"<text:tab/>",
    ),
    "doc": (b"\x07", b"\r", b"\x0d\x00", b"\x07\x00", b"\x08\xd6", b"\x17\x24\x01", b"\x16\x24\x01", b"\x13", b"\x15", b"\x01\x00"),
    "rtf": (
        b"\\trowd", b"\\cellx9000", b"\\cell", b"\\row", b"\\intbl", b"\\itap2", b"\\nestcell", b"{\\*\\nesttableprops", b"\\nestrow",
        b"\\clvmgf", b"\\clvmrg", b"\\clmgf", b"\\clmrg", b"\\u26412?", b"\\uc0", b"\\uc9", b"\\'b1\\'be", b"\\bin99999 ", b"\\par",
        b"{\\pict ", b"{\\fonttbl", b"{\\listtext", b"\\v", b"\\deleted", b"{\\field{\\*\\fldinst", b"\\ansicpg936", b"\\fcharset134",
    ),
    "pdf": (
        b"BT", b"ET", b" Tj", b" TJ", b" Tf", b" Td", b" Tm", b" cm", b" re", b" l", b" m", b" S", b" f", b" q", b" Q", b" Do",
        b"1e9", b"0 0 0 0 0 0 cm", b"99999 0 0 99999 0 0 cm", b"/Rotate 90", b"/Kids", b"/Parent", b"/MediaBox [0 0 1 1]", b"/Encrypt",
        b"/Type /Page", b"/ToUnicode", b"/UserUnit 75000", b"/Filter /LZWDecode", b"/Filter [/FlateDecode /FlateDecode]", b"endobj",
    ),
    "pictures": (b"\x89PNG\r\n\x1a\n", b"IHDR", b"IDAT", b"IEND", b"PLTE", b"acTL", b"\xff\xd8\xff", b"\xff\xc0", b"II*\x00", b"GIF89a"),
    "foreign": (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08", b"OFD.xml", b"PK\x03\x04", b"BZh91AY&SY"),
    "mhtml": (
        b"MIME-Version: 1.0\r\n", b"Content-Type: text/html; charset=utf-8\r\n", b"Content-Type: multipart/related; boundary=a\r\n",
        b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: quoted-printable\r\n", b"--a\r\n", b"\r\n\r\n", b"=\r\n",
        b"=3D", b"charset=utf-7", b"charset=idna", b"charset=\"=?x?=\"", *TAGS[:8],
    ),
    "spreadsheetml": (
        *XML, b'<Cell ss:Index="9">', b'ss:MergeAcross="9"', b'ss:MergeDown="9"', b'<Row ss:Index="99">', b'<Data ss:Type="Number">',
        b'<Data ss:Type="DateTime">', b'ss:Hidden="1"', b'ss:Span="9"', b"<Worksheet>", b"<Table>",
    ),
    "html": (*TAGS, *ENTITIES),
    "separated": (b",", b";", b"\t", b'"', b'""', b"\r\n", b"\r", b",,,,,,,,", b'"\n"', b"\xef\xbb\xbf", b"sep=;\n"),
    "md": (b"|", b"|---|---|", b"| :-: |", b"\\|", b"#", b"**", b"`", b"```\n", b"> ", b"- ", b"1. ", b"<td>", b"<table>", b"\n\n", b"    "),
    "txt": (b"\t", b"|", b"\n", b"\r", b"\xa3\xb1", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1b$B", b"\xa1\x40", b"~{", b"+AGE-"),
    "archive": (b"PK\x03\x04", b"PK\x05\x06", b"PK\x01\x02", b"a.zip", b"../", b"\\", b"__MACOSX", b".txt", b"\x00"),
}  # fmt: skip
WORDS["odt"] = (*WORDS["ods"], b"<text:list>", b"<text:list-item>", b"<text:note>", b"<draw:text-box>", b"<text:h>", b"<text:tracked-changes>")


def words_of(name: str) -> tuple[bytes, ...]:
    return (*WORDS[name], *REPORT)


def dictionary(name: str) -> str:
    """The words as a dictionary file of libFuzzer: one in quotes a line, bytes beyond printable ASCII by number."""
    lines = ("".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02X}" for byte in word)
             for word in words_of(name))  # fmt: skip
    return "".join(f'"{line}"\n' for line in lines)
