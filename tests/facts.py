"""Facts made by hand, for tests of what comes after extraction."""

from decimal import Decimal

from kg.model import Entity, Evidence, Fact, Kind, Modality, Quantity, Release

TEXT = (
    "Example Therapeutics (NASDAQ: EXMP) today said that the FDA has granted orphan drug designation to EX-101 "
    "for multiple myeloma. EX-101 is in a Phase 2 trial. EX-101 may be approved for lymphoma."
)
RELEASE = Release("r1", "r1.txt", TEXT, sha256="0" * 64)

COMPANY = Entity(Kind.ORGANIZATION, "Example Therapeutics", keys=("ticker:NASDAQ:EXMP",))
DRUG = Entity(Kind.DRUG, "EX-101", alt=("EX101",))
FDA = Entity(Kind.AGENCY, "FDA", concept="agency:fda")
ORPHAN = Entity(Kind.DESIGNATION, "orphan drug", concept="designation:orphan-drug")
MYELOMA = Entity(Kind.DISEASE, "multiple myeloma", concept="disease:multiple-myeloma")
LYMPHOMA = Entity(Kind.DISEASE, "lymphoma", concept="disease:lymphoma")
PHASE_2 = Entity(Kind.PHASE, "2", concept="phase:2")
GRANTED = Entity(Kind.REGULATORY_STATUS, "granted", concept="regulatory-status:granted")


def evidence(quote: str, *, release: Release = RELEASE, rule: str = "test.rule") -> Evidence:
    """Evidence for a stretch of the release's text."""
    start = release.text.index(quote)
    return Evidence(release.id, start, start + len(quote), quote, rule)


TICKER = Fact("ticker", COMPANY, "NASDAQ:EXMP", evidence=(evidence("NASDAQ: EXMP"),))
DEVELOPS = Fact("develops", COMPANY, DRUG, evidence=(evidence("EX-101"),))
ISSUED = Fact("release_date", None, "2024-03-01", evidence=(evidence("today"),))
HEADLINE = Fact("headline", None, "Example Gets a Designation", evidence=(evidence("Example Therapeutics"),))
DESIGNATION = Fact(
    "designation",
    DRUG,
    ORPHAN,
    (("agency", FDA), ("date", "2024-03-01"), ("indication", MYELOMA), ("status", GRANTED)),
    confidence=0.97,
    evidence=(evidence("the FDA has granted orphan drug designation to EX-101 for multiple myeloma"),),
)
TRIAL = Fact(
    "trial",
    DRUG,
    PHASE_2,
    (("enrollment", 40), ("indications", LYMPHOMA), ("indications", MYELOMA)),
    evidence=(evidence("EX-101 is in a Phase 2 trial."),),
)
DOSE = Fact("dose", DRUG, Quantity("25.0 mCi/m2", Decimal("25.0"), "mCi/m2"), evidence=(evidence("EX-101"),))
HOPE = Fact(
    "approval",
    DRUG,
    LYMPHOMA,
    (("agency", FDA),),
    Modality.HYPOTHETICAL,
    0.8,
    (evidence("EX-101 may be approved for lymphoma."),),
)
ALL = (TICKER, DEVELOPS, ISSUED, HEADLINE, DESIGNATION, TRIAL, DOSE, HOPE)
