"""`kg.extract.trial_sizes`: how many a trial takes in, its sites and its countries."""

from __future__ import annotations

import pytest

from tests.extract.trial_statements import details


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


def test_country_by_adjective() -> None:
    """ "a European Phase 2 trial" is run in Europe; "European rights" say nothing."""
    ((_, told),) = details(
        "Acme holds European rights and will start a U.S. Phase 1 bridging study of AB-101."
    )
    assert told["country"] == "United States"


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
