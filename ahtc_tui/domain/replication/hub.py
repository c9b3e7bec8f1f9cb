"""The office hub as its administrator sees it: version, logins with their roles, and laptops."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HubLogin:
    """A login of the server, and the highest of the hub's roles that it has."""

    login: str
    role: str


@dataclass(frozen=True, slots=True)
class HubLaptop:
    """A laptop of which the hub has lines, or that is registered."""

    laptop: str
    login: str | None
    """The login that may send its lines; None for a laptop that never synced itself."""
    lines: int


@dataclass(frozen=True, slots=True)
class HubOverview:
    """Version, roles, logins and laptops of a hub, as `ahtc hub show` prints them."""

    hub: str
    """Host and database."""
    version: str
    """Number of its newest migration."""
    has_roles: bool
    """Whether `ahtc hub setup` created its roles."""
    in_use: bool
    """Whether an office has synced with it."""
    logins: tuple[HubLogin, ...]
    laptops: tuple[HubLaptop, ...]
