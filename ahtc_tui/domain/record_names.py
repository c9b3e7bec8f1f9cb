"""Readable nouns for record tables and readable names for contact fields."""

from __future__ import annotations

from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, ngettext_noop, pgettext, pgettext_noop

RECORD_NOUNS = {
    "action_areas": ngettext_noop("area of an action", "areas of actions"),
    "action_parties": ngettext_noop("support of an action", "supports of actions"),
    "actions": ngettext_noop("action", "actions"),
    "adoptions": ngettext_noop("take-up of a practice", "take-up of practices"),
    "agenda_items": ngettext_noop("agenda item", "agenda items"),
    "aliases": ngettext_noop("other name", "other names"),
    "attendances": ngettext_noop("attendance", "attendances"),
    "change": ngettext_noop("author in the history", "authors in the history"),
    "chases": ngettext_noop("reminder", "reminders"),
    "circulation_lists": ngettext_noop("circulation list", "circulation lists"),
    "circulation_members": ngettext_noop("place on a circulation list", "places on circulation lists"),
    "commission_questions": ngettext_noop("question of a commission", "questions of commissions"),
    "data_sets": ngettext_noop("data set", "data sets"),
    "decision_actions": ngettext_noop("action of a decision", "actions of decisions"),
    "dependencies": ngettext_noop("dependency", "dependencies"),
    "dispatches": ngettext_noop("return that was sent", "returns that were sent"),
    "engagement_parties": ngettext_noop("call or visit", "calls or visits"),
    "engagements": ngettext_noop("entry in the contact log", "entries in the contact log"),
    "forward_items": ngettext_noop("item of a forward plan", "items of forward plans"),
    "groups": ngettext_noop("group", "groups"),
    "holdings": ngettext_noop("time in a post", "times in posts"),
    "invitations": ngettext_noop("invitation", "invitations"),
    "issues": ngettext_noop("issued copy", "issued copies"),
    "learnt_columns": ngettext_noop("remembered column", "remembered columns"),
    "minute_lines": ngettext_noop("line of minutes", "lines of minutes"),
    "not_duplicates": ngettext_noop("pair recorded as different", "pairs recorded as different"),
    "objective_aims": ngettext_noop("aim of an objective", "aims of objectives"),
    "occupancies": ngettext_noop("occupied seat", "occupied seats"),
    "organisations": ngettext_noop("organisation", "organisations"),
    "paragraph_links": ngettext_noop("record behind a paragraph", "records behind paragraphs"),
    "parties": ngettext_noop("entry in the register", "entries in the register"),
    "people": ngettext_noop("details of a person", "details of people"),
    "person": ngettext_noop("person", "people"),
    "posts": ngettext_noop("post", "posts"),
    "recurrences": ngettext_noop("recurring action", "recurring actions"),
    "session_numbers": ngettext_noop("attendance at a session", "attendances at sessions"),
    "step": ngettext_noop("step of the history", "steps of the history"),
    "template_items": ngettext_noop("item of a template", "items of templates"),
    "terms_of_reference": ngettext_noop("terms of reference", "terms of reference"),
    "web_pages": ngettext_noop("web page", "web pages"),
}
"""Table name to its singular and plural noun. Tables that are absent use their own name."""

RECORD_KINDS = {
    "action": pgettext_noop("kind of record", "action"),
    "aim": pgettext_noop("kind of record", "aim"),
    "amendment": pgettext_noop("kind of record", "amendment"),
    "commission": pgettext_noop("kind of record", "commission"),
    "data_set": pgettext_noop("kind of record", "data set"),
    "decision": pgettext_noop("kind of record", "decision"),
    "document": pgettext_noop("kind of record", "document"),
    "engagement": pgettext_noop("kind of record", "engagement"),
    "figure": pgettext_noop("kind of record", "figure"),
    "forward_item": pgettext_noop("kind of record", "forward item"),
    "group": pgettext_noop("kind of record", "group"),
    "meeting": pgettext_noop("kind of record", "meeting"),
    "milestone": pgettext_noop("kind of record", "milestone"),
    "minute": pgettext_noop("kind of record", "minute"),
    "objective": pgettext_noop("kind of record", "objective"),
    "organisation": pgettext_noop("kind of record", "organisation"),
    "paper": pgettext_noop("kind of record", "paper"),
    "paragraph": pgettext_noop("kind of record", "paragraph"),
    "person": pgettext_noop("kind of record", "person"),
    "post": pgettext_noop("kind of record", "post"),
    "practice": pgettext_noop("kind of record", "practice"),
    "recommendation": pgettext_noop("kind of record", "recommendation"),
    "seat": pgettext_noop("kind of record", "seat"),
    "session": pgettext_noop("kind of record", "session"),
    "update": pgettext_noop("kind of record", "update"),
    "web_page": pgettext_noop("kind of record", "web page"),
}
"""Kinds of record in search results."""

FIELD_NAMES = {
    "name_cy": gettext_noop("Welsh name"),
    "later_name": gettext_noop("later name"),
    "when": gettext_noop("date"),
    "venue": gettext_noop("venue"),
    "name": gettext_noop("name"),
    "owner": gettext_noop("owner"),
    "area": gettext_noop("area"),
    "forum_area": gettext_noop("forum area"),
    "organisation": gettext_noop("organisation"),
    "restricted": gettext_noop("restricted"),
    "title_cy": gettext_noop("Welsh title"),
    "text_cy": gettext_noop("Welsh text"),
    "detail_cy": gettext_noop("Welsh detail"),
    "short": gettext_noop("short name"),
    "email": gettext_noop("email"),
    "type": gettext_noop("kind"),
    "parent": gettext_noop("part of"),
    "parent_from": gettext_noop("part of it since"),
    "police": gettext_noop("police force"),
    "postnominal": gettext_noop("letters after the name"),
    "collective": gettext_noop("several people"),
    "first_responder": gettext_noop("First Responder"),
    "first_responder_since": gettext_noop("First Responder since"),
    "competent_authority": gettext_noop("Competent Authority"),
    "lawful_basis": gettext_noop("lawful basis"),
    "source": gettext_noop("source of the entry"),
    "own_source": gettext_noop("source of the details"),
    "own_note": gettext_noop("note on the details"),
    "said": gettext_noop("text at that time"),
}
"""Readable names of fields of contacts, and of fields that have a source of their own."""


def format_record_noun(table: str, count: int = 2) -> str:
    """Noun for `count` records of a table, singular or plural, without the number."""
    plain = table.replace("_", " ")
    singular, plural = RECORD_NOUNS.get(table, (plain.removesuffix("s"), plain))
    return ngettext(singular, plural, count)


def format_record_kind(kind: str) -> str:
    """Return the noun for a kind of record, such as "data set"."""
    return pgettext("kind of record", RECORD_KINDS.get(kind, kind.replace("_", " ")))


def format_source_label(name: str) -> str:
    """Return the label of the source of one field: "Source of Welsh name"."""
    return _("Source of {field}").format(field=_(FIELD_NAMES.get(name, name.replace("_", " "))))


def format_field_name(name: str) -> str:
    """Readable name of a contact field with a capital: "Kept because"."""
    words = _(FIELD_NAMES.get(name, name.replace("_", " ")))
    return words[:1].upper() + words[1:]
