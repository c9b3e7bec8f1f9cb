"""The editable fields of an action: name, label, value for people, and where front ends offer them.

Previews, the command line, the form and the cards are derived from this list, so that a new field is added once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from ahtc_tui.domain.actions.model import ActionCard, Confidence, PartyRole
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.labelled_enum import LabelledEnum
from ahtc_tui.domain.text.cleaning import capitalise

_NAMES_HINT = gettext_noop("names separated by semicolons")


class Editor(Enum):
    """Control that edits a field in the form."""

    LINE = auto()
    PROSE = auto()
    DATE = auto()


@dataclass(frozen=True, slots=True)
class ActionField:
    """How one field of an action is labelled, read for people, and offered by the forms and the command line."""

    name: str
    """Name in drafts, in JSON and on the command line."""
    message: str
    """Label in English, translated by `label`."""
    read: Callable[[ActionCard], object]
    """Value of the field for people; false where it is empty."""
    is_option: bool = True
    """Whether `ahtc actions add` has an option for it."""
    editor: Editor | type[LabelledEnum] | None = None
    """Control in the second part of the form: an editor, or the enumeration to choose from; None for no row there."""
    hint: str = ""
    """Help beside the control, in English."""
    is_state: bool = False
    """Whether cards show label and value in the line of the state: "confidence high"."""
    is_row: bool = False
    """Whether cards show it as a row of label and value; fields with more in their row are laid out by the card."""

    @property
    def label(self) -> str:
        """Label in the current language, in lower case."""
        return _(self.message)

    @property
    def heading(self) -> str:
        """Label as a heading: "Waits for"."""
        return capitalise(self.label)


def _build_party_reader(role: PartyRole) -> Callable[[ActionCard], str]:
    return lambda card: "; ".join(name for party_role, name in card.parties if party_role is role)


def _read_blockers(card: ActionCard) -> str:
    return ", ".join(line.split(" ", 1)[0] for line in card.blocked_by)


ACTION_FIELDS = (
    ActionField("title", gettext_noop("title"), lambda card: card.row.title, is_option=False),
    ActionField("title_cy", gettext_noop("Welsh title"), lambda card: card.row.title_cy, editor=Editor.LINE),
    ActionField("lead", gettext_noop("lead"), lambda card: card.row.lead),
    ActionField("due", gettext_noop("due"), lambda card: card.row.due),
    ActionField("review_on", gettext_noop("review on"), lambda card: card.row.review_on, editor=Editor.DATE),
    ActionField("status", gettext_noop("status"), lambda card: card.row.status.label.lower()),
    ActionField("closed_on", gettext_noop("closed on"), lambda card: card.row.closed_on, is_option=False),
    ActionField("brag", gettext_noop("rating"), lambda card: card.row.brag and card.row.brag.label),
    ActionField("brag_reason", gettext_noop("reason for rating"), lambda card: card.brag_reason, is_option=False),
    ActionField(
        "confidence", gettext_noop("confidence"), lambda card: card.row.confidence, editor=Confidence, is_state=True
    ),
    ActionField("priority", gettext_noop("priority"), lambda card: card.row.priority, is_state=True),
    ActionField(
        "support", gettext_noop("support"), _build_party_reader(PartyRole.SUPPORT), editor=Editor.LINE, hint=_NAMES_HINT
    ),
    ActionField(
        "partners",
        gettext_noop("partners"),
        _build_party_reader(PartyRole.PARTNER),
        editor=Editor.LINE,
        hint=gettext_noop("names in the register, separated by semicolons"),
    ),
    ActionField(
        "partner_text",
        gettext_noop("with"),
        lambda card: card.partner_text,
        editor=Editor.LINE,
        hint=gettext_noop("others, as text"),
    ),
    ActionField(
        "blocked_by",
        gettext_noop("depends on"),
        _read_blockers,
        editor=Editor.LINE,
        hint=gettext_noop("references of actions"),
    ),
    ActionField("part_of", gettext_noop("part of"), lambda card: card.part_of),
    ActionField(
        "repeat",
        gettext_noop("repeats"),
        lambda card: card.repeats,
        editor=Editor.LINE,
        hint=gettext_noop("monthly, every 3 months, 2 weeks after done"),
    ),
    ActionField("objective", gettext_noop("objective"), lambda card: card.row.objective),
    ActionField("group", gettext_noop("group"), lambda card: card.group),
    ActionField("meeting", gettext_noop("meeting"), lambda card: card.row.meeting),
    ActionField("raised_on", gettext_noop("raised on"), lambda card: card.row.raised_on, is_option=False),
    ActionField("marking", gettext_noop("marking"), lambda card: card.row.marking),
    ActionField("evidence", gettext_noop("evidence"), lambda card: card.row.evidence, is_option=False),
    ActionField("outcome", gettext_noop("outcome"), lambda card: card.outcome, is_option=False, is_row=True),
    ActionField("detail", gettext_noop("detail"), lambda card: card.detail, editor=Editor.PROSE),
    ActionField("detail_cy", gettext_noop("Welsh detail"), lambda card: card.detail_cy, editor=Editor.PROSE),
    ActionField("note", gettext_noop("note"), lambda card: card.note, is_option=False, is_row=True),
)
"""All editable fields, in the order in which previews and the form show them."""

OPTION_NAMES = tuple(field.name for field in ACTION_FIELDS if field.is_option)
FORM_FIELDS = tuple(field for field in ACTION_FIELDS if field.editor is not None)
STATE_FIELDS = tuple(field for field in ACTION_FIELDS if field.is_state)
ROW_FIELDS = tuple(field for field in ACTION_FIELDS if field.is_row)
