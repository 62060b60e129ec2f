"""A PDF made of nothing but lines of text, so that tests need no library that writes one."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 612, 792
_FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Courier"}


@dataclass(frozen=True)
class Line:
    """Text at a place of a page, in points from its lower left."""

    x: float
    y: float
    text: str
    size: float = 11
    font: str = "F1"


def pdf(pages: Iterable[Sequence[Line]], *, trailer: str = "") -> bytes:
    """The bytes of a PDF with these pages."""
    pages = list(pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * i} 0 R' for i in range(len(pages)))}] >>",
    ]
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for name in _FONTS.values()
    ]
    fonts = " ".join(f"/{key} {3 + i} 0 R" for i, key in enumerate(_FONTS))
    for index, lines in enumerate(pages):
        content = "".join(
            f"BT /{line.font} {line.size} Tf 1 0 0 1 {line.x} {line.y} Tm ({_escaped(line.text)}) Tj ET\n"
            for line in lines
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {7 + 2 * index} 0 R "
            f"/Resources << /Font << {fonts} >> >> >>"
        )
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}endstream")
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    end += f"<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode("cp1252")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def typeset(blocks: Iterable[str], *, header: str = "", columns: int = 80) -> bytes:
    """Blocks of text set in Courier on as many pages as it takes, with a header and page numbers.

    The first block is a headline; a line of a block that begins with a dash is an item; cells are parted by bars.
    """
    pages: list[list[Line]] = []
    y = 0.0

    def put(text: str, *, x: float = 72, font: str = "F3", step: float = 13) -> None:
        nonlocal y
        if not pages or y < 80:
            pages.append([])
            y = HEIGHT - 72
        pages[-1].append(Line(x, y, text, 10, font))
        y -= step

    for block in blocks:
        for line in block.splitlines():
            if line.startswith("|"):
                cells = [cell.strip() for cell in line.strip("|").split("|")]
                put(cells[0], step=0)
                for number, cell in enumerate(cells[1:], 1):
                    put(cell, x=72 + 170 * number, step=0)
                y -= 13
            else:
                mark = "\u2022 " if line.startswith("- ") else ""
                for part in textwrap.wrap(mark + line.removeprefix("- "), columns):
                    put(part)
        y -= 9
    numbered = []
    for number, page in enumerate(pages, 1):
        extra = [Line(300, 40, f"Page {number} of {len(pages)}", 9)]
        numbered.append([*([Line(72, 760, header, 9)] if header else []), *page, *extra])
    return pdf(numbered)
