"""What people call the records and fields of the desk where a count or a list names them. Never reads a record."""

from __future__ import annotations

from ahtc_tui.domain.dates.formatting import format_count
from ahtc_tui.domain.i18n import _

RECORD_NOUNS = {
    "action_areas": ("area of an action", "areas of actions"),
    "action_parties": ("support of an action", "supports of actions"),
    "actions": ("action", "actions"),
    "adoptions": ("practice at a place", "practices at places"),
    "agenda_items": ("agenda item", "agenda items"),
    "aliases": ("other name", "other names"),
    "attendances": ("attendance", "attendances"),
    "change": ("author in the history", "authors in the history"),
    "chases": ("reminder", "reminders"),
    "circulation_lists": ("circulation list", "circulation lists"),
    "circulation_members": ("place on a circulation list", "places on circulation lists"),
    "commission_questions": ("question of a commission", "questions of commissions"),
    "data_sets": ("data set", "data sets"),
    "decision_actions": ("action of a decision", "actions of decisions"),
    "dependencies": ("dependency", "dependencies"),
    "dispatches": ("return that was sent", "returns that were sent"),
    "engagement_parties": ("call or visit", "calls or visits"),
    "engagements": ("entry in the log of contact", "entries in the log of contact"),
    "forward_items": ("item to come", "items to come"),
    "groups": ("group", "groups"),
    "holdings": ("time in a post", "times in posts"),
    "invitations": ("invitation", "invitations"),
    "issues": ("issued copy", "issued copies"),
    "learnt_columns": ("learnt column", "learnt columns"),
    "minute_lines": ("line of minutes", "lines of minutes"),
    "not_duplicates": ("pair known to be two", "pairs known to be two"),
    "objective_aims": ("aim of an objective", "aims of objectives"),
    "occupancies": ("seat that somebody fills", "seats that somebody fills"),
    "organisations": ("organisation", "organisations"),
    "paragraph_links": ("record behind a paragraph", "records behind paragraphs"),
    "parties": ("entry in the register", "entries in the register"),
    "people": ("details of a person", "details of people"),
    "posts": ("post", "posts"),
    "recurrences": ("recurring action", "recurring actions"),
    "session_numbers": ("attendance at a session", "attendances at sessions"),
    "step": ("step of the history", "steps of the history"),
    "template_items": ("item of a template", "items of templates"),
    "terms_of_reference": ("terms of reference", "terms of reference"),
    "web_pages": ("web page", "web pages"),
}
"""Tables to their record, one and several. Others are called as they are stored."""

FIELD_NAMES = {
    "name_cy": "Welsh name",
    "short": "short name",
    "email": "e-mail",
    "type": "kind",
    "parent": "part of",
    "parent_from": "part of it since",
    "police": "police force",
    "postnominal": "letters after the name",
    "collective": "several people",
    "first_responder": "First Responder",
    "first_responder_since": "First Responder since",
    "competent_authority": "Competent Authority",
    "lawful_basis": "kept because",
    "source": "source of the entry",
    "own_source": "source of the details",
    "own_note": "note on the details",
}
"""Fields of a contact that people know by other words."""


def format_record_noun(table: str, count: int = 2) -> str:
    """What one or several records of a table are called."""
    plain = table.replace("_", " ")
    singular, plural = RECORD_NOUNS.get(table, (plain.removesuffix("s"), plain))
    return format_count(count, _(singular), _(plural))


def format_field_name(name: str) -> str:
    """A field of a contact as people say it, with a capital: "Kept because"."""
    words = _(FIELD_NAMES.get(name, name.replace("_", " ")))
    return words[:1].upper() + words[1:]
