"""`kg.extract.trials`: which words are one trial, and which trials are the release's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.focus import Focus
from kg.extract.linked import LinkedDocument
from kg.extract.trials import find_trials
from tests.extract.relations.linked import linked
from tests.extract.trial_statements import details


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
        "AB-101 is a tablet; dexamethasone was in Phase 3 trials in glioma.",
        "Another antibody, of Rival Pharma, has been in Phase 1.",
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
