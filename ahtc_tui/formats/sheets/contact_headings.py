"""Headings of contact lists in English and Welsh, as people and other programs write them."""

from __future__ import annotations

from ahtc_tui.domain.text.normalization import find_in_both_parts, normalize_text

HEADINGS_BY_FIELD: dict[str, tuple[str, ...]] = {
    "ref": ("ref", "reference", "cyf", "cyfeirnod"),
    "kind": ("kind", "type", "contact type", "math"),
    "name": (
        "name", "full name", "display name", "contact", "contact name", "person", "enw", "enw llawn", "enw r cyswllt",
        "cyswllt", "file as",
    ),
    "first": ("first name", "given name", "forename", "forenames", "first", "enw cyntaf", "enw bedydd"),
    "middle": ("middle name", "additional name", "middle", "enw canol"),
    "last": ("last name", "family name", "surname", "last", "cyfenw"),
    "prefix": ("prefix", "name prefix", "salutation", "honorific"),
    "postnominal": (
        "post nominal", "postnominal", "suffix", "name suffix", "letters after name", "ol enw",
        "llythrennau ar ol yr enw",
    ),
    "organisation": (
        "organisation", "organization", "company", "company name", "organisation name", "organization name",
        "organization 1 name", "employer", "agency", "body", "force", "council", "representing", "sefydliad",
        "enw r sefydliad", "corff", "cwmni", "cyflogwr",
    ),
    "unit": (
        "department", "organization department", "organization 1 department", "team", "unit", "directorate",
        "business unit", "adran", "tim", "uned",
    ),
    "role": (
        "role", "post", "job title", "jobtitle", "position", "title", "organization title", "organization 1 title",
        "job", "post title", "rank", "job role", "occupation", "swydd", "teitl swydd", "teitl y swydd", "rol", "teitl",
        "safle", "rheng",
    ),
    "email": (
        "e mail", "email", "e mail address", "email address", "mail", "e mail 1 value", "email 1", "e mail 1",
        "work email", "work e mail", "primary email", "e bost", "ebost", "cyfeiriad e bost", "cyfeiriad ebost",
    ),
    "email2": (
        "e mail 2 address", "e mail 3 address", "e mail 2 value", "e mail 3 value", "email 2", "e mail 2", "email 3",
        "home email", "other email", "personal email", "secondary email", "e mail address 2", "email address 2",
    ),
    "phone": (
        "phone", "business phone", "telephone", "tel", "phone number", "phone 1 value", "work phone", "tel no",
        "telephone number", "office phone", "direct line", "phone no", "telephone no", "primary phone",
        "contact number", "ffon", "rhif ffon", "rhif ffon gwaith", "ffon gwaith", "rhif cyswllt", "ffon swyddfa",
    ),
    "phone2": (
        "mobile", "mobile phone", "mobile number", "cell", "phone 2 value", "phone 3 value", "business phone 2",
        "home phone", "company main phone", "mobile no", "mob", "other phone", "phone 2", "symudol", "ffon symudol",
        "rhif symudol", "ffon cartref",
    ),
    "language": ("language", "preferred language", "language preference", "iaith", "dewis iaith"),
}  # fmt: skip
"""Field to its headings, normalized. Values of `email2` and `phone2` follow those of the first column."""

CONTACT_FIELDS = tuple(HEADINGS_BY_FIELD)
IGNORED_HEADINGS = {"area", "in post", "groups", "n", "no", "number", "rhif", "ardal", "yn y swydd", "grwpiau"}
IGNORED_HEADINGS |= {"ardal area", "yn y swydd in post", "grwpiau groups"}
"""Headings of our own export that are not imported, and headings of row numbers."""

_FIELD_BY_HEADING = {heading: field for field, headings in HEADINGS_BY_FIELD.items() for heading in headings}


def normalize_heading(heading: str) -> str:
    """Return a heading in the form in which it is compared and stored."""
    return normalize_text(heading)


def find_contact_field(heading: str, mappings: dict[str, str]) -> str | None:
    """Return the field of a heading, by `mappings` or by known headings in one or both languages, or None."""
    key = normalize_heading(heading)
    if key in mappings:
        return mappings[key] or None
    return _FIELD_BY_HEADING.get(key) or find_in_both_parts(key, _FIELD_BY_HEADING)
