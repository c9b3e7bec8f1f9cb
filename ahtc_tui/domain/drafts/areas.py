"""Drafts of areas. The area that one is a part of is given by name."""

from __future__ import annotations

from typing import Annotated

from ahtc_tui.domain.areas.model import AreaKind
from ahtc_tui.domain.drafts.text import Draft, KnownDate, Line, Prose, Title, build_choice_validator, forbid_empty
from ahtc_tui.domain.i18n import gettext_noop


class AreaDraft(Draft):
    """Writable fields of an area; empty text clears a field."""

    name: Title | None = None
    name_cy: Line | None = None
    kind: Annotated[AreaKind | None, build_choice_validator(AreaKind, gettext_noop("kind of area"))] = None
    part_of: Line | None = None
    from_on: KnownDate = None
    to_on: KnownDate = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("An area needs a name."), "name")


build_area_draft = AreaDraft.read
