"""Text → stock exchanges and the symbols that a company has there: "(Nasdaq and TSX: ACM)".

Below names, which know a company by its listing, and `kg.extract.listings`, which says whose a listing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.extract.lexicon import table
from kg.extract.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Listing:
    """One listing.

    Attributes:
        ticker: short name of the exchange, colon, symbol ("NASDAQ:ACME").
        start, end: offsets of exchange and symbol in the text.
    """

    ticker: str
    start: int
    end: int


@cache
def _short_names() -> dict[str, str]:
    return {row["printed"].casefold(): row["exchange"] for row in table("exchanges")}


def exchange(printed: str) -> str | None:
    """The short name of an exchange ("Nasdaq Global Select Market" is "NASDAQ"); None if it is not known."""
    return _short_names().get(" ".join(printed.replace(",", " ").split()).casefold())


def _venue_pattern() -> str:
    forms = sorted(
        (row["printed"].split() for row in table("exchanges")), key=lambda f: (-len(" ".join(f)), f)
    )
    return "(?:" + "|".join(r",?\s+".join(_either_case(word) for word in form) for form in forms) + ")"


def _either_case(word: str) -> str:
    return re.escape(word) if word.isupper() else f"(?:{re.escape(word)}|{re.escape(word.upper())})"


#: An exchange or a segment of one, as printed; not with a letter or digit at either end.
VENUE: Final = rf"(?<![\w.-])(?:[Tt]he\s+)?{_venue_pattern()}(?![\w-])"
_SYMBOL: Final = (
    r"(?!(?:ISIN|WKN|LEI|CUSIP)\b)[A-Z0-9][A-Z0-9]{0,9}(?:[.-][A-Z0-9]{1,4})?(?:\s[AB](?=\s*(?:[;,/)\]]|$)))?"
    r"(?![\w])(?!-[a-z])"
)
_CALLED: Final = (
    r"(?:(?:stock|trading|ticker|securities)\s+)?(?:index|(?:symbol|ticker|code)s?(?:\s+(?:number|no\.?))?)"
)
_JOINED: Final = r"\s*(?:,\s*and\b|[,;/&+|]|\band\b|\bor\b)?\s*(?:on\s+)?"
_LISTING: Final = Pattern(
    rf"(?P<venues>{VENUE}(?:{_JOINED}{VENUE})*)"
    rf"(?:\s*[,–-]?\s+(?i:{_CALLED}))?\s*(?:[:：]|(?<=symbol)|(?<=code)|(?<=ticker)"
    r"|(?:(?<=KOSDAQ)|(?<=KOSPI)|(?<=KRX)|(?<=TSE)|(?<=HKEX)|(?<=SEHK))(?=\s\d)|(?<=ASX)(?=\s[A-Z]{3}\s*[;,)])"
    # "Euronext Paris - FR0012345678 - ACME"
    r"|\s[–-]\s(?:ISIN\s*:?\s*)?[A-Z]{2}[A-Z0-9]{9}\d\s[–-]\s"
    # "Nasdaq – ACME", "Nasdaq Global Market "ACME"", "NASDAQ ACME)", the symbol last
    r"|\s[–-]\s(?=[A-Z]{2,6}\b)|\s+(?=\"[A-Z]{2,6}\")|(?<=NASDAQ)\s+(?=[A-Z]{3,5}\s*(?:$|\)))"
    r"|(?<=NYSE)\s+(?=[A-Z]{2,5}\s*(?:$|\))))"
    r"(?:\s*[A-Z]{2}[A-Z0-9]{9}\d\s*[,;–-])?"
    rf"\s*[\"$]?(?P<symbol>{_SYMBOL})"
)
#: "(ACME:NASDAQ)", "(4893, TSE Mothers)": the symbol first, nothing else in the brackets.
_SYMBOL_FIRST: Final = Pattern(
    rf"[(\[]?\s*(?P<symbol>[A-Z]{{2,6}}|\d{{4,6}})\s?[:：,]\s?(?P<venue>{VENUE})\s*(?=[)\]])"
)
#: "Code: 4699, TSE Prime Market"; "Ticker: ACME (Nasdaq)".
_TURNED: Final = Pattern(
    rf"\b(?i:{_CALLED})\s*[:：]\s*\"?(?P<symbol>{_SYMBOL})\"?\s*[,;(/]\s*(?:on\s+)?"
    rf"(?:(?:[Tt]he\s+)?(?:\w+\s+){{1,2}}of\s+)?(?P<venue>{VENUE})(?!\s*[:：])"
)
_CODE: Final = Pattern(
    r"\b(?:stock|securities|share)?\s*code\s*(?:no\.?\s*)?[:：]?\s*(?P<code>\d{4,5})(?P<hong_kong>\.HK)?(?![\w.-])",
    re.IGNORECASE,
)
#: "688123.SH", "4502.T": the exchange by what data vendors hang on a number.
_VENDORS: Final = {
    "SH": "SSE", "SS": "SSE", "SZ": "SZSE", "T": "TSE", "KQ": "KOSDAQ", "KS": "KOSPI", "TW": "TWSE", "TWO": "TPEX",
    "HK": "HKEX",
}  # fmt: skip
_NUMBERED: Final = Pattern(
    r"(?<![\w.:])(?<![:：]\s)(?P<code>\d{3,6})\.(?P<suffix>SH|SS|SZ|T|KQ|KS|TWO|TW|HK)\b"
)
#: What data vendors hang on a symbol to tell the exchange.
_SUFFIX: Final = Pattern(
    r"\.(?:HK|L|PA|T|AX|TO|V|ST|CO|SW|S|DE|F|AS|BR|MC|MI|OL|HE|KQ|KS|SS|SH|SZ|N|O|OQ|TA|OB|PK|BO|NS|TW|TWO)$"
)
_NORDIC: Final = ("Copenhagen", "Stockholm", "Helsinki")


def listings(text: str, start: int, end: int) -> Iterator[Listing]:
    """The listings in a stretch of a text, in order.

    Hits: "TSX: ACM; NASDAQ: ACME"; "Nasdaq and Euronext Brussels: ACME"; "Stock Code: 2171.HK";
    "Code: 4699, TSE Prime Market"; "Nasdaq Stockholm: ACM B".
    Near misses: "ISIN: CH0012345678"; "Registration No. 2171"; "SIX patients".
    """
    found: list[Listing] = []
    for match in _TURNED.finditer(text, start, end):
        found.append(_listing(text, match["venue"], match["symbol"], match.start("symbol"), match.end()))
    for match in _LISTING.finditer(text, start, end):
        at = [(v[0], v.start()) for v in re.finditer(VENUE, match["venues"])]
        for number, (printed, offset) in enumerate(at):
            # "Frankfurt Stock Exchange, Prime Standard" is one exchange and a segment of it
            later = [exchange(_bare(p)) for p, _ in at[number + 1 :]]
            if exchange(_bare(printed)) not in later:
                found.append(
                    _listing(text, printed, match["symbol"], match.start("venues") + offset, match.end())
                )
    if first := _SYMBOL_FIRST.match(text, start):
        found.append(_listing(text, first["venue"], first["symbol"], first.start(), first.end()))
    found += [
        Listing(f"{_VENDORS[m['suffix']]}:{m['code']}", m.start(), m.end())
        for m in _NUMBERED.finditer(text, start, end)
    ]
    if not found:
        for match in _CODE.finditer(text, start, end):
            if match["hong_kong"] or "Hong Kong" in text:
                found.append(Listing(f"HKEX:{match['code']}", match.start(), match.end()))
            elif "Tokyo" in text or "TSE" in text:
                found.append(Listing(f"TSE:{match['code']}", match.start(), match.end()))
    seen: set[str] = set()
    for listing in sorted(found, key=lambda x: x.start):
        if listing.ticker not in seen:
            seen.add(listing.ticker)
            yield listing


def _bare(printed: str) -> str:
    return re.sub(r"^[Tt]he\s+", "", printed)


def _listing(text: str, venue: str, symbol: str, start: int, end: int) -> Listing:
    name = exchange(_bare(venue))
    assert name is not None, venue  # VENUE is made of the same table
    if name == "OMX":  # which of them is told by the place that the release comes from
        city = next((c for c in _NORDIC if re.search(c, text, re.IGNORECASE)), "OMX")
        name = f"NASDAQ {city}".upper()
    return Listing(f"{name}:{_SUFFIX.sub('', symbol)}", start, end)
