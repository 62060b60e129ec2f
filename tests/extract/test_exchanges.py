"""Stock exchanges and symbols as releases print them: hits and near misses."""

from __future__ import annotations

import pytest

from kg.extract.exchanges import exchange, listings


@pytest.mark.parametrize(
    ("text", "tickers"),
    [
        ("(TSX: ACM; NASDAQ: ACME)", ["TSX:ACM", "NASDAQ:ACME"]),
        ("(Nasdaq and Euronext Brussels: ACME)", ["NASDAQ:ACME", "EURONEXT:ACME"]),
        ("(NYSE, TSX: ACM)", ["NYSE:ACM", "TSX:ACM"]),
        ("(4893, TSE Mothers)", ["TSE:4893"]),
        ("(Cboe CA: ACM)", ["CBOE CANADA:ACM"]),
        ("(Frankfurt Stock Exchange, Prime Standard:\nACMT; ISIN DE000A3PLMT5)", ["XETRA:ACMT"]),
        ("(Code: 4699, TSE Prime Market)", ["TSE:4699"]),
        ("(Stock Code: 2171.HK)", ["HKEX:2171"]),
        ("COPENHAGEN, Denmark – Acme A/S (OMX: ACM)", ["NASDAQ COPENHAGEN:ACM"]),
        ("(Nasdaq Stockholm: ACM B)", ["NASDAQ STOCKHOLM:ACM B"]),
        ("(Euronext Growth Paris: ALACM – ISIN: FR0014009YQ1)", ["EURONEXT GROWTH PARIS:ALACM"]),
        ("(NASDAQ Global Select Market: ACME)", ["NASDAQ:ACME"]),
        ("(NASDAQ symbol: ACME)", ["NASDAQ:ACME"]),
        ("(AIM: ACM.L)", ["AIM:ACM"]),
        ("(SSE STAR: 688722)", ["SSE STAR:688722"]),
        ("(ACME:NASDAQ)", ["NASDAQ:ACME"]),
        ("(Euronext Paris - FR0012345678 - ACM)", ["EURONEXT:ACM"]),
        ("(Nasdaq – ACME)", ["NASDAQ:ACME"]),
        ("(Euronext – ACME - FR0012345678)", ["EURONEXT:ACME"]),
        ("(Euronext Paris: FR0012345678, ACM)", ["EURONEXT:ACM"]),
        ('(Nasdaq Global Market "ACME")', ["NASDAQ:ACME"]),
        ("(KOSDAQ 318220)", ["KOSDAQ:318220"]),
        ("(688123.SH)", ["SSE:688123"]),
        ("(HKEX Stock Code: 1801)", ["HKEX:1801"]),
        ("(TSE 4552; President: Ana Mori)", ["TSE:4552"]),
        ("(TSE Mothers Index: 4565)", ["TSE:4565"]),
        ("Code number: 4535 (First Section of the Tokyo Stock Exchange)", ["TSE:4535"]),
        ("(688331.SH/09995.HK)", ["SSE:688331", "HKEX:09995"]),
        ("(BSE: 532488 | NSE: ACMEPHARMA)", ["BSE:532488", "NSE:ACMEPHARMA"]),
        ("(Nasdaq: $ACME)", ["NASDAQ:ACME"]),
        ("(Euronext Paris – Ticker: ACM)", ["EURONEXT:ACM"]),
        ("(OTC Bulletin Board: ACME.OB)", ["OTCBB:ACME"]),
        ("(Vienna 2019; poster 12)", []),
        ("Frankfurt Stock Exchange: ISIN DE000A3PLMT5", []),
        ("(Registration No. 2171)", []),
        ("SIX: patients were treated", []),
    ],
)
def test_listings(text: str, tickers: list[str]) -> None:
    """Exchanges that share a symbol, segments of exchanges, codes of Asia; numbers of registers are none."""
    assert [listing.ticker for listing in listings(text, 0, len(text))] == tickers


def test_an_exchange_has_one_short_name() -> None:
    """However it is printed."""
    assert exchange("Nasdaq Global Market") == exchange("NASDAQ") == "NASDAQ"
    assert exchange("Springfield Exchange") is None
