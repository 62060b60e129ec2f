"""`kg evaluate`: extraction against annotated releases."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.terminal import track


@click.command(short_help="Score extraction against annotated releases.")
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
        lines = [line.as_json() for line in read_facts(releases, track=track)]
    result = compare(wanted, lines, relations=[r for r in relations.split(",") if r])
    click.echo(result.as_json() if as_json else result.as_text(errors=errors), nl=False)
