"""Text → the exchanges on which organisations are listed, and their symbols there.

Before `kg.extract.organizations`, for which a shared ticker makes two names one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kg.extract.names import LEGAL_FORM

EXCHANGES: Final = (
    r"NASDAQ|Nasdaq|NYSE|OTC\w*|TSX-?V?|ASX|LSE|AIM|Euronext|SIX|XICE|TSE|TYO|TOKYO|TASE|HKEX|"
    r"SEHK|HKG|KOSDAQ|KRX|KOSPI|FSE|XETRA|Xetra|BSE|NSE|CSE|SSE|SZSE|STO|OMX|Frankfurt"
    r"(?:\s+Stock\s+Exchange)?|Paris|"
    r"OSE|BME|MTA|Oslo\s+B[øo]rs|Tokyo\s+Stock\s+Exchange|Hong\s+Kong\s+Stock\s+Exchange"
)
TICKER: Final = re.compile(
    rf"\b({EXCHANGES})((?:,?\s+[A-Z][A-Za-z]+){{0,4}})\s*[:：]\s*([A-Z0-9][A-Z0-9.\-]{{0,7}})(?![\w])"
)
_LISTED: Final = re.compile(rf"(?:,?\s+{LEGAL_FORM}\.?)?[™®]?(?:\s*\(publ\))?")
_PARENTHESIS: Final = re.compile(r"\s*,?\s*(?:\"[^\"]+\"\s*)?\(([^()]*(?:\([^()]*\))?[^()]*)\)")
_CODE: Final = re.compile(
    r"\b(?:Stock\s+)?Code\s*:\s*(?P<code>\d{4,5})(?P<hong_kong>\.HK)?(?:\s*,\s*(?P<tokyo>TSE|Tokyo))?",
    re.IGNORECASE,
)
_HONG_KONG: Final = re.compile(r"(?<![\w.])(\d{3,5})\.HK\b")
#: Exchanges that are printed under more than one name.
_EXCHANGE: Final = {
    "FSE": "XETRA", "FRANKFURT": "XETRA", "FRANKFURT STOCK EXCHANGE": "XETRA", "SEHK": "HKEX",
    "HONG KONG STOCK EXCHANGE": "HKEX", "TYO": "TSE", "TOKYO STOCK EXCHANGE": "TSE", "SIX SWISS EXCHANGE": "SIX",
    "PARIS": "EURONEXT", "TSX-V": "TSXV", "TOKYO": "TSE", "HKG": "HKEX", "STO": "NASDAQ STOCKHOLM",
    "NEW YORK STOCK EXCHANGE": "NYSE", "LONDON STOCK EXCHANGE": "LSE", "TORONTO STOCK EXCHANGE": "TSX",
    "NASDAQ GLOBAL SELECT MARKET": "NASDAQ", "NASDAQ GLOBAL MARKET": "NASDAQ", "NASDAQ CAPITAL MARKET": "NASDAQ",
    "NASDAQ STOCK MARKET": "NASDAQ", "AUSTRALIAN SECURITIES EXCHANGE": "ASX",
}  # fmt: skip
_OMX_SHORT: Final = {"STO": "STOCKHOLM", "CPH": "COPENHAGEN", "HEL": "HELSINKI"}
_OMX_CITIES: Final = ("Copenhagen", "Stockholm", "Helsinki")


def tickers_after(text: str, end: int) -> Iterable[tuple[str, int, int]]:
    """The tickers in the parentheses that follow a name: ("NASDAQ:ACME", start, end).

    Hits: "(TSX: ACM; NASDAQ: ACME)"; '("Acme") (Nasdaq Stockholm: ACM)'; "(TSXV:ACM)(OTCQB:ACMF)".
    """
    listed = _LISTED.match(text, end)
    position = listed.end() if listed else end
    if open_ := _IN_OPEN_TEXT.match(text, position):  # "Acme plc, Nasdaq: ACME ("Acme"), a …"
        found = TICKER.match(text, open_.end())
        assert found is not None
        exchange = " ".join(f"{found[1]} {found[2]}".split()).upper()
        yield f"{_EXCHANGE.get(exchange, exchange)}:{found[3].rstrip('.')}", found.start(), found.end()
        return
    for _ in range(4):
        match = _PARENTHESIS.match(text, position)
        if match is None:
            return
        for found in TICKER.finditer(text, match.start(1), match.end(1)):
            exchange = " ".join(found[1].split()).upper()
            extra = " ".join(found[2].replace(",", " ").split()).upper()
            exchange = _EXCHANGE.get(exchange, exchange)
            if exchange == "OMX":
                exchange = next((f"NASDAQ {city}".upper() for city in _OMX_CITIES if city in text), "NASDAQ")
            if exchange in ("NASDAQ", "OMX") and extra in _OMX_SHORT:
                exchange, extra = f"NASDAQ {_OMX_SHORT[extra]}", ""
            shared = re.search(rf"\b({EXCHANGES})\s*(?:,|/|and|&)\s*$", text[match.start(1) : found.start()])
            if extra == "CODE":
                extra = ""
            if (
                shared is None
                and extra
                and _EXCHANGE.get(extra, extra) != exchange
                and re.fullmatch(EXCHANGES, extra, re.IGNORECASE)
            ):
                yield f"{exchange}:{found[3].rstrip('.')}", found.start(), found.end()
                exchange, extra = extra, ""  # "(NYSE, TSX: ACM)"
            elif shared is not None:  # "(NYSE and TSX: ACM)"
                other = shared[1].upper()
                yield f"{_EXCHANGE.get(other, other)}:{found[3].rstrip('.')}", found.start(), found.end()
            if extra and not re.match(
                r"(?:GLOBAL|CAPITAL|SELECT|GS|GM|CM|STOCK|MARKET|SWISS|PRIME|REGULATED|FIRST NORTH)", extra
            ):
                exchange = f"{exchange} {extra}"
            yield f"{exchange}:{found[3].rstrip('.').removesuffix('.HK')}", found.start(), found.end()
        listed_in_asia = False
        if code := _CODE.search(text, match.start(1), match.end(1)):
            exchange = "TSE" if code["tokyo"] else "HKEX" if code["hong_kong"] or "Hong Kong" in text else ""
            if exchange:
                listed_in_asia = True
                yield f"{exchange}:{code['code']}", code.start(), code.end()
        bare = None if listed_in_asia else _HONG_KONG.search(text, match.start(1), match.end(1))
        if bare and not re.search(r":\s*$", text[match.start(1) : bare.start()]):
            yield f"HKEX:{bare[1]}", bare.start(), bare.end()
        position = match.end()


_IN_OPEN_TEXT: Final = re.compile(rf",\s+(?={TICKER.pattern}\s*(?:[(,]|\.\s|\n))")
_LISTED_ON: Final = re.compile(
    r"\b(?:listed|traded|quoted|trades?)\s+on\s+(?:the\s+)?(?P<exchange>[A-Z][\w.]*"
    r"(?:\s+[A-Z]\w*){0,4}?(?:\s+\([A-Z]+\))?)"
    r"\s+(?:under\s+the\s+(?:ticker\s+|trading\s+)?symbol\s+|\((?:ticker:?\s+|symbol:?\s+)?)\"?"
    r"(?P<symbol>[A-Z][A-Za-z0-9.-]{1,8})\"?(?=[\s).,;])"
)


def tickers_in_prose(
    text: str, places: Iterable[tuple[int, int, str]]
) -> Iterable[tuple[str, str, int, int]]:
    """Listings told in words: (name, "NYSE:ACM", start, end), the name being the last one before.

    Hit: "Acme's ADRs are listed on the New York Stock Exchange (ACM)".  Near miss: "listed on the website (see below)".
    """
    for match in _LISTED_ON.finditer(text):
        named = [name for start, end, name in places if match.start() - 260 < start and end <= match.start()]
        exchange = re.sub(r"\s+\([A-Z]+\)$", "", " ".join(match["exchange"].split())).upper()
        exchange = _EXCHANGE.get(exchange, exchange)
        if named and re.match(rf"(?:{EXCHANGES})\b", exchange, re.IGNORECASE):
            yield named[-1], f"{exchange}:{match['symbol'].upper().rstrip('.')}", match.start(), match.end()
