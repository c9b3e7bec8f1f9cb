"""The headings that people and programs give the columns of a list of contacts, in English and Welsh."""

from __future__ import annotations

from ahtc_tui.domain.text.normalization import normalize_text

HEADINGS_BY_FIELD: dict[str, tuple[str, ...]] = {
    "ref": ("ref", "reference", "cyf", "cyfeirnod"),
    "kind": ("kind", "type", "contact type", "math"),
    "name": (
        "name",
        "full name",
        "display name",
        "contact",
        "contact name",
        "person",
        "enw",
        "enw llawn",
        "enw r cyswllt",
        "cyswllt",
        "file as",
    ),
    "first": ("first name", "given name", "forename", "forenames", "first", "enw cyntaf", "enw bedydd"),
    "middle": ("middle name", "additional name", "middle", "enw canol"),
    "last": ("last name", "family name", "surname", "last", "cyfenw"),
    "prefix": ("prefix", "name prefix", "salutation", "honorific"),
    "postnominal": ("post nominal", "postnominal", "suffix", "name suffix", "letters after name", "ol enw"),
    "organisation": (
        "organisation",
        "organization",
        "company",
        "company name",
        "organisation name",
        "organization name",
        "organization 1 name",
        "employer",
        "agency",
        "body",
        "force",
        "council",
        "representing",
        "sefydliad",
        "enw r sefydliad",
        "corff",
        "cwmni",
        "cyflogwr",
    ),
    "unit": (
        "department",
        "organization department",
        "organization 1 department",
        "team",
        "unit",
        "directorate",
        "business unit",
        "adran",
        "tim",
        "uned",
    ),
    "role": (
        "role",
        "post",
        "job title",
        "jobtitle",
        "position",
        "title",
        "organization title",
        "organization 1 title",
        "job",
        "post title",
        "rank",
        "job role",
        "occupation",
        "swydd",
        "teitl swydd",
        "teitl y swydd",
        "rol",
        "teitl",
        "safle",
        "rheng",
    ),
    "email": (
        "e mail",
        "email",
        "e mail address",
        "email address",
        "mail",
        "e mail 1 value",
        "email 1",
        "e mail 1",
        "work email",
        "work e mail",
        "primary email",
        "e bost",
        "ebost",
        "cyfeiriad e bost",
        "cyfeiriad ebost",
    ),
    "email2": (
        "e mail 2 address",
        "e mail 3 address",
        "e mail 2 value",
        "e mail 3 value",
        "email 2",
        "e mail 2",
        "email 3",
        "home email",
        "other email",
        "personal email",
        "secondary email",
        "e mail address 2",
        "email address 2",
    ),
    "phone": (
        "phone",
        "business phone",
        "telephone",
        "tel",
        "phone number",
        "phone 1 value",
        "work phone",
        "tel no",
        "telephone number",
        "office phone",
        "direct line",
        "phone no",
        "telephone no",
        "primary phone",
        "contact number",
        "ffon",
        "rhif ffon",
        "rhif ffon gwaith",
        "ffon gwaith",
        "rhif cyswllt",
        "ffon swyddfa",
    ),
    "phone2": (
        "mobile",
        "mobile phone",
        "mobile number",
        "cell",
        "phone 2 value",
        "phone 3 value",
        "business phone 2",
        "home phone",
        "company main phone",
        "mobile no",
        "mob",
        "other phone",
        "phone 2",
        "symudol",
        "ffon symudol",
        "rhif symudol",
        "ffon cartref",
    ),
    "language": ("language", "preferred language", "language preference", "iaith", "dewis iaith"),
}
"""Field to its headings, folded. `email2` and `phone2` count after the first."""

CONTACT_FIELDS = tuple(HEADINGS_BY_FIELD)
IGNORED_HEADINGS = {"area", "in post", "groups", "n", "no", "number", "rhif", "ardal", "yn y swydd", "grwpiau"}
IGNORED_HEADINGS |= {"ardal area", "yn y swydd in post", "grwpiau groups"}
"""Headings that our own export writes and no import reads, and numbers of rows."""

_FIELD_BY_HEADING = {heading: field for field, headings in HEADINGS_BY_FIELD.items() for heading in headings}


def normalize_heading(heading: str) -> str:
    """A heading as it is compared and remembered."""
    return normalize_text(heading)


def find_contact_field(heading: str, mappings: dict[str, str]) -> str | None:
    """The field that a heading means: as somebody said, else as it is known, in one language or in two."""
    key = normalize_heading(heading)
    if key in mappings:
        return mappings[key] or None
    fields = {_FIELD_BY_HEADING.get(normalize_heading(part)) for part in heading.split(" / ")}
    return _FIELD_BY_HEADING.get(key) or (fields.pop() if len(fields) == 1 else None)
