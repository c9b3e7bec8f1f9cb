"""Who writes: the name and post of the person with an account of this computer, and the name of the office."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.i18n import _


@dataclass(frozen=True, slots=True)
class DeskPerson:
    """The person at this desk; empty texts where they were not given."""

    account: str
    name: str = ""
    post: str = ""


def format_writer(post: str) -> str:
    """Return the post, or who writes for the office where the post is not known."""
    return post or _("Secretariat")


def format_author() -> str:
    """Return the name of the office in the language of the file."""
    return _("Office of the Wales Anti Human Trafficking Co-ordinator")
