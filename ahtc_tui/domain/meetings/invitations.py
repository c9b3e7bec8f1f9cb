"""Who is asked to an event, area by area. Rows only: who is asked is decided by people."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.meetings.enums import InviteRole, Reply


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is asked to come."""

    name: str
    ref: str | None
    kind: str | None
    """person, post or organisation; None for a class of bodies."""
    holder: str | None
    email: str | None
    role: InviteRole
    reply: Reply


@dataclass(frozen=True, slots=True)
class AreaGuests:
    """The guests of one area; those without one come last, under no name."""

    area: str | None
    guests: tuple[Guest, ...]

    @property
    def without_address(self) -> int:
        """How many of them have no e-mail address."""
        return sum(not guest.email for guest in self.guests)


@dataclass(frozen=True, slots=True)
class InviteList:
    """The guests of a meeting or an event."""

    ref: str
    title: str
    areas: tuple[AreaGuests, ...]
    added: tuple[str, ...] = ()
    """References of those who were asked just now."""

    @property
    def total(self) -> int:
        """How many are asked."""
        return sum(len(area.guests) for area in self.areas)
