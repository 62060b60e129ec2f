"""Words that names of organisations are made of, and words that are no names: data of `kg.extract.names` and others."""

from __future__ import annotations

from functools import cache
from typing import Final

from kg.extract.lexicon import table

#: One word of a name: it begins with a capital, and may have "&" or a dot within.
NAME_WORD: Final = r"(?:[A-ZÀ-Þ][\w&'.+-]*[\w&]|[A-ZÀ-Þ])"
LEGAL_FORM: Final = (
    r"(?:Incorporated|Inc|Corporation|Corp|Company,?\s+(?:Limited|Ltd)|Co\.,?\s+(?:Ltd|Inc|Limited)"
    r"|Limited|Ltd|LLC|L\.L\.C|LLP|L\.P|LP|PLC|plc|"
    r"Aktiengesellschaft|AG(?:\s*&\s*Co\.?\s*KGaA)?|S\.A\.S|SAS|S\.A|SA|N\.V|NV"
    r"|GmbH(?:\s*&\s*Co\.?\s*KG)?|AB|A/S|ASA|AS|Oyj|Oy|SE|"
    r"K\.K|KK|KGaA|S\.p\.A|SpA|S\.r\.l|Srl|B\.V|BV|Pty\.?\s+(?:Limited|Ltd)|Pte\.?\s+Ltd|Sdn\.?\s+Bhd|Co)"
)
ORGANIZATION_TAIL: Final = (
    r"(?:Therapeutics|Biologicals|Pharm|Farma|Farmac[eê]utica|Farmaceutici|Arzneimittel|Therapies|Radiosciences|[İI]la[çc]|"
    r"Seiyaku|Yakuhin|Biosystems|Biolabs|BioPharm|Biopharm|"
    r"Biomedicines?|BioMedicines?|"
    r"Pharmacal|Pharmacy|Pharmaceutics|Dermatology|Anti-?[Ii]nfectives|Metabolics|Radiotherapeutics"
    r"|Immunotherapies|Lifesciences|"
    r"Pharmaceuticals?|Pharma|PharmaSciences|BioPharma|Biopharma"
    r"|Biopharmaceuticals?|BioPharmaceuticals?|Biosciences?|BioSciences?|Bioscience|Biotech|"
    r"Biotechnology|Biotechnologies|BioTherapeutics|Biotherapeutics|Biologics|BioLogics|Biomedical"
    r"|BioMed|Biomed|Bio|Biosolutions|BioSolutions|Oncology|Immunotherapeutics|"
    r"Medicines?|Sciences|Science|Genetics|Genomics|Vaccines|Laboratories|Labs|Laboratory|Healthcare"
    r"|Health|Diagnostics|Technologies|Technology|"
    r"Neurosciences?|NeuroSciences|Neuro|Ophthalmics|Immunology|Radiopharma|Radiopharmaceuticals"
    r"|Isotopes|Life\s+Sciences|"
    r"Capital|Ventures|Partners|Holdings|Group|Advisors|Investments|Communications|Associates"
    r"|Management|Securities|"
    r"Foundation|Institute|Institutes|University|Hospital|Hospitals|Clinic|College\s+(?:London|"
    r"Dublin|Cork)|College|Society|Association"
    r"|Consortium|Alliance|Trust|Health\s+System|Health\s+Network|Healthcare\s+System|"
    r"Fund|Academy|Council|Network|Cancer\s+Cent(?:er|re)|Medical\s+Cent(?:er|re)|Research\s+Cent(?:er"
    r"|re)|Cent(?:er|re)|School\s+of\s+Medicine|Medical\s+School|"
    r"Investor\s+Relations|Cooperative\s+Group|Oncology\s+Group|Department|Ministry|Commission"
    r"|Authority|Bank)"
)
INSTITUTION: Final = (
    r"(?:University|Institutes?|Cent(?:er|re)s?|Hospital|Foundation|School|College|Department|Society"
    r"|Association|Academy|Agency|Council|Coalition|Fund|Ministry)"
)


@cache
def place_names() -> frozenset[str]:
    """Countries and regions: rights are sold to firms in them, never to them."""
    return frozenset(
        row[key].casefold()
        for name, key in (("countries", "label"), ("dateline_regions", "name"), ("states", "name"))
        for row in table(name)
    )


@cache
def name_openers() -> frozenset[str]:
    """The words of `lexicon/name_openers.tsv`."""
    return frozenset(row["word"] for row in table("name_openers"))


@cache
def no_organizations() -> frozenset[str]:
    """The words of `lexicon/not_organizations.tsv`."""
    return frozenset(row["name"] for row in table("not_organizations"))


@cache
def known_organizations() -> dict[str, str]:
    """Short and other names of well-known organisations → the name they go by."""
    return {row["name"]: row["full"] for row in table("organizations")}
