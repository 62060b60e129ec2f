"""`kg.extract.trials`: the names of trials, and which words are one trial."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.focus import Focus
from kg.extract.linked import LinkedDocument
from kg.extract.trial_model import phase_entity
from kg.extract.trial_names import trial_names
from kg.extract.trial_phases import trial_phases
from kg.extract.trials import find_trials
from tests.extract.relations.linked import linked


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Phase 3 EMBARK-2 trial of AB-101 is ongoing.", ("EMBARK-2",)),
        ("The Phase 2 trial of AB-101 in retinal glioma (LUMA) is ongoing.", ("LUMA",)),
        ("The Phase 2 trial of AB-101 in ATTR amyloidosis with cardiomyopathy (ATTR-CM) is ongoing.", ()),
        ("The Phase 3 trial NORTH-Oesophageal02 of AB-101 is ongoing.", ("NORTH-Oesophageal02",)),
        ("The Phase 2 trial of AB-101 in lupus malar rash (LUMA) is ongoing.", ()),
        ("LX2210-205, a Phase 2 trial of AB-101, is ongoing.", ("LX2210-205",)),
        ("AURELIA, a Phase 2b, double-blind trial of AB-101, is ongoing.", ("AURELIA",)),
        ("A Phase 3 trial, MERIDIAN-3, is planned.", ("MERIDIAN-3",)),
        ("The CheckPoint-214 study is ongoing.", ("CheckPoint-214",)),
        ("MERIDIAN and ZENITH, two Phase 3 trials, are ongoing.", ("MERIDIAN", "ZENITH")),
        ("A Phase 2 trial in China (AURORA-B; NCT05697367) is ongoing.", ("AURORA-B",)),
        ("The Phase 2b trial of AB-101 in glioma, MOSAIK-G, did not meet its endpoint.", ("MOSAIK-G",)),
        ("LYNX-01 (NCT06118734) has enrolled 112 patients. It is a trial of AB-101.", ("LYNX-01",)),
        ("A Phase 3 trial (Study 301) of AB-101 is ongoing.", ("Study 301",)),
        ("Data from the pivotal ELATIVE® Phase III trial of AB-101 were shown.", ("ELATIVE",)),
        ("Enrollment in the Phase 3 HARBORTM study of AB-101 is on track.", ("HARBOR",)),
        ("The Phase 2 iMMagine-1 study of AB-101 is ongoing.", ("iMMagine-1",)),
        ("The CheckMate-8HW study of AB-101 is ongoing.", ("CheckMate-8HW",)),
        ("A Phase 3 trial of AB-101 in glioma (AB-101-308) is ongoing.", ("AB-101-308",)),
        ("The Phase 3 Horizon study of AB-101 in glioma is ongoing.", ("Horizon",)),
        ("AB-101 is in a Phase 3 study in adults with glioma (STORMFRONT).", ("STORMFRONT",)),
        ('The trial ("SPRIG") of AB-101 will start.', ("SPRIG",)),
        ("The Phase 2 trial in atopic dermatitis (HALCYON-AD, n=98) is ongoing.", ("HALCYON-AD",)),
        ("A Phase 2 trial of AB-101 in glioma (DRIFTER, 340 patients) is ongoing.", ("DRIFTER",)),
        (
            "Two Phase 3 trials of AB-101, POLARIS-1 in adults and POLARIS-2 in children.",
            ("POLARIS-1", "POLARIS-2"),
        ),
        ("Two trials (CLARIFY [NCT06056830] and AMPLIFY) of AB-101 are ongoing.", ("AMPLIFY", "CLARIFY")),
        ("MK-SUNRISE, a Phase 3 trial of AB-101, is ongoing.", ("MK-SUNRISE",)),
        ("TRAVERSE (NCT05123456) and TRAVERSE-OLE are studies of AB-101.", ("TRAVERSE-OLE", "TRAVERSE")),
        ("AB-101 is in a Phase 2 trial. It blocks FGFR-1 and FGFR-2.", ()),
        ("A trial in newly diagnosed advanced marginal glioma (NDAMGL) is ongoing.", ()),
        ("The Phase 3 Pivotal study of AB-101 is ongoing.", ()),
        ("A trial of XYZ-01 (NCT06118734) is ongoing.", ()),
        ("• BIRCH (glioma): Phase 2a enrolment of AB-101 completed.", ("BIRCH",)),
        ("BIRCH is one of two Phase 3 trials of AB-101.", ("BIRCH",)),
        ("The AB-101 Phase 2 trial is ongoing.", ()),
        ("The FDA reviewed the NSCLC trial.", ()),
        ("Acme began dosing in LUMINA, Acme's Phase 2 trial of AB-101.", ("LUMINA",)),
        ("Acme began a Phase 2 trial of AB-101 in glioma, called LUMINA.", ("LUMINA",)),
        ("Results came from CLEARWATER WM, a Phase 2 trial of AB-101.", ("CLEARWATER WM",)),
        ("NCT01234567 is a trial.", ()),
    ],
)
def test_trial_names(text: str, names: tuple[str, ...]) -> None:
    """A name stands in capitals beside "trial", "study" or a phase; drugs, agencies and registries do not count."""
    assert trial_names(linked(text)) == names


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("a Phase 2 clinical study", ["2"]),
        ("is in Phase 3 for glioma", ["3"]),
        ("AB-101, an antibody for glioma (Phase 2)", ["2"]),
        ("WRD-77, a Phase 1 siRNA", ["1"]),
        ("AB-101: Phase 1 dose escalation ongoing; Phase 2 in glioma to begin in 2030", ["1", "2"]),
        ("Our company is Phase 2 in spirit", []),
        ("a company with a Phase 1 siRNA platform", []),
        ("AB-101   Dravet syndrome   Phase 1   Japan AB-102   gout   Phase 2 completed   -", ["1", "2"]),
        ("AB-101   Phase 1 was   easy", []),
        ("the End-of-Phase 2 meeting", []),
        ("a Phase 3-ready asset", []),
        ("the recommended Phase 2 dose", []),
        ("the Phase 2 portion of the study", []),
        ("the Phase 1b portion of MERIDIAN-1", ["1b"]),
    ],
)
def test_trial_phases(text: str, phases: list[str]) -> None:
    """A phase is a trial's where a trial is spoken of."""
    assert [p.phase for p in trial_phases(text)] == phases


def test_phase_entity() -> None:
    """Phases are concepts of the vocabulary."""
    assert phase_entity("1b/2a").concept == "phase:1b-2a"
    assert phase_entity("0").concept == "phase:early-1"


def test_pivotal_trial_is_the_numbered_one() -> None:
    """A "pivotal trial" beside one Phase 3 trial is that trial."""
    document = linked(
        "The pivotal trial of AB-101 in glioma is ongoing. The Phase 3 trial of AB-101 in glioma "
        "enrolled 300 patients."
    )
    (trial,) = find_trials(document, Focus(document))
    assert trial.phase == "3"


def test_members_of_a_programme() -> None:
    """Sister trials are trials of their own."""
    document = linked(
        "The Phase 3 EMBARK program of AB-101 is planned to start in 2019. EMBARK-1, in about "
        "3,000 patients with glioma, and EMBARK-2, "
        "in about 1,000 patients with sarcoma, are planned to start in 2019."
    )
    found = find_trials(document, Focus(document))
    assert [(t.details("name"), t.details("enrollment"), t.status) for t in found] == [
        (("EMBARK-1",), (3000,), "planned"),
        (("EMBARK-2",), (1000,), "planned"),
    ]


def details(text: str) -> list[tuple[str, dict[str, object]]]:
    """The trials of a release: phase, and what is told of each."""
    document = linked(text)
    names = ("name", "nct", "enrollment", "sites", "country", "status")
    out = []
    for trial in find_trials(document, Focus(document)):
        fact = trial.fact(document)
        told = {n: [getattr(v, "label", v) for v in fact.qualifier(n)] for n in names}
        out.append((trial.phase, {n: v if len(v) > 1 else v[0] for n, v in told.items() if v}))
    return out


def test_details_in_parentheses() -> None:
    """What stands in the parenthesis behind a trial or its name belongs to it, a semicolon notwithstanding."""
    assert details(
        "The Phase 3 NORTH trial of AB-101 in glioma (NCT04703569; 51 men treated at 22 hospitals in Canada "
        "and Italy) is ongoing."
    ) == [
        (
            "3",
            {
                "name": "NORTH",
                "nct": "NCT04703569",
                "enrollment": 51,
                "sites": 22,
                "country": ["Canada", "Italy"],
                "status": "active",
            },
        )
    ]
    assert details(
        "The effect of AB-101 was shown in two Phase 3 trials, NORTH 1 (NCT05511909; N=789) and "
        "NORTH 2 (NCT05511922; N=772)."
    ) == [
        ("3", {"name": "NORTH 1", "nct": "NCT05511909", "enrollment": 789, "status": "completed"}),
        ("3", {"name": "NORTH 2", "nct": "NCT05511922", "enrollment": 772, "status": "completed"}),
    ]


@pytest.mark.parametrize(
    ("text", "enrollment"),
    [
        ("The Phase 3 trial of AB-101 (NCT03355911) of 1,664 women is ongoing.", 1664),
        ("A Phase 2 trial of AB-101 (target: 60 patients) is ongoing.", 60),
        ("A Phase 2 trial of AB-101 is ongoing; 60 of 90 patients have been included.", 90),
        ("AB-101 is in a single-arm Phase 2 study that will enroll up to 45 patients.", 45),
        ("AB-101 is in a Phase 1 trial. As of April 2024, 17 men had been treated at 6 mg.", 17),
        ("AB-101 is in a Phase 1 trial. We expect to enrol about 7,500 patients.", 7500),
        ("AB-101 is in a Phase 2 trial (112 patients randomized).", 112),
        ("A Phase 2 trial of AB-101 is fully enrolled with 212 patients.", 212),
        ("All 66 patients have now been randomized in the Phase 2 trial of AB-101.", 66),
        ("AB-101 is in a Phase 3 trial. The 4,500th participant has been randomised.", 4500),
        ("A Phase 1 trial of AB-101 is to treat 6-18 children.", 18),
        ("The Phase 2 trial of AB-101 has 71 of 100 patients on board.", 100),
        ("A Phase 2 trial of AB-101 began. Enrollment will include approximately 540 adults.", 540),
        ("AB-101 is in a Phase 1 trial. Three patients were treated in Cohort 1.", None),
        ("A Phase 2 trial of AB-101 continues to enroll patients, with a goal of 160.", 160),
        ("Enrollment of the Phase 2 trial of AB-101 was completed in May with 242 patients.", 242),
        ("AB-101 is in a Phase 2 trial. It will enrol about 140 patients.", 140),
        ("AB-101 was in a Phase 2 trial. In 76 patients with glioma, AB-101 halved relapses.", 76),
        ("The Phase 2 trial of AB-101 has recruited its 480 participants.", 480),
        ("AB-101 is in a Phase 2 trial. More than 1,000 patients have been dosed with AB-101 to date.", None),
        ("In a Phase 2 trial patients were randomized 2:1 to AB-101 (N=365) or placebo (N=184).", None),
        ("In January 2026 the first patient was dosed in a Phase 2 trial of AB-101.", None),
        ("85 patients were screened and 54 enrolled in the Phase 2 trial of AB-101.", 54),
        ("AB-101 is in a Phase 2 trial. Sixty patients who have failed lithium are to be randomized.", 60),
        ("AB-101 is in a Phase 1 trial. One in three patients improved.", None),
        ("AB-101 was in a Phase 2 trial. The intent-to-treat population numbered 226.", 226),
        ("AB-101 was in a Phase 2 trial. The sample size was increased to 312 patients.", 312),
        ("AB-101 was in a Phase 2 trial. Enrollment has reached 1,240 patients.", 1240),
        ("AB-101 was in a Phase 2 trial. A response in nearly three of five patients is a lot.", None),
        ("Acme provided an update on its Phase 2 trial of AB-101 in 40 patients with glioma.", 40),
        ("AB-101 was in a Phase 2 trial. It is for diseases of fewer than five in 10,000 people.", None),
        ("In this Phase 2/3 trial, participants will be assigned to AB-101.", None),
        ("In a Phase 1 trial of AB-101, the first patient was dosed in May 2024.", None),
    ],
)
def test_enrollment(text: str, enrollment: int | None) -> None:
    """How many take part, or are to; years and shares are no such numbers."""
    ((_, told),) = details(text)
    assert told.get("enrollment") == enrollment


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The approval of AB-101 rests on a Phase 3 trial in glioma.", "completed"),
        ("In the Phase 3 trial in glioma AB-101 cut the risk of relapse by 57% versus placebo.", "completed"),
        ("Acme has ended a Phase 2 trial of AB-101 for futility.", "terminated"),
        ("Acme expects to dose the first participant in a Phase 1 trial of AB-101 in May.", "planned"),
        ("A Phase 3 trial of AB-101 would require a partner.", "planned"),
        (
            "The FDA agreed to a single Phase 3 trial of AB-101; the trial is expected to start in 2030.",
            "planned",
        ),
        ("Acme has initiated patient dosing in its Phase 2 trial of AB-101.", "recruiting"),
        ("A Phase 2 trial of AB-101 has enrolled its first patient.", "recruiting"),
        ("Results of the Phase 2 trial of AB-101 are due in mid-2030.", "active"),
        ("The agency based its decision on NORTH, a Phase 3 trial of AB-101.", "completed"),
        ("In NORTH, a Phase 2 study in 27 people, AB-101 reduced relapses by 12%.", "completed"),
        ("We intend to discuss with the FDA a Phase 3 trial of AB-101 in adults.", "planned"),
        ("Acme completed a meeting with the FDA on the design of the Phase 2 trial of AB-101.", "planned"),
        ("The cleared Phase 1 trial of AB-101 will test three doses.", "planned"),
        ("The Phase 2 study of AB-101 in glioma will be terminated.", "terminated"),
        ("We are aiming to start dosing patients in the Phase 1 trial of AB-101.", "planned"),
        ("AB-101: Phase 2 data in glioma expected in 2030.", "active"),
        ("We have finalised the protocol of a Phase 3 trial of AB-101.", "planned"),
        (
            "A Phase 3 trial of AB-101, comparing it with placebo, has been recruiting since 2022.",
            "recruiting",
        ),
        ("Phase 2 trial of AB-101 in glioma: first patient dosed in May", "recruiting"),
        ("Phase 2 trial of AB-101 in glioma: enrollment completed in May", "active"),
        ("Acme presented interim data from a Phase 3 trial of AB-101.", "active"),
        ("In the ongoing Phase 2 trial AB-101 reduced relapses by 57% versus placebo.", "active"),
    ],
)
def test_status(text: str, status: str) -> None:
    """What was shown in a late trial is over; what is being prepared is a plan."""
    ((_, told),) = details(text)
    assert told["status"] == status


def test_country_by_adjective() -> None:
    """ "a European Phase 2 trial" is run in Europe; "European rights" say nothing."""
    ((_, told),) = details(
        "Acme holds European rights and will start a U.S. Phase 1 bridging study of AB-101."
    )
    assert told["country"] == "United States"


def test_name_given_later() -> None:
    """A name that stands alone is that of the drug's only nameless trial; what it tells is the trial's."""
    assert details(
        "AB-101 is in a Phase 2 trial in glioma.\n\nLYNX-01 (NCT06118734) has enrolled 112 patients at 26 sites."
    ) == [
        ("2", {"name": "LYNX-01", "nct": "NCT06118734", "enrollment": 112, "sites": 26, "status": "active"})
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Rival Pharma is developing an antibody, for which it has reported Phase 3 results in glioma.",
        "Smith A, et al. Randomized Phase 3 study of AB-101. Lancet. 2009;10(3):223-232.",
        "Acme is a company focused on running proof-of-concept trials through Phase 2.",
        "Before Acme, he designed and oversaw Phase 2 studies in glioma.",
    ],
)
def test_trials_of_others(text: str) -> None:
    """What rivals, cited papers and people in former posts did are no trials of the release's drug."""
    document = linked(text)
    assert find_trials(document, Focus(document)) == []


def test_an_eponym_is_no_owner() -> None:
    """ "Crohn's disease" does not make the trial another company's."""
    document = linked("Crohn's disease: the Phase 2b trial is ongoing.")
    assert [t.phase for t in find_trials(document, Focus(document))] == ["2b"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Topline data from the Phase 2 trial of AB-101 in glioma are expected in 2019.", "active"),
        ("Enrollment in the Phase 2 trial of AB-101 in glioma has been completed.", "active"),
        ("The first part of the Phase 2 trial of AB-101 in glioma is completed.", "active"),
        ("Screening has begun for the Phase 2 trial of AB-101 in glioma.", "recruiting"),
        ("AB-101 met the primary endpoint in the Phase 2 trial in glioma.", "completed"),
        ("The Phase 2 trial (EudraCT 2020-001234-12; jRCT2031200123) of AB-101 in glioma is enrolling.", "recruiting"),
        ("A Phase 2 trial of AB-101 in glioma is expected to begin in 2019.", "planned"),
        ("In the Phase 2 trial of AB-101 in 121 adults with glioma, it improved survival by 2.4 months.", "completed"),
        ("In the dose-escalation part of the Phase 2 trial in glioma, AB-101 was tolerated.", "active"),
        (
            "Acme announced positive results from two cohorts of the Phase 2 trial of AB-101 in glioma. "
            "The ongoing Phase 2 trial of AB-101 in glioma is led by Dr. Roe.",
            "active",
        ),
        ("AB-101 met the safety objectives of the Phase 2 trial in glioma.", "completed"),
        ("In a Phase 2 trial completed in March 2018, AB-101 was given to patients with glioma.", "completed"),
        ("The FDA has placed the Phase 2 trial of AB-101 in glioma on clinical hold.", "suspended"),
    ],
)  # fmt: skip
def test_states_of_steps(text: str, status: str) -> None:
    """Data that are expected are no plan for a trial, recruitment that is completed is not its end."""
    ((_, told),) = details(text)
    assert told["status"] == status


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("A Phase 2 trial of AB-101 in glioma is enrolling in 26 countries.", "26 countries"),
        ("A Phase 2 trial of AB-101 in glioma is enrolling in Canada and Italy.", ["Canada", "Italy"]),
        ("A Phase 2 trial of AB-101 in glioma is enrolling in Scotland.", "Scotland"),
        ("A global Phase 2 trial of AB-101 in glioma is enrolling.", "global"),
        ("In China, a partner is conducting a Phase 2 trial of AB-101 in glioma.", "China"),
        ("The study, at 45 centers in Canada, is a Phase 2 trial of AB-101 in glioma.", "Canada"),
        ("A Phase 2 trial of AB-101 in glioma began. Sites in Greater China are open.", "Greater China"),
        ("A Phase 2 trial of AB-101 in glioma began. The first patient was dosed in Kenya.", "Kenya"),
        ("A Phase 2 trial (EU CT 2024-512206-33-00) of AB-101 in glioma began.", None),
        ("Acme, a global company, runs a Phase 2 trial of AB-101 in glioma.", None),
    ],
)
def test_countries(text: str, country: object) -> None:
    """Countries by name; else how many."""
    ((_, told),) = details(text)
    assert told.get("country") == country


@pytest.mark.parametrize(
    "text",
    [
        "The Phase 2 trial of AB-101 in glioma continues to enroll (target 96).",
        "The Phase 2 trial of AB-101 in glioma (planned number of patients: 96) is ongoing.",
        "The Phase 2 trial of AB-101 in glioma is enrolling. Target enrollment is 96.",
        "The Phase 2 trial of AB-101 in glioma is ongoing; 96 patients are to be randomized.",
        "The Phase 2 trial of AB-101 in glioma is ongoing. Of 96 patients treated so far, three had a response.",
        "The Phase 2 trial of AB-101 in glioma will comprise 96 patients.",
        "Acme intends to enroll 96 patients in its planned Phase 2 trial of AB-101 in glioma in Canada.",
    ],
)
def test_sizes(text: str) -> None:
    """How many take part, or are to, in the words for it."""
    ((_, told),) = details(text)
    assert told["enrollment"] == 96


def test_disease_of_the_drug() -> None:
    """A trial that names no disease is in the one that the release says the drug is for; in none of several."""
    text = (
        "AB-101 is an antibody for the treatment of glioma.\n\nAB-101 is in a Phase 2 trial with 40 patients."
    )
    document = linked(text)
    (trial,) = find_trials(document, Focus(document))
    assert [e.label for e in trial.inferred] == ["glioma"]
    document = linked(text.replace("of glioma", "of glioma. AB-101 is also for the treatment of sarcoma"))
    (trial,) = find_trials(document, Focus(document))
    assert trial.inferred == ()


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("AB-101, in a Phase 2 trial in glioma, is not affected by the hold.", True),
        ("The hold does not affect AB-101, which remains in a Phase 2 trial in glioma.", True),
        ("The Phase 2 trial of AB-101 in glioma failed to reach its primary endpoint.", True),
        (
            "In the Phase 2 part of NORTH, a Phase 2/3 trial of AB-101 in glioma, 60 patients were treated.",
            True,
        ),
        ("Acme will not go on to a Phase 2 trial of AB-101 in glioma.", False),
        ("No further Phase 2 trial of AB-101 in glioma is needed.", False),
    ],
)
def test_what_is_denied(text: str, claimed: bool) -> None:
    """A trial is denied where its beginning is, not where something else in the sentence is."""
    (trial,) = find_trials(document := linked(text), Focus(document))
    assert trial.references[0].modality.is_claim_only is not claimed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "AB-101 and AB-202 are in Phase 2 trials in 120 and 240 patients, respectively, with glioma and sarcoma.",
            [("AB-101", "glioma", 120), ("AB-202", "sarcoma", 240)],
        ),
        (
            "Acme runs two Phase 2 trials of AB-101: one in glioma and one in sarcoma.",
            [("AB-101", "glioma", None), ("AB-101", "sarcoma", None)],
        ),
        (
            "Acme runs the Phase 3 trials NORTH-1 and NORTH-2 of AB-101 in glioma. They enrolled 612 and 598 adults.",
            [("AB-101", "glioma", 612), ("AB-101", "glioma", 598)],
        ),
        (
            "Its drugs are AB-101, an ADC in Phase 1 for glioma, and AB-202, a bispecific ADC in Phase 2 for sarcoma.",
            [("AB-101", "glioma", None), ("AB-202", "sarcoma", None)],
        ),
        (
            "AB-101 is in ongoing trials in glioma (Phase 2) and sarcoma (Phase 1).",
            [("AB-101", "glioma", None), ("AB-101", "sarcoma", None)],
        ),
        (
            "AB-101 is in Phase 3 for glioma and Phase 2 for sarcoma.",
            [("AB-101", "glioma", None), ("AB-101", "sarcoma", None)],
        ),
        (
            "Its drugs include AB-101, in Phase 1 for glioma, and AB-202, in Phase 2 for sarcoma.",
            [("AB-101", "glioma", None), ("AB-202", "sarcoma", None)],
        ),
        (
            "The combination of AB-101 and AB-202 is in a Phase 2 trial in 120 patients with glioma.",
            [("AB-101", "glioma", 120)],
        ),
        (
            "AB-101 is studied in combination with Rival's anti-PD-1 antibody AB-202 in a Phase 2 trial in glioma.",
            [("AB-101", "glioma", None)],
        ),
    ],
)
def test_several_of_one_phase(text: str, told: list[tuple[str, str, int | None]]) -> None:
    """Each of two drugs, of two diseases and of two names has its own trial; drugs given together have one."""
    document = linked(text)
    assert [
        (t.drug.label, t.indications[0].label, next(iter(t.details("enrollment")), None))
        for t in find_trials(document, Focus(document))
    ] == told


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (
            "Acme expects the first patient to be dosed in the Phase 1 trial of AB-101 in glioma in May.",
            "planned",
        ),
        (
            "The Phase 1 trial of AB-101 is to test safety. The first patient is expected to be dosed soon.",
            "planned",
        ),
        ("The first patient has been dosed in the Phase 1 trial of AB-101 in glioma.", "recruiting"),
        ("The Phase 2 trial of AB-101, which completed enrolment in May, will report next year.", "active"),
        (
            "Enrolment in NORTH, a randomized Phase 2 trial of AB-101 in glioma, was completed in May.",
            "active",
        ),
        ("The Phase 2 trial of AB-101 in glioma will not be continued.", "terminated"),
        (
            "A Phase 1 trial of AB-101 in glioma, completed in 2020 at five sites, enrolled 24 adults.",
            "completed",
        ),
        ("The application rests chiefly on NORTH, a Phase 3 trial of AB-101 in glioma.", "completed"),
        (
            "In the Phase 2 trial of AB-101 (NORTH; n=52) in glioma, sleep latency increased by 14 minutes.",
            "completed",
        ),
        ("A Phase 1b study of AB-101 in glioma is to follow.", "planned"),
        ("Subject to advice, a Phase 3 trial of AB-101 in glioma will open next year.", "planned"),
        ("Part 1 (dose escalation) of the Phase 1/2 trial of AB-101 in glioma has been completed.", "active"),
        ("AB-101 was generally well tolerated in a Phase 1 study in healthy volunteers.", "completed"),
        ("Enrolment in the Phase 2 trial of AB-101 in glioma remains open at 30 sites.", "recruiting"),
        ("The Phase 2 trial of AB-101 in glioma was withdrawn before anyone was enrolled.", "terminated"),
        ("A Phase 3 trial of AB-101 is to enrol 250 men with glioma.", "planned"),
        ("The NDA contains data of a Phase 3 trial of AB-101 in glioma.", "completed"),
        (
            "NORTH is over (NCT01234567), completed in May. This study was a Phase 2 trial of AB-101 in glioma.",
            "completed",
        ),
    ],
)
def test_state_told(text: str, status: str) -> None:
    """A start that is expected is a plan; a step that is over is not the trial's end."""
    document = linked(text)
    (trial,) = find_trials(document, Focus(document))
    told = trial.fact(document).qualifier("status")[0]
    assert told.concept == f"trial-status:{status}"


def test_trials_told_one_by_one() -> None:
    """ "One in …, the other in …" are two, and so are "trials in A and B"; of a basket there is one."""
    for text in (
        "Two Phase 3 trials of AB-101 are ongoing: one in 320 adults with glioma, and the other in sarcoma.",
        "A Phase 2 trial of AB-101 in glioma is to begin in May, and one in sarcoma by year-end.",
        "AB-101 is in Phase 2 trials in glioma and sarcoma.",
    ):
        document = linked(text)
        trials = find_trials(document, Focus(document))
        assert [[d.label for d in t.indications] for t in trials] == [["glioma"], ["sarcoma"]], text
    basket = linked("AB-101 is in Phase 1 trials in patients with glioma and sarcoma.")
    assert len(find_trials(basket, Focus(basket))) == 1


def test_named_trials_told_one_by_one() -> None:
    """Each trial of a list has what stands behind its name; names that are joined share it."""
    document = linked(
        "Two Phase 3 trials of AB-101, POLARIS-1 in 500 adults with glioma and POLARIS-2 in adolescents, are ongoing."
    )
    assert [
        (t.details("name"), t.details("population"), t.details("enrollment"))
        for t in find_trials(document, Focus(document))
    ] == [(("POLARIS-1",), ("adults",), (500,)), (("POLARIS-2",), ("adolescents",), ())]


@pytest.mark.parametrize(
    "text",
    [
        "Acme may file for AB-101 on one trial, omitting Phase 1 and Phase 2 trials.",
        "Patients with glioma may enter pivotal studies required for approval of AB-101.",
        "Acme licenses technology and conducts trials through Phase II of clinical development.",
    ],
)
def test_no_trial(text: str) -> None:
    """Trials that are left out, that are needed and that a company conducts in general are none of the release."""
    document = linked(text)
    assert find_trials(document, Focus(document)) == []


def test_phase_of_a_title() -> None:
    """A trial whose phase only the title of its section tells has what the section says of it."""
    document = linked(
        "AB-101 is a gene therapy for glioma.\n\nAbout the Phase 1/2 LIFT Trial\n"
        "LIFT is an open-label study of AB-101 in adults with glioma. Up to 16 participants will be enrolled.\n"
    )
    (trial,) = find_trials(document, Focus(document))
    assert (trial.phase, trial.details("name"), trial.details("enrollment")) == ("1/2", ("LIFT",), (16,))


@pytest.mark.parametrize(
    ("text", "trials"),
    [
        (
            "Trial | Drug | Phase | Indication | Patients | Status\n"
            "NORTH-1 | AB-101 | 3 | glioma | 450 | Recruiting\nSOUTH | AB-101 | 1b | asthma | 24 | Completed\n",
            [
                ("3", {"name": "NORTH-1", "enrollment": 450, "status": "recruiting"}),
                ("1b", {"name": "SOUTH", "enrollment": 24, "status": "completed"}),
            ],
        ),
        (
            "AB-101 is new.\n\nProduct: AB-101\nIndication: glioma\nPhase: 2b\nWhere: Spain and Poland (31 centres)\n",
            [("2b", {"sites": 31, "country": ["Spain", "Poland"], "status": "active"})],
        ),
        (
            "Acme began the NORTH and SOUTH studies with AB-101 in glioma. Both phase 3 trials will enrol 700 people.",
            [
                ("3", {"name": "NORTH", "enrollment": 700, "status": "active"}),
                ("3", {"name": "SOUTH", "enrollment": 700, "status": "active"}),
            ],
        ),
        (
            "NORTH is one of two phase III studies of AB-101 in glioma. SOUTH, in asthma, was stopped early.",
            [("3", {"name": "NORTH", "status": "active"}), ("3", {"name": "SOUTH", "status": "terminated"})],
        ),
        (
            "AB-101 (glioma, Phase 3) and AB-102 (asthma, Phase 1b) are fully enrolled.",
            [("3", {"status": "active"}), ("1b", {"status": "active"})],
        ),
    ],
)
def test_trials_of_tables_lists_and_beside_others(text: str, trials: list[object]) -> None:
    """Rows, sheets, lists of names, and phases in parentheses each tell of a trial of their own."""
    assert details(text) == trials


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("A Phase 2 trial of ABC-101 in glioblastoma goes on.", ("recurrent",)),
        ("A Phase 1 trial and a Phase 2 trial of ABC-101 in glioblastoma go on.", ()),
    ],
)
def test_population_of_the_only_trial(
    read: Callable[[str], LinkedDocument], more: str, told: tuple[str, ...]
) -> None:
    """A drug's only trial takes in those whom the release says to have its disease; of two, neither is known to."""
    document = read(
        "Acme News\n\nBOSTON, May 4, 2021 (GLOBE NEWSWIRE) -- Acme Therapeutics, Inc. develops ABC-101 for recurrent "
        f"glioblastoma. {more}\n"
    )
    assert find_trials(document, Focus(document))[0].details("population") == told


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("All patients also receive AB-202.", ["AB-202"]),
        (
            "Patients were randomized to AB-101 plus AB-202 or placebo plus AB-202.",
            ["AB-202"],
        ),
        ("In the trial, AB-101 is combined with the antibody AB-202.", ["AB-202"]),
        (
            "The trial has two arms: AB-101 as a single agent and AB-101 with AB-202.",
            ["AB-202"],
        ),
        ("AB-202 is approved in combination with AB-303.", []),
        ("Patients could receive AB-101 in combination with AB-202 in future.", []),
    ],
)
def test_what_is_given_too(text: str, partners: list[str]) -> None:
    """What is given with the drug counts where a sentence behind tells it of the trial's patients."""
    document = linked(f"Acme started a Phase 2 trial of AB-101 in glioma. {text}")
    (trial,) = find_trials(document, Focus(document))
    assert [getattr(c, "label", c) for c in trial.details("combination")] == partners
