"""The import rules of the project, checked: data flows one way, and each heavy library has one home."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GROUND = {"kg.errors", "kg.namespaces", "kg.model", "kg.schema", "kg.resources"}

#: module (or package prefix ending in ".") → what of ours it may import, ground apart.
MAY_IMPORT: dict[str, set[str]] = {
    **dict.fromkeys(GROUND, GROUND),
    "kg.readers.": {"kg.readers."},
    "kg.releases": {"kg.readers."},
    "kg.ontology": set(),
    "kg.vocabularies": {"kg.ontology"},
    "kg.extract.": {"kg.extract."},
    "kg.clustering": set(),
    "kg.trial_nodes": {"kg.clustering"},
    "kg.resolution": {"kg.clustering", "kg.trial_nodes"},
    "kg.quads": set(),
    "kg.store": set(),
    "kg.sparql_tokens": set(),
    "kg.columns": set(),
    "kg.column_queries": set(),
    "kg.column_evaluation": {"kg.columns", "kg.column_queries"},
    "kg.snapshots": {"kg.store", "kg.columns", "kg"},
    "kg.owl_rules": set(),
    "kg.entailment": {"kg.owl_rules"},
    "kg.reference_reasoning": {"kg.owl_rules", "kg.entailment"},
    "kg.reasoning": {"kg.store", "kg.owl_rules", "kg.entailment", "kg.reference_reasoning"},
    "kg.changes": {"kg.store"},
    "kg.places": set(),
    "kg.rdflib_graphs": {"kg.store"},
    "kg.rdf_files": set(),
    "kg.findings": {"kg.places"},
    "kg.screens": {"kg.store"},
    "kg.value_tests": {"kg.screens"},
    "kg.constraint_queries": {"kg.screens"},
    "kg.screening": {"kg.store", "kg.screens", "kg.value_tests", "kg.constraint_queries"},
    "kg.shacl": {"kg.findings", "kg.places", "kg.rdflib_graphs"},
    "kg.shapes_graph": {
        "kg.findings",
        "kg.places",
        "kg.rdf_files",
        "kg.rdflib_graphs",
        "kg.screens",
        "kg.shacl",
        "kg.store",
    },
    "kg.validation": {
        "kg.findings",
        "kg.rdflib_graphs",
        "kg.screening",
        "kg.screens",
        "kg.shacl",
        "kg.shapes_graph",
        "kg.store",
    },
    "kg.revalidation": {
        "kg.findings",
        "kg.rdflib_graphs",
        "kg.screens",
        "kg.shacl",
        "kg.shapes_graph",
        "kg.store",
        "kg.validation",
    },
    "kg.report_formats": {"kg.findings", "kg.places", "kg"},
    "kg.triage": {"kg.findings"},
    "kg.graphml": {"kg.store"},
    "kg.jsonld": set(),
    "kg.external_sort": set(),
    "kg.turtle": {"kg.store", "kg.external_sort"},
    "kg.rdf_writing": {"kg.store", "kg.jsonld", "kg.turtle", "kg.external_sort"},
    "kg.neighbourhood": {"kg.store"},
    "kg.export": {"kg.store", "kg.neighbourhood", "kg.rdf_writing"},
    "kg.result_names": set(),
    "kg.fact_view": {"kg.store", "kg.result_names"},
    "kg.annotation": {"kg.extract."},
    "kg.answers": {"kg.store"},
    "kg.conflicts": {"kg.answers", "kg.store"},
    "kg.rule_search": {"kg.store"},
    "kg.explanation": {"kg.store", "kg.fact_view", "kg.rule_search"},
    "kg.explanation_lines": {"kg.explanation", "kg.rule_search"},
    "kg.tables": {"kg.fact_view"},
    "kg.differences": {"kg.fact_view", "kg.ontology", "kg.snapshots", "kg.store", "kg.rdf_files"},
    "kg.fact_cache": set(),
    "kg.query_examples": {"kg.ontology"},
    "kg.documentation": {"kg.ontology", "kg.store"},
    "kg.withholding": {"kg.quads", "kg.store", "kg.findings"},
    "kg.written": {"kg.snapshots", "kg.store"},
    "kg.build": {"kg."},
    "kg.as_of": {"kg."},
    "kg.updates": {"kg."},
    "kg.update_job": {"kg.updates", "kg.findings"},
    "kg.calibration": {"kg."},
    "kg.pattern_words": {"kg."},
    "kg.evaluation": set(),
    "kg.cli.": {"kg."},
    "kg.python": {"kg."},
    "kg": {"kg."},
    "server.": {
        "server.",
        "kg.store",
        "kg.columns",
        "kg.column_queries",
        "kg.column_evaluation",
        "kg.sparql_tokens",
        "kg.snapshots",
        "kg.ontology",
        "kg.fact_view",
        "kg.export",
        "kg",
        "kg.documentation",
        "kg.explanation",
    },
}

#: library → modules that may import it.
HOMES: dict[str, set[str]] = {
    "spacy": {"kg.extract."},
    "owlrl": {"kg.reference_reasoning"},
    "pyshacl": {"kg.shacl"},
    "rdflib": {
        "kg.reference_reasoning",
        "kg.shacl",
        "kg.shapes_graph",
        "kg.validation",
        "kg.rdflib_graphs",
        "kg.revalidation",
        "kg.python",
    },
    "click": {"kg.cli.", "server.cli"},
    "flask": {"server."},
    "gunicorn": {"server."},
    "selectolax": {"kg.readers.html"},
    "markdown_it": {"kg.readers.markdown"},
    "pypdfium2": {"kg.readers.pdf"},
}


def modules() -> Iterator[tuple[str, Path]]:
    for package in ("kg", "server"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imports(path: Path, module: str) -> set[str]:
    """Dotted names that a file imports, also inside functions; TYPE_CHECKING blocks included."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                up = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*up, base]) if base else ".".join(up)
            for alias in node.names:
                target = f"{base}.{alias.name}"
                found.add(target if (ROOT / Path(*target.split("."))).with_suffix(".py").exists() else base)
    return found


def matches(name: str, patterns: set[str]) -> bool:
    return any(
        name == p or (p.endswith(".") and (name.startswith(p) or name == p.rstrip("."))) for p in patterns
    )


def rule_for(module: str) -> set[str]:
    if module in MAY_IMPORT:
        return MAY_IMPORT[module]
    prefix = max((p for p in MAY_IMPORT if p.endswith(".") and matches(module, {p})), key=len)
    return MAY_IMPORT[prefix]


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=lambda v: v if isinstance(v, str) else "")
def test_layers(module: str, path: Path) -> None:
    """A module imports only what its layer allows."""
    ours = {name for name in imports(path, module) if name.split(".")[0] in ("kg", "server")}
    forbidden = {name for name in ours if not matches(name, rule_for(module) | GROUND)}
    assert not forbidden, f"{module} may not import {sorted(forbidden)}"


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=lambda v: v if isinstance(v, str) else "")
def test_heavy_libraries_have_one_home(module: str, path: Path) -> None:
    """A library that is heavy or could be swapped is imported in its home alone."""
    for name in imports(path, module):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or matches(module, homes), (
            f"{module} imports {name}; its home is {sorted(homes)}"
        )


def test_relation_files_do_not_know_each_other() -> None:
    """One subject's rules never import another's."""
    folder = ROOT / "kg" / "extract" / "relations"
    for path in folder.glob("*.py"):
        module = f"kg.extract.relations.{path.stem}"
        if path.stem != "__init__":
            others = {n for n in imports(path, module) if n.startswith("kg.extract.relations.")}
            assert not others, f"{module} imports {others}"


def test_only_the_store_opens_a_store() -> None:
    """pyoxigraph's terms are everywhere, its Store only in kg/store.py."""
    for module, path in modules():
        tree = ast.parse(path.read_text("utf-8"))
        uses = [n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr == "Store"]
        assert not uses or module == "kg.store", f"{module} opens a store"


def test_importing_kg_is_light() -> None:
    """Importing the package or the command line loads no heavy library."""
    code = (
        "import sys, kg, kg.cli; "
        "print(*({'spacy', 'pyshacl', 'rdflib', 'owlrl', 'flask', 'rich', 'gunicorn',"
        " 'selectolax', 'markdown_it', 'pypdfium2'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == ""
