"""Linking: who is who inside one release."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.linked import LinkedDocument
from kg.model import Kind
from kg.releases import find_releases, read_release
from kg.resources import data_folder

Read = Callable[[str], LinkedDocument]


def test_misspelt_names_of_a_firm_are_one_and_its_web_domain_spells_it(read: Read) -> None:
    """What is misspelt is hidden, never the label."""
    document = read(
        "Brightwel Announces News\n\nBOSTON, May 4, 2021 -- Brightwel Therapeutics (Nasdaq: BWTX) today announced news.\n\n"
        "About Brightwell Therapeutics\n\nBrightwell Therapeutics is a company. Visit www.brightwelltx.com or www.brightwell.com.\n"
    )
    issuer = document.issuer
    assert issuer is not None
    assert issuer.label == "Brightwell Therapeutics"
    assert "Brightwel Therapeutics" in issuer.hidden
    assert issuer.keys == ("ticker:NASDAQ:BWTX",)
    assert {m.entity for m in document.mentions(Kind.ORGANIZATION)} == {issuer}


def test_firms_of_different_tickers_stay_apart(read: Read) -> None:
    """However alike their names are."""
    document = read(
        "Brightwell and Brightwill News\n\nBOSTON, May 4, 2021 -- Brightwell Bio (Nasdaq: AAAA) and Brightwill Bio (Nasdaq: BBBB) today announced news.\n"
    )
    assert len({m.entity for m in document.mentions(Kind.ORGANIZATION)}) == 2


def test_the_company_is_the_issuer_or_the_topic_of_the_section(read: Read) -> None:
    """An "About …" section of another firm speaks of that one."""
    document = read(
        "Acme and Foo News\n\nBOSTON, May 4, 2021 -- Acme Therapeutics, Inc. and Foo Pharma AG announced news. The company is glad.\n\n"
        "About Foo Pharma\n\nFoo Pharma is a company in Basel. The company has 40 employees.\n"
    )
    meant = [m.entity.label for m in document.mentions(Kind.ORGANIZATION) if m.text.lower() == "the company"]
    assert meant == ["Acme Therapeutics", "Foo Pharma"]


def test_all_mentions_of_a_thing_carry_one_entity(read: Read) -> None:
    """Code, generic and brand name are names of one drug."""
    document = read(
        "Treatment with Tolvira® (tolvatinib) works. Tolvatinib (MDV-12) is a drug. MDV-12 is good."
    )
    (drug,) = {m.entity for m in document.mentions(Kind.DRUG)}
    assert {n.lower() for n in drug.names} == {"tolvira", "tolvatinib", "mdv-12"}


def test_codes_of_two_firms_with_a_slash_are_one_drug(read: Read) -> None:
    """ "a drug (QBN264/XB-2870)"; a target after a slash is none."""
    document = read(
        "Loritumab (QBN264/XB-2870) is an antibody. XB-2870 binds PD-1/PD-L1. QBN264 is given weekly."
    )
    (drug,) = {m.entity for m in document.mentions(Kind.DRUG)}
    assert {n.lower() for n in drug.names} == {"loritumab", "qbn264", "xb-2870"}


def test_a_payload_is_no_name_of_its_conjugate(read: Read) -> None:
    """ "paclitaxel (AB 1602-PTX)" names two things."""
    document = read(
        "PDCs for targeted delivery of chemotherapeutics such as paclitaxel (AB 1602-PTX), a preclinical candidate"
    )
    assert [
        (m.entity.kind, m.entity.label)
        for m in document.mentions(Kind.DRUG, Kind.PAYLOAD)
        if "p" in m.text.lower()
    ][-2:] == [
        (Kind.PAYLOAD, "paclitaxel"),
        (Kind.DRUG, "AB 1602-PTX"),
    ]


def test_last_names_with_a_title_are_the_person(read: Read) -> None:
    """ "Mr. Caruso" is the man named before."""
    document = read(
        'News of Acme Today\n\nBOSTON, May 4, 2021 -- "We are glad," said James Caruso, president of Acme Therapeutics. "Good," added Mr. Caruso.\n'
    )
    assert {m.entity.label for m in document.mentions(Kind.PERSON)} == {"James Caruso"}
    assert len(list(document.mentions(Kind.PERSON))) == 2


def test_a_line_of_its_own_heads_the_list_below(read: Read) -> None:
    """What a bullet leaves unsaid is of that drug."""
    document = read(
        "Acme Reports Results\n\nBOSTON, May 4, 2021 -- Acme Therapeutics, Inc. today reported results for AC-101 in patients with asthma.\n\n"
        "AC-202, an oral drug candidate\n\n- The trial was completed in patients with asthma in March.\n\nCorporate\n\n- The office was moved to Boston in March.\n"
    )
    meant = {s.text[:12]: document.drug_of(s) for s in document.sentences}
    assert getattr(meant["- The trial "], "label", "") == "AC-202"
    assert getattr(meant["- The office"], "label", "") == "AC-101"


def test_the_issuer_of_every_seed_is_one_company(extractor: object) -> None:
    """Four spellings, one firm."""
    issuers = {extractor.read(read_release(p)).issuer.label for p in find_releases([data_folder("seeds")])}  # type: ignore[attr-defined]
    assert issuers == {"Cellectar Biosciences"}


@pytest.mark.parametrize(
    ("listing", "tickers"),
    [
        ("(Stock Code: 2171.HK)", ["HKEX:2171"]),
        ('("Acme" or the "Company," 6990.HK)', ["HKEX:6990"]),
        ('("Acme," HKEX Code: 9926.HK)', ["HKEX:9926"]),
        ('("Acme", HKEX:9606.HK)', ["HKEX:9606"]),
        ("(Euronext Paris: ACM; Nasdaq: ACME)", ["EURONEXT:ACM", "NASDAQ:ACME"]),
        ("(Registration No. 2171)", []),
    ],
)
def test_listings(read: Read, listing: str, tickers: list[str]) -> None:
    """Codes of Hong Kong, and exchanges with a city."""
    document = read(
        f"Acme News\n\nBOSTON, May 4, 2021 (GLOBE NEWSWIRE) -- Acme Therapeutics Co., Ltd. {listing} today announced news of its trials.\n"
    )
    assert list(dict.fromkeys(ticker for _, ticker, _, _ in document.tickers)) == tickers
