"""HTML → text: pages of newswires and companies, SEC exhibits; furniture left out, tables as rows.

The parser is a browser's (lexbor), so broken markup means what it means on the screen.  Its tree is copied once into
a small one of our own and walked without recursion: nesting may be as deep as a file can make it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.errors import UnreadableRelease
from kg.readers.decoding import declared_encoding, decode
from kg.readers.grid import Cell, Row, is_bullet, rows_of
from kg.readers.scripts import CLEAN, level, lowered, raised

_BREAK: Final = "\ue003"  # a line break that the author set
_DEEPEST: Final = 1000
_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9:]*)", re.IGNORECASE)
_LONG_TAG: Final = re.compile(r"<[a-z][^<>]{2000,}", re.IGNORECASE)  # so long that it is worth a look
#: Elements that have no end tag, or may go without.
_UNCLOSED: Final = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option",
))  # fmt: skip
_NEVER: Final = frozenset((
    "head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed",
    "canvas", "audio", "video", "map", "form", "button", "select", "textarea", "input", "datalist",
    "dialog", "nav", "aside", "del", "s", "strike", "ix:header", "ix:hidden",
))  # fmt: skip
_BLOCKS: Final = frozenset((
    "html", "body", "address", "article", "blockquote", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "caption", "thead",
    "tbody", "tfoot", "tr", "td", "th", "ul", "menu",
))  # fmt: skip
_HEADINGS: Final = frozenset((
    "h1", "h2", "h3", "h4", "h5", "h6",
))  # fmt: skip
_NEVER_ROLES: Final = frozenset((
    "navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "complementary", "menu",
    "menubar", "toolbar",
))  # fmt: skip
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SHIFTED: Final = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_FURNITURE: Final = frozenset((
    "cookie", "cookies", "consent", "gdpr", "onetrust", "cookiebot", "breadcrumb", "breadcrumbs",
    "navbar", "nav", "navigation", "menu", "sidebar", "footer", "social", "share", "sharing",
    "sharethis", "addthis", "newsletter", "subscribe", "signup", "related", "skip", "modal", "popup",
    "pagination", "pager", "toolbar", "advert", "advertisement", "ads", "promo",
))  # fmt: skip
_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LABELS: Final = re.compile(
    r"(?:share|tweet|print|email|e-mail|download(?: as)?(?: pdf)?|pdf(?: version)?|back to .{1,30}|skip to .{1,30}|"
    r"follow us.{0,30}|"
    r"subscribe.{0,20}|read more|learn more|view all.{0,20}|previous|next|home|table of contents|\(back to top\)|"
    r"exhibit\s+99(?:\.\d+)?|ex-99(?:\.\d+)?.{0,60})\W*$",
    re.IGNORECASE,
)
_PAGE_NUMBER: Final = re.compile(r"\W*(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\W*$", re.IGNORECASE)
_PAGED: Final = re.compile(r"page-break-(?:before|after)|break-(?:before|after)\s*:\s*page", re.IGNORECASE)
_SUBMISSION: Final = re.compile(
    r"\s*<DOCUMENT>.{0,2000}?<TEXT>(.*?)(?:</TEXT>|\Z)", re.IGNORECASE | re.DOTALL
)
_BULLET: Final = re.compile(r"[•·●▪○◦■□‣∙\uf0b7\uf0a7]\s*")


@dataclass(slots=True, eq=False)
class _Element:
    """One element, of the small tree.

    Attributes:
        size, linked: characters of text in it, and how many of them in links.
        tables: whether a table is inside it.
        heading: level of the highest heading inside it; 9 where there is none.
    """

    tag: str
    attributes: Mapping[str, str | None] = field(default_factory=dict)
    parent: _Element | None = None
    children: list[_Element | str] = field(default_factory=list)
    size: int = 0
    linked: int = 0
    tables: bool = False
    heading: int = 9

    def get(self, name: str) -> str:
        return self.attributes.get(name) or ""


def read(name: str, data: bytes) -> tuple[str, str]:
    """Text that a reader of the page would see, and the encoding of the file.

    Raises:
        UnreadableRelease: the bytes are no text, or the page has none.
    """
    markup, encoding = decode(name, data, declared=declared_encoding(data))
    if _depth(markup) > _DEEPEST:
        raise UnreadableRelease(
            name,
            f"is HTML with more than {_DEEPEST:,} elements inside each other; save the page's text as .txt",
        )
    if any(len(tag.split()) > _DEEPEST for tag in _LONG_TAG.findall(markup)):
        raise UnreadableRelease(
            name, f"is HTML with more than {_DEEPEST:,} attributes in one tag; save the page's text as .txt"
        )
    text = text_of(markup)
    if not text:
        raise UnreadableRelease(
            name,
            "is HTML without text (scripts may fill the page in a browser); save the page's text as .txt",
        )
    return text, encoding


def text_of(markup: str) -> str:
    """The text of a page; empty where it has none."""
    submission = _SUBMISSION.match(markup)
    root, elements = _tree(submission[1] if submission else markup)
    dropped = _furniture(root, elements)
    writer = _Writer(paged=any(e.tag == "hr" or _PAGED.search(e.get("style")) for e in elements))
    _write(root, dropped, writer)
    return writer.text()


def _depth(markup: str) -> int:
    """How deep elements are nested, about: a parser takes time in the square of it."""
    depth = deepest = 0
    for closing, tag in _TAG.findall(markup):
        if tag.lower() not in _UNCLOSED:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest


# --- the tree -------------------------------------------------------------------------------------------


def _tree(markup: str) -> tuple[_Element, list[_Element]]:
    """The page as a tree, and its elements, each after its parent."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - needed for HTML alone

    top = LexborHTMLParser(markup).root
    root = _Element("html")
    elements = [root]
    waiting = [] if top is None else [(top, root)]
    while waiting:
        node, element = waiting.pop()
        child = node.child
        while child is not None:
            if child.is_text_node:
                element.children.append((child.text_content or "").translate(CLEAN))
            elif child.is_element_node and (tag := child.tag or "") not in _NEVER:
                attributes = child.attributes
                shift = _SHIFTED.search(attributes.get("style") or "") if tag in ("font", "span") else None
                if shift is not None:  # how word processors set an isotope or a footnote mark
                    tag = shift[1].lower()[:3]
                inside = _Element(tag, attributes, element)
                element.children.append(inside)
                elements.append(inside)
                waiting.append((child, inside))
            child = child.next
    for element in reversed(elements):
        element.size += sum(len(c.strip()) for c in element.children if isinstance(c, str))
        if element.tag == "a":
            element.linked = element.size
        if element.tag in _HEADINGS:
            element.heading = min(element.heading, int(element.tag[1]))
        if element.parent is not None:
            element.parent.size += element.size
            element.parent.linked += element.linked
            element.parent.heading = min(element.parent.heading, element.heading)
            element.parent.tables |= element.tables or element.tag == "table"
    return root, elements


def _furniture(root: _Element, elements: list[_Element]) -> set[_Element]:
    """What is on the page but not of the release: navigation, banners, what follows the article."""
    dropped: set[_Element] = set()
    inside: set[_Element] = set()  # article or main, and all in it
    for element in elements[1:]:
        if element.parent in dropped:
            dropped.add(element)
            continue
        if element.tag in ("article", "main") or element.parent in inside:
            inside.add(element)
        if _is_furniture(element, root.size, in_article=element in inside):
            dropped.add(element)
    articles = [
        e
        for e in elements
        if (e.tag == "article" or e.get("itemprop") == "articleBody")
        and e not in dropped
        and e.size * 2 > root.size
    ]
    if articles:
        # Nested ones all hold most of the text; after the outermost come the teasers of other articles.
        node = articles[0]
        while node.parent is not None:
            siblings = node.parent.children
            after = siblings[siblings.index(node) + 1 :]
            dropped.update(e for e in after if isinstance(e, _Element))
            node = node.parent
    return dropped


def _is_furniture(element: _Element, total: int, *, in_article: bool) -> bool:
    if (
        "hidden" in element.attributes
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style"))
    ):
        return True
    small = element.size * 10 < total * 3
    if element.tag in ("ul", "ol", "menu") and element.linked * 10 > element.size * 9:
        items = sum(isinstance(c, _Element) for c in element.children)
        if items > 1 and element.size < 100 * items:
            return True
    if not small or element.heading == 1:
        return False
    if element.get("role").lower() in _NEVER_ROLES:
        return True
    if element.tag in ("footer", "header"):
        return not in_article and not (element.tag == "header" and element.heading == 2)
    if element.tag in _BLOCKS and element.tag not in _HEADINGS:
        names = f"{element.get('class')} {element.get('id')}"
        return not _FURNITURE.isdisjoint(word.lower() for word in _WORDS.findall(names))
    return False


# --- writing --------------------------------------------------------------------------------------------


class _Writer:
    """Collects inline text and makes blocks of it."""

    def __init__(self, *, paged: bool) -> None:
        self._paged = paged
        self._inline: list[str] = []
        self._out: list[str] = []
        self._prefix = ""
        self._tight = False  # whether the last block was a list item

    def put(self, text: str) -> None:
        """Add inline text."""
        self._inline.append(text)

    def item(self, prefix: str) -> None:
        """Begin a list item: the next block has this prefix."""
        self.flush()
        self._prefix = prefix

    def flush(self) -> None:
        """End the block."""
        if not self._inline:
            return
        text = _lines("".join(self._inline))
        self._inline.clear()
        for block in text:
            self.block(block)

    def block(self, text: str, *, tight: bool = False) -> None:
        """Add a finished block, on the line below the last one where both are items or rows."""
        glyph = _BULLET.match(text)
        if glyph is not None:
            text = text[glyph.end() :]
            self._prefix = self._prefix or "- "
        if not text or _LABELS.match(text) or (self._paged and not self._prefix and _PAGE_NUMBER.match(text)):
            return
        tight = tight or bool(self._prefix)
        if self._out:
            self._out.append("\n" if tight and self._tight else "\n\n")
        self._out.append(self._prefix + text)
        self._prefix = ""
        self._tight = tight

    def end_group(self) -> None:
        """Part what comes next from the list or table before it."""
        self._tight = False

    def text(self) -> str:
        """All blocks."""
        self.flush()
        return "".join(self._out)


def _lines(inline: str) -> list[str]:
    """Inline text as paragraphs: blanks collapsed as a browser does; one break is a new line, two a new paragraph."""
    lines = [level(" ".join(line.split())).strip() for line in inline.split(_BREAK)]
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return ["\n".join(block) for block in blocks if block]


def _write(root: _Element, dropped: set[_Element], writer: _Writer) -> None:
    waiting: list[_Element | str | tuple[str, _Element]] = [root]
    numbers: dict[_Element, int] = {}  # ordered list → number of its next item
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            writer.put(item)
            continue
        if isinstance(item, tuple):
            _close(item[1], writer)
            continue
        if item in dropped:
            continue
        if item.tag == "br":
            writer.put(_BREAK)
            continue
        if item.tag in ("sup", "sub"):
            text = " ".join(_flat(item, dropped).split())
            writer.put(raised(text) if item.tag == "sup" else lowered(text))
            continue
        if item.tag == "pre":
            writer.flush()
            _write_preformatted(_flat(item, dropped, raw=True), writer)
            continue
        if item.tag == "table" and not item.tables:
            writer.flush()
            rows = _data_rows(item, dropped)
            if rows is not None:
                _write_rows(rows, writer)
                continue
        if item.tag in _BLOCKS:
            writer.flush()
        if item.tag == "li":
            writer.item(_item_prefix(item, numbers))
        if item.tag == "q":
            writer.put("“")
        waiting.append(("close", item))
        waiting += reversed(item.children)


def _close(element: _Element, writer: _Writer) -> None:
    if element.tag == "q":
        writer.put("”")
    if element.tag in _BLOCKS:
        writer.flush()
    if element.tag in ("ul", "ol", "menu", "table"):
        writer.end_group()


def _item_prefix(item: _Element, numbers: dict[_Element, int]) -> str:
    """A dash, or the number of an item of an ordered list."""
    up = item.parent
    if up is None or up.tag != "ol":
        return "- "
    start = up.get("start")
    number = numbers.get(up, int(start) if re.fullmatch(r"\d{1,4}", start) else 1)
    numbers[up] = number + 1
    return f"{number}. "


def _write_preformatted(raw: str, writer: _Writer) -> None:
    for block in re.split(r"\n[ \t]*\n", level(raw.replace(_BREAK, "\n"))):
        text = block.strip("\n").rstrip()
        if text.strip():
            writer.block(text)
    writer.end_group()


def _flat(element: _Element, dropped: set[_Element], *, raw: bool = False) -> str:
    """The text of an element in one string: blocks parted by breaks, and raised and lowered text marked."""
    out: list[str] = []
    waiting: list[_Element | str] = [*reversed(element.children)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            out.append(item)
        elif item in dropped:
            continue
        elif item.tag == "br":
            out.append(_BREAK)
        elif item.tag in ("sup", "sub") and element.tag not in ("sup", "sub"):
            text = " ".join(_flat(item, dropped).replace(_BREAK, " ").split())
            out.append(raised(text) if item.tag == "sup" else lowered(text))
        else:
            block = item.tag in _BLOCKS and not raw
            if block:
                out.append(_BREAK)
                waiting.append(_BREAK)
            waiting += reversed(item.children)
    return "".join(out)


# --- tables ---------------------------------------------------------------------------------------------

_LONGEST_CELL: Final = 300


def _data_rows(table: _Element, dropped: set[_Element]) -> list[Row] | None:
    """The rows of a table that holds data; None for one that only arranges the page."""
    cells: list[list[Cell]] = []
    for row in _descendants(table, "tr", dropped):
        line = []
        for cell in row.children:
            if not isinstance(cell, _Element) or cell in dropped or cell.tag not in ("td", "th"):
                continue
            blocks = _lines(_flat(cell, dropped))
            if len(blocks) > 3:
                return None
            text = " ".join(" ".join(blocks).split())
            line.append(Cell(text, _span(cell, "colspan"), _span(cell, "rowspan")))
        cells.append(line)
    rows = rows_of(cells)
    filled = [[text for text in row if text] for row in rows]
    items = all(len(row) <= 2 and (not row or is_bullet(row[0]) or len(row) == 1) for row in filled)
    if items and any(len(row) == 2 for row in filled):
        return rows  # a list set as a table, however long its items
    longest = max((len(text) for row in filled for text in row), default=0)
    if longest > _LONGEST_CELL or sum(len(row) > 1 for row in filled) < 2:
        return None
    return rows


def _descendants(element: _Element, tag: str, dropped: set[_Element]) -> Iterator[_Element]:
    """Elements of one tag below an element, in order, not inside each other."""
    waiting: list[_Element | str] = [*reversed(element.children)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str) or item in dropped:
            continue
        if item.tag == tag:
            yield item
        else:
            waiting += reversed(item.children)


def _span(cell: _Element, name: str) -> int:
    found = re.match(r"\s*(\d{1,4})", cell.get(name))
    return max(1, int(found[1])) if found else 1


def _write_rows(rows: list[Row], writer: _Writer) -> None:
    writer.end_group()
    for row in rows:
        filled = [text for text in row if text]
        if len(filled) == 2 and is_bullet(filled[0]):
            mark = filled[0] if filled[0][-1] in ".)" else "-"
            writer.item(f"{mark} ")
            writer.block(filled[1])
        elif len(filled) == 1:
            writer.block(filled[0], tight=len(rows) > 1 and len(row) > 1)
        elif filled:
            writer.block(f"| {' | '.join(row)} |", tight=True)
    writer.end_group()
