"""Rules about drugs: hits and near misses."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Fact, Modality
from tests.extract.conftest import DATELINE, qualifiers

States = Callable[[str, str], set[tuple[str, str]]]
ACME = "Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news. "
GIVEN = ACME + "Patients received XB-101 or XB-102. "


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("Acme's lead candidate, XB-101, is in trials.", {"XB-101"}),
        ("XB-101 is the company's investigational antibody.", {"XB-101"}),
        ("The company's pipeline also includes two preclinical programs (XB 1700 and 1900).", {"XB 1700", "XB 1900"}),
        ("Acme is developing XB-101 in combination with dexamethasone.", {"XB-101"}),
        ("Mice received two doses of XB-101 or a control group of I-127-XB-140.", set()),
        ("XB-101 was compared with docetaxel in patients.", set()),
        ("Its marketed products include XB-101, an antibody for asthma, approved in Japan, and LUMIDERM® cream for rosacea.", {"XB-101", "LUMIDERM"}),
        ("Acme acquired XB-202, an antibody, from Halden Pharma AG in 2020.", {"XB-202"}),
        ("Under the agreement Halden Pharma AG provides its inhibitor HLD-9 for a combination arm.", set()),
        ("LUMIDERM®, PSORVANE® and XELTORA® are trademarks of their respective owners.", set()),
        ("XB-101 is studied with nivolumab, and HLD-9 (Halden Pharma) is in Phase 2.", set()),
        ("Acme markets two products in Japan: XB-101, an antibody, and LUMIDERM® cream.", {"XB-101", "LUMIDERM"}),
        ("Besides LUMIDERM® cream it markets XB-101 for asthma.", {"XB-101"}),
        ("Its quadrivalent influenza vaccine, GangaFlu, is approved in Korea.", {"GangaFlu"}),
        ("LUMIDERM® in Japan had sales of $20 million.", {"LUMIDERM"}),
    ],
)  # fmt: skip
def test_develops(states: States, text: str, drugs: set[str]) -> None:
    """Comparators, controls and partners are not the company's."""
    assert {o for s, o in states("develops", ACME + text) if s == "Acme Therapeutics"} == drugs


@pytest.mark.parametrize(
    ("text", "platforms"),
    [
        ("The company's lead therapeutic ADC, XB-101, works in patients.", {("XB-101", "antibody-drug conjugate")}),
        ("XB-101 is an investigational CAR-T cell therapy.", {("XB-101", "CAR-T")}),
        ("XB-101 in combination with a monoclonal antibody works in patients.", set()),
    ],
)  # fmt: skip
def test_platforms(states: States, text: str, platforms: set[tuple[str, str]]) -> None:
    """By apposition; what a drug is given with is not what it is."""
    assert states("drug_platform", ACME + text) == platforms


@pytest.mark.parametrize(
    ("text", "linkers"),
    [
        ("XB-101 is made up of an anti-MET antibody, a cleavable tetrapeptide linker and MMAE.", {("XB-101", "tetrapeptide linker")}),
        ("XB-101 is an ADC composed of an antibody linked through a cleavable tetrapeptide to MMAE.", {("XB-101", "tetrapeptide linker")}),
        ("It carries MMAE, and the valine-citrulline linker of XB-101 is cut by proteases.", {("XB-101", "valine-citrulline linker")}),
        ("XB-101's stable, non-cleavable linker keeps MMAE in place.", {("XB-101", "non-cleavable linker")}),
        ("XB-101, unlike conjugates with a disulfide linker, is stable.", set()),
        ("XB-101 was discovered by Acme with its cleavable linker technology.", set()),
        ("Peptide linkers are cut by proteases.", set()),
    ],
)  # fmt: skip
def test_linkers(states: States, text: str, linkers: set[tuple[str, str]]) -> None:
    """Of a drug, not of a technology or of other conjugates."""
    assert states("drug_linker", GIVEN + text) == linkers


@pytest.mark.parametrize(
    ("text", "payloads"),
    [
        ("XB-101 utilizes iodine-131, a cytotoxic radioisotope, as its payload.", {("XB-101", "iodine-131")}),
        ("XB-101 consists of an antibody linked to MMAE.", {("XB-101", "MMAE")}),
        ("ADCs for delivery of chemotherapeutics such as paclitaxel (XB 1602-PTX), a preclinical candidate, are next.", {("XB 1602-PTX", "paclitaxel")}),
        ("Patients received XB-101 in addition to paclitaxel.", set()),
    ],
)  # fmt: skip
def test_payloads(states: States, text: str, payloads: set[tuple[str, str]]) -> None:
    """The thing itself, not the general word for it."""
    assert states("drug_payload", ACME + text) == payloads


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("XB-101 plus pembrolizumab is tested in patients.", {"pembrolizumab"}),
        ("A study of XB-101 in combination with external beam radiation began.", {"external beam radiation"}),
        ("In addition to the XB-101 infusion(s), patients will receive 40 mg oral dexamethasone weekly.", {"dexamethasone"}),
        ("XB-101 versus docetaxel was tested in patients.", set()),
    ],
)  # fmt: skip
def test_combinations(states: States, text: str, partners: set[str]) -> None:
    """What is given with it, not instead of it."""
    assert {o for s, o in states("combination", ACME + text) if s == "XB-101"} == partners


def test_aliases(states: States) -> None:
    """Another name of one drug."""
    assert states("drug_alias", ACME + "Treatment with Tolvira® (tolvatinib) works.") == {
        ("Tolvira", "tolvatinib")
    }


@pytest.mark.parametrize(
    ("text", "payloads"),
    [
        ("XB-101 is Acme's investigational radioiodinated ADC therapy.", {("XB-101", "radioiodine")}),
        ("XB-101 is a lutetium-177 labeled antibody.", {("XB-101", "lutetium-177")}),
        ("XB-101 is the company's answer to lutetium-177 in patients.", set()),
    ],
)
def test_payload_named_before_what_it_is(states: States, text: str, payloads: set[tuple[str, str]]) -> None:
    """By an adjective of what the drug is."""
    assert states("drug_payload", ACME + text) == payloads


def test_whom_a_combination_is_for(extract: Callable[[str], tuple[Fact, ...]]) -> None:
    """Those patients who "will receive" the partner: the trial's design, not a plan."""
    text = (
        f"Acme Therapeutics Provides Update\n\n{DATELINE}{ACME}The Phase 2 trial of XB-101 goes on in lymphoma and multiple "
        "myeloma. In addition to XB-101, multiple myeloma patients will receive 40 mg oral dexamethasone weekly.\n"
    )
    (fact,) = (f for f in extract(text) if f.relation == "combination")
    assert qualifiers(fact)["indication"] == "multiple myeloma"
    assert fact.modality is Modality.ASSERTED


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Acme's TROP2-directed antibody-drug conjugate (ADC) XB-101 works.", {"TROP2"}),
        ("XB-101, an IgM antibody targeting Death Receptor 5 (DR5), is studied.", {"DR5"}),
        ("XB-101, a Dyadic® targeting EGFR and LGR5, is studied in patients.", {"EGFR", "LGR5"}),
        ("XB-101, or QMA-158, is a human IgG1 antibody targeting EGFR.", {"EGFR"}),
        ("XB-101 is given to patients whose tumors bear EGFR.", set()),
        ("XB-101 was given once. Acme gave an update on its oral TYK2 inhibitor.", {"TYK2"}),
    ],
)  # fmt: skip
def test_targets(states: States, text: str, targets: set[str]) -> None:
    """Before the drug, behind it, by a long name; what selects patients is none."""
    assert {o for s, o in states("drug_target", ACME + text) if s == "XB-101"} == targets


def test_potentially_first_in_class_is_no_hope(states: States) -> None:
    """It says what the drug is."""
    text = "XB-101 is a novel, potential first-in-class investigational bispecific antibody."
    assert states("drug_platform", ACME + text) == {("XB-101", "bispecific antibody")}


def test_the_general_payload_is_left_out(states: States) -> None:
    """Where another sentence gives the isotope."""
    text = "XB-101 delivers lutetium-177 to tumors. XB-101 uses beta emitters to attack them."
    assert states("drug_payload", ACME + text) == {("XB-101", "lutetium-177")}


def test_payload_behind_with_or_before_labelled(states: States) -> None:
    """A toxin of a conjugate, the isotope of a radioligand."""
    text = "XB-101 is an antibody-drug conjugate with a topoisomerase I inhibitor payload. QB-22, a 177Lu-labelled peptide, is new."
    assert states("drug_payload", ACME + text) == {
        ("XB-101", "topoisomerase I inhibitor"),
        ("QB-22", "lutetium-177"),
    }


def test_a_registry_is_no_name_of_a_trial(states: States) -> None:
    """ "(ClinicalTrials.gov Identifier: …)" belongs to the trial before it."""
    text = "The company paused the Phase 2 VELA-9 clinical trial (ClinicalTrials.gov Identifier: NCT05144999) evaluating XB-101 in patients with asthma."
    assert states("trial", ACME + text) == {("XB-101", "2")}


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("XB-101 consists of an mRNA and a guide RNA directed to the TTR gene.", {"transthyretin"}),
        ("XB-101, which edits PCSK9, is new.", {"PCSK9"}),
        ("XB-101 couples actinium-225 to a small-molecule ligand of PSMA.", {"PSMA"}),
        ("XB-101 (partner: Foo): base editing of PCSK9 in hypercholesterolemia.", {"PCSK9"}),
        ("XB-101 is given daily. It binds EGFR.", {"EGFR"}),
        ("XB-101 is an anti-CD38 antibody.", {"CD38"}),
        ("XB-101 is an oral menin inhibitor.", {"menin"}),
        ("XB-101 is a CAR-T with a 4-1BB costimulatory domain directed to CD19.", {"CD19"}),
        ("XB-101 is an irreversible FGFR1-3 inhibitor.", {"FGFR1", "FGFR2", "FGFR3"}),
        ("XB-101 is a KLK5/7 inhibitor.", {"KLK5", "KLK7"}),
        ("XB-101 is a dual GCG/GLP-1 receptor agonist.", {"glucagon receptor", "GLP-1 receptor"}),
        ("XB-101 is a dual amylin and calcitonin receptor agonist.", {"amylin receptor", "calcitonin receptor"}),
        ("XB-101 is an FcRH5xCD3 T-cell engager.", {"FcRH5", "CD3"}),
        ("XB-101 is an anti-tau antibody.", {"tau"}),
        ("XB-101 is a JAK inhibitor.", {"JAK"}),
        ("XB-101 is an endothelin A (ETA) receptor antagonist.", {"endothelin A receptor"}),
        ("XB-101 is an LNP-delivered base editor against HSD17B13.", {"HSD17B13"}),
        ("By inhibiting DHODH, XB-101 slows cells.", {"DHODH"}),
        ("Acme's BCL6 degrader, XB-101, is new.", {"BCL6"}),
        ("XB-101 carries actinium-225 on an SSTR2-binding peptide.", {"SSTR2"}),
        ("XB-101, an inhibitor of microRNA-17 (miR-17), is new.", {"miR-17"}),
        ("XB-101 neutralizes tumor necrosis factor-like ligand 1A (TL1A).", {"TL1A"}),
        ("XB-101 is tested in patients resistant to inhibitors of EGFR.", set()),
        ("XB-101 is selective for EGFR over ERBB2 and ERBB3.", {"EGFR"}),
        ("XB-101 is an EGFR inhibitor with no activity against ERBB2.", {"EGFR"}),
        ("XB-101 is a selective antibody against EGFR.", {"EGFR"}),
        ("XB-101 is given with an antibody against PD-1.", set()),
        ("The FDA approved XB-101 as the first and only specific PCSK9 inhibitor.", {"PCSK9"}),
        ("XB-101, a first-in-class antibody against IL-18 binding protein, is new.", {"IL-18 binding protein"}),
        ("XB-101 is a dual inhibitor of PI3K-delta and CK1-epsilon.", {"PI3Kδ", "CK1-epsilon"}),
        ("XB-101 is a 4-1BB-containing CD19-CAR T cell therapy.", {"CD19"}),
        ("The target of XB-101 is CDCP1, a protein on tumor cells.", {"CDCP1"}),
        ("CLDN6, the target of XB-101, is absent from healthy tissue.", {"claudin 6"}),
        ("XB-101 carries exatecan to cells that express CDH17.", {"CDH17"}),
        ("XB-101 delivers actinium-225 to PSMA-expressing cells.", {"PSMA"}),
        ("XB-101 pairs an anti-TROP2 antibody with exatecan.", {"TROP2"}),
        ("XB-101 switches off the gene for HAO1.", {"glycolate oxidase"}),
        ("XB-101 binds to the extracellular domain of B7-H3.", {"B7-H3"}),
        ("XB-101 is an antibody that blocks the receptor for IL-31.", {"IL-31 receptor"}),
        ("Our STAT6 program, XB-101, entered Phase 1.", {"STAT6"}),
        ("XB-101 reduced CRP in patients whose tumors express EGFR.", set()),
        ("XB-101 is for microsatellite instability-high (MSI-H) tumors.", set()),
        ("XB-101 has a modified activin receptor type IIB extracellular domain.", set()),
        ("XB-101, a KIF18A inhibitor, and a preclinical PCSK9 program were bought.", {"KIF18A"}),
        ("The bispecific antibody XB-101 (C1s/FXIIa) is in Phase 1.", {"C1s", "Factor XII"}),
        ("Acme stopped XB-101 (HAO1) for business reasons.", {"glycolate oxidase"}),
        ("Acme stopped XB-101 (MMR) for business reasons.", set()),
        ("XB-101 is a GLP-1/GIP/glucagon triple agonist.", {"GLP-1 receptor", "GIP receptor", "glucagon receptor"}),
        ("XB-101 delivers an mRNA encoding an anti-CD19 chimeric antigen receptor.", {"CD19"}),
        ("XB-101   Dravet syndrome   SCN1A   Phase 1\nXB-102   Alport syndrome   miR-21   Phase 1", {"SCN1A"}),
        ("XB-101 combines a GRPR antagonist peptide with a chelator.", {"GRPR"}),
        ("XB-101 (PRAME-A02, half-life extended) is in Phase 1.", {"PRAME"}),
        ("XB-101 (for HER2-positive tumors) is in Phase 1.", set()),
        ("XB-101 is an interleukin-6 (IL-6) receptor inhibitor.", {"interleukin-6 receptor"}),
        ("XB-101 is a PPAR alpha/delta agonist.", {"PPAR-alpha", "PPAR-delta"}),
        ("XB-101, a drug that upregulates OPA1, is new.", {"OPA1"}),
        ("XB-101 is a NaV1.8 pain signal inhibitor.", {"NaV1.8"}),
        ("XB-101 recruits a ligase to STAT6, a factor through which IL-13 signals.", set()),
        ("XB-101 was given to 40 patients. The oral TYK2 inhibitor was well tolerated.", {"TYK2"}),
        ("XB-101 was given to 40 patients. The first TYK2 inhibitor was approved in 2022.", set()),
        ("XB-101 was compared with XB-109. Acme gave an update on its oral TYK2 inhibitor.", set()),
        ("XB-101 is an ASO that lowers expression of KCNT1.", {"KCNT1"}),
        ("XB-101 blocks TSLP signaling.", {"TSLP"}),
        ("XB-101 is an αvβ1 integrin blocker.", {"αvβ1 integrin"}),
        ("The M4-selective positive allosteric modulator XB-101 is in Phase 2.", {"muscarinic M4 receptor"}),
        ("XB-101 injection (Acme's dual GLP-1R/GIPR agonist) is in Phase 3.", {"GLP-1 receptor", "GIP receptor"}),
    ],
)  # fmt: skip
def test_what_drugs_act_on(states: States, text: str, targets: set[str]) -> None:
    """By a verb or noun of acting; what marks patients, or is acted on by another, is none."""
    assert {o for s, o in states("drug_target", GIVEN + text) if s == "XB-101"} == targets


@pytest.mark.parametrize(
    ("text", "platforms"),
    [
        ("XB-101, an oral typhoid vaccine, is sold.", {"vaccine"}),
        ("XB-101, an EGFR-targeting siRNA, is new.", {"siRNA"}),
        ("XB-101 is a PD-1 antibody.", {"monoclonal antibody"}),
        ("The hold does not affect XB-101, the company's AAV gene therapy.", {"AAV gene therapy"}),
        ("XB-101 is not a gene therapy.", set()),
        ("XB-101 is an antisense inhibitor of microRNA-17.", {"antisense oligonucleotide"}),
        ("XB-101 is a monthly antibody-peptide conjugate.", set()),
        ("XB-101 is a half-life extended antibody against TSLP.", {"monoclonal antibody"}),
        ("Its pipeline has XB-101, allogeneic NK cells for liver cancer.", {"NK cell therapy"}),
        ("XB-101, a lutetium-177 labelled FAP binder, is new.", {"radioligand"}),
        ("XB-101, a gallium-68 labelled FAP binder, is new.", {"radiodiagnostic"}),
        ("The ADC works. XB-101 carries MMAE.", {"antibody-drug conjugate"}),
        ("XB-101 is an irreversible inhibitor of BTK.", set()),
        ("XB-101 is given with an antibody.", set()),
    ],
)
def test_platforms_with_words_between(states: States, text: str, platforms: set[str]) -> None:
    """A disease, a target or a possessor stands between drug and platform."""
    assert {o for s, o in states("drug_platform", GIVEN + text) if s == "XB-101"} == platforms


@pytest.mark.parametrize(
    ("text", "payloads"),
    [
        ("Patients received 177Lu-edotrelin.", {"lutetium-177"}),
        ("XB-101 links a peptide that binds EGFR to actinium-225 through a chelator.", {"actinium-225"}),
        ("In addition to XB-102, the company has XB-101, which pairs a ligand with actinium-225.", {"actinium-225"}),
        ("XB-101 is an ADC of a CD123 antibody and MMAE.", {"MMAE"}),
        ("The cytotoxic payload of XB-101 is a calicheamicin.", {"calicheamicin"}),
        ("XB-101 is new. Its payload, the topoisomerase I inhibitor exatecan, kills cells.", {"exatecan"}),
        ("XB-101 is loaded with doxorubicin.", {"doxorubicin"}),
        ("XB-101 was given with docetaxel.", set()),
        ("XB-101 (kit for the preparation of gallium-68 PSMA-11) is sold.", {"gallium-68"}),
        ("XB-101 is made up of an antibody, a linker and the topoisomerase I inhibitor doluxican.", {"doluxican"}),
        ("Acme has XB-101 and XB-102. Both XB-101 and XB-102 carry rezatecan.", {"rezatecan"}),
        ("XB-101, a targeted alpha therapy based on lead-212, is new.", {"lead-212"}),
        ("Upon internalization, XB-101 releases MMAE, which disrupts microtubules.", {"MMAE"}),
        ("Acme presented its lead amanitin-based ADC candidate, XB-101.", {"amanitin"}),
        ("XB-101 is an ADC of an antibody, a linker and XT-014, a proprietary topoisomerase I inhibitor.", {"XT-014"}),
        ("XB-101 is a conjugate with a KRAS degrader payload.", {"KRAS degrader"}),
        ("XB-101 carries a novel proprietary payload.", set()),
        ("XB-101 consists of an antibody against TfR1 linked to a PMO.", {"PMO"}),
        ("XB-101 is an siRNA conjugated to GalNAc.", set()),
        ("XB-101 was given to patients previously treated with lutetium-177.", set()),
        ("XB-101 is a kinase inhibitor studied with a topoisomerase I inhibitor ADC.", set()),
        ("Patients received XB-101 and were scanned with fluorine-18.", set()),
        ("XB-101 treats myotonic dystrophy (DM1).", set()),
    ],
)  # fmt: skip
def test_payloads_by_name_and_by_joining(states: States, text: str, payloads: set[str]) -> None:
    """An isotope in the drug's name; what is linked, paired or part of a conjugate."""
    assert {o for _, o in states("drug_payload", GIVEN + text)} == payloads


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("In Greater China, Foo Pharma holds an exclusive licence.", {("Foo Pharma", "XB-101")}),
        ("Foo Pharma, which holds rights to XB-101 in Japan, agreed.", {("Foo Pharma", "XB-101")}),
        ("Its European partner, Foo Pharma, expects to file an MAA next year.", {("Foo Pharma", "XB-101")}),
        ("In 2021 Acme granted Foo Pharma a licence for XB-101 in Japan.", {("Foo Pharma", "XB-101")}),
        ("Acme's partner for XB-101, Foo Pharma, was informed.", {("Foo Pharma", "XB-101")}),
        ("Foo Pharma is conducting a Phase 1 study of XB-101 in Japan.", {("Foo Pharma", "XB-101")}),
        ("XB-101 was in-licensed from Foo Pharma in 2019. Foo Pharma is conducting a Phase 1 trial in Japan.", {("Foo Pharma", "XB-101")}),
        ("XB-101 was in-licensed from Foo Pharma in 2019.", set()),
        ("XB-101, directed at MARC1, for MASH: partnered with Foo Pharma; a Phase 1 trial is planned.", {("Foo Pharma", "XB-101")}),
        ("XB-101 (siRNA) – Phase 2 – partner: Foo Pharma (Japan).", {("Foo Pharma", "XB-101")}),
        ("Foo Pharma is responsible for the development of XB-101 in China.", {("Foo Pharma", "XB-101")}),
        ("XB-101, which the University of Foo discovered, is active.", set()),
        ("In Japan, rights are held by Foo Pharma under a license agreement signed in 2020.", {("Foo Pharma", "XB-101")}),
        ("XB-101 is in a Phase 1 trial sponsored by Foo University Hospital.", set()),
        ("Foo Pharma has no rights to XB-101.", set()),
        ("Our manufacturing partner, Foo Pharma, expects to supply it.", set()),
        ("XB-205, an siRNA, is preclinical.", {("Acme Therapeutics", "XB-205")}),
        ("It also markets Cefrova® (ceftiprome).", {("Acme Therapeutics", "Cefrova")}),
        ("A study of XB-101 was cited by Foo Pharma.", set()),
        ("XB-101 is developed by Acme in partnership with Halden Pharma AG in Japan.", {("Halden Pharma", "XB-101")}),
        ("Acme and Halden Pharma AG initiated two new studies for XB-101.", {("Halden Pharma", "XB-101")}),
        ("Halden Pharma AG will lead global development, manufacturing and commercialization of XB-101.", {("Halden Pharma", "XB-101")}),
        ("Acme and Halden Pharma AG announced that the companies have amended their collaboration agreement to develop and commercialize XB-101.", {("Halden Pharma", "XB-101")}),
        ("Acme and Halden Pharma AG enter into an agreement to jointly develop XB-101 and XB-102.", {("Halden Pharma", "XB-101"), ("Halden Pharma", "XB-102"), ("Acme Therapeutics", "XB-102")}),
        ("Acme, Halden Pharma AG and Foo Pharma are working together to develop XB-101.", {("Halden Pharma", "XB-101"), ("Foo Pharma", "XB-101")}),
        ("XB-101, an agonist out-licensed in 2021 to Halden Pharma AG, is in Phase 3.", {("Halden Pharma", "XB-101")}),
        ("An application for XB-101 was submitted by Acme's licensee, Halden Pharma AG.", {("Halden Pharma", "XB-101")}),
        ("Acme tests XB-101.\n\nPipeline update\n\nVELVERO®: an antibody for asthma, in Phase 2.", {("Acme Therapeutics", "VELVERO")}),
        ("Acme tests XB-101.\n\nTreatments of others\n\nVELVERO®: an antibody for asthma, in Phase 2.", set()),
        ("XB-101 is made by Acme and supplied with devices by Halden Pharma AG.", set()),
        ("Royalties on XB-101, marketed by Halden Pharma AG, rose 8%.", {("Halden Pharma", "XB-101")}),
        ("Acme sold the US rights in XB-101 to Halden Pharma AG in May.", {("Halden Pharma", "XB-101")}),
        ("Halden Pharma AG exercised its option to license XB-101.", {("Halden Pharma", "XB-101")}),
        ("XB-101 was licensed from Halden Pharma AG in 2019.", set()),
        ("Halden Pharma AG has an option to license XB-101.", set()),
        ("XB-101 is made with technology licensed to us by Halden Pharma AG.", set()),
        ("The FDA cleared the IND for zelnotinib in May.", {("Acme Therapeutics", "zelnotinib")}),
        ("Some patients stayed on zelnotinib.", set()),
        ("HLD-9, an antibody from Halden Pharma AG, had sales of $2 billion.", set()),
        ("The franchise is led by zelnotinib.", {("Acme Therapeutics", "zelnotinib")}),
        ("With the transaction, Acme gains zelnotinib.", {("Acme Therapeutics", "zelnotinib")}),
        ("Zelnotinib originated from Halden Pharma AG.", {("Halden Pharma", "zelnotinib")}),
    ],
)  # fmt: skip
def test_who_develops_beside_the_issuer(states: States, text: str, owners: set[tuple[str, str]]) -> None:
    """Licensees and partners with rights; further drugs of a series; near misses are suppliers and strangers."""
    start = "Acme Therapeutics, Inc. (Nasdaq: ACME) today announced that its lead candidate, XB-101, met its endpoint. "
    assert states("develops", start + text) - {("Acme Therapeutics", "XB-101")} == owners


@pytest.mark.parametrize(
    ("text", "platforms"),
    [
        ("The XB-101 gene therapy was given to patients.", {("XB-101", "gene therapy")}),
        ("XB-101 is being developed as a vaccine.", {("XB-101", "vaccine")}),
        ("XB-101 and XB-102 are both siRNAs.", {("XB-101", "siRNA"), ("XB-102", "siRNA")}),
        ("XB-101 belongs to a new class of radioligands.", {("XB-101", "radioligand")}),
        ("XB-101 is a CD19xCD3 engager.", {("XB-101", "T-cell engager")}),
        ("XB-101 arm; the gene therapy field moves.", set()),
    ],
)
def test_more_ways_to_say_what_drugs_are(states: States, text: str, platforms: set[tuple[str, str]]) -> None:
    """Right behind the drug, "as a", for two at once, by class; near miss is a field."""
    assert states("drug_platform", GIVEN + text) == platforms


@pytest.mark.parametrize(
    ("text", "platforms"),
    [
        ("Acme, a leading developer of RNAi therapeutics, said that XB-101 is safe.", {("XB-101", "siRNA")}),
        ("Acme develops small interfering RNA and antibodies. XB-101 is safe.", set()),
        ("Acme, a leader in RNAi therapeutics, spoke. Gene therapies of others fail. XB-101 is safe.", set()),
    ],
)
def test_what_a_company_makes(states: States, text: str, platforms: set[tuple[str, str]]) -> None:
    """Its candidates are of the one sort that it makes; a release that speaks of other sorts says nothing of them."""
    assert states("drug_platform", GIVEN + text) == platforms


@pytest.mark.parametrize(
    ("title", "drugs"),
    [
        ("Acme Reports Third Quarter Financial Results", {"zolvestinib"}),
        ("Acme Opens a New Laboratory in Boston", set()),
    ],
)
def test_update(extract: Callable[[str], tuple[Fact, ...]], title: str, drugs: set[str]) -> None:
    """The report of a quarter tells of the issuer's own work, but names what that is compared to and given with."""
    text = f"""{title}

{DATELINE}Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news and progress.

Zolvestinib and XB-101 are on track. Trials of XB-101 and of zolvestinib go on in adults with gout. XB-101 is new.
HLD-9 of Halden Pharma AG is in Phase 2. HLD-9 is old. Patients took velmurafib once.
"""
    found = {getattr(f.object, "label", "") for f in extract(text) if f.relation == "develops"}
    assert found & {"zolvestinib", "HLD-9", "velmurafib"} == drugs


def test_names_in_a_list_are_of_several_drugs(extract: Callable[[str], tuple[Fact, ...]]) -> None:
    """What a name is sold as ("injection") and a comma do not make the next name one of the same drug."""
    listed = "TYVELO® (sintarimab injection), BYVARO® (bevarizumab injection) and OLVIRA® (tolimumab)"
    facts = extract(f"{DATELINE}Acme Therapeutics, Inc. (Nasdaq: ACME) markets {listed}.\n")
    drugs = [f.object for f in facts if f.relation == "develops"]
    assert len(drugs) == 3


@pytest.mark.parametrize(
    ("relation", "text", "objects"),
    [
        ("drug_platform", "XB-101, a live-attenuated chikungunya vaccine, is in Phase 3.", {"live attenuated vaccine"}),
        ("drug_platform", "XB-101, an mRNA-based influenza vaccine, is in Phase 3.", {"mRNA", "mRNA vaccine"}),
        ("drug_platform", "XB-101 is an influenza vaccine.", {"vaccine"}),
        ("drug_platform", "XB-101 is an anti-PD-1 mAb.", {"monoclonal antibody"}),
        ("drug_platform", "XB-101 is a potent neutralizing antibody.", {"monoclonal antibody"}),
        ("drug_target", "XB-101 is a dual endothelin receptor antagonist.", {"endothelin receptor"}),
        ("drug_target", "XB-101 is a selective Nav1.6 sodium channel inhibitor.", {"NaV1.6"}),
        ("drug_target", "XB-101 is an oral main protease inhibitor.", {"3CL protease"}),
        ("drug_target", "XB-101 is a multi-target kinase inhibitor.", set()),
        ("drug_target", "XB-101 is an intravenous STING agonist.", {"STING"}),
        ("drug_platform", "XB-101 is an siRNA against LPA mRNA.", {"siRNA"}),
        ("drug_target", "XB-101, an ADC with a STING agonist payload, is in Phase 1.", set()),
        ("drug_target", "XB-101 is a central alpha 2-adrenergic agonist.", {"alpha-2 adrenergic receptor"}),
        ("drug_target", "XB-101, a KCNT1 antisense oligonucleotide, is in Phase 1.", {"KCNT1"}),
        ("drug_target", "XB-101 blocks fungal Gwt1.", {"Gwt1"}),
        ("drug_target", "XB-101 is designed to target a broad range of KRAS mutations.", {"KRAS"}),
        ("drug_target", "XB-101 is tested in patients with KRAS mutations.", set()),
        ("drug_target", "XB-101 selectively antagonizes NMDA receptors containing one subunit.", {"NMDA receptor"}),
    ],
)  # fmt: skip
def test_what_classes_and_qualities_tell(states: States, relation: str, text: str, objects: set[str]) -> None:
    """Classes tell the molecule, words before the disease how a vaccine is made; loads are no targets."""
    assert {o for s, o in states(relation, GIVEN + text) if s == "XB-101"} == objects


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Acme is best known for Renacalm® (tobrafurine), a phosphate binder.", {("Acme Therapeutics", "Renacalm")}),
        ("Acme Therapeutics has discovered several engagers with its platform, including XB-101, which targets CD33.", {("Acme Therapeutics", "XB-101")}),
        ("In 2021 Acme granted to Halden Pharma AG the exclusive right to develop and market XB-101 in China.", {("Halden Pharma", "XB-101"), ("Acme Therapeutics", "XB-101")}),
        ("Halden Pharma AG will be responsible for developing and commercializing XB-101 in Europe.", {("Halden Pharma", "XB-101")}),
        ("Acme stops work on XB-101.", {("Acme Therapeutics", "XB-101")}),
        ("Acme expands its franchise with the addition of XB-101, an antibody.", {("Acme Therapeutics", "XB-101")}),
        ("Acme will use the proceeds for the planned vosorelimab clinical trial.", {("Acme Therapeutics", "vosorelimab")}),
        ("Lumidol (Brivanta®, Halden Pharma AG) is approved for asthma.", set()),
    ],
)  # fmt: skip
def test_owners_in_other_words(states: States, text: str, facts: set[tuple[str, str]]) -> None:
    """Makers, licensees and those who stop; contract manufacturers and other companies' brands are none of it."""
    assert facts <= states("develops", ACME + text)
    assert facts or not any(s == "Acme Therapeutics" for s, _ in states("develops", ACME + text))
