"""Answers to a release list, as a file of the command line gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.publication.model import FreeText, TextDecision
from ahtc_tui.domain.text.cleaning import clean_line

REST = "*"
"""Stands for every text that waits and has no answer of its own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision about a text, with the wording of a text that is reworded."""

    decision: TextDecision
    wording: str | None = None
    wording_cy: str | None = None

    def fill_in(self, text: FreeText) -> Answer:
        """Return the answer with the wording that is printed."""
        match self.decision:
            case TextDecision.KEEP:
                return Answer(self.decision, text.printed, text.printed_cy)
            case TextDecision.REWORD:
                return Answer(self.decision, self.wording or text.printed, self.wording_cy)
        return self


KEEP, WITHHOLD = Answer(TextDecision.KEEP), Answer(TextDecision.WITHHOLD)


def build_reworded(english: str, welsh: str | None = None) -> Answer:
    """Return the answer that prints another wording. Raises ValueError where both are empty."""
    wording, wording_cy = clean_line(english), clean_line(welsh)
    if not (wording or wording_cy):
        raise ValueError
    return Answer(TextDecision.REWORD, wording or None, wording_cy or None)


def parse_answers(values: Mapping[str, Any], name: str) -> dict[str, Answer]:
    """Return the answers of a file by key of the text. Raises BadFile, which names the file and the key."""
    return {key: _parse_answer(key, value, name) for key, value in values.items()}


def refuse_unknown(answers: Mapping[str, Answer], known: Iterable[str], name: str) -> None:
    """Raise BadFile for an answer to a text that is not on the list."""
    listed = {*known, REST}
    if unknown := next((key for key in answers if key not in listed), None):
        raise BadFile(_('{name}: the release list has no text "{key}".').format(name=name, key=unknown))


def _parse_answer(key: str, value: Any, name: str) -> Answer:
    simple = {"keep": KEEP, "withhold": WITHHOLD}
    if isinstance(value, str) and value in simple:
        return simple[value]
    wording = value.get("publish") if isinstance(value, dict) and set(value) == {"publish"} else None
    if isinstance(wording, str):
        wording = {"en": wording}
    if key != REST and isinstance(wording, dict) and set(wording) <= {"en", "cy"}:
        texts = [wording.get("en") or "", wording.get("cy")]
        if isinstance(texts[0], str) and isinstance(texts[1], str | None):
            try:
                return build_reworded(texts[0], texts[1])
            except ValueError:
                pass
    if key == REST:
        raise BadFile(_('{name}: the answer to "*" must be `"keep"` or `"withhold"`.').format(name=name))
    sentence = _('{name}: the answer to "{key}" must be `"keep"`, `"withhold"` or `{{"publish": "..."}}`.')
    raise BadFile(sentence.format(name=name, key=key))
