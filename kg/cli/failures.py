"""How a command ends that cannot do what it was asked: in one line, with its exit code."""

from __future__ import annotations

import click


class CouldNotTell(click.ClickException):
    """An error of ours as click shows it: in one line."""

    exit_code = 2


class Refused(CouldNotTell):
    """The same where the answer is no."""

    exit_code = 1
