"""Fixed values of terms, with their spellings in English and Welsh.

Spellings are compared without case, accents, apostrophes and punctuation: `statws:wedi'i-gwblhau`, `is:HWYR`.
"""

from __future__ import annotations

from ahtc_tui.domain.filters.model import TermKind
from ahtc_tui.domain.i18n import Language, get_current_language, pgettext
from ahtc_tui.domain.text.normalization import normalize_text

STATES = ("open", "closed", "late", "continuing", "blocked")
"""Values of "is:"."""

CHOICES: dict[TermKind, dict[str, str]] = {
    TermKind.STATUS: {
        status: status
        for status in ("planned", "in_progress", "continuing", "on_hold", "proposed_complete", "done", "cancelled")
    },
    TermKind.BRAG: {"B": "blue", "R": "red", "A": "amber", "G": "green"},
    TermKind.STATE: {state: state for state in STATES},
    TermKind.KIND: {kind: kind for kind in ("person", "post", "organisation")},
    TermKind.LANGUAGE: {"en": "english", "cy": "welsh"},
}
"""Accepted values of terms that have a fixed set, each with its name; a test compares them with the enumerations."""

WELSH_SPELLINGS: dict[TermKind, dict[str, tuple[str, ...]]] = {
    TermKind.STATUS: {
        "planned": ("cynlluniedig", "wedi'i gynllunio", "wedi'i chynllunio", "heb ddechrau"),
        "in_progress": ("ar waith", "ar y gweill"),
        "continuing": ("parhaus", "yn parhau"),
        "on_hold": ("ar saib", "oedwyd", "wedi'i oedi", "wedi oedi", "wedi'i ohirio", "gohiriwyd"),
        "proposed_complete": ("cynnig ei gau", "cynnig cau", "cynnig cwblhau"),
        "done": ("cwblhawyd", "wedi'i gwblhau", "wedi'i chwblhau", "wedi cwblhau"),
        "cancelled": ("canslwyd", "wedi'i ganslo", "wedi'i chanslo"),
    },
    TermKind.BRAG: {
        "B": ("glas", "gl"),
        "R": ("coch", "c"),
        "A": ("ambr", "oren", "melyn"),
        "G": ("gwyrdd", "gw"),
    },
    TermKind.STATE: {
        "open": ("agored", "ar agor"),
        "closed": ("caeedig", "caewyd", "ar gau", "wedi cau"),
        "late": ("hwyr", "yn hwyr"),
        "continuing": ("parhaus", "yn parhau"),
        "blocked": ("rhwystredig", "wedi'i rwystro", "wedi rhwystro"),
    },
    TermKind.KIND: {"person": ("person", "unigolyn"), "post": ("swydd",), "organisation": ("sefydliad",)},
    TermKind.LANGUAGE: {"en": ("saesneg",), "cy": ("cymraeg",)},
}
"""Welsh spellings of each value, the usual one first."""

SHORT_TERMS = {
    **{state: (TermKind.STATE, state) for state in STATES},
    "all": (TermKind.STATE, "all"),
    **{name: (TermKind.STATUS, name) for name in ("done", "cancelled", "planned")},
    **{
        "progress": (TermKind.STATUS, "in_progress"),
        "hold": (TermKind.STATUS, "on_hold"),
        "proposed": (TermKind.STATUS, "proposed_complete"),
    },
    **{colour: (TermKind.BRAG, value) for value, colour in CHOICES[TermKind.BRAG].items()},
}
"""Kind and value by the word after "!"."""
WELSH_SHORT_TERMS = {
    "agored": "open",
    "caeedig": "closed",
    "hwyr": "late",
    "parhaus": "continuing",
    "rhwystredig": "blocked",
    "pob": "all",
    "cwblhawyd": "done",
    "canslwyd": "cancelled",
    "cynlluniedig": "planned",
    "gwaith": "progress",
    "oedi": "hold",
    "cynnig": "proposed",
    "coch": "red",
    "ambr": "amber",
    "oren": "amber",
    "gwyrdd": "green",
    "glas": "blue",
}
"""English word by the Welsh word after "!"."""


def find_value(kind: TermKind, typed: str) -> str | None:
    """Return the value of a fixed set that a spelling in either language means, or None."""
    normalized = normalize_text(typed)
    for value, name in CHOICES[kind].items():
        spellings = (value, name, *WELSH_SPELLINGS[kind].get(value, ()))
        if normalized in (normalize_text(spelling) for spelling in spellings):
            return value
    return None


def list_value_spellings(kind: TermKind) -> list[tuple[str, str]]:
    """Return every spelling of the values, each with what an error shows for it: "B (blue)" for a rating."""
    return [
        (spelling, shown)
        for value in CHOICES[kind]
        for shown in [_show_letter_and_colour(value) if kind is TermKind.BRAG else show_value(kind, value)]
        for spelling in (value, *WELSH_SPELLINGS[kind][value])
    ]


def _show_letter_and_colour(value: str) -> str:
    """Return the letter of a rating in the language of the interface, and its colour."""
    is_welsh = get_current_language() is Language.CY
    colour = WELSH_SPELLINGS[TermKind.BRAG][value][0] if is_welsh else CHOICES[TermKind.BRAG][value]
    letter = pgettext("letter of a rating", value)
    return f"{letter} ({colour})"


def show_value(kind: TermKind, value: str) -> str:
    """Return the spelling of a value in the language of the interface: "on_hold" or "ar_saib"."""
    if get_current_language() is not Language.CY:
        return value
    return WELSH_SPELLINGS[kind][value][0].replace(" ", "_")


def find_short_term(typed: str) -> tuple[TermKind, str] | None:
    """Return the kind and the value that a word after "!" in either language means, or None."""
    word = normalize_text(typed)
    return SHORT_TERMS.get(WELSH_SHORT_TERMS.get(word, word))


def list_short_spellings() -> list[tuple[str, str]]:
    """Return every word after "!", each with the word that the language of the interface shows for it."""
    welsh_words = {english: welsh for welsh, english in reversed(WELSH_SHORT_TERMS.items())}
    is_welsh = get_current_language() is Language.CY
    spellings = [(word, welsh_words[word] if is_welsh else word) for word in SHORT_TERMS]
    return spellings + [(welsh, welsh if is_welsh else english) for welsh, english in WELSH_SHORT_TERMS.items()]
