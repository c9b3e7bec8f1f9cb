"""Row classes of the invitation list of a meeting, by area."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.meetings.kinds import InviteRole, Reply


@dataclass(frozen=True, slots=True)
class Guest:
    """An invited party."""

    name: str
    ref: str | None
    kind: str | None
    """person, post or organisation; None for a class of organisations."""
    holder: str | None
    email: str | None
    role: InviteRole
    reply: Reply


@dataclass(frozen=True, slots=True)
class AreaGuests:
    """Guests of one area; guests without an area come last."""

    area: str | None
    guests: tuple[Guest, ...]

    @property
    def without_address(self) -> int:
        """Number of guests without an e-mail address."""
        return sum(not guest.email for guest in self.guests)


@dataclass(frozen=True, slots=True)
class InviteList:
    """Guests of a meeting or event, by area."""

    ref: str
    title: str
    areas: tuple[AreaGuests, ...]
    added: tuple[str, ...] = ()
    """References of the guests added by the current operation."""

    @property
    def total(self) -> int:
        """Number of guests."""
        return sum(len(area.guests) for area in self.areas)
