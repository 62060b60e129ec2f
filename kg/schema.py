"""How each relation of the fact view is written in RDF: one table, read by the writer and by the reader.

`kg.quads` writes facts by this table and `kg.fact_view` reads them back by it, so the two cannot drift
apart; the tests hold the ontology and the shapes to it.  Two patterns:

direct      subject --predicate--> object                    (`develops`, `drug_payload`, `ticker`)
node        subject --predicate--> node --object_predicate--> object, qualifiers on the node
            (`designation`, `trial`, `collaboration`: things with an agency, a date, a status of their own)

`identity` names what tells one node from another besides subject and object: the same designation stated
in two releases is one node, the same drug's designation for another disease a second one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from kg.model import Kind


class Range(Enum):
    """What stands at the end of a predicate, when it is not an entity."""

    TEXT = auto()  # xsd:string, letter by letter
    DATE = (
        auto()
    )  # xsd:date, xsd:gYearMonth, xsd:gYear by length; xsd:string for halves and quarters ("2018-H2")
    INTEGER = auto()
    DECIMAL = auto()
    BOOLEAN = auto()
    QUANTITY = auto()  # the text on the predicate, beside it rkg:numericValue and rkg:unit


@dataclass(frozen=True, slots=True)
class Slot:
    """One qualifier of a relation.

    Attributes:
        name: key in the fact view's `q`.
        predicate: CURIE of the property on the node.
        range: kinds of entity, or a literal range.
        many: whether the fact view shows a list.
    """

    name: str
    predicate: str
    range: tuple[Kind, ...] | Range
    many: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a node says of its object besides, where a qualifier has a certain value and nothing is merely planned.

    Attributes:
        qualifier: name of the slot.
        value: CURIE of the concept that it must be.
        predicate: CURIE of the property from the node to the object.
    """

    qualifier: str
    value: str
    predicate: str


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of the fact view.

    Attributes:
        name: as in the fact view.
        subject: kinds that the subject may have; empty where it is the release itself.
        predicate: CURIE of the property that leaves the subject; no two relations share one.
        object: kinds of entity, or a literal range.
        node: CURIE of the node's class, None for the direct pattern.
        kind: IRI path segment of the nodes.
        object_predicate: CURIE of the property from the node to the object.
        slots: qualifiers.
        identity: names of the qualifiers that tell nodes apart.
        outcomes: what the node says of its object besides.
    """

    name: str
    subject: tuple[Kind, ...]
    predicate: str
    object: tuple[Kind, ...] | Range
    node: str | None = None
    kind: str = ""
    object_predicate: str = ""
    slots: tuple[Slot, ...] = ()
    identity: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    def slot(self, name: str) -> Slot:
        """The slot of a qualifier.

        Raises:
            KeyError: the relation has no such qualifier.
        """
        for slot in self.slots:
            if slot.name == name:
                return slot
        raise KeyError(f"{self.name} has no qualifier {name!r}")


_ORG = (Kind.ORGANIZATION,)
_DRUG = (Kind.DRUG,)
_GIVER = (Kind.ORGANIZATION, Kind.AGENCY)

_POPULATION = Slot("population", "rkg:population", Range.TEXT, many=True)
#: What the words of the population say of earlier treatment, as concepts (`kg.extract.therapy_lines`).
_LINE = Slot("line", "rkg:lineOfTherapy", (Kind.LINE_OF_THERAPY,), many=True)
_AGENCY = Slot("agency", "rkg:agency", (Kind.AGENCY,))
_STATUS = Slot("status", "rkg:regulatoryStatus", (Kind.REGULATORY_STATUS,))
_DATE = Slot("date", "rkg:date", Range.DATE)
_INDICATION = Slot("indication", "rkg:disease", (Kind.DISEASE,))
_TRIAL = Slot("trial", "rkg:trialText", Range.TEXT)
_AMOUNT = Slot("amount", "rkg:amount", Range.DECIMAL)
_CURRENCY = Slot("currency", "rkg:currency", Range.TEXT)
_PURPOSE = Slot("purpose", "rkg:purpose", Range.TEXT)
_APPROX = Slot("approx", "rkg:approximate", Range.BOOLEAN)
_COMPARATOR = Slot("comparator", "rkg:comparator", Range.TEXT)
_SCHEDULE = Slot("schedule", "rkg:schedule", Range.TEXT)
_SAMPLE = Slot("n", "rkg:sampleSize", Range.INTEGER)
_COHORT = Slot("cohort", "rkg:cohortText", Range.TEXT)
_FIGURE = (
    Slot("kind", "rkg:figureKind", Range.TEXT),
    Slot("value", "rkg:figureValue", Range.TEXT),  # "1/3" is a value too
    Slot("unit", "rkg:unit", Range.TEXT),
    _APPROX,
    _COMPARATOR,
)

_TABLE: Final = (
    # releases
    Relation("release_date", (), "dcterms:issued", Range.DATE),
    Relation("headline", (), "schema:headline", Range.TEXT),
    Relation(
        "quote",
        (Kind.PERSON,),
        "rkg:isQuotedIn",
        Range.TEXT,
        "rkg:Quotation",
        "quotation",
        "rkg:quotationTopic",
        (Slot("text", "rkg:quotedText", Range.TEXT),),
        ("text",),
    ),
    # organizations
    Relation("ticker", _ORG, "rkg:ticker", Range.TEXT),
    Relation("org_description", _ORG, "rkg:organizationDescription", Range.TEXT),
    Relation("cited_filing", _ORG, "rkg:citesFiling", Range.TEXT),
    Relation("risk_factor", _ORG, "rkg:riskFactor", Range.TEXT),
    Relation(
        "press_contact",
        _ORG,
        "rkg:hasPressContact",
        (Kind.PERSON,),
        "rkg:PressContact",
        "press-contact",
        "rkg:contactPerson",
        (
            Slot("phone", "rkg:phone", Range.TEXT),
            Slot("email", "rkg:email", Range.TEXT),
            Slot("firm", "rkg:contactFirm", _ORG),
        ),
    ),
    Relation("headquarters", _ORG, "rkg:headquarters", (Kind.PLACE,)),
    Relation(
        "role",
        (Kind.PERSON,),
        "rkg:holdsPosition",
        _GIVER,
        "rkg:Position",
        "position",
        "org:organization",
        (
            Slot("title", "rkg:positionTitle", Range.TEXT),
            Slot("from", "rkg:heldFrom", Range.DATE),
            Slot("to", "rkg:heldUntil", Range.DATE),
        ),
        ("title",),
    ),
    Relation(
        "collaboration",
        _ORG,
        "rkg:hasCollaboration",
        _GIVER,
        "rkg:Collaboration",
        "collaboration",
        "rkg:partner",
        (
            Slot("kind", "rkg:collaborationKind", (Kind.COLLABORATION_KIND,)),
            _DATE,
            _AMOUNT,
            _CURRENCY,
            _PURPOSE,
            Slot("drug", "rkg:drug", _DRUG, many=True),
        ),
        ("kind", "date"),
    ),
    Relation(
        "funding",
        _GIVER,
        "rkg:providesFunding",
        _ORG,
        "rkg:Funding",
        "funding",
        "rkg:recipient",
        (_AMOUNT, _CURRENCY, _PURPOSE, _APPROX, _DATE),
        ("amount", "currency"),
    ),
    Relation(
        "supplier",
        _ORG,
        "rkg:hasSupplyArrangement",
        (Kind.DRUG, Kind.ORGANIZATION),
        "rkg:SupplyArrangement",
        "supply",
        "rkg:supplied",
        (Slot("exclusivity", "rkg:exclusivity", Range.TEXT),),
    ),
    Relation(
        "owner",
        (Kind.ORGANIZATION, Kind.PERSON),
        "rkg:hasShareholding",
        _ORG,
        "rkg:Shareholding",
        "shareholding",
        "rkg:heldIn",
        (Slot("share", "rkg:share", Range.TEXT),),
    ),
    Relation(
        "org_fact",
        _ORG,
        "rkg:hasFigure",
        Range.TEXT,
        "rkg:OrganizationFigure",
        "organization-figure",
        "rkg:figureText",
        (*_FIGURE, Slot("year", "rkg:year", Range.INTEGER)),
    ),
    Relation(
        "pipeline_program",
        _ORG,
        "rkg:hasProgram",
        (Kind.DRUG, Kind.PROGRAM, Kind.PLATFORM),
        "rkg:PipelineProgram",
        "pipeline-program",
        "rkg:programAsset",
        (Slot("stage", "rkg:developmentStage", (Kind.DEVELOPMENT_STAGE,)),),
        ("stage",),
    ),
    Relation(
        "technology_feature",
        _ORG,
        "rkg:hasTechnologyFeature",
        Range.TEXT,
        "rkg:TechnologyFeature",
        "technology-feature",
        "rkg:featureText",
        (Slot("kind", "rkg:featureKind", Range.TEXT),),
        ("kind",),
    ),
    Relation(
        "planned_milestone",
        _ORG,
        "rkg:hasMilestone",
        Range.TEXT,
        "rkg:Milestone",
        "milestone",
        "rkg:milestoneText",
        (_DATE,),
        ("date",),
    ),
    # drugs
    Relation("develops", _ORG, "rkg:develops", (Kind.DRUG, Kind.PLATFORM)),
    Relation("drug_alias", _DRUG, "rkg:alias", Range.TEXT),
    Relation("drug_class", _DRUG, "rkg:drugClass", (Kind.DRUG_CLASS,)),
    Relation("drug_platform", _DRUG, "rkg:platform", (Kind.PLATFORM,)),
    Relation("drug_payload", _DRUG, "rkg:payload", (Kind.PAYLOAD,)),
    Relation("drug_linker", _DRUG, "rkg:linker", (Kind.LINKER,)),
    Relation("drug_carrier", _DRUG, "rkg:carrier", (Kind.CARRIER,)),
    Relation("active_moiety", _DRUG, "rkg:activeMoiety", (Kind.ACTIVE_MOIETY,)),
    Relation("drug_target", _DRUG, "rkg:target", (Kind.TARGET,)),
    Relation(
        "drug_indication",
        _DRUG,
        "rkg:hasIndication",
        (Kind.DISEASE,),
        "rkg:Indication",
        "indication",
        "rkg:disease",
        (_POPULATION, _LINE),
        ("population",),
    ),
    Relation(
        "combination",
        _DRUG,
        "rkg:hasCombination",
        (Kind.DRUG, Kind.TREATMENT),
        "rkg:CombinationTherapy",
        "combination",
        "rkg:combinationPartner",
        (_TRIAL, _INDICATION),
        ("trial",),
    ),
    # diseases
    Relation("disease_description", (Kind.DISEASE,), "rkg:diseaseDescription", Range.TEXT),
    Relation(
        "disease_fact",
        (Kind.DISEASE,),
        "rkg:hasDiseaseFigure",
        Range.TEXT,
        "rkg:DiseaseFigure",
        "disease-figure",
        "rkg:figureText",
        (
            *_FIGURE,
            Slot("population", "rkg:population", Range.TEXT),
            Slot("country", "rkg:country", Range.TEXT),
        ),
    ),
    # regulation
    Relation(
        "designation",
        _DRUG,
        "rkg:hasDesignation",
        (Kind.DESIGNATION,),
        "rkg:RegulatoryDesignation",
        "designation",
        "rkg:designationType",
        (_AGENCY, _INDICATION, _POPULATION, _LINE, _STATUS, _DATE),
        ("agency", "indication"),
    ),
    Relation(
        "approval",
        _DRUG,
        "rkg:hasMarketingApplication",
        (Kind.DISEASE,),
        "rkg:MarketingApplication",
        "marketing-application",
        "rkg:disease",
        (_AGENCY, _POPULATION, _LINE, _STATUS, _DATE),
        ("agency", "population", "status"),
        (Outcome("status", "regulatory-status:approved", "rkg:approvedDisease"),),
    ),
    Relation(
        "regulatory_action",
        (Kind.AGENCY,),
        "rkg:tookAction",
        (Kind.REGULATORY_ACTION,),
        "rkg:RegulatoryAction",
        "regulatory-action",
        "rkg:actionType",
        (
            Slot("drug", "rkg:drug", _DRUG),
            Slot("scope", "rkg:scope", Range.TEXT),
            Slot("supplier", "rkg:supplier", _ORG),
            Slot("cause", "rkg:cause", _DRUG),
            _INDICATION,
            _DATE,
            _STATUS,
        ),
        ("drug", "scope", "supplier", "indication"),
    ),
    Relation(
        "designation_term",
        (Kind.DESIGNATION,),
        "rkg:hasDesignationTerm",
        Range.TEXT,
        "rkg:DesignationTerm",
        "designation-term",
        "rkg:termText",
        (Slot("kind", "rkg:termKind", Range.TEXT),),
        ("kind",),
    ),
    Relation(
        "voucher_sale",
        (Kind.REGULATORY_ACTION,),
        "rkg:hasSale",
        Range.TEXT,
        "rkg:VoucherSale",
        "voucher-sale",
        "rkg:saleText",
        (
            Slot("count", "rkg:soldCount", Range.INTEGER),
            Slot("lowest", "rkg:lowestPrice", Range.DECIMAL),
            Slot("highest", "rkg:highestPrice", Range.DECIMAL),
            _CURRENCY,
            Slot("period", "rkg:period", Range.TEXT),  # an interval of ISO 8601: "2017-02/2018-06"
        ),
        ("period",),
    ),
    # studies
    Relation(
        "trial",
        _DRUG,
        "rkg:studiedIn",
        (Kind.PHASE,),
        "rkg:ClinicalTrial",
        "trial",
        "rkg:phase",
        (
            Slot("indications", "rkg:disease", (Kind.DISEASE,), many=True),
            _POPULATION,
            _LINE,
            Slot("nct", "rkg:registryIdentifier", Range.TEXT),
            Slot("name", "rkg:trialName", Range.TEXT),
            Slot("status", "rkg:trialStatus", (Kind.TRIAL_STATUS,)),
            Slot("enrollment", "rkg:enrollment", Range.INTEGER),
            Slot("sites", "rkg:siteCount", Range.INTEGER),
            Slot("country", "rkg:country", Range.TEXT, many=True),
            Slot("design", "rkg:studyDesign", Range.TEXT, many=True),
            Slot("combination", "rkg:combinationPartner", (Kind.DRUG, Kind.TREATMENT), many=True),
            _DATE,
        ),
        ("nct", "name", "indications", "population", "combination"),
    ),
    Relation(
        "trial_cohort",
        _DRUG,
        "rkg:studiedInCohort",
        Range.TEXT,
        "rkg:Cohort",
        "cohort",
        "rkg:cohortName",
        (
            _TRIAL,
            Slot("enrollment", "rkg:enrollment", Range.INTEGER),
            _POPULATION,
            Slot("status", "rkg:trialStatus", (Kind.TRIAL_STATUS,)),
        ),
        ("trial",),
    ),
    Relation(
        "trial_arm",
        _DRUG,
        "rkg:studiedInArm",
        Range.TEXT,
        "rkg:TrialArm",
        "trial-arm",
        "rkg:armName",
        (
            Slot("kind", "rkg:armKind", (Kind.ARM_KIND,)),
            Slot("given", "rkg:armIntervention", (Kind.DRUG, Kind.TREATMENT), many=True),
            Slot("dose", "rkg:doseText", Range.TEXT, many=True),
            _TRIAL,
        ),
        ("trial",),
    ),
    Relation(
        "trial_endpoint",
        _DRUG,
        "rkg:assessedBy",
        (Kind.ENDPOINT,),
        "rkg:TrialEndpoint",
        "trial-endpoint",
        "rkg:endpoint",
        (Slot("kind", "rkg:endpointKind", (Kind.ENDPOINT_KIND,)), _TRIAL),
        ("kind", "trial"),
    ),
    Relation(
        "response_criteria",
        _DRUG,
        "rkg:assessedUnder",
        (Kind.RESPONSE_CRITERIA,),
        "rkg:ResponseAssessment",
        "response-assessment",
        "rkg:responseCriteria",
        (_POPULATION,),
        ("population",),
    ),
    Relation(
        "dose",
        _DRUG,
        "rkg:hasDosingRegimen",
        Range.QUANTITY,
        "rkg:DosingRegimen",
        "dosing-regimen",
        "rkg:doseText",
        (_SCHEDULE, _TRIAL, _COHORT, Slot("route", "rkg:route", Range.TEXT)),
        ("schedule", "trial", "cohort"),
    ),
    Relation(
        "result",
        _DRUG,
        "rkg:hasResult",
        Range.QUANTITY,
        "rkg:Result",
        "result",
        "rkg:resultText",
        (
            Slot("endpoint", "rkg:endpoint", (Kind.ENDPOINT,)),
            _SAMPLE,
            _POPULATION,
            _TRIAL,
            _COMPARATOR,
            Slot("cell_line", "rkg:cellLine", Range.TEXT),
        ),
        ("n", "population", "trial", "cell_line"),
    ),
    # an effect that is told without a figure: "a clear survival benefit"
    Relation("qualitative_result", (Kind.DRUG, Kind.PLATFORM), "rkg:qualitativeResult", Range.TEXT),
    Relation(
        "safety_finding",
        _DRUG,
        "rkg:hasSafetyFinding",
        Range.TEXT,
        "rkg:SafetyFinding",
        "safety-finding",
        "rkg:findingText",
        (_TRIAL, _POPULATION),
        ("trial",),
    ),
    Relation(
        "preclinical_study",
        _DRUG,
        "rkg:hasPreclinicalStudy",
        (Kind.DISEASE, Kind.MODEL),
        "rkg:PreclinicalStudy",
        "preclinical-study",
        "rkg:studyModel",
        (
            Slot("cell_line", "rkg:cellLine", Range.TEXT),
            Slot("organism", "rkg:organism", Range.TEXT),
            _SAMPLE,
            Slot("animals", "rkg:animalCount", Range.INTEGER),
            Slot("mechanism", "rkg:resistanceMechanism", Range.TEXT),
            Slot("dose", "rkg:doseText", Range.TEXT, many=True),
            _SCHEDULE,
            Slot("control", "rkg:control", Range.TEXT),
            Slot("result", "rkg:resultText", Range.TEXT, many=True),
        ),
        ("cell_line",),
    ),
    Relation(
        "publication",
        (Kind.DRUG, Kind.DISEASE),
        "rkg:hasPublication",
        (Kind.VENUE,),
        "rkg:Publication",
        "publication",
        "rkg:publicationVenue",
        (_DATE, Slot("title", "rkg:publicationTitle", Range.TEXT)),
        ("date",),
    ),
)

#: Every relation by its name in the fact view.
RELATIONS: Final[dict[str, Relation]] = {relation.name: relation for relation in _TABLE}

#: Class of the entities of each kind.
CLASS_OF_KIND: Final[dict[Kind, str]] = {
    Kind.ORGANIZATION: "rkg:Organization",
    Kind.PERSON: "rkg:Person",
    Kind.PLACE: "rkg:Place",
    Kind.DRUG: "rkg:Drug",
    Kind.TREATMENT: "rkg:Treatment",
    Kind.DISEASE: "rkg:Disease",
    Kind.AGENCY: "rkg:RegulatoryAgency",
    Kind.PLATFORM: "rkg:Platform",
    Kind.PAYLOAD: "rkg:Payload",
    Kind.LINKER: "rkg:Linker",
    Kind.CARRIER: "rkg:Carrier",
    Kind.ACTIVE_MOIETY: "rkg:ActiveMoiety",
    Kind.TARGET: "rkg:MolecularTarget",
    Kind.LINE_OF_THERAPY: "rkg:LineOfTherapy",
    Kind.DRUG_CLASS: "rkg:DrugClass",
    Kind.DESIGNATION: "rkg:DesignationType",
    Kind.REGULATORY_ACTION: "rkg:RegulatoryActionType",
    Kind.REGULATORY_STATUS: "rkg:RegulatoryStatus",
    Kind.PHASE: "rkg:TrialPhase",
    Kind.TRIAL_STATUS: "rkg:TrialStatus",
    Kind.ARM_KIND: "rkg:ArmKind",
    Kind.ENDPOINT: "rkg:Endpoint",
    Kind.ENDPOINT_KIND: "rkg:EndpointKind",
    Kind.RESPONSE_CRITERIA: "rkg:ResponseCriteria",
    Kind.COLLABORATION_KIND: "rkg:CollaborationKind",
    Kind.DEVELOPMENT_STAGE: "rkg:DevelopmentStage",
    Kind.VENUE: "rkg:PublicationVenue",
    Kind.PROGRAM: "rkg:Program",
    Kind.MODEL: "rkg:StudyModel",
}
