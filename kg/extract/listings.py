"""Names and listings → whose each listing is.

Before `kg.extract.organizations`, for which a shared ticker makes two names one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.extract.document import Layout, SectionKind
from kg.extract.exchanges import VENUE, Listing, exchange, listings
from kg.extract.firm_words import LEGAL_FORM
from kg.extract.patterns import Pattern

_BEHIND_NAME: Final = Pattern(
    rf"(?:,?\s+{LEGAL_FORM}\.?)?[™®]?(?:'s?)?(?:\s*\(publ\)\.?)?"
    # "of Basel (SIX: ACM)", ", Rahway, NJ, USA (NYSE: …", ", a biotechnology company (…", "a Foo company (NYSE: …"
    r"(?:,?\s+(?:of|from|based\s+in|headquartered\s+in)\s+[A-ZÀ-Þ][\w.]+(?:,?\s[A-Z][\w.]+){0,3}(?=\s*\()"
    r"|(?:,\s[A-Z][\w.]+){2,3}(?=\s*\()|,?\s+an?\s+(?:[a-z][\w-]*,?\s+){1,9}?company(?=\s*\()|\s+company(?=\s*\())?"
)
#: "Acme AG, *Basel* (SIX: ACM)".
_TOWN_BEHIND: Final = Pattern(r",\s+[A-ZÀ-Þ][\w.-]+(?=\s*\()")
_FORM_AT_END: Final = Pattern(rf"\s{LEGAL_FORM}\.?$")
_BRACKETS: Final = Pattern(
    r"\s*[,–-]?\s*(?:\"[^\"]+\"\s*)?(?:\((?P<round>[^()]*(?:\([^()]*\))?[^()]*)\)|\[(?P<square>[^\[\]]*)\])"
)
#: "(a subsidiary of Foo Holdings, SEHK: 6996)": the listing of Foo.
_ANOTHERS: Final = Pattern(
    r"\W*(?:an?\s+)?(?:[\w-]+\s+){0,2}(?:subsidiary|unit|part|division|member|affiliate|arm)\s+of\b"
)
_LISTING: Final = rf"{VENUE}\s*[:：]\s*[A-Z0-9.-]{{1,9}}"
#: "Acme plc, Nasdaq: ACME ("Acme"), a …"; "Acme plc, AIM: ACM and Nasdaq: ACME (…"; "(partner: Acme, NYSE: ACME)".
_IN_OPEN_TEXT: Final = Pattern(
    rf",\s+(?P<listing>{_LISTING}(?:(?:\s+and|\s*[,;/&])\s*{_LISTING})*)(?=\s*[(),;]|\.\s|\n)"
)
_LISTED_ON: Final = Pattern(
    rf"\b(?:listed|traded|quoted|trades?|trading)\s+(?:\w+\s+)?on\s+(?P<venue>{VENUE})(?:\s+\([A-Z]+\))?"
    r"(?:\s+\w+){0,3}?,?\s+(?:under\s+the\s+(?:new\s+)?(?:(?:ticker|trading|stock)\s+)?(?:symbol|ticker|code)s?\s+"
    r"|as\s+(?=[A-Z\d\"]{2})|\((?:[^()]{0,60}?\b[Tt]icker)?(?:ticker|symbol|code)?:?\s*)"
    r"\"?(?!(?:ISIN|WKN|LEI)\b)(?P<symbol>[A-Z][A-Za-z0-9.-]{1,8})\"?(?=[\s).,;])"
)
#: "is listed on the main market of the London Stock Exchange (LSE: ACM)".
_LISTED_AT: Final = Pattern(
    rf"\b(?:listed|traded|quoted|trades?"
    rf"|trading)\s+(?:\w+\s+)?on\s+[^.;()]{{4,90}}?\((?P<listing>{_LISTING}[^()]{{0,40}})\)"
)
#: Lines of their own over the text: "ASX:", "CUV".
_BROKEN: Final = Pattern(rf"^(?:{VENUE})\s*:\s*\n\s*[A-Z0-9]{{2,6}}[ \t]*$", re.MULTILINE)
#: What stands before a firm's name in a sheet of its particulars.
NAME_LABEL: Final = Pattern(
    r"(?:(?:listed\s+)?company(?:\s+name)?|name\s+of\s+(?:the\s+)?(?:listed\s+)?company)\s*:\s*",
    re.IGNORECASE,
)
_IN_BRACKETS: Final = Pattern(r"[(\[]([^()\[\]]{3,80})[)\]]")
_NOT_LISTED: Final = Pattern(r"\b(?:ISIN|WKN|Registration|LEI|CUSIP|Tel|Fax|Phone)\b", re.IGNORECASE)


def tickers_after(text: str, end: int) -> Iterator[Listing]:
    """The listings in the brackets that follow a name.

    Hits: "(TSX: ACM; NASDAQ: ACME)"; '("Acme") (Nasdaq Stockholm: ACM)'; "(TSXV:ACM)(OTCQB:ACMF)"; "[ASX: ACM]".
    """
    behind = _BEHIND_NAME.match(text, end)
    position = behind.end() if behind else end
    town = _TOWN_BEHIND.match(text, end)
    if town is not None and _FORM_AT_END.search(text, max(0, end - 20), end):
        position = town.end()
    if open_ := _IN_OPEN_TEXT.match(text, position):
        yield from listings(text, *open_.span("listing"))
        return
    for _ in range(4):
        brackets = _BRACKETS.match(text, position)
        if brackets is None or _ANOTHERS.match(text, brackets.start()):
            return
        yield from listings(text, *brackets.span(brackets.lastgroup or 0))
        position = brackets.end()


def tickers_in_prose(text: str, places: Iterable[tuple[int, int, str]]) -> Iterator[tuple[str, Listing]]:
    """Listings told in words, each with the last name before it.

    Hit: "Acme's ADRs are listed on the New York Stock Exchange (ACM)".  Near miss: "listed on the website (see below)".
    """
    for match in _LISTED_ON.finditer(text):
        named = [name for start, end, name in places if match.start() - 260 < start and end <= match.start()]
        venue = exchange(re.sub(r"^[Tt]he\s+", "", match["venue"]))
        if named and venue is not None:
            yield named[-1], Listing(f"{venue}:{match['symbol'].upper().rstrip('.')}", *match.span())
    for match in _LISTED_AT.finditer(text):
        named = [name for start, end, name in places if match.start() - 260 < start and end <= match.start()]
        if named:
            yield from ((named[-1], listing) for listing in listings(text, *match.span("listing")))


def tickers_on_top(layout: Layout) -> Iterator[Listing]:
    """Listings that stand above the text in a line or brackets of their own: those of whose release it is."""
    body = layout.first(SectionKind.BODY)
    for match in _BROKEN.finditer(layout.text, 0, min(body.start if body else 0, 800)):
        yield from listings(layout.text, *match.span())
    for section in layout.sections:
        if section.kind is not SectionKind.METADATA or section.end - section.start > 300:
            continue
        stretches = [m.span(1) for m in _IN_BRACKETS.finditer(layout.text, section.start, section.end)]
        found: list[Listing] = []
        for stretch in (*stretches, (section.start, section.end)):
            if found and stretch == (section.start, section.end):
                break  # the whole line is for "Code: 4893 (Tokyo)"
            if stretch[1] - stretch[0] < 80 and not _NOT_LISTED.search(layout.text, *stretch):
                found += listings(layout.text, *stretch)
        yield from found
