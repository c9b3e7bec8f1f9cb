"""Who writes under an account of this computer: the name and post that documents may print instead of the account."""

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
