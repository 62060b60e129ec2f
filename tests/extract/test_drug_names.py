"""Names of drugs: by code, stem, brand, apposition."""
# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.inn import is_inn
from kg.extract.linked import LinkedDocument
from kg.model import Kind

Read = Callable[[str], LinkedDocument]


def named(document: LinkedDocument, kind: Kind) -> list[str]:
    return list(dict.fromkeys(m.entity.label for m in document.mentions(kind)))


@pytest.mark.parametrize(
    "word",
    [
        "dexamethasone",
        "osimertinib",
        "Lecanemab",
        "lumerasiran",
        "nexoprubart",
        "semaglutide",
        "danfetacoplan",
        "ceftosirol",
    ],
)
def test_nonproprietary_names(word: str) -> None:
    """By list or by stem."""
    assert is_inn(word)


@pytest.mark.parametrize(
    "word",
    [
        "cholesterol",
        "nucleotide",
        "concept",
        "Andersen",
        "immunoglobulin",
        "treatment",
        "peptide",
        "suggestion",
        "certain",
        "timeline",
        "interleukin",
    ],
)
def test_ordinary_words_are_no_nonproprietary_names(word: str) -> None:
    """Though they end like one."""
    assert not is_inn(word)


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("Acme is developing CLR 131 and a control, I-127-CLR 1404, in patients.", ["CLR 131", "I-127-CLR 1404"]),
        ("two preclinical programs (CLR 1700 and 1900) in its pipeline", ["CLR 1700", "CLR 1900"]),
        ("treatment with CLR 131 or CLR131 or CLR-131", ["CLR 131"]),
        ("Acme dosed patients with Q-CAR088, an autologous cell therapy.", ["Q-CAR088"]),
        ("The first patient received CD-001, an antibody; CD19 cells fell.", ["CD-001"]),
        ("patients given belomenib had responses", ["belomenib"]),
        ("Net sales of ZELVOQ® were $3 million.", ["ZELVOQ"]),
        ("Patients received VolantTM, a vaccine.", ["Volant"]),
        ("Acme's Tessera® platform made Tessera® XB-101, an antibody.", ["XB-101"]),
        ("full-length antibodies (Dyadics®); XB-101, a Dyadics® targeting EGFR, is an antibody", ["XB-101"]),
        ("results from the VELA-7 Phase 1b clinical trial of XB-101 in patients", ["XB-101"]),
        ("a submission in mid-2026, from late-2025 data", []),
        ("a trial of veltamixo, its oral inhibitor; Veltamixo is given daily", ["veltamixo"]),
        ("a study of wellness, an idea of an antibody maker; Wellness was good", []),
        ("sora-cel, an autologous CAR-T, is given once", ["sora-cel"]),
        ("patients received loritumab belotecan (lor-TBL, also known as QBN264/XB-2870)", ["loritumab belotecan"]),
        ("Known as XB112 in Asia and as QB112 in Australia, is a novel antibody", ["XB112", "QB112"]),
        ('"Rita brings a rare gift for cell therapy," he said. Rita Malone, Chief Officer, agreed.', []),
        ("The FDA granted approval of Iclusig; Mr. Iclusig and the Trulance family live in Fludarabel.", ["Iclusig"]),
        ("The application for remestemcel-L; patients with donanistemcel-T cells.", ["remestemcel-L", "donanistemcel"]),
        ("Acme is developing AB521, a HIF-2a inhibitor.", ["AB521"]),
        ("Results of Iovamab-B in patients of Grade-C and Child-B were told.", ["Iovamab-B"]),
        ("The FDA accepted the application for a Vaccine Candidate (TXK-003). TXK-003 is in Phase 3.", ["TXK-003"]),
        ("Acme's lead product candidate, VeloCon PTH, is in Phase 3. A trial of VeloCon PTH is planned.", ["VeloCon PTH"]),
        ("Patients received LYMORA 100 mg; treatment improved KCCQ-CSS, and AB-101 is an inhibitor.", ["LYMORA", "AB-101"]),
        ("Acme tests 225Ac-PSMA I&T, [212Pb]VMT-α-NET, 131I-omburtamab and a 177Lu-labelled peptide after 68Ga-PSMA PET.", ["225Ac-PSMA I&T", "[212Pb]VMT-α-NET", "131I-omburtamab"]),
        ("Acme advances del-desiran for DM1 and del-brax for FSHD, follow-on and anti-nomab.", ["del-desiran", "del-brax"]),
        ("T-DXd was compared with Dato-DXd.", ["T-DXd", "Dato-DXd"]),
        ("HLX22 is an anti-HER2 antibody; CD38 is a protein of plasma cells; A549 was grown.", ["HLX22"]),
        ("V116 is an investigational 21-valent conjugate vaccine.", ["V116"]),
        ("RC48 (disitamab vedotin) is used.", ["disitamab vedotin"]),
        ("VELVEX PTH is a prodrug. The VELVEX technology is old. VELVEX CNP is next.", ["VELVEX PTH", "VELVEX CNP"]),
        ("REZZAMO is approved for the treatment of candidemia; the SEQUORA trial used SEQUORA.", ["REZZAMO"]),
        ("BREVAIR (formoterol/ciclesonide) is an inhaler for asthma.", ["formoterol/ciclesonide"]),
        ("In the STILL-1 trial and in STILL-1, patients took XB-101, an inhibitor.", ["XB-101"]),
        ("XB-101: a CD70-directed candidate.", ["XB-101"]),
        ("Acme tests CRS-201, a gene therapy. Patients received CRS-201. CRS-201 is in Phase 1. A trial of CRS-305 and NCT01234567.", ["CRS-201", "CRS-305"]),
        ("The trial was held in higher-risk myelodysplastic syndrome (HR-MDS); a PET-CT agent.", []),
        ("PrimeX, the company's novel treatment, and Ketavir-2, its oral analog; Notably, its agonist XB-101 is a drug.", ["PrimeX", "Ketavir-2", "XB-101"]),
        ("XB-101, a drug, is made with BindSwitch(R), Acme's technology; ghrelin and carbapenem are none.", ["XB-101"]),
        ("NanoTECH-tirzepatide is an oral form.", ["NanoTECH-tirzepatide"]),
        ("Acme was granted PRIME for CT041, a CAR T-cell therapy; EU CT 2022-501 and CT-2021 are none.", ["CT041"]),
        ("The CHMP adopted a positive opinion for Lemaldy™ for the Treatment of a disease.", ["Lemaldy"]),
        ("AB-101, an antibody, is in a Phase 3 trial (AB-101-301) for gout.", ["AB-101"]),
        ("Final approval for Nadorbine Tablets USP, 20 mg; the ANDA for levobunitrol ophthalmic solution; approval for oral tablets.", ["Nadorbine", "levobunitrol"]),
        ("The FDA approved VEXTRANA (oblitamab-xyrz) for adults; oblitamab-like drugs.", ["oblitamab"]),
        ("patients treated with 9MW2821 had responses", ["9MW2821"]),
        ("patients received trastuzumab deruxtecan or docetaxel", ["trastuzumab deruxtecan", "docetaxel"]),
        ("treatment with Keytruda® (pembrolizumab) in adults", ["Keytruda"]),
        ("Velnacor (OM-118), an investigational drug, and Velnacor again", ["Velnacor"]),
        ("its lead product candidate, Multikine, is studied", ["Multikine"]),
        ("the KITE-101 trial enrolled patients", []),
        ("BEACON-1 (NCT05123456) is a trial of HLD-204 in patients", ["HLD-204"]),
        ("Acme gave CRS-201, a gene therapy; CRS-201 and GBP-2210 million, a ghrelin inhibitor and CRS (n=3).", ["CRS-201"]),
        ("VelvaTyph Inj. (XB-1801), a vaccine, and its influenza vaccine, VelvaFlu, is approved in Korea.", ["VelvaTyph", "VelvaFlu"]),
        ("Ensuring our vaccine meets needs, Acme gives XB-101 to patients with CML in chronic phase (CML-CP).", ["XB-101"]),
        ("The application for tolvarine (aka XB-101 or YQ2047) and for TOLVARINE; it is given.", ["tolvarine"]),
        ("Acme tests XB-101, delivered with the capsid, AAV-WM4, in a Phase 1 trial.", ["XB-101"]),
        ("Patients received treatment with dornase alfa and Corvimide Therapeutics was told.", ["dornase alfa"]),
        ("An NDA for FILOVAR® (recombinant human enzyme) was filed.", ["FILOVAR"]),
        ("Form 10-K, ASCO 2017, COVID-19, Madison, WI 53719, ISO 26000, CD19, Day 100", []),
    ],
)  # fmt: skip
def test_drugs_that_nobody_listed(read: Read, text: str, drugs: list[str]) -> None:
    """By code, stem, brand, coordination; near misses are trials, forms, meetings, addresses."""
    assert named(read(text), Kind.DRUG) == drugs


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("KM-118 was given daily. In the Phase 2a trial, KM-118 did not meet its endpoint; KM-118 50 mg worked.", ["KM-118"]),
        ("Liver fat fell by 24% with QX-118 50 mg weekly.", ["QX-118"]),
        ("TYVEXIS® (Japanese encephalitis vaccine)", ["TYVEXIS"]),
        ("It markets Cholvada (elafinorbate) in the EU.", ["Cholvada"]),
        ("ONVELTA(R) (dasarenib), approved in more than 60 countries", ["dasarenib"]),
        ("approval for OSTEVIA® Subcutaneous Injection 5 mg and 10 mg (generic name: vosoritropin; development code: HYB-2201); OSTEVIA works", ["OSTEVIA"]),
        ("ADCs made with SteadyLink® technology and the HALOPEN® device", []),
        ("the bispecifics mosunetuzumab (Genentech) and epcoritamab", ["mosunetuzumab", "epcoritamab"]),
        ("lifitegrast (Xiidra®), cyclosporine (Restasis®) and others", ["lifitegrast", "cyclosporine"]),
        ("In part 1 of the study QXL-73 is given once a week. QXL-73 was well tolerated.", ["QXL-73"]),
        ("In the STILL-1 study QX-118 is given once a week.", ["QX-118"]),
        ("F-VASI75 at Week 24; registered as ISRCTN 44172089", []),
        ("Acme Corporation, a privately held radiopharmaceutical company, has news.", []),
        ("The FDA granted designations to PQKR03 for Krabbe disease.", ["PQKR03"]),
        ("The IND application for Q-MOC1-ALLO1 was cleared.", ["Q-MOC1-ALLO1"]),
        ("Patients were treated with Brio-IMT in the NovoTrack study.", ["Brio-IMT"]),
        ("QXL-4410 is next. The office is at DK-2900 Hellerup; abstract LBA-1021; KPD-102 mice.", ["QXL-4410"]),
        ("Acme plans to study QX118 in adults. QX118 for Injection is new.", ["QX118"]),
        ("The trials, including QAF-311 and the study (QAF-311) of XB-101, go on in the QAF-311 study.", ["XB-101"]),
        ("Acme tests velbetichoic acid in NASH; nucleic acid, lactic acid and bile acids were measured.", ["velbetichoic acid"]),
        ("Tessera technologies were used. Patients were treated with Tessera.", []),
        ("VELVORA(TM) was developed by Acme under the code name QBM-1796 and is sold in Japan as Fymora.", ["VELVORA"]),
        ("QXL-131, (also known as QXR-M1711), a drug, and VELBRITE™ (research name QGX301).", ["QXL-131", "VELBRITE"]),
        ("Adults received 120 mg of QXL-311, or orvelimab as control; QXR-7100, or sovelimab, is older.", ["QXL-311", "orvelimab", "sovelimab"]),
        ("With Strensiq and Kanuma approved, sales of Kanuma grew.", ["Strensiq", "Kanuma"]),
    ],
)  # fmt: skip
def test_brands_and_codes_by_their_signs(read: Read, text: str, drugs: list[str]) -> None:
    """A sign, a dose, what is sold; near misses are technologies, makers, scales and registries."""
    assert named(read(text), Kind.DRUG) == drugs
