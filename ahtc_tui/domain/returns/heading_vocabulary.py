"""The words by which columns, rows and cells of action logs are known, from `headings.toml`, with examples."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.fields.model import list_columns
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.returns.model import STATED_FIELDS
from ahtc_tui.domain.text.normalization import normalize_text

_LANGUAGES: dict[str, Any] = tomllib.loads(
    files("ahtc_tui.domain.returns").joinpath("headings.toml").read_text(encoding="utf-8")
)


def merge_languages(section: str) -> dict[str, list[str]]:
    """Return the words of a section by name, those of all languages together."""
    merged: dict[str, list[str]] = {}
    for language in _LANGUAGES.values():
        for name, words in language.get(section, {}).items():
            merged.setdefault(name, []).extend(words.split() if isinstance(words, str) else words)
    return merged


FIELD_HEADINGS = merge_languages("fields") | {"row_id": ["row id"], "row_hash": ["row hash"]}
"""Normalized headings of each field; a heading of two fields means the first."""
HEADS = merge_languages("heads")
WEAK_HEADS = merge_languages("weak_heads")
WORDS = {name: frozenset(words) for name, words in merge_languages("words").items()}
PHRASES = {name: frozenset(phrases) for name, phrases in merge_languages("phrases").items()}
KINDS = {name: frozenset(words) for name, words in merge_languages("kinds").items()}
CELLS = {name: frozenset(texts) for name, texts in merge_languages("cells").items()}
"""Normalized whole texts of cells, by what they tell."""
ROWS = {name: "|".join(patterns) for name, patterns in merge_languages("rows").items()}
"""Alternatives of a regular expression for the beginning of lines that are no actions, by the kind of line."""
KIND_LABELS = (
    gettext_noop("legend"),
    gettext_noop("links"),
    gettext_noop("assets or costs"),
    gettext_noop("changes"),
    gettext_noop("communications"),
    gettext_noop("notes of a daily meeting"),
    gettext_noop("attendance"),
    gettext_noop("risks"),
)
"""The keys of `KINDS`, which people read."""
_JOINED_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")


def normalize_heading(heading: str) -> str:
    """Return a heading in the form in which it is compared: "% complete" gives "percent complete".

    Words that are run together with capitals are parted: "DueDate" and "RAGStatus".
    """
    parted = _JOINED_WORDS.sub(" ", heading.replace("#", " no ").replace("%", " percent "))
    return normalize_text(parted.replace("_", " "))


def read_own_headings(text: str, known_fields: Iterable[str]) -> dict[str, str]:
    """Return the field of each heading of a file of a workspace, which has the sections of `headings.toml`.

    Raises BadFile, whose text is only the reason, for a file that is not TOML and for an unknown field.
    """
    try:
        languages = tomllib.loads(text)
        headings = {
            normalize_text(heading): field
            for language in languages.values()
            for field, names in language["fields"].items()
            for heading in names
        }
    except tomllib.TOMLDecodeError as error:
        raise BadFile(str(error)) from error
    except (KeyError, TypeError, AttributeError) as error:
        example = '[en.fields] lead = ["Actionee"]'
        raise BadFile(_("it must have the form {example}").format(example=example)) from error
    for field in headings.values():
        if field not in known_fields:
            raise BadFile(_('no field is called "{field}"').format(field=field))
    return headings


HEADING_EXAMPLES = {
    "ref": gettext_noop("ref, reference"),
    "source": gettext_noop("source, meeting"),
    "objective": gettext_noop("objective, aim"),
    "title": gettext_noop("action, task"),
    "detail": gettext_noop("full description, background"),
    "lead": gettext_noop("lead, owner"),
    "support": gettext_noop("support, partners"),
    "original_due": gettext_noop("original due date, baseline"),
    "due": gettext_noop("due date, deadline"),
    "proposed_due": gettext_noop("revised date, new date"),
    "days_left": gettext_noop("days left, days late"),
    "file_marking": gettext_noop("marking, protective marking"),
    "status": gettext_noop("status, position"),
    "brag": gettext_noop("BRAG, RAG rating"),
    "update": gettext_noop("progress, update"),
    "update_on": gettext_noop("date of update, last updated"),
    "closed_on": gettext_noop("date closed, completed on"),
    "percent": gettext_noop("percent complete, percentage"),
    "evidence": gettext_noop("evidence, document"),
    "priority": gettext_noop("priority, urgency"),
    "comment": gettext_noop("comments, notes"),
    **{name: list_columns(ActionRow)[name].message for name in STATED_FIELDS},
}
"""Two usual headings of each field, as a person writes them."""
