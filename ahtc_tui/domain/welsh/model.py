"""The texts of records that have Welsh beside their English."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _, choose_language, gettext_noop
from ahtc_tui.domain.keys import RowKey

FIELD_LABELS = {
    "title": gettext_noop("title"),
    "detail": gettext_noop("detail"),
    "text": gettext_noop("text"),
    "name": gettext_noop("name"),
    "plan": gettext_noop("plan"),
    "heading": gettext_noop("heading"),
    "item": gettext_noop("item"),
    "line": gettext_noop("line"),
    "paragraph": gettext_noop("paragraph"),
    "question": gettext_noop("question"),
    "template": gettext_noop("item of the template"),
    "forward": gettext_noop("item of the forward plan"),
}
"""Readable names of the fields, by their first part."""

TranslatedTable = Literal[
    "actions", "agenda_items", "aims", "commission_questions", "commissions", "data_sets", "decisions", "documents",
    "figures", "forward_items", "meetings", "milestones", "minute_lines", "objectives", "papers", "paragraphs",
    "parties", "plans", "practices", "recommendations", "sessions", "template_items",
]  # fmt: skip
"""Tables with texts in two languages."""

UNREVIEWED = "own translation, not reviewed by a translator"
"""Source of a Welsh text that came with the program: it is on the record until a person saves or accepts the text."""


class TranslationState(StrEnum):
    """How far the Welsh of a text is."""

    UNTRANSLATED = "untranslated"
    UNREVIEWED = "unreviewed"
    REVIEWED = "reviewed"

    @property
    def label(self) -> str:
        """Readable name in the current language."""
        return _(STATE_LABELS[self])


STATE_LABELS = {
    TranslationState.UNTRANSLATED: gettext_noop("not translated"),
    TranslationState.UNREVIEWED: gettext_noop("not reviewed"),
    TranslationState.REVIEWED: gettext_noop("reviewed"),
}


def name_other_language(english: str, welsh: str | None) -> tuple[str, str]:
    """Return the language that is not shown and its text; an empty text where a record has one language alone."""
    if not welsh:
        return _("Welsh"), ""
    return (_("English"), english) if choose_language(english, welsh) == welsh else (_("Welsh"), welsh)


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """One English text of a record, with its Welsh where there is one."""

    ref: str
    """Reference of the record; items and lines have the reference of their meeting or group."""
    field: str
    """Name of the English field; "plan" is the title of a version of the plan, "item.3" the title of an agenda item,
    "template.2" and "forward.2" titles in the template and the forward plan of a group, "line.3.2" a line of
    minutes, "question.2" a question of a paper, "heading.2.9" and "paragraph.2.9" title and text of a paragraph.
    """
    en: str
    cy: str | None
    is_open: bool
    """Whether the record is in use: an open action, a meeting that is to come or not yet published."""
    table: TranslatedTable
    column: str
    """Column of the Welsh text."""
    key: RowKey
    marking: Marking
    is_unreviewed: bool
    """Whether the Welsh came with the program and no translator has seen it."""

    @property
    def state(self) -> TranslationState:
        """How far the Welsh is; a text typed in the office counts as reviewed."""
        if not self.cy:
            return TranslationState.UNTRANSLATED
        return TranslationState.UNREVIEWED if self.is_unreviewed else TranslationState.REVIEWED

    @property
    def label(self) -> str:
        """Readable name of the field in the current language: "title", "line 3.2"."""
        name, _dot, number = self.field.partition(".")
        return " ".join(filter(None, (_(FIELD_LABELS[name]), number)))

    @property
    def place(self) -> str:
        """Reference and field: "DP-01 title"."""
        return f"{self.ref} {self.field}"

    def to_json(self) -> dict[str, Any]:
        """Return the keys of the JSON contract."""
        return {"ref": self.ref, "field": self.field, "en": self.en, "cy": self.cy or None, "state": self.state.value}


@dataclass(frozen=True, slots=True)
class ReturnedText:
    """One row of a translated file."""

    ref: str
    field: str
    en: str
    cy: str
    cell: str
    """Position in the file: "Welsh!D4", "line 12"."""
    is_reviewed: bool = True
    """False where the file still marks the Welsh as not reviewed."""
