"""Writes make a new snapshot or change nothing; the default graph stays the merge of the named ones."""

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import InputError, NoSnapshot, PublishRefused, QueryError
from kg.findings import Report, Severity
from kg.namespaces import INFERRED_GRAPH, PREFIXES, REPORT_GRAPH, WRITTEN_GRAPH, Minter
from kg.snapshots import Manifest, Snapshots
from kg.store import Dataset
from kg.updates import Changed, Document, GraphWrite, NotWritable, SparqlUpdate, Written, write
from kg.validation import validate

ONE, TWO = "http://x/one", "http://x/two"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published graph of four quads in two named graphs, one triple in both."""
    folder = tmp_path_factory.mktemp("published")
    publish(folder, f"GRAPH <{ONE}> {{ <a:s> <a:p> 1 , 2 }} GRAPH <{TWO}> {{ <a:s> <a:p> 2 , 3 }}")
    return folder


@pytest.fixture
def checked(published: Path, tmp_path: Path) -> Path:
    """A copy of it, to write to."""
    return shutil.copytree(published, tmp_path / "data")


@pytest.fixture
def data(checked: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same without inference and validation, a second each time, where they are not what is tested."""
    monkeypatch.setattr("kg.updates.complete", lambda dataset, minter, **_: Report(()))
    monkeypatch.setattr("kg.updates.rules_digest", lambda: "rules")
    return checked


def publish(data: Path, quads: str) -> None:
    store = Dataset.in_memory()
    store.update(f"INSERT DATA {{ {quads} }}")
    with Snapshots(data).draft() as draft:
        draft.dataset.add(store.quads_for())
        draft.publish(Manifest.of(draft.dataset, base=Minter().base))


def update(data: Path, text: str, **more: tuple[str, ...]) -> Written:
    return write(data, SparqlUpdate(text, **more))


def held(data: Path, graph: str | None = None) -> set[str]:
    """The numbers in a graph, the default graph if none is named."""
    quads = Snapshots(data).current().open().quads(graph)
    return {q.object.value for q in quads if isinstance(q.object, ox.Literal) and q.object.value.isdigit()}


def document(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "document.ttl"
    path.write_text(text)
    return Document(path, "text/turtle", "http://x/base")


def test_insert_into_a_named_graph(data: Path) -> None:
    """What is put into a named graph is in the default graph too, in a new snapshot."""
    before = Snapshots(data).current_id()
    done = update(data, f"INSERT DATA {{ GRAPH <{ONE}> {{ <a:s> <a:p> 4 }} }}")
    assert (done.changed, done.created) == (True, ())
    assert done.snapshot == Snapshots(data).current_id() != before
    assert held(data, ONE) == {"1", "2", "4"}
    assert held(data) == {"1", "2", "3", "4"}


def test_insert_into_the_default_graph(data: Path) -> None:
    """What is put into the default graph gets a graph of its own, so that it has a place to come from."""
    assert update(data, "INSERT DATA { <a:s> <a:p> 9 , 1 }").created == (WRITTEN_GRAPH,)
    assert held(data, WRITTEN_GRAPH) == {"9"}
    assert held(data) == {"1", "2", "3", "9"}


def test_delete_from_a_named_graph(data: Path) -> None:
    """A triple leaves the default graph with the last named graph that has it."""
    update(data, f"DELETE DATA {{ GRAPH <{ONE}> {{ <a:s> <a:p> 1 , 2 }} }}")
    assert (held(data, ONE), held(data)) == (set(), {"2", "3"})


def test_delete_from_the_default_graph(data: Path) -> None:
    """What is taken out of the default graph goes from every graph."""
    update(data, "DELETE WHERE { ?s ?p 2 }")
    assert (held(data, ONE), held(data, TWO), held(data)) == ({"1"}, {"3"}, {"1", "3"})


def test_operations_see_each_other(data: Path) -> None:
    """An operation sees what those before it did, in the default graph too; the same again changes nothing."""
    text = (
        f"CLEAR ALL ; INSERT DATA {{ GRAPH <{ONE}> {{ <a:s> <a:p> 1 }} }} ; "
        f"INSERT {{ GRAPH <{TWO}> {{ ?s <a:p> 7 }} }} WHERE {{ ?s <a:p> 1 }}"
    )
    update(data, text)
    assert (held(data, ONE), held(data, TWO), held(data)) == ({"1"}, {"7"}, {"1", "7"})
    assert not update(data, text).changed


@pytest.mark.parametrize(
    ("operation", "one", "two"),
    [
        (f"CLEAR GRAPH <{ONE}>", set(), {"2", "3"}),
        (f"DROP GRAPH <{ONE}>", set(), {"2", "3"}),
        (f"COPY <{ONE}> TO <{TWO}>", {"1", "2"}, {"1", "2"}),
        (f"MOVE <{ONE}> TO <{TWO}>", set(), {"1", "2"}),
        (f"ADD <{ONE}> TO <{TWO}>", {"1", "2"}, {"1", "2", "3"}),
        ("CLEAR DEFAULT", set(), set()),
        ("DROP ALL", set(), set()),
    ],
)
def test_graph_management(data: Path, operation: str, one: set[str], two: set[str]) -> None:
    """SPARQL 1.1 Update §3.2: the default graph is what the named ones hold afterwards."""
    update(data, operation)
    assert (held(data, ONE), held(data, TWO), held(data)) == (one, two, one | two)


def test_an_empty_graph_is_a_graph(data: Path) -> None:
    """CREATE and CLEAR leave an empty graph, DROP none."""
    update(data, f"CREATE GRAPH <a:new> ; CLEAR GRAPH <{ONE}> ; DROP GRAPH <{TWO}>")
    assert set(Snapshots(data).current().open().graphs()) >= {"a:new", ONE}
    assert TWO not in Snapshots(data).current().open().graphs()


def test_using(data: Path) -> None:
    """The dataset of the protocol replaces the default graph of the patterns."""
    text = "INSERT { GRAPH <a:copy> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    update(data, text, using=(TWO,))
    assert held(data, "a:copy") == {"2", "3"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("INSERT DATA { <a:s>\n <a:p> }", 2),
        ("CLEAR ALL ; CLEAR XYZ", 1),
        ("LOAD <http://127.0.0.1:1/>", None),
        ("INSERT { ?s ?p 5 } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", None),
        ("DROP GRAPH <a:none>", None),
        ("CREATE GRAPH <http://x/one>", None),
    ],
)
def test_what_cannot_be_done_changes_nothing(data: Path, text: str, place: int | None) -> None:
    """A malformed, refused or failing update leaves the snapshot, and says where it is wrong."""
    before = Snapshots(data).current_id()
    with pytest.raises(QueryError) as caught:
        update(data, text)
    assert caught.value.line == place
    assert Snapshots(data).current_id() == before
    assert not [path for path in (data / "snapshots").iterdir() if path.name.startswith(".")]


def test_shapes_guard_the_graph(checked: Path) -> None:
    """What violates a shape is refused with the report."""
    before = Snapshots(checked).current_id()
    with pytest.raises(PublishRefused) as caught:
        update(checked, f"INSERT DATA {{ <http://x/drug> a <{PREFIXES['rkg']}Drug> }}")
    assert "http://x/drug" in caught.value.details
    assert caught.value.report is not None
    assert Snapshots(checked).current_id() == before


def test_what_has_not_changed_is_not_validated_again(checked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write after one that was validated looks at what changed; its report is that on the whole."""
    drug = "a rkg:Drug ; skos:prefLabel 'X' ; skos:altLabel 'X'"
    prologue = "".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in ("rkg", "skos"))
    rest = ", ".join(map(str, range(100)))
    update(
        checked,
        f"{prologue} INSERT DATA {{ <http://x/1> {drug} . <http://x/2> {drug} . <a:s> <a:p> {rest} }}",
    )
    monkeypatch.delattr("kg.build.validate")
    update(
        checked,
        f"{prologue} DELETE DATA {{ <http://x/2> skos:altLabel 'X' }} ; INSERT DATA {{ <http://x/3> {drug} }}",
    )
    snapshot = Snapshots(checked).current()
    whole = validate(snapshot.open())
    assert {finding.focus.value for finding in whole.findings} == {"http://x/1", "http://x/3"}
    assert set(whole.quads()) == set(snapshot.open().quads(REPORT_GRAPH))
    assert snapshot.manifest.validation.warnings == whole.count(Severity.WARNING)


def test_lost_updates_are_refused(data: Path) -> None:
    """A writer that saw another snapshot is told so."""
    seen = Snapshots(data).current_id()
    update(data, "INSERT DATA { <a:s> <a:p> 9 }")
    with pytest.raises(Changed, match="not " + seen):
        write(data, SparqlUpdate("CLEAR ALL"), expected=[seen])
    assert "9" in held(data)


def test_put_post_and_delete_a_graph(data: Path, tmp_path: Path) -> None:
    """The Graph Store Protocol's writes: replace, merge, remove."""
    doc = document(tmp_path, "<> <p> 8 , [ <q> 9 ] .")
    assert write(data, GraphWrite("a:g", (doc,), replace=True)).created == ("a:g",)
    assert held(data, "a:g") == {"8", "9"}
    assert not write(data, GraphWrite(ONE, (document(tmp_path, "<a:s> <a:p> 1 ."),))).changed
    write(data, GraphWrite(ONE, (document(tmp_path, "<a:s> <a:p> 5 ."),), replace=True))
    assert (held(data, ONE), held(data)) == ({"5"}, {"2", "3", "5", "8", "9"})
    assert write(data, GraphWrite(ONE, None)).removed
    assert held(data) == {"2", "3", "8", "9"}
    assert not write(data, GraphWrite(ONE, None)).changed


def test_two_documents_share_no_blank_node(data: Path, tmp_path: Path) -> None:
    """The same label in two documents means two things."""
    for number in (1, 2):
        write(data, GraphWrite("a:g", (document(tmp_path, f"_:x <a:p> {number} ."),)))
    subjects = {quad.subject for quad in Snapshots(data).current().open().quads("a:g")}
    assert len(subjects) == 2


def test_conditions_on_graphs(data: Path, tmp_path: Path) -> None:
    """Only if it is there, only if it is not."""
    doc = document(tmp_path, "<a:s> <a:p> 1 .")
    with pytest.raises(Changed, match="is there"):
        write(data, GraphWrite(ONE, (doc,), replace=True, present=False))
    with pytest.raises(Changed, match="not there"):
        write(data, GraphWrite("a:none", (doc,), present=True))


def test_derived_graphs_are_not_written(data: Path, tmp_path: Path) -> None:
    """What is made from the others would be gone with the next write."""
    with pytest.raises(NotWritable):
        write(data, GraphWrite(INFERRED_GRAPH, (document(tmp_path, "<a:s> <a:p> 1 ."),)))


@pytest.mark.parametrize("text", ["<a:s> <a:p>", "<not an iri> <a:p> 1 ."])
def test_a_malformed_document(data: Path, tmp_path: Path, text: str) -> None:
    """Its place is named."""
    with pytest.raises(QueryError) as caught:
        write(data, GraphWrite(ONE, (document(tmp_path, text),)))
    assert caught.value.line == 1


def test_a_document_of_graphs(data: Path, tmp_path: Path) -> None:
    """A graph is put, not a dataset."""
    path = tmp_path / "d.trig"
    path.write_text("GRAPH <a:g> { <a:s> <a:p> 1 }")
    with pytest.raises(InputError, match="named graphs"):
        write(data, GraphWrite(ONE, (Document(path, "application/trig", "http://x/"),)))


def test_nothing_published(tmp_path: Path) -> None:
    """Before the first build there is nothing to write to, and nothing is left behind."""
    with pytest.raises(NoSnapshot):
        update(tmp_path, "CLEAR ALL")
    assert list(tmp_path.iterdir()) == []
