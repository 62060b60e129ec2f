"""`kg.extract.trial_names`: the names of trials."""

from __future__ import annotations

import pytest

from kg.extract.trial_names import trial_names
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
