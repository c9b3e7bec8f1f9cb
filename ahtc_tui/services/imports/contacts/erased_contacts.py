"""Somebody who may be a person that was erased: only a person's own word lets them in, never a flag that takes all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.services.imports.file_plan import FilePlan, question_id
from ahtc_tui.store.privacy.erasure_register import ErasedMarks

if TYPE_CHECKING:
    from ahtc_tui.domain.imports.contacts import Card


def may_come(plan: FilePlan, card: Card, erased: ErasedMarks | None) -> bool:
    """Whether a card may make a new person: nobody like it was erased, or somebody answered "theirs"."""
    if erased is None or card.kind not in (None, PartyKind.PERSON):
        return True
    day = erased.day_of((card.name, *card.emails, card.uid))
    if day is None:
        return True
    reason = _("somebody of this name or address was erased on {day}; theirs lets the person in again").format(day=day)
    name = question_id("erased", card.name, *card.emails)
    answer = plan.decided(Question(name, None, "record", None, None, None, reason, card.at, party=card.name))
    return answer == "theirs"
