"""`kg extract`: what single releases state, nothing built."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import data_option
from kg.cli.terminal import print_facts, print_lines, track


@click.command(short_help="Print what single releases state, building nothing.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--explain",
    "explained",
    is_flag=True,
    help="Print the text instead, under each sentence what it states, by which rule, and what it names.",
)
@data_option
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
        print_lines(explained_text(releases, data=data))
    else:
        print_facts(read_facts(releases, data=data, track=track))
