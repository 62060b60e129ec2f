"""A post as a sentence tells it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Entity


@dataclass(frozen=True, slots=True)
class Post:
    """A post as a sentence tells it.

    Attributes:
        person: who.
        organization: where; None where the sentence leaves it to be understood.
        title: as printed; empty where only the place is told.
        former: whether it is said to be past.
        rule: which rule read it.
        plural: whether it may be said of several people at once ("join the Board", "as Directors").
        new: whether it is said to begin ("has been promoted to"), so that any other is the post of before.
    """

    person: Entity
    organization: Entity | None
    title: str
    former: bool
    rule: str
    plural: bool = False
    new: bool = False
