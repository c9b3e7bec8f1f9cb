"""Somebody who may be a person that was erased: only a person's own word lets them in, never a flag that takes all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.services.imports.file_plan import FilePlan, build_question_id
from ahtc_tui.store.privacy.erasure_register import ErasedMarks

if TYPE_CHECKING:
    from ahtc_tui.domain.imports.contacts import ImportedContact


def is_import_allowed(plan: FilePlan, contact: ImportedContact, erased_marks: ErasedMarks | None) -> bool:
    """Whether a card may make a new person: nobody like it was erased, or somebody answered "theirs"."""
    if erased_marks is None or contact.kind not in (None, PartyKind.PERSON):
        return True
    day = erased_marks.find_day((contact.name, *contact.emails, contact.uid))
    if day is None:
        return True
    reason = _("somebody of this name or address was erased on {day}; theirs lets the person in again").format(day=day)
    identifier = build_question_id("erased", contact.name, *contact.emails)
    answer = plan.decide_question(
        Question(identifier, None, "record", None, None, None, reason, contact.position, party=contact.name)
    )
    return answer == "theirs"
