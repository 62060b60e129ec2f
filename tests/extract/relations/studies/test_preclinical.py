"""`kg.extract.relations.studies.preclinical`: studies in animals."""

from __future__ import annotations

from tests.extract.relations.studies.reading import found, shown, values
from tests.extract.relations.studies.test_trials import trials


def test_preclinical_study() -> None:
    """A paragraph about animals is one study with its cell line, sample, doses, control and results."""
    (fact,) = found(
        "In the first study, 20 mice were injected with glioma cells (U87-MG). They received "
        "AB-101 (5 mg/kg) or a control group of "
        "AB-000 (N=8 per group). Tumor burden was reduced by 50 percent in the AB-101 arm.",
        "preclinical_study",
    )
    assert shown(fact) == "glioma"
    assert {n: values(fact, n) for n in ("cell_line", "organism", "n", "dose", "control", "result")} == {
        "cell_line": ["U87-MG"],
        "organism": ["mouse"],
        "n": [8],
        "dose": ["5 mg/kg"],
        "control": ["AB-000"],
        "result": ["tumor burden reduction 50%"],
    }


def test_preclinical_study_is_no_trial() -> None:
    """Mice make no clinical trial."""
    assert not trials("Mice bearing glioma tumors were treated with AB-101.")


def test_animals_and_resistance_of_a_model() -> None:
    """All animals beside those of a group; why the model resists."""
    (fact,) = found(
        "In the study, 20 mice were injected with sarcoma cells (XX-12) and received AB-101 (N=8 per group). "
        "The model was selected for the resistance mechanisms these cells exhibit, specifically P-gp efflux pumps.",
        "preclinical_study",
    )
    assert (values(fact, "n"), values(fact, "animals")) == ([8], [20])
    assert values(fact, "mechanism") == ["P-gp efflux pumps"]
