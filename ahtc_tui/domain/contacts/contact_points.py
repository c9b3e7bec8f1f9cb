"""The telephone numbers and email addresses of a contact: one is preferred, each has a kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ahtc_tui.domain.contacts.model import ContactPoint, ContactPointKind
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.labelled_enum import find_member
from ahtc_tui.domain.text.cleaning import clean_line

ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]]+@[^\s@<>,;:\"()\[\]]+")
POINT_COLUMNS = ("email", "phone")
"""What a contact may have several of."""
OTHER_FIELDS = {"other_emails": "email", "other_phones": "phone"}
"""Fields with all but the preferred one, and the column of each."""


def read_point(text: str, column: str) -> ContactPoint:
    """Return the contact point of a typed text such as "07700 900123 (mobile)". Raises BadInput."""
    point = split_point_kind(clean_line(text))
    if column == "email" and not ADDRESS.fullmatch(point.value):
        sentence = _('"{email}" is not an email address. Enter one like name@example.org.')
        raise BadInput(sentence.format(email=point.value))
    return point


def split_point_kind(text: str) -> ContactPoint:
    """Return a value with the kind in brackets after it; brackets with other words belong to the value."""
    match = re.fullmatch(r"(.+?) *\(([^()]+)\)", text)
    kind = find_member(match[2], ContactPointKind) if match else None
    return ContactPoint(match[1], kind) if match and kind else ContactPoint(text)


def read_points(text: str, column: str) -> tuple[ContactPoint, ...]:
    """Return the contact points of a text, in which semicolons separate them, each once. Raises BadInput."""
    points = (read_point(part, column) for part in text.split(";") if part.strip())
    return tuple({normalize_point(point.value): point for point in points}.values())


def format_points(points: Iterable[ContactPoint]) -> str:
    """Return contact points as `read_points` reads them."""
    return "; ".join(map(str, points))


def list_other_points(points: Iterable[ContactPoint]) -> tuple[ContactPoint, ...]:
    """Return all but the preferred one."""
    return tuple(point for point in points if not point.preferred)


def collect_point_kinds(kinds: Mapping[str, ContactPointKind | None]) -> dict[str, ContactPointKind]:
    """Return the kinds of values by their normal form; that the preferred one, which is first, is for work goes without
    saying.
    """
    return {
        normalize_point(value): kind
        for index, (value, kind) in enumerate(kinds.items())
        if kind and (index or kind is not ContactPointKind.WORK)
    }


def normalize_point(value: str) -> str:
    """Return an address in lower case, or the digits of a number with 0 for the prefix of the United Kingdom."""
    if "@" in value:
        return value.strip().lower()
    bare = re.sub(r"[^0-9+]", "", value.replace("(0)", ""))
    return re.sub(r"^(\+44|0044)", "0", bare) or value.strip().lower()


def has_point(points: Iterable[ContactPoint], value: str) -> bool:
    """Return whether a value is among contact points, however it is written."""
    return normalize_point(value) in {normalize_point(point.value) for point in points}
