"""PDF → text: the characters of the text layer, put together again into lines, paragraphs, lists and tables.

A PDF knows where each character stands and nothing more; what belongs together is told by distances, measured in
the size of the type.  Characters come from PDFium, which withstands broken and hostile files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Final

from kg.errors import UnreadableRelease
from kg.readers.decoding import refuse_foreign
from kg.readers.grid import is_bullet
from kg.readers.scripts import CLEAN, level, lowered, raised

ENCODING: Final = "pdf"  # each font of a PDF has its own
_MOST_PAGES: Final = 400
_FEWEST: Final = 30  # fewer letters are a stamp on a scan
_PASSWORD: Final = 4  # FPDF_ERR_PASSWORD

_LIGATURES: Final = dict(
    zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
)
_HYPHENS: Final = {0x02: "-", 0xFFFE: "-", 0x2010: "-"}  # PDFium's own mark of a hyphen at a line's end
_BULLETS: Final = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0x2022, 0x25CF, 0x25AA, 0x25A0, 0x25CB), "•")
_CHARACTERS: Final = {**CLEAN, **_LIGATURES, **_HYPHENS, **_BULLETS}

_PAGE_NUMBER: Final = re.compile(r"\W*(?:page\s*)?\d{1,3}(?:\s*(?:of|/|\|)\s*\d{1,3})?\W*$", re.IGNORECASE)
_ENDED: Final = re.compile(r"[.!?:;][\"”’')\]*]*(?:\[\d+\])?$")
_ITEM: Final = re.compile(r"(?:[•–—*-]|\(?\d{1,2}[.)])\s")
#: Words that stay behind a hyphen: "late-stage", "HER2-positive", "placebo-controlled".
_SECOND_PARTS: Final = frozenset((
    "age", "arm", "associated", "based", "blind", "class", "center", "centre", "controlled", "cost",
    "day", "dependent", "derived", "directed", "drug", "driven", "ended", "escalation", "expressing",
    "finding", "free", "in", "induced", "inferiority", "informed", "label", "like", "line", "looking",
    "mediated", "month", "naive", "naïve", "negative", "of", "on", "only", "or", "out", "part",
    "person", "phase", "positive", "quarter", "ranging", "rate", "refractory", "related", "resistant",
    "response", "risk", "scale", "sensitive", "specific", "stage", "store", "style", "targeted",
    "targeting", "term", "the", "time", "to", "treated", "type", "up", "week", "wide", "year", "years",
))  # fmt: skip
_FIRST_PARTS: Final = frozenset((
    "all", "best", "clinical", "co", "cross", "double", "dose", "early", "end", "ex", "first", "fixed",
    "follow", "full", "half", "head", "high", "in", "late", "lead", "long", "low", "mid", "multi",
    "next", "non", "off", "on", "once", "one", "open", "out", "patient", "placebo", "post", "pre",
    "progression", "quality", "re", "ready", "second", "self", "short", "single", "small", "so",
    "state", "sub", "t", "third", "three", "time", "triple", "two", "up", "well", "world", "year",
))  # fmt: skip


@dataclass(slots=True)
class _Word:
    """Characters without a blank between them, of one size on one height; points from the page's lower left."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    glued: bool = False  # belongs to the word before it


@dataclass(frozen=True, slots=True)
class _Line:
    """One line.

    Attributes:
        segments: stretches parted by gaps wider than any between words: (left, right, text).
        first: width of the first word.
    """

    segments: tuple[tuple[float, float, str], ...]
    base: float
    size: float
    bold: bool
    first: float

    @property
    def left(self) -> float:
        return self.segments[0][0]

    @property
    def right(self) -> float:
        return self.segments[-1][1]

    @property
    def text(self) -> str:
        return " ".join(text for _, _, text in self.segments)

    @property
    def is_item(self) -> bool:
        return is_bullet(self.segments[0][2]) or bool(_ITEM.match(self.text))

    @property
    def is_row(self) -> bool:
        return len(self.segments) > 1 and not self.is_item


def read(name: str, data: bytes) -> tuple[str, str]:
    """The text, and "pdf" for an encoding: each font in a PDF has its own.

    Raises:
        UnreadableRelease: the file is no PDF, is damaged or locked, or has no text layer.
    """
    refuse_foreign(name, data, known=b"%PDF-")
    if b"%PDF-" not in data[:1024]:
        raise UnreadableRelease(name, "is not a PDF, despite its name; rename it or save it again")
    text = _text(_pages(name, data))
    if sum(map(str.isalnum, text)) < _FEWEST:
        raise UnreadableRelease(
            name,
            "is a PDF without a text layer, a scan perhaps; make one with an OCR program such as ocrmypdf",
        )
    if sum(text.count(c) for c in "\ufffd\u25a1") * 5 > len(text):
        raise UnreadableRelease(
            name, "is a PDF whose fonts do not say which letters they show; save its text as .txt"
        )
    return text, ENCODING


# --- characters to lines --------------------------------------------------------------------------------


def _pages(name: str, data: bytes) -> list[list[_Line]]:
    import pypdfium2 as pdfium  # noqa: PLC0415 - a shared library, needed for PDF alone

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise UnreadableRelease(
                name, "is a PDF locked with a password; save it without one, for example with qpdf --decrypt"
            ) from error
        raise UnreadableRelease(name, "is a damaged PDF; save or download it again") from error
    try:
        if len(document) > _MOST_PAGES:
            raise UnreadableRelease(
                name, f"has {len(document):,} pages, more than the {_MOST_PAGES} that a release may have"
            )
        if len(document) == 0:
            raise UnreadableRelease(name, "is a PDF without pages; save or download it again")
        pages = []
        for number in range(len(document)):
            page = document[number]
            textpage = page.get_textpage()
            pages.append(list(_lines(_with_scripts(list(_words(textpage))))))
            textpage.close()
            page.close()
    except pdfium.PdfiumError as error:
        raise UnreadableRelease(name, f"is a damaged PDF ({error}); save or download it again") from error
    finally:
        document.close()
    return pages


def _words(textpage: Any) -> Iterator[_Word]:
    """The words of a page in the order in which they were set; text that stands askew (watermarks) is left out."""
    import ctypes  # noqa: PLC0415

    import pypdfium2.raw as c  # noqa: PLC0415

    box, x, y = c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    word: _Word | None = None
    for index in range(textpage.count_chars()):
        code = c.FPDFText_GetUnicode(textpage, index)
        text = (
            chr(code).translate(_CHARACTERS) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        )
        blank = not text.strip() or (code < 32 and code not in _HYPHENS)
        hyphen = code in (0x02, 0xFFFE)
        if blank or (c.FPDFText_IsGenerated(textpage, index) == 1 and not hyphen):
            if code not in CLEAN or CLEAN[code]:
                if word is not None:
                    yield word
                word = None
            continue
        if abs(c.FPDFText_GetCharAngle(textpage, index)) % 6.283 > 0.05 or not (
            c.FPDFText_GetLooseCharBox(textpage, index, box)
            and c.FPDFText_GetCharOrigin(textpage, index, x, y)
        ):
            continue
        size = max(1.0, abs(box.top - box.bottom))
        if (
            word is not None
            and abs(word.base - y.value) < 0.1 * size
            and abs(word.size - size) < 0.12 * size
            and -0.5 * size < box.left - word.right < 0.8 * size
        ):
            word.text += text
            word.right = max(word.right, box.right)
            continue
        if word is not None:
            yield word
        bold = c.FPDFText_GetFontWeight(textpage, index) >= 600
        word = _Word(text, box.left, box.right, y.value, size, bold)
    if word is not None:
        yield word


def _with_scripts(words: list[_Word]) -> list[_Word]:
    """Set raised and lowered characters back on the line, marked as what they are."""
    for index, word in enumerate(words):
        if len(word.text) > 6:
            continue
        for other in words[max(0, index - 1) : index] + words[index + 1 : index + 2]:
            gap = word.left - other.right if other.left < word.left else other.left - word.right
            lift = word.base - other.base
            if (
                word.size < 0.85 * other.size
                and -0.3 * other.size < lift < 0.7 * other.size
                and abs(lift) > 0.05 * other.size
                and -0.3 * other.size < gap < 0.25 * other.size
            ):
                word.text = raised(word.text) if lift > 0 else lowered(word.text)
                word.base, word.size = other.base, other.size
                break
    for before, word in pairwise(words):
        marked = before.text.endswith("\ue002") or word.text.endswith("\ue002")
        word.glued = marked and -0.3 * word.size < word.left - before.right < 0.15 * word.size
    return words


def _lines(words: list[_Word]) -> Iterator[_Line]:
    """Words on one height, from left to right, from the top of the page down."""
    rows: list[list[_Word]] = []
    for word in sorted(words, key=lambda w: (-w.base, w.left)):
        if rows and abs(rows[-1][0].base - word.base) < 0.35 * min(rows[-1][0].size, word.size):
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda w: w.left)
        size = median(w.size for w in row)
        segments: list[list[_Word]] = [[row[0]]]
        for before, word in pairwise(row):
            if word.left - before.right > 1.3 * size:
                segments.append([])
            segments[-1].append(word)
        yield _Line(
            tuple((s[0].left, s[-1].right, _spaced(s)) for s in segments),
            row[0].base,
            size,
            all(w.bold for w in row),
            row[0].right - row[0].left,
        )


def _spaced(words: list[_Word]) -> str:
    return level("".join(w.text if w.glued or not i else f" {w.text}" for i, w in enumerate(words)))


# --- lines to text --------------------------------------------------------------------------------------


def _text(pages: list[list[_Line]]) -> str:
    """Paragraphs parted by blank lines; what is printed on every page left out."""
    whole = " ".join(line.text for page in pages for line in page)
    spelled = set(re.findall(r"[\w-]+", whole.lower()))
    out = ""
    for page in _without_furniture(pages):
        text = _page_text(page, spelled)
        if not text:
            continue
        if not out:
            out = text
            continue
        tail = out.rsplit("\n", 1)[-1]
        goes_on = (
            not tail.startswith("|") and not _ENDED.search(tail) and text[0].islower() and len(tail) > 40
        )
        out = _join(out, text, spelled) if goes_on else f"{out}\n\n{text}"
    return out


def _without_furniture(pages: list[list[_Line]]) -> Iterator[list[_Line]]:
    """The pages without lines that head or end several of them, and without page numbers."""
    edges = [{_key(line) for line in (*page[:3], *page[-3:])} for page in pages]
    counts = Counter(key for edge in edges for key in edge)
    printed = {key for key, n in counts.items() if n > 1 and n * 2 >= len(pages)}
    for page in pages:
        kept = list(page)
        for at in (0, -1):
            for _ in range(3):
                if not kept or not (
                    _key(kept[at]) in printed or (len(kept) > 1 and _PAGE_NUMBER.match(kept[at].text))
                ):
                    break
                kept.pop(at)
        yield kept


def _key(line: _Line) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s", "", line.text))


def _page_text(lines: list[_Line], spelled: set[str]) -> str:
    if not lines:
        return ""
    right = max(line.right for line in lines)
    steps = [a.base - b.base for a, b in pairwise(lines) if abs(a.size - b.size) < 0.5]
    step = median(steps) if len(steps) > 4 else 0.0
    blocks: list[str] = []
    index = 0
    while index < len(lines):
        end = _table_end(lines, index)
        if end > index:
            blocks += ["\n\n" if blocks else "", *(f"{row}\n" for row in _table_rows(lines[index:end]))]
            index = end
            continue
        line = lines[index]
        text = _item_text(line)
        before = lines[index - 1] if index else None
        if before is None or not blocks or blocks[-1].endswith("\n"):
            blocks.append(
                ("\n" if blocks and not (line.is_item and blocks[-1].startswith("- ")) else "") + text
            )
        elif line.is_item:
            blocks += ["\n" if before is not None and blocks[-1].lstrip().startswith("- ") else "\n\n", text]
        elif _parted(before, line, step):
            blocks += ["\n\n", text]
        elif before.right + line.first + 0.2 * line.size > right - 0.5 * line.size:
            blocks[-1] = _join(blocks[-1], text, spelled)
        else:
            blocks += ["\n", text]
        index += 1
    return "".join(blocks).strip("\n")


def _item_text(line: _Line) -> str:
    if is_bullet(line.segments[0][2]) and len(line.segments) > 1:
        mark, rest = line.segments[0][2], " ".join(text for _, _, text in line.segments[1:])
        return f"{mark if mark[-1] in '.)' else '-'} {rest}"
    return re.sub(r"^[•]\s*", "- ", line.text)


def _parted(before: _Line, line: _Line, step: float) -> bool:
    """Whether a paragraph ends between two lines."""
    gap = before.base - line.base
    if abs(before.size - line.size) > 0.12 * line.size or before.bold != line.bold:
        return True
    return gap > 1.25 * step if step else gap > 1.75 * line.size


def _join(text: str, more: str, spelled: set[str]) -> str:
    """Two lines as one; a word that was parted at the end of the first made whole."""
    parted = re.search(r"([\w-]*?)([^\W_]+)-$", text)
    follows = re.match(r"[^\W_]+", more)
    if parted is None or follows is None:
        return f"{text} {more}"
    first, second = parted[2], follows[0]
    hyphenated, whole = f"{first}-{second}".lower(), f"{first}{second}".lower()
    if not second[0].islower() or not first.isalpha() or (first.isupper() and len(first) > 1):
        return text + more  # "Acme-" "Beta", "HER2-" "positive"
    if whole in spelled:
        return text[:-1] + more
    kept = parted[1] or second in _SECOND_PARTS or first.lower() in _FIRST_PARTS or hyphenated in spelled
    return text + more if kept else text[:-1] + more


# --- tables ---------------------------------------------------------------------------------------------


def _table_end(lines: list[_Line], start: int) -> int:
    """Where the table ends that begins on a line; the line itself where none does."""
    if not lines[start].is_row:
        return start
    end = start + 1
    while end < len(lines):
        line = lines[end]
        if line.is_row and lines[end - 1].base - line.base < 3 * line.size:
            end += 1
        elif (
            end + 1 < len(lines)
            and lines[end + 1].is_row
            and not line.is_item
            and lines[end - 1].base - lines[end + 1].base < 4 * line.size
            and line.right < lines[end + 1].segments[1][0]
        ):
            end += 2  # a label on two lines, or a heading between rows
        else:
            break
    return end if sum(line.is_row for line in lines[start:end]) > 1 else start


def _table_rows(lines: list[_Line]) -> Iterator[str]:
    width = max(len(line.segments) for line in lines)
    widest = [line.segments for line in lines if len(line.segments) == width]
    columns = [(min(row[i][0] for row in widest), max(row[i][1] for row in widest)) for i in range(width)]
    for line in lines:
        if len(line.segments) == 1:
            yield line.text
            continue
        cells = [""] * width
        for segment in line.segments:
            column = _nearest(columns, segment)
            cells[column] = f"{cells[column]} {segment[2]}".strip()
        yield f"| {' | '.join(cells)} |"


def _nearest(columns: Iterable[tuple[float, float]], segment: tuple[float, float, str]) -> int:
    """The column that a segment stands in, or is nearest to."""
    left, right, _ = segment
    overlaps = [min(right, end) - max(left, start) for start, end in columns]
    return overlaps.index(max(overlaps))
