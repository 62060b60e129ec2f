"""The command `kg`: arguments in, data on stdout, talk on stderr; no logic of its own.

Each command is in the module of its name, imported when it is called, and imports what is heavy where it uses it,
so that `kg --help` answers at once.  Other packages join commands through the entry-point group `kg.commands`;
`kg serve` and `kg up` come that way.
"""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final

import click

from kg import __version__
from kg.cli.failures import CouldNotTell, Refused
from kg.errors import InputError, PublishRefused, ReleaseKgError

#: Our commands in the order of use; each is in the module of its name.
_OURS: Final = (
    "build",
    "facts",
    "extract",
    "explain",
    "evaluate",
    "validate",
    "query",
    "diff",
    "update",
    "rollback",
    "export",
    "vocab",
)
_GROUP: Final = "kg.commands"
_INTERRUPTED: Final = 130  # 128 + SIGINT, as shells have it
_PIPE_CLOSED: Final = 141  # 128 + SIGPIPE


class _Commands(click.Group):
    """Our commands and those that joined; every expected failure is one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """Ours in the order of use, then the others by name."""
        return [*_OURS, *sorted(_joined().keys() - set(_OURS))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Import a command only when it is asked for."""
        if cmd_name in _OURS:
            command = getattr(import_module(f"kg.cli.{cmd_name}"), cmd_name)
            assert isinstance(command, click.Command)
            return command
        entry = _joined().get(cmd_name)
        return None if entry is None else _load(entry)

    def invoke(self, ctx: click.Context) -> Any:
        """Run, turning errors into one line, and a closed pipe or Ctrl-C into silence."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except PublishRefused as error:
            click.echo(error.details, err=True)
            raise Refused(str(error)) from error
        except ReleaseKgError as error:
            raise CouldNotTell(str(error)) from error
        except KeyboardInterrupt:
            ctx.exit(_INTERRUPTED)
        except OSError as error:
            if error.errno == errno.EPIPE:
                # What is still buffered goes nowhere, instead of failing again when the interpreter ends.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                ctx.exit(_PIPE_CLOSED)
            where = error.filename or "output"
            raise CouldNotTell(f"{where}: {error.strerror or error}") from error
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
