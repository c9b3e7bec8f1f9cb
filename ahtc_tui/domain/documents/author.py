"""Author of what leaves the office, as in the properties of files: the office, never the account of a person."""

from __future__ import annotations

from ahtc_tui.domain.i18n import _


def format_author() -> str:
    """Return the name of the office in the language of the file."""
    return _("Office of the Wales Anti Human Trafficking Co-ordinator")
