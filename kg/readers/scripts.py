"""Raised and lowered characters → running text: isotopes, powers, trademark signs, ordinals, footnote marks.

The readers mark what is raised or lowered (`raised`, `lowered`); `level` resolves the marks once it can see
what stands on both sides.
"""

from __future__ import annotations

import re
from typing import Final

#: Private-use characters: no text has a right to them, so none is mistaken for a mark.
_UP, _DOWN, _END = "\ue000", "\ue001", "\ue002"
#: Translation that removes what would be taken for a mark, and characters that nobody sees; blanks become one kind.
CLEAN: Final[dict[int, str | None]] = {
    **dict.fromkeys(range(0xE000, 0xE010), None),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None),
    **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f"), " "),
}

_MARKED: Final = re.compile(f"([{_UP}{_DOWN}])([^{_UP}{_DOWN}{_END}]*){_END}")
_STRAY: Final = re.compile(f"[{_UP}{_DOWN}{_END}]")
_SIGNS: Final = {"tm": "™", "sm": "℠", "r": "®", "(r)": "®", "(tm)": "™", "®": "®", "™": "™", "℠": "℠"}
_ORDINAL: Final = frozenset(("st", "nd", "rd", "th"))
_ISOTOPE: Final = re.compile(r"\d{1,3}m?$")
_ELEMENT: Final = re.compile(r"-?[A-Z][a-z]?(?![a-z])")
_ELEMENT_BEFORE: Final = re.compile(
    r"(?:^|[^A-Za-z])(?:Lu|Ac|I|Y|Ga|Pb|Cu|Zr|At|Tb|Tc|Ra|Sm|Ho|Re|Bi|In|F|C)$"
)
_UNIT_BEFORE: Final = re.compile(r"(?:^|[^A-Za-z])(?:[kcmµμn]?m|in|ft)$")
_NOTE: Final = re.compile(r"(?:\d{1,2}|[a-z]|[ivx]{1,4})(?:\s?[,–-]\s?(?:\d{1,2}|[a-z]))*$|[*†‡§¶#]+$")


def raised(text: str) -> str:
    """The text, marked as raised."""
    return f"{_UP}{text}{_END}"


def lowered(text: str) -> str:
    """The text, marked as lowered."""
    return f"{_DOWN}{text}{_END}"


def level(text: str) -> str:
    """The text with its marks resolved.

    "¹⁷⁷Lu" set with a raised number becomes "177Lu", m² "m2", 10⁶ "10^6", a raised TM "™", 1st "1st", a footnote's
    number "[1]", so that it is no digit of the word before it.  What is lowered is joined: "Cmax", "IC50".
    """
    if _STRAY.search(text) is None:
        return text
    out: list[str] = []
    last = 0
    for found in _MARKED.finditer(text):
        out.append(text[last : found.start()])
        last = found.end()
        before = _STRAY.sub("", "".join(out[-2:]))[-8:]
        after = text[last : last + 4]
        out.append(found[2].strip() if found[1] == _DOWN else _up(found[2].strip(), before, after))
    out.append(text[last:])
    return _STRAY.sub("", "".join(out))


def _up(content: str, before: str, after: str) -> str:
    low = content.lower()
    if low in _SIGNS:
        return _SIGNS[low]
    if low in _ORDINAL and before[-1:].isdigit():
        return content
    if _ISOTOPE.match(content):
        if _ELEMENT.match(after) and not before[-1:].isalnum():
            return content
        if len(content) > 1 and _ELEMENT_BEFORE.search(before):
            return f"-{content}"
        if _UNIT_BEFORE.search(before) and content in ("2", "3"):
            return content
    if re.match(r"[-−–+]?\d{1,2}$", content) and re.search(r"(?:^|\D)10$", before):
        return f"^{content}"
    if re.match(r"\d?[+−-]$", content):
        return content  # a charge, or "CD8" and a raised plus
    if _NOTE.match(content) and (
        before[-1:].isalpha() or before[-1:] in ".,;:)”\"’'%®™" or not before.strip()
    ):
        return content if content[0] in "*†‡§¶#" or not before.strip() else f"[{content}]"
    if not before.strip() or before[-1:].isspace() or not content:
        return content
    return content if not (before[-1:].isdigit() and content[0].isdigit()) else f"[{content}]"
