"""Statuses and BRAG ratings as they are written in action logs, in English and Welsh, and what a colour proposes."""

from __future__ import annotations

import re
from colorsys import rgb_to_hsv
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from ahtc_tui.domain.actions.model import Brag, Priority, Status
from ahtc_tui.domain.i18n import SEPARATOR, _
from ahtc_tui.domain.returns.heading_vocabulary import CELLS, ROWS, merge_languages
from ahtc_tui.domain.text.normalization import normalize_text

_FAINT = 0.15
"""Saturation below which a colour is white, grey, the tint of a banded row or the tint of our input cells (FFF8DC)."""
_DARK = 0.25
_HUES = ((18, "red"), (68, "amber"), (172, "green"), (262, "blue"), (335, None), (361, "red"))
"""Upper limit of each name in degrees of hue; purple, between blue and red, has none."""


def find_colour_name(red: int, green: int, blue: int) -> str | None:
    """Return "blue", "red", "amber" or "green" for the saturated and pale colours of ratings; None for any other."""
    hue, saturation, value = rgb_to_hsv(red / 255, green / 255, blue / 255)
    if saturation < _FAINT or value < _DARK:
        return None
    return next(name for most, name in _HUES if hue * 360 < most)


Choice = TypeVar("Choice", Status, Brag, Priority)


def _list_values(section: str, choices: type[Choice]) -> dict[str, Choice]:
    """Return the member of an enumeration that each text of a section of `headings.toml` names."""
    return {text: choices(value) for value, texts in merge_languages(section).items() for text in texts}


_NO_UPDATE = re.compile(rf"(?:{ROWS['no_update']})(?: (?:{ROWS['since']}))*")
"""Normalized texts that mean that there is no update."""
MAX_LENGTH = 100
"""Number of letters above which a text is a report and not a status."""
_STATUS_BY_WORDS = _list_values("statuses", Status)
_STATUS_BY_LETTERS = {words.replace(" ", ""): status for words, status in _STATUS_BY_WORDS.items()}
"""Status of each text written as one word: "inprogress"."""
_RATING_BY_PROGRESS = _list_values("progress", Brag)
"""Rating of each text for progress, which means a rating and not a status."""
_PRIORITY_BY_WORDS = _list_values("priorities", Priority)
_BRAG_BY_WORDS = _list_values("ratings", Brag) | _RATING_BY_PROGRESS
TICKS = frozenset("✓✔☑√")
"""Signs that mean "done"."""
_STATUS_WITH_DETAIL = re.compile(
    r"^(?P<words>[^\W\d][^\d(\[:;–—]*?)\s*(?:[-–—:;(\[]|\bon\b|\bar\b|(?=\d)).*$", re.DOTALL
)
_DETAIL_EDGES = re.compile(r"^[\s\-–—:;,(\[]*(?:(?:on|ar|in|by)\b)?\s*|[\s)\].;,]+$", re.IGNORECASE)
_PERCENT = re.compile(r"\s*(\d{1,3}(?:[.,]\d+)?)\s*%")
_DATE_ONLY = re.compile(r"[\s\d()\[\]:;,./–—-]*(?:(?:on|ar|in|by|[^\W\d]{3,9})?[\s\d()\[\]:;,./–—-]*){0,3}")


def parse_status(text: str) -> Status | None:
    """Return the status that a text names ("Wedi’i gwblhau" is done), or None. "Open" counts as in progress."""
    if len(text) > MAX_LENGTH:
        return None
    parts = text.replace(" / ", SEPARATOR).split(SEPARATOR)
    if len(parts) > 1 and len(named := {parse_status(part) for part in parts}) == 1:
        return named.pop()  # in two languages: "Ar waith | In progress"
    words = normalize_text(text)
    if not words:
        return Status.DONE if TICKS & set(text) else None
    if status := _STATUS_BY_WORDS.get(words) or _STATUS_BY_LETTERS.get(words):
        return status
    if words in CELLS["open"]:
        return Status.IN_PROGRESS
    percent = parse_percent(text)
    if percent is not None:
        if percent < 100:
            return Status.IN_PROGRESS
        rest = normalize_text(text.partition("%")[2])
        return _STATUS_BY_WORDS.get(rest) if rest else Status.DONE
    if (dated := _STATUS_WITH_DETAIL.match(text)) and (status := _STATUS_BY_WORDS.get(normalize_text(dated["words"]))):
        detail = text[dated.end("words") :]
        return status if _DATE_ONLY.fullmatch(detail) or detail.strip().startswith(("(", "[")) else None
    return _find_near_status(words)


def parse_percent(text: str) -> float | None:
    """Return the percentage that a text begins with, from 0 to 100: 62.5 for "62.5% so far"."""
    match = _PERCENT.match(text)
    number = float(match[1].replace(",", ".")) if match else 101
    return number if number <= 100 else None


def find_status_detail(text: str) -> str:
    """Return the part of a status after its words: "13/11/2013" in "Completed on 13/11/2013"; empty without one."""
    dated = _STATUS_WITH_DETAIL.match(text) if len(text) <= MAX_LENGTH else None
    if dated is None or normalize_text(text) in _STATUS_BY_WORDS:
        return ""
    return _DETAIL_EDGES.sub("", text[dated.end("words") :])


def is_only_open(text: str) -> bool:
    """Return whether a text only means "not closed" ("Open", "N", "0%"), which does not change an open status."""
    return len(text) <= MAX_LENGTH and (normalize_text(text) in CELLS["open"] or parse_percent(text) == 0)


def parse_priority(text: str) -> Priority | None:
    """Return the priority that a text names ("Critical" is high), or None."""
    return _PRIORITY_BY_WORDS.get(normalize_text(text)) if len(text) <= MAX_LENGTH else None


def parse_brag(text: str) -> Brag | None:
    """Return the rating that a text names ("R Red", "Amber", "Gwyrdd", "C Coch | R Red"); None for none or for two."""
    words = normalize_text(text) if len(text) <= MAX_LENGTH else ""
    if brag := _BRAG_BY_WORDS.get(words):
        return brag
    named = {_BRAG_BY_WORDS[word] for word in words.split() if word in _BRAG_BY_WORDS}
    if not any(len(word) > 1 and word in _BRAG_BY_WORDS for word in words.split()):
        return None
    return named.pop() if len(named) == 1 and len(words.split()) <= 4 and not words.startswith("not ") else None


def parse_progress_rating(text: str) -> Brag | None:
    """Return the rating that words for progress mean ("slipped" is amber); None for the name of a rating."""
    return _RATING_BY_PROGRESS.get(normalize_text(text)) if len(text) <= MAX_LENGTH else None


def is_only_yes(text: str) -> bool:
    """Return whether a text is an answer whose meaning depends on its heading ("yes")."""
    return normalize_text(text) in CELLS["yes"]


def is_no_update(text: str) -> bool:
    """Return whether the text of an update only states that there is none ("No change")."""
    return len(text) <= MAX_LENGTH and _NO_UPDATE.fullmatch(normalize_text(text)) is not None


@dataclass(frozen=True, slots=True)
class ColourProposal:
    """The rating and the status that a colour proposes; they are never applied without a decision."""

    brag: Brag
    status: Status | None
    """Done for blue; the other colours are ratings only."""
    label: str
    """The meaning in words, for questions."""


def propose_from_colour(colour: str | None) -> ColourProposal | None:
    """Return the proposal of a colour ("blue", "red", "amber", "green"); None for any other."""
    return _build_colour_proposals().get(colour or "")


def _build_colour_proposals() -> dict[str, ColourProposal]:
    return {
        "blue": ColourProposal(Brag.BLUE, Status.DONE, _("done")),
        "green": ColourProposal(Brag.GREEN, None, _("on track")),
        "amber": ColourProposal(Brag.AMBER, None, _("at risk")),
        "red": ColourProposal(Brag.RED, None, _("late or stuck")),
    }


def _find_near_status(words: str) -> Status | None:
    """Return the status of a text of seven letters or more with one typing error ("Compelted")."""
    if len(words) < 7 or words.startswith(("not ", "in", "un", "heb ")):
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    phrases = _list_phrases(len(words))
    best_match = process.extractOne(words, phrases, scorer=DamerauLevenshtein.distance, score_cutoff=1)
    return _STATUS_BY_WORDS[best_match[0]] if best_match else None


@cache
def _list_phrases(length: int) -> list[str]:
    """Return the phrases of seven letters or more that one typing error can turn into a text of this length."""
    return [phrase for phrase in _STATUS_BY_WORDS if len(phrase) >= 7 and abs(len(phrase) - length) <= 1]
