"""The filter of action lists: its fields, and its reader for typed lines ("training @ahtc #gwent is:late")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.filters.model import EVERYTHING, Filter, FilterNoun, Term, TermKind
from ahtc_tui.domain.i18n import _, gettext_noop, pgettext_noop
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.labelled_enum import LabelledEnum, find_member, list_choices


class ActionScope(LabelledEnum, context="state"):
    """Selection of actions by open or closed status."""

    OPEN = "open", pgettext_noop("state", "open"), "agored"
    CLOSED = "closed", pgettext_noop("state", "closed"), "caeedig", "caewyd", "ar gau"
    ALL = "all", pgettext_noop("state", "all"), "pob un", "pob"


class Sort(LabelledEnum):
    """Sort order of a list of actions."""

    DUE = "due", gettext_noop("due"), "dyddiad"
    URGENCY = "urgency", gettext_noop("urgency")
    REF = "ref", gettext_noop("reference")


class ActionOrder(NamedTuple):
    """Order of a list of actions by one of its columns; actions without a value come last."""

    column: str
    descending: bool = False


Ordering = Sort | ActionOrder
"""Any order of a list of actions."""


@dataclass(frozen=True, slots=True)
class ActionFilter:
    """Conditions on actions, all of which must hold; None or empty is not a condition."""

    which: ActionScope = ActionScope.OPEN
    typed: Filter = EVERYTHING
    """Terms of a typed line."""
    lead: RowKey | None = None
    """Key of a party. A person matches through the posts they hold as well."""
    group: RowKey | None = None
    objective: str | None = None
    meeting: RowKey | None = None
    late: bool = False
    continuing: bool = False
    due_before: date | None = None
    ref: str | None = None
    no_update_since: date | None = None
    """Selects actions without an update on this day or later."""


SCOPE_STATES = (ActionScope.OPEN.value, ActionScope.CLOSED.value, ActionScope.ALL.value)
"""Values of a state term that select by open or closed status."""


def read_action_filter(
    *texts: str, today: date, default: ActionScope = ActionScope.OPEN, scope: ActionScope | None = None
) -> ActionFilter:
    """Return the filter of typed lines, all of which must hold. Raises BadInput for what is not understood.

    `default` is the scope of actions for alternatives whose terms do not name a status themselves ("status:done",
    "is:closed", "brag:B"); `scope` restricts all of them.
    """
    typed = EVERYTHING
    for text in filter(None, texts):
        from ahtc_tui.domain.filters.grammar import read_filter

        typed = typed.restrict_to(read_filter(text, FilterNoun.ACTIONS, today))
    if scope is not None:
        return ActionFilter(scope, typed)
    if not any(_sets_scope(terms) for terms in typed.alternatives):
        return ActionFilter(default, typed)
    default_term = Term(TermKind.STATE, default.value)
    alternatives = (terms if _sets_scope(terms) else (*terms, default_term) for terms in typed.alternatives)
    return ActionFilter(ActionScope.ALL, Filter(tuple(alternatives)))


def _sets_scope(terms: tuple[Term, ...]) -> bool:
    """Return whether terms say themselves if open or closed actions are meant."""
    return any(
        (term.kind is TermKind.STATE and term.value in SCOPE_STATES)
        or (
            not term.negated
            and (term.kind in (TermKind.STATUS, TermKind.CLOSED) or (term.kind is TermKind.BRAG and term.value == "B"))
        )
        for term in terms
    )


def read_choice(value: str, choices: type[StrEnum], field: str) -> StrEnum:
    """Return the member of `choices` with this value, or a name or label in either language; `field` names it.

    Raises BadInput that lists the choices, and proposes the one that is near.
    """
    from ahtc_tui.domain.text.suggestions import propose_name

    if member := find_member(value, choices):
        return member
    from ahtc_tui.domain.actions.model import Brag

    words = list_choices(choices)
    shown = [member.letter_and_colour for member in Brag] if choices is Brag else words
    sentence = _('"{value}" is not a {field}. Choose one of {words}.')
    sentence = sentence.format(value=value, field=_(field), words=", ".join(shown))
    raise BadInput(sentence + propose_name(value, words))
