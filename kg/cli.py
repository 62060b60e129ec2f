"""The command `kg`: arguments in, data on stdout, talk on stderr; no logic of its own.

Heavy libraries are imported by the commands that need them, so that `kg --help` answers at once.  Other packages
join commands through the entry-point group `kg.commands`; `kg serve` and `kg up` come that way.
"""

from __future__ import annotations

import errno
import gzip
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeVar

import click

from kg import __version__
from kg.errors import InputError, PublishRefused, QueryError, ReleaseKgError
from kg.namespaces import PREFIXES, PROJECT, VOCABULARY, compact

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.explanation import Explainer, Line
    from kg.fact_view import FactLine
    from kg.store import QueryResult
    from kg.validation import Report, Severity

T = TypeVar("T")
Decorated = TypeVar("Decorated", bound=Callable[..., object])

_GROUP: Final = "kg.commands"
_INTERRUPTED: Final = 130  # 128 + SIGINT, as shells have it
_PIPE_CLOSED: Final = 141  # 128 + SIGPIPE
_TABLES: Final = ("table", "json", "csv", "tsv", "xml")
_GRAPHS: Final = ("turtle", "ntriples", "jsonld", "rdfxml")
_EXPORTS: Final = ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml")
_TABLE_NAMES: Final = ("pipeline", "designations", "trials", "deals", "milestones")
_SPECIAL: Final = ("ontology", "vocabulary", "inferred", "conflicts", "report")
_REPORTS: Final = ("text", "json", "turtle", "junit", "sarif", "github", "gitlab", "html")
_SEVERITIES: Final = ("violation", "warning", "info")
_WIDEST_CELL: Final = 80


class _CouldNotTell(click.ClickException):
    """An error of ours as click shows it: in one line."""

    exit_code = 2


class _Refused(_CouldNotTell):
    """The same where the answer is no."""

    exit_code = 1


class _Commands(click.Group):
    """Our commands and those that joined; every expected failure is one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Ours in the order of use, then the others by name."""
        return [*self.commands, *sorted(_joined().keys() - self.commands.keys())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a joined command only when it is asked for."""
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        entry = _joined().get(cmd_name)
        return None if entry is None else _load(entry)

    def invoke(self, ctx: click.Context) -> Any:
        """Run, turning errors into one line, and a closed pipe or Ctrl-C into silence."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except PublishRefused as error:
            click.echo(error.details, err=True)
            raise _Refused(str(error)) from error
        except ReleaseKgError as error:
            raise _CouldNotTell(str(error)) from error
        except KeyboardInterrupt:
            ctx.exit(_INTERRUPTED)
        except OSError as error:
            if error.errno == errno.EPIPE:
                # What is still buffered goes nowhere, instead of failing again when the interpreter ends.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                ctx.exit(_PIPE_CLOSED)
            where = error.filename or "output"
            raise _CouldNotTell(f"{where}: {error.strerror or error}") from error
        return result


def _joined() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=_GROUP)}


def _load(entry: EntryPoint) -> click.Command:
    """A joined command; one that cannot be loaded says so when it is called, and hides no other."""
    try:
        command = entry.load()
    except (ImportError, AttributeError) as error:
        reason = f"{entry.name} ({entry.value}) cannot be loaded: {error}"

        def fail() -> None:
            raise InputError(reason)

        return click.Command(entry.name, callback=fail, short_help="(cannot be loaded)", params=[])
    assert isinstance(command, click.Command)
    return command


def _data_option(command: Decorated) -> Decorated:
    return click.option(
        "--data",
        type=click.Path(path_type=Path),
        envvar="KG_DATA",
        default="data",
        show_default=True,
        show_envvar=True,
        help="Where the snapshots are.",
    )(command)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Exit codes:
  0  done; the graph or the files conform
  1  the graph or the files do not conform, or publishing was refused
  2  could not tell: wrong usage, unreadable input, nothing built yet
\b
Start here:
  kg up                              build the bundled releases, serve them
  kg build RELEASES/ --data DIR      build your own
  kg query --list                    questions that come with the graph
""",
)
@click.version_option(__version__, prog_name="releasekg")
def main() -> None:
    """Turn drug-development press releases into a knowledge graph in which every statement keeps its sentence.

    Data goes to stdout, everything else to stderr.  `kg COMMAND --help` explains each command.
    """


@main.command(short_help="Read releases and publish their graph.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@_data_option
@click.option(
    "--base", default=PROJECT, show_default=True, help="Base of the IRIs of what the releases speak of."
)
@click.option(
    "--strict",
    is_flag=True,
    help="Stop at a release that cannot be read and at a statement that violates a shape, instead of leaving it out.",
)
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="Snapshots to keep, the new one included.",
)
def build(paths: tuple[Path, ...], data: Path, base: str, strict: bool, keep: int) -> None:
    """Read releases and publish the graph of what they state.

    PATH is a release (.txt, .md, .html, .pdf) or a folder of them.  The graph is built beside the published one,
    checked against ontology and shapes, and takes its place in one step only when it conforms.  A statement that
    violates a shape is withheld, with a warning that names its file and line.  Where no statement is to blame, or
    with --strict: exit code 1, the findings on stderr, and nothing has changed.

    \b
    Example:
      kg build seeds --data data
    """
    from kg.build import build as run

    started = time.monotonic()
    report = run(paths, data, base=base, strict=strict, keep=keep, track=_track)
    for failed in report.failed:
        click.echo(f"Warning: {failed}: left out", err=True)
    for left in report.withheld:
        click.echo(f"Warning: {left}", err=True)
    for release in report.undated:
        click.echo(f"Warning: {release}: no date found; in no view as of a date", err=True)
    left_out = f", {len(report.failed)} left out" if report.failed else ""
    click.echo(
        f"Read {_number(report.read, 'release')}{left_out}: {_number(report.facts, 'fact')}, "
        f"{_number(report.triples, 'triple')}; {report.report.summary()}.\n"
        f"Published {report.snapshot.id} in {data} after {time.monotonic() - started:.1f} s.",
        err=True,
    )


@main.command(short_help="Print what the graph states, one JSON line each.")
@_data_option
@click.option("--release", metavar="ID", help="Only of this release (its file's name without extension).")
@click.option(
    "--entity", metavar="IRI", help="Only about this thing; a CURIE such as agency:fda does as well."
)
def facts(data: Path, release: str | None, entity: str | None) -> None:
    """Print what the graph states, one JSON object a line, read back out of the RDF.

    Each line has the release, the relation (rel), subject and object (s, o) with their IRIs and other names,
    qualifiers (q), modality, confidence, and the evidence: character offsets into the release and the words.

    \b
    Example:
      kg facts | jq -r 'select(.rel == "designation") | [.s, .o, .q.agency] | @tsv'
    """
    from kg.fact_view import facts as read
    from kg.snapshots import Snapshots

    snapshot = Snapshots(data).current()
    ids = [record.id for record in snapshot.manifest.releases]
    if release is not None and release not in ids:
        raise InputError(f"{release}: no such release in {data}; there are {_listed(ids)}")
    _print_facts(read(snapshot.open(), release=release, entity=None if entity is None else _iri(entity)))


@main.command(short_help="Print what single releases state, building nothing.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--explain",
    "explained",
    is_flag=True,
    help="Print the text instead, under each sentence what it states, by which rule, and what it names.",
)
@_data_option
def extract(files: tuple[Path, ...], explained: bool, data: Path) -> None:
    """Print what single releases state, without building anything.

    The lines are those of `kg facts`.  Vocabularies imported into DATA (`kg vocab`) are used as in a build.

    \b
    Examples:
      kg extract release.txt | jq .
      kg extract release.txt --explain | less
    """
    from kg.build import explained_text, read_facts
    from kg.releases import find_releases, read_release

    releases = [read_release(path) for path in find_releases(files)]
    if explained:
        _print_lines(explained_text(releases, data=data))
    else:
        _print_facts(read_facts(releases, data=data, track=_track))


@main.command(short_help="Show why a statement is in the graph.")
@click.argument("subject", metavar="IRI")
@click.argument("predicate_and_object", nargs=-1, metavar="[PREDICATE OBJECT]")
@_data_option
def explain(subject: str, predicate_and_object: tuple[str, ...], data: Path) -> None:
    """Show what a thing's statements, or one triple, rest on: the sentences, or the rule and its premises.

    With IRI alone: what the releases say about it, each statement with its sentences (file:line:column).  With
    PREDICATE and OBJECT: why that triple is there; for an inferred one the OWL 2 RL rule and its premises, down to
    sentences.  Terms are IRIs, CURIEs (agency:fda, rkg:develops), or paths below the base (drug/clr-131); an OBJECT
    that is none of them is a literal.

    Exit code 0 when it is explained, 1 when it is not in the graph, 2 when that cannot be told.

    \b
    Examples:
      kg explain drug/clr-131
      kg explain drug/clr-131 rkg:studiedFor disease:multiple-myeloma
    """
    from kg.explanation import Explainer, entity_lines
    from kg.snapshots import Snapshots

    if len(predicate_and_object) not in (0, 2):
        raise click.UsageError("Give an IRI alone, or subject, predicate and object.")
    snapshot = Snapshots(data).current()
    explainer = Explainer(snapshot.open())
    base = snapshot.manifest.base
    iri = _named(subject, base)
    if predicate_and_object:
        _explain_triple(explainer, iri, *predicate_and_object, base=base)
    elif explainer.mentions(iri) == 0:
        raise _Refused(f"{compact(iri)}: not in the graph")
    else:
        _print_lines(entity_lines(explainer, iri))


@main.command(short_help="Score extraction against annotated releases.")
@click.argument("gold", type=click.Path(path_type=Path), metavar="FOLDER")
@click.option(
    "--facts",
    "facts_file",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Score these lines of `kg facts` instead of extracting anew; - for stdin.",
)
@click.option(
    "--relations", default="", metavar="R1,R2", help="Only these relations.  [default: all in gold]"
)
@click.option("--errors", default=0, metavar="N", help="Show up to N mistakes of each kind and relation.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def evaluate(gold: Path, facts_file: Path | None, relations: str, errors: int, as_json: bool) -> None:
    """Score extraction against annotated releases: precision, recall, qualifiers, traps.

    FOLDER holds releases and, beside each, its gold facts (<name>.json; the format is described in
    tests/gold/README.md of the repository).

    \b
    Example:
      kg evaluate tests/gold/development --errors 3
    """
    from kg.build import read_facts
    from kg.evaluation import evaluate as compare
    from kg.evaluation import load_gold, load_lines
    from kg.releases import find_releases, read_release

    wanted = load_gold(gold)
    if facts_file is not None:
        lines = load_lines(facts_file)
    else:
        releases = [read_release(path) for path in find_releases([gold])]
        lines = [line.as_json() for line in read_facts(releases, track=_track)]
    result = compare(wanted, lines, relations=[r for r in relations.split(",") if r])
    click.echo(result.as_json() if as_json else result.as_text(errors=errors), nl=False)


@main.command(short_help="Check the graph, or RDF files, against SHACL.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@_data_option
@click.option(
    "--shapes",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="SHACL shapes to check against, instead of those that come with the project; may be repeated.",
)
@click.option(
    "--format", "format_", type=click.Choice(_REPORTS), default="text", show_default=True, help="Of stdout."
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write the report to a file too, in any of the formats; may be repeated.",
)
@click.option(
    "--fail-on",
    type=click.Choice(_SEVERITIES),
    default="violation",
    show_default=True,
    help="The mildest severity for which the exit code is 1.",
)
@click.option(
    "--severities",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="TOML file of severities of your own: [severity], then lines such as "
    '\'"rkgs:Cohort-name" = "warning"\'; a shape or a kind of constraint, and violation, warning, info or ignore.',
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Findings that are known: they are left out, so that only new ones fail.",
)
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the findings as a baseline, and exit with 0.",
)
@click.option(
    "--infer",
    "with_inference",
    is_flag=True,
    help="Check the files with what OWL 2 RL infers from them and the ontology; a snapshot holds that already.",
)
@click.option(
    "--sources",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the release files, for findings to name them as they lie there.",
)
@click.pass_context
def validate(
    ctx: click.Context,
    files: tuple[Path, ...],
    data: Path,
    shapes: tuple[Path, ...],
    format_: str,
    reports: tuple[str, ...],
    fail_on: str,
    severities: Path | None,
    baseline: Path | None,
    write_baseline: Path | None,
    with_inference: bool,
    sources: Path | None,
) -> None:
    """Check the published graph, or RDF files, against the SHACL shapes.

    PATH is an RDF file, or a folder of them; all are checked together, as one graph; ontology and vocabulary need
    not be among them.  Formats are told by extension: .ttl .nt .nq .trig .rdf .xml .jsonld .owl.

    Each finding names the node, the shape, the remedy, file:line:column of the node and, where there is one, the
    release's sentence with its place.  Exit code 0 when it conforms, 1 when it does not, 2 when that cannot be told
    (a file that is no RDF, shapes that are no shapes).

    \b
    Examples:
      kg validate
      kg validate mine.ttl --fail-on warning --format github
      kg validate graph/ --report sarif=shacl.sarif --report junit=shacl.xml --baseline known.json
    """
    from kg import triage
    from kg.validation import Severity

    written = [_report_option(option) for option in reports]
    profile = {} if severities is None else triage.read_profile(severities)
    if files:
        report = _validated_files(files, shapes, profile, with_inference=with_inference)
    else:
        report = _validated_snapshot(data, shapes, profile)
    if sources is not None:
        report = report.with_sources(sources)
    if write_baseline is not None:
        triage.write_baseline(report, write_baseline)
        known = _number(len(report.findings), "finding")
        click.echo(f"Wrote {known} to {write_baseline}: from now on known.", err=True)
        return
    if baseline is not None:
        report = triage.without_known(report, baseline)
    severity = Severity[fail_on.upper()]
    for name, path in written:
        with _output(path) as out:
            _write_report(report, name, out, fail_on=severity)
    _write_report(report, format_, _stdout(), fail_on=severity)
    if not report.conforms_at(severity):
        ctx.exit(1)


@main.command(short_help="Ask the graph a SPARQL query.")
@click.argument("query", required=False)
@_data_option
@click.option(
    "--file",
    "-f",
    "file",
    type=click.Path(path_type=Path),
    help="File that holds the query; - for standard input.",
)
@click.option("--list", "list_", is_flag=True, help="List the questions that come with the graph.")
@click.option(
    "--format",
    "format_",
    type=click.Choice([*_TABLES, *_GRAPHS]),
    help="table, json, csv, tsv, xml for SELECT and ASK; turtle, ntriples, jsonld, rdfxml for CONSTRUCT and "
    "DESCRIBE.  [default: table or turtle]",
)
def query(query: str | None, data: Path, file: Path | None, list_: bool, format_: str | None) -> None:
    """Ask the published graph a SPARQL query.

    QUERY is SPARQL, or the name of a question that comes with the graph (--list).  The project's prefixes (rkg:,
    phase:, skos: …) need no declaration.  A table cuts long values and shortens IRIs; the other formats do not.

    \b
    Examples:
      kg query drugs-by-phase
      kg query 'SELECT ?drug ?name { ?drug a rkg:Drug ; skos:prefLabel ?name }'
      kg query -f question.rq --format csv > answer.csv
    """
    from kg.ontology import named_queries
    from kg.snapshots import Snapshots

    if list_:
        for named in named_queries():
            click.echo(f"{named.name:<40} {named.question}")
        return
    if (query is None) == (file is None):
        raise click.UsageError("Give a query, the name of one (--list), or --file.")
    text = _query_text(query, file)
    dataset = Snapshots(data).current().open()
    with _killable():
        _print_result(dataset.query(text, prefixes=PREFIXES), format_)


@main.command(short_help="Show what changed between two states.")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@_data_option
@click.option(
    "--format", "format_", type=click.Choice(["text", "json", "patch"]), default="text", show_default=True
)
@click.option("--release", metavar="ID", help="Only what this release states.")
@click.option(
    "--ignore",
    default="",
    metavar="F1,F2",
    help="Differences that do not count: s, o, q, modality, confidence, evidence; joined by commas.",
)
@click.pass_context
def diff(
    ctx: click.Context, before: str, after: str, data: Path, format_: str, release: str | None, ignore: str
) -> None:
    """Show what was added, withdrawn and changed from A to B, each fact with its sentence.

    A and B are each a data directory, a snapshot of DATA (its id, or the number it begins with), a file of RDF, or a
    file of `kg facts` (.jsonl).  Facts are compared in words; where both sides are RDF, triples too, the validation
    report apart.  patch is RDF Patch, a transaction that makes B of A.

    Exit code 0 when they are the same, 1 when they differ, 2 when that cannot be told.

    \b
    Examples:
      kg diff 1 2
      kg diff last-week/ data/ --ignore confidence
      kg diff main.ttl branch.ttl --format json
    """
    from kg.differences import compare, open_side

    ignored = [name.strip() for name in ignore.split(",") if name.strip()]
    difference = compare(open_side(before, data), open_side(after, data), release=release, ignore=ignored)
    text = {"json": difference.as_json, "patch": difference.as_patch}.get(format_, difference.as_text)()
    _stdout().write(text.encode())
    if difference:
        ctx.exit(1)


@main.command(short_help="Write the graph as RDF, the same bytes each time, or as tables.")
@_data_option
@click.option(
    "--format",
    "format_",
    type=click.Choice([*_EXPORTS, "graphml", "csv"]),
    help="[default: as the extension of --output says, else turtle]",
)
@click.option(
    "--graph", metavar="NAME", help="One graph alone: a release's id, " + ", ".join(_SPECIAL) + ", or an IRI."
)
@click.option(
    "--with",
    "include",
    metavar="NAMES",
    default="",
    help="Also write these graphs beside the releases: "
    + ", ".join(_SPECIAL)
    + "; joined by commas.  With --entity "
    "also evidence: the assertions behind its statements, and their sentences.",
)
@click.option(
    "--entity", metavar="IRI", help="Only what is linked to this thing: an IRI, a CURIE, or drug/clr-131."
)
@click.option(
    "--depth",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="How many links away, with --entity.",
)
@click.option(
    "--table",
    type=click.Choice(_TABLE_NAMES),
    help="One table as CSV, each row with its sentence.  [default with csv: all of them, into the folder --output]",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="File to write, compressed if its name ends in .gz; standard output by default.",
)
def export(
    data: Path,
    format_: str | None,
    graph: str | None,
    include: str,
    entity: str | None,
    depth: int,
    table: str | None,
    output: Path | None,
) -> None:
    """Write the graph as RDF: by default everything that the releases state.  Or as tables for a spreadsheet.

    The same graph gives the same bytes, in every format.  Turtle, N-Triples, JSON-LD and RDF/XML hold the union of
    the graphs, each triple once; TriG and N-Quads say which release each triple is from; GraphML holds the things and
    the links between them.  Tables hold what is stated as fact or plan, never hopes or denials.

    \b
    Examples:
      kg export -o graph.ttl.gz
      kg export --format trig --with ontology,vocabulary,inferred > everything.trig
      kg export --graph 003_7b5957f874c521c6
      kg export --entity drug/clr-131 --depth 1 --with evidence
      kg export --entity drug/clr-131 -o clr-131.graphml
      kg export --table designations -o designations.csv
      kg export --format csv -o tables/
    """
    from kg.export import export as run
    from kg.export import format_of, selected
    from kg.graphml import write_graphml
    from kg.snapshots import Snapshots

    names = [name.strip() for name in include.split(",") if name.strip()]
    allowed = _SPECIAL if entity is None else (*_SPECIAL, "evidence")
    if unknown := [name for name in names if name not in allowed]:
        raise InputError(f"--with {unknown[0]}: there are {', '.join(allowed)}")
    if names and graph is not None:
        raise click.UsageError("--graph is one graph alone; --with adds to all of them.")
    if table is not None or format_ == "csv":
        if format_ not in (None, "csv") or graph or names or entity:
            raise click.UsageError(
                "Tables are CSV of the whole graph: no other --format, --graph, --with, --entity."
            )
        _export_tables(data, table, output)
        return
    if format_ is None and output is not None and output.name.removesuffix(".gz").endswith(".graphml"):
        format_ = "graphml"
    chosen = format_ or ("turtle" if output is None else format_of(output))
    snapshot = Snapshots(data).current()
    iri = None if entity is None else _named(entity, snapshot.manifest.base)
    dataset = snapshot.open()
    with _output(output) as out:
        if chosen == "graphml":
            quads = selected(dataset, graph=graph, include=names, entity=iri, depth=depth)
            written = sum(write_graphml(dataset, quads, out))
        else:
            written = run(dataset, chosen, out, graph=graph, include=names, entity=iri, depth=depth)
    if output is not None:
        click.echo(f"Wrote {_number(written, 'statement')} to {output}.", err=True)


@main.group(short_help="Bring in vocabularies of your own.")
def vocab() -> None:
    """Bring in vocabularies of your own: the next build finds their names in the releases too."""


@vocab.command("import", short_help="Import OBO, OWL or SKOS files.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@_data_option
@click.option(
    "--kind",
    metavar="KIND",
    default="disease",
    show_default=True,
    help="What the terms are: disease, target …",
)
@click.option("--name", metavar="NAME", help="What to call it.  [default: the file's name without extension]")
def import_vocabulary(files: tuple[Path, ...], data: Path, kind: str, name: str | None) -> None:
    """Import vocabularies: OBO, or RDF (.owl .rdf .ttl .nt .jsonld) with OWL classes or SKOS concepts.

    Labels, exact synonyms and hierarchy are kept; names that would find anything but the thing meant (plain English,
    one or two letters, one name of several terms) are dropped and counted.  A vocabulary of the same name is
    replaced.  The next `kg build` uses it.

    \b
    Examples:
      kg vocab import mondo.obo
      kg vocab import our-targets.ttl --kind target --name targets
    """
    from kg.vocabularies import KINDS
    from kg.vocabularies import import_vocabulary as run

    if kind not in set(KINDS):
        raise InputError(f"--kind {kind}: there are {', '.join(KINDS)}")
    if name is not None and len(files) > 1:
        raise click.UsageError("--name names one vocabulary; import the files one by one.")
    for file in files:
        done = run(file, data, kind=next(k for k in KINDS if k == kind), name=name)
        left_out = [
            f"{what} {count:,}"
            for count, what in (
                (done.obsolete, "obsolete terms"),
                (done.unnamed, "terms without a usable English name"),
                (done.ambiguous, "names of several terms"),
                (done.hopeless, "names too short or plain English"),
                (done.long, "names too long"),
            )
            if count
        ]
        click.echo(
            f"Imported {done.name} from {done.source}: {_number(done.concepts, 'concept')}, "
            f"{_number(done.names, 'name')}{'; left out: ' if left_out else ''}{', '.join(left_out)}.",
            err=True,
        )


@vocab.command("list", short_help="List what was imported.")
@_data_option
def list_vocabularies(data: Path) -> None:
    """List the imported vocabularies: name, concepts, names and source, parted by tabs."""
    from kg.vocabularies import list_vocabularies as run

    for found in run(data):
        click.echo(f"{found.name}\t{found.concepts}\t{found.names}\t{found.source}")


@vocab.command("remove", short_help="Forget a vocabulary.")
@click.argument("name")
@_data_option
def remove_vocabulary(name: str, data: Path) -> None:
    """Forget an imported vocabulary; the published graph changes with the next build."""
    from kg.vocabularies import remove_vocabulary as run

    run(data, name)
    click.echo(f"Removed {name} from {data}.", err=True)


# --- helpers ----------------------------------------------------------------------------------------------


def _track(iterable: Iterable[T], description: str, total: int) -> Iterable[T]:
    """A progress bar where somebody is looking."""
    if not sys.stderr.isatty():
        return iterable
    from rich.console import Console
    from rich.progress import track

    return track(iterable, description, total=total, console=Console(stderr=True), transient=True)


def _stdout() -> BinaryIO:
    """Bytes, so that data is UTF-8 whatever the locale."""
    return sys.stdout.buffer


def _print_facts(lines: Iterable[FactLine]) -> None:
    out = _stdout()
    for line in lines:
        out.write(json.dumps(line.as_json(), ensure_ascii=False).encode() + b"\n")


def _print_lines(lines: Iterable[Line]) -> None:
    """Styled where somebody is looking, plain in a pipe."""
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.text import Text

        console = Console(highlight=False)
        for line in lines:
            console.print(Text.assemble(*line), soft_wrap=True)
        return
    for line in lines:
        _stdout().write("".join(text for text, _ in line).rstrip().encode() + b"\n")


def _explain_triple(explainer: Explainer, subject: str, predicate: str, object_: str, *, base: str) -> None:
    import pyoxigraph as ox

    from kg.explanation import claim_lines, reason_lines

    s, p = ox.NamedNode(subject), ox.NamedNode(_named(predicate, base))
    triple = explainer.find(s, p, object_, _named_or_none(object_, base))
    shown = f"{compact(s.value)} {compact(p.value)} {object_}"
    if triple is None:
        target = _named_or_none(object_, base)
        claims = () if target is None else explainer.claims(ox.Triple(s, p, ox.NamedNode(target)))
        if claims:
            _print_lines(claim_lines(claims))
            raise _Refused(f"{shown}: not in the graph, only said to be {claims[0].modality}")
        raise _Refused(f"{shown}: not in the graph")
    reason = explainer.triple(triple)
    if reason is None:
        raise _CouldNotTell(f"{shown}: in the graph, but by no statement or rule known here")
    _print_lines(reason_lines(explainer, reason))


def _report_option(option: str) -> tuple[str, Path]:
    name, equals, path = option.partition("=")
    if name not in _REPORTS or not equals or not path:
        raise InputError(f"--report {option}: FORMAT=FILE is needed, with one of {', '.join(_REPORTS)}")
    return name, Path(path)


def _validated_files(
    paths: Sequence[Path],
    shapes: Sequence[Path],
    severities: Mapping[str, Severity | None],
    *,
    with_inference: bool,
) -> Report:
    from kg.ontology import ontology_quads, vocabulary_quads
    from kg.validation import find_rdf, read_rdf, validate

    files = find_rdf(paths)
    quads = [quad for file in files for quad in read_rdf(file)]
    used = {
        compact(iri) for quad in quads if (iri := getattr(quad.object, "value", "")).startswith(VOCABULARY)
    }
    ontology = [*ontology_quads(), *vocabulary_quads(used)]
    if with_inference:
        quads += _inferred(quads, ontology)
    report = validate(quads, shapes=find_rdf(shapes), ontology=ontology, severities=severities)
    return report.located(files)


def _inferred(quads: Sequence[ox.Quad], ontology: Sequence[ox.Quad]) -> tuple[ox.Quad, ...]:
    import pyoxigraph as ox

    from kg.reasoning import infer
    from kg.store import Dataset

    # Triples without a graph get one: inference reads what is stated somewhere.
    graph = ox.NamedNode(f"{PROJECT}graph/files")
    stated = (
        ox.Quad(q.subject, q.predicate, q.object, graph) if isinstance(q.graph_name, ox.DefaultGraph) else q
        for q in quads
    )
    inference = infer(Dataset.in_memory([*stated, *ontology]))
    if inference.inconsistencies:
        more = len(inference.inconsistencies) - 1
        raise _Refused(
            f"inconsistent: {inference.inconsistencies[0].message}" + (f" (and {more} more)" if more else "")
        )
    return inference.quads


def _validated_snapshot(
    data: Path, shapes: Sequence[Path], severities: Mapping[str, Severity | None]
) -> Report:
    from kg.snapshots import Snapshots
    from kg.validation import find_rdf, validate

    return validate(Snapshots(data).current().open(), shapes=find_rdf(shapes), severities=severities)


def _write_report(report: Report, format_: str, out: BinaryIO, *, fail_on: Severity) -> None:
    from kg.export import write
    from kg.report_formats import WRITERS

    if format_ == "turtle":
        write(report.quads(), "turtle", out)
    elif format_ in WRITERS:
        out.write(WRITERS[format_](report, fail_on=fail_on).encode())
    else:
        out.write((report.as_json() if format_ == "json" else report.as_text()).encode())


def _export_tables(data: Path, table: str | None, output: Path | None) -> None:
    from kg.fact_view import facts as read
    from kg.snapshots import Snapshots
    from kg.tables import write_table

    if table is None and output is None:
        raise click.UsageError("All tables need a folder: --output; or name one: --table.")
    lines = tuple(read(Snapshots(data).current().open()))
    for name in (table,) if table else _TABLE_NAMES:
        path = output
        if table is None and output is not None:
            output.mkdir(parents=True, exist_ok=True)
            path = output / f"{name}.csv"
        with _output(path) as out:
            rows = write_table(name, lines, out)
        if path is not None:
            click.echo(f"Wrote {_number(rows, 'row')} to {path}.", err=True)


def _query_text(query: str | None, file: Path | None) -> str:
    from kg.ontology import named_queries

    if file is not None:
        try:
            content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(f"{file}: not UTF-8 text, at byte {error.start}") from error
    assert query is not None
    if query.replace("-", "").isalnum():
        for named in named_queries():
            if named.name == query:
                return named.text
        raise InputError(f"{query}: no question of this name; `kg query --list` shows those there are")
    return query


def _print_result(result: QueryResult, format_: str | None) -> None:
    import pyoxigraph as ox

    from kg.export import write
    from kg.store import serialized

    if isinstance(result, ox.QueryTriples):
        if format_ in _TABLES:
            raise InputError(f"--format {format_}: this query gives a graph; choose {_listed(_GRAPHS)}")
        write(result, format_ or "turtle", _stdout())
    elif format_ in _GRAPHS:
        raise InputError(f"--format {format_}: this query gives no graph; choose {_listed(_TABLES)}")
    elif format_ not in (None, "table"):
        _stdout().write(serialized(result, format_))
    elif isinstance(result, ox.QueryBoolean):
        _stdout().write(b"true\n" if result else b"false\n")
    else:
        _print_table(result)


def _print_table(result: ox.QuerySolutions) -> None:
    header = [variable.value for variable in result.variables]
    try:
        rows = [[_cell(row[name]) for name in header] for row in result]
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query cannot be evaluated: {error}") from error
    widths = [max(len(cell) for cell in column) for column in zip(header, *rows, strict=True)]
    lines = [header, ["-" * width for width in widths], *rows]
    for line in lines:
        text = "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        _stdout().write(text.rstrip().encode() + b"\n")
    click.echo(f"({_number(len(rows), 'row')})", err=True)


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    text = "" if term is None else compact(getattr(term, "value", str(term)))
    text = " ".join(text.split())
    return text if len(text) <= _WIDEST_CELL else text[: _WIDEST_CELL - 1] + "…"


@contextmanager
def _killable() -> Iterator[None]:
    """Let Ctrl-C end the process at once: while Oxigraph evaluates, Python would not see it until the end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _output(path: Path | None) -> Iterator[BinaryIO]:
    """Where to write; a file appears under its name only when it is whole."""
    if path is None:
        yield _stdout()
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            if path.suffix.casefold() == ".gz":
                # Without name and time the same content gives the same bytes.
                with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
                    yield packed  # type: ignore[misc]
            else:
                yield file
        beside.replace(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            beside.unlink()


def _iri(text: str) -> str:
    """A CURIE with one of our prefixes, or an IRI as it is."""
    import pyoxigraph as ox

    prefix, _, local = text.partition(":")
    iri = PREFIXES[prefix] + local if prefix in PREFIXES else text
    try:
        return ox.NamedNode(iri).value
    except ValueError as error:
        raise InputError(f"{text}: no IRI: {error}") from error


def _named(text: str, base: str) -> str:
    """An IRI, a CURIE, or the path of one of our things below the base."""
    return _named_or_none(text, base) or _iri(text)


def _named_or_none(text: str, base: str) -> str | None:
    """The same, None for what can only be a literal."""
    prefix, colon, _ = text.partition(":")
    if any(c.isspace() for c in text):
        return None
    if "://" in text or (colon and prefix in PREFIXES):
        return _iri(text)
    kind, slash, slug = text.partition("/")
    return f"{base}id/{text}" if slash and not colon and kind.replace("-", "").isalpha() and slug else None


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:10])
    return shown + (f" and {len(names) - 10} more" if len(names) > 10 else "")
