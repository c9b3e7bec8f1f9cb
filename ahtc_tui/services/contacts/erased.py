"""Refuses to add a person who may have been erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import ErasedBefore
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.privacy.erasure_register import ErasedMarks

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.contacts import ContactDraft
    from ahtc_tui.store.records.cursor import Cursor


def refuse_erased(cursor: Cursor, draft: ContactDraft) -> None:
    """Raise ErasedBefore where a new person has the name or e-mail address of an erased person."""
    if draft.kind not in (None, PartyKind.PERSON):
        return
    day = ErasedMarks(cursor).find_day((draft.name, draft.email))
    if day is not None:
        raise ErasedBefore(_("A person with this name or address was erased on {day}.").format(day=day))
