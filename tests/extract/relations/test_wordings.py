"""Wordings of releases outside oncology, relation by relation: each with a near miss."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Fact
from tests.extract.conftest import DATELINE, qualifiers, show

Extract = Callable[[str], tuple[Fact, ...]]
States = Callable[[str, str], set[tuple[str, str]]]
ACME = "Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news on XB-101. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # listings
        ("Acme plc, Nasdaq: ACMX (\"Acme\" or \"the Company\"), a biotechnology company, today announced news.", {"NASDAQ:ACMX"}),
        ("Acme, Inc. (NYSE, TSX: ACM) today announced news.", {"NYSE:ACM", "TSX:ACM"}),
        ("Acme, Inc. (NYSE and TSX: ACM) today announced news.", {"NYSE:ACM", "TSX:ACM"}),
        ("Acme AB (NASDAQ STO: ACMX) today announced news.", {"NASDAQ STOCKHOLM:ACMX"}),
        ("Acme A/S today announced news. Acme's B shares are listed on Nasdaq Copenhagen (ACM-B).", {"NASDAQ COPENHAGEN:ACM-B"}),
        ("Acme, Inc. today announced news. Acme's protocol is listed on ClinicalTrials (NCT0).", set()),
    ],
)  # fmt: skip
def test_listings(extract: Extract, text: str, expected: set[str]) -> None:
    """A ticker after a comma, shared by two exchanges, or told in a sentence."""
    facts = extract(f"Acme Provides Update\n\n{DATELINE}{text}\n")
    assert {show(f.object) for f in facts if f.relation == "ticker"} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Acme Co., Ltd. (Headquarters: Tokyo, CEO: Haruo Mori, "Acme") announced today a study.', {("Haruo Mori", "Acme", "CEO")}),
        ('Acme, Inc. today announced news. "We are glad," said Jean-Paul Clavel, MD and Chief Executive Officer of Acme, in a call.', {("Jean-Paul Clavel", "Acme", "Chief Executive Officer")}),
        ('Acme, Inc. today announced news. "Good," said Ana Roth, M.D., MSPH, FACC, Professor of Medicine at Foo University.', {("Ana Roth", "Foo University", "Professor of Medicine")}),
        ("Acme, Inc. (Headquarters: Tokyo) announced today a study.", set()),
    ],
)  # fmt: skip
def test_officers(extract: Extract, text: str, expected: set[tuple[str, str, str]]) -> None:
    """In the parenthesis after a firm's name, after a degree and "and", with degrees of many kinds."""
    facts = extract(f"Acme Provides Update\n\n{DATELINE}{text}\n")
    told = {
        (show(f.subject), show(f.object), str(qualifiers(f).get("title")))
        for f in facts
        if f.relation == "role"
    }
    assert told == expected


def test_two_firms_joined_by_and_are_two(extract: Extract) -> None:
    """ "Acme and Foo Therapeutics" is two names where "Acme" stands alone elsewhere."""
    facts = extract(
        f"Acme to acquire Foo Therapeutics\n\n{DATELINE}Acme and Foo Therapeutics, Inc. (Nasdaq: FOO) today announced that Acme will acquire Foo.\n"
    )
    assert {show(f.subject) for f in facts if f.relation == "ticker"} == {"Foo Therapeutics"}


@pytest.mark.parametrize(
    ("relation", "text", "expected"),
    [
        # names
        ("develops", "Acme's lead candidate, lumafermin (LFM), is in a trial.", {("Acme Therapeutics", "lumafermin")}),
        ("drug_indication", "LFM, the lead candidate, is a protein. Lumafermin (LFM) is in a Phase 2 trial for the treatment of asthma.", {("lumafermin", "asthma")}),
        ("drug_indication", "mRNA-7788, a vaccine candidate, is in a Phase 3 trial for the prevention of dengue.", {("mRNA-7788", "dengue")}),
        # owners
        ("develops", "Acme entered into an exclusive licence agreement with Foo Pharma to commercialise XB-101 in Canada. XB-101 is Acme's lead candidate.", {("Acme Therapeutics", "XB-101"), ("Foo Pharma", "XB-101")}),
        ("develops", "Acme has granted an exclusive licence to Foo Pharma, Inc. for the development of XB-101, Acme's lead candidate.", {("Acme Therapeutics", "XB-101"), ("Foo Pharma", "XB-101")}),
        ("develops", "XB-101 is for asthma. In China, XB-101 is being developed by Foo Pharma, Inc.", {("Acme Therapeutics", "XB-101"), ("Foo Pharma", "XB-101")}),
        ("drug_platform", "XB-101 is an intravitreal AAV2-based gene therapy.", {("XB-101", "AAV gene therapy")}),
        # targets
        ("drug_target", "XB-101 is an oral complement factor B inhibitor.", {("XB-101", "complement factor B")}),
        ("drug_target", "XB-101 is designed to inactivate the TTR gene.", {("XB-101", "transthyretin")}),
        ("drug_target", "XB-101 is a potent, selective lumonate oxidase inhibitor.", {("XB-101", "lumonate oxidase")}),
        ("drug_target", "XB-101 is a selective inhibitor of the enzymes PDE4 and PDE5.", {("XB-101", "PDE4"), ("XB-101", "PDE5")}),
        ("drug_target", "XB-101 is an oral tyrosine kinase inhibitor.", set()),
        ("drug_target", "XB-101 is an siRNA targeting lipoprotein(a).", {("XB-101", "lipoprotein(a)")}),
        ("drug_target", "XB-101 is a tablet. Lp(a) was measured at Week 12.", set()),
        ("drug_platform", "XB-101 is an siRNA that works by targeting messenger RNA in the liver.", {("XB-101", "siRNA")}),
        ("develops", "XB-101 is Acme's lead candidate. Foo Pharma, Inc. has exclusive rights to commercialize XB-101 in Europe.", {("Acme Therapeutics", "XB-101"), ("Foo Pharma", "XB-101")}),
        # indications
        ("drug_indication", "Acme's product candidates include XB-101, an inhibitor for the treatment of asthma and XB-202 for gout.", {("XB-101", "asthma"), ("XB-202", "gout")}),
        ("drug_indication", "The FDA approved XB-101 for the treatment of adults with moderately to severely active Crohn's disease.1,2 In two studies it worked.", {("XB-101", "Crohn's disease")}),
        ("drug_indication", "XB-101 is a vaccine to prevent disease caused by chikungunya virus infection.", {("XB-101", "chikungunya")}),
        ("drug_indication", "The pipeline comprises XB-101, for the treatment of dry eye disease; and XB-202, for the treatment of glaucoma.", {("XB-101", "dry eye disease"), ("XB-202", "glaucoma")}),
    ],
)  # fmt: skip
def test_drugs(states: States, relation: str, text: str, expected: set[tuple[str, str]]) -> None:
    """Names in small letters, licensees, targets by class or verb, graded and listed indications."""
    found = states(
        relation, "Acme Therapeutics, Inc. (Nasdaq: ACME), a biotechnology company, gave news. " + text
    )
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("XB-101 was granted orphan drug designation by the U.S. FDA and the European Commission.", {("orphan drug", "FDA"), ("orphan drug", "European Commission")}),
        ("The FDA and the EMA granted XB-101 orphan drug designation.", {("orphan drug", "FDA"), ("orphan drug", "EMA")}),
        ("XB-101 was granted Fast Track designation by the FDA and the EMA.", {("fast track", "FDA")}),
        ("XB-101 is new. The FDA also granted Fast Track designation for asthma.", {("fast track", "FDA")}),
        ("The FDA also granted Fast Track designation to drugs that fill a need.", set()),
    ],
)  # fmt: skip
def test_designations_of_agencies(extract: Extract, text: str, expected: set[tuple[str, str]]) -> None:
    """One for each agency that runs the programme; none for drugs at large."""
    facts = extract(f"Acme Therapeutics Provides Update\n\n{DATELINE}{ACME}{text}\n")
    told = {(show(f.object), str(qualifiers(f).get("agency"))) for f in facts if f.relation == "designation"}
    assert told == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The FDA has issued a Complete Response Letter for the New Drug Application for XB-101 for the treatment of asthma.", {"rejected"}),
        ("Acme announced the submission of marketing authorization applications for XB-101 to the EMA for the treatment of asthma.", {"submitted"}),
        ("XB-101 is approved in the U.S. for moderate to severe asthma.", {"approved"}),
    ],
)  # fmt: skip
def test_approvals(extract: Extract, text: str, expected: set[str]) -> None:
    """A letter is no acceptance; an application for an authorisation is none."""
    facts = extract(f"Acme Therapeutics Provides Update\n\n{DATELINE}{ACME}{text}\n")
    assert {str(qualifiers(f).get("status")) for f in facts if f.relation == "approval"} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mean percent change in body weight from baseline was -11.0% in the 4 mg group, -14.0% in the 6 mg group versus 0.3% in the placebo group.", ["body weight change -11.0%", "body weight change -14.0%"]),
        ("XB-101 reduced clinical decline on the global scale, CDR-SB, by 27% compared to placebo.", ["CDR-SB reduction 27%"]),
        ("Median time to conversion was 17.2 minutes for XB-101 versus 53.5 minutes for placebo.", ["median time to conversion 17.2 minutes"]),
        ("Patients on XB-101 lost an average of 14.7% of their body weight, compared to 2.1% on placebo.", ["weight loss 14.7%"]),
        ("Patients had a mean improvement of 44.2 meters in 6MWD from baseline.", ["6MWD improvement 44.2 meters"]),
        ("Vaccine efficacy against severe disease was 95.1%.", ["vaccine efficacy 95.1%"]),
        ("Discontinuation due to adverse events was 5%.", []),
    ],
)  # fmt: skip
def test_figures(extract: Extract, text: str, expected: list[str]) -> None:
    """Changes of each arm, of long measures, times, and weight lost."""
    facts = extract(
        f"Acme Therapeutics Reports Phase 2 Results for XB-101 in Obesity\n\n{DATELINE}{ACME}{text}\n"
    )
    assert sorted(show(f.object) for f in facts if f.relation == "result") == expected


def test_a_trial_called_by_two_words(extract: Extract) -> None:
    """ "the ADAPT SERON study" is one trial."""
    facts = extract(
        f"Acme Therapeutics Reports Results\n\n{DATELINE}{ACME}The Phase 3 PREFER NOCTURNE study evaluated XB-101 in adults with asthma.\n"
    )
    assert [qualifiers(f).get("name") for f in facts if f.relation == "trial"] == ["PREFER NOCTURNE"]


def test_a_place_before_the_firm_is_no_firm(extract: Extract) -> None:
    """ "LONDON, Acme plc, …" under a line with the date."""
    facts = extract(
        "Acme Announces Data\n\n13 March 2024\n\nLONDON, Acme Therapeutics plc, Nasdaq: ACMX, a biotechnology company, today announced data on XB-101, its lead candidate for asthma.\n"
    )
    assert {show(f.subject) for f in facts if f.relation == "develops"} == {"Acme Therapeutics"}


def test_posts_told_of_a_pronoun(extract: Extract) -> None:
    """She is who was named last; what she was is over, what she is holds; a firm is nobody."""
    facts = extract(
        f"Acme Therapeutics Appoints Officer\n\n{DATELINE}Acme Therapeutics, Inc. today announced the appointment of Jane Roe, M.D., as Chief Medical Officer.\n\n"
        "Most recently, she served as Senior Vice President at Foo Pharmaceuticals, Inc. and Medical Director at Bar Therapeutics. "
        "She is a Professor of Medicine at Baz University. It was founded by Qux Therapeutics.\n"
    )
    told = {
        (show(f.object), str(qualifiers(f).get("title")), f.modality.value)
        for f in facts
        if f.relation == "role"
    }
    assert told == {
        ("Acme Therapeutics", "Chief Medical Officer", "asserted"),
        ("Foo Pharmaceuticals", "Senior Vice President", "historical"),
        ("Bar Therapeutics", "Medical Director", "historical"),
        ("Baz University", "Professor of Medicine", "asserted"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The FDA granted XB-101 orphan drug designation for asthma in 2018 and for gout in 2020.", {("asthma", "2018"), ("gout", "2020")}),
        ("The FDA granted XB-101 orphan drug designation for asthma in 2021 and gout is common.", {("asthma", "2021")}),
    ],
)  # fmt: skip
def test_designations_dated_one_by_one(extract: Extract, text: str, expected: set[tuple[str, str]]) -> None:
    """Each disease has the date behind it."""
    facts = extract(f"Acme Therapeutics Provides Update\n\n{DATELINE}{ACME}{text}\n")
    told = {
        (str(qualifiers(f).get("indication")), str(qualifiers(f).get("date")))
        for f in facts
        if f.relation == "designation"
    }
    assert told == expected


def test_submissions_to_several_agencies(extract: Extract) -> None:
    """One for each of a list."""
    facts = extract(
        f"Acme Therapeutics Files XB-101\n\n{DATELINE}{ACME}XB-101 is a vaccine for the prevention of dengue. The company has filed marketing authorization applications with the EMA, Swissmedic in Switzerland, and the TGA.\n"
    )
    assert {str(qualifiers(f).get("agency")) for f in facts if f.relation == "approval"} == {
        "EMA",
        "Swissmedic",
        "TGA",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("If the Phase 3 trial succeeds, Acme will file XB-101.", set()),
        ("The Phase 3 trial of XB-101 in asthma is ongoing. If it succeeds, Acme will file.", {("XB-101", "3")}),
    ],
)  # fmt: skip
def test_trials_on_condition(states: States, text: str, expected: set[tuple[str, str]]) -> None:
    """A trial of a condition is none yet."""
    assert states("trial", ACME + text) == expected
