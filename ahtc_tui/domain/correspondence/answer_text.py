"""Reads the answer of a member from the text of a mail. An unclear answer becomes a question for a person."""

from __future__ import annotations

import re

from ahtc_tui.domain.correspondence.model import Answer
from ahtc_tui.domain.labelled_enum import find_member
from ahtc_tui.domain.text.normalization import normalize_text

_QUOTED = re.compile(
    r"(?im)^[ \t]*(?:>|-{2,} ?(?:original message|neges wreiddiol|forwarded message)|_{8,}"
    r"|(?:from|oddi wrth|sent|anfonwyd)[ \t]*:|on\b.*\bwrote:|ar\b.*\bysgrifennodd\b.*:).*"
)
"""The first line of what a reply quotes."""
_SIGNATURE = re.compile(r"(?m)^-- ?$")
_OBJECTION = re.compile(
    r"\b(?:object(?:s|ion|ions)?|disagree|oppose|against|reject|(?:not|dont|cant|cannot|unable to|never) (?:\w+ )?"
    r"(?:agree|approve|accept|support|content)|gwrthwynebu|gwrthwynebiad|anghytuno|yn erbyn"
    r"|(?:ddim yn|methu|nid wyf yn|ni allaf) (?:\w+ )?(?:cytuno|derbyn|fodlon))\b"
)
_NO_OBJECTION = re.compile(
    r"\b(?:(?:no|without|not|dont) (?:have )?(?:any )?object(?:ions?)?|(?:dim|heb) (?:unrhyw )?gwrthwynebiad"
    r"|ddim yn gwrthwynebu)\b"
)
_NO_CHANGES = re.compile(
    r"\b(?:no|without(?: any)?|dim|heb) (?:further |other |unrhyw )?"
    r"(?:changes?|comments?|corrections?|amendments?|newid(?:iadau)?|sylwadau)\b"
)
_CHANGES = re.compile(
    r"\b(?:changes?|amend(?:ed|ments?)?|corrections?|subject to|tracked|edits?|edited|newid(?:iadau)?|cywiriadau"
    r"|diwygiadau|yn amodol ar)\b"
)
_AGREEMENT = re.compile(
    r"\b(?:agree[ds]?|approved?|accept(?:ed)?|content|confirm(?:ed)?|happy (?:with|to agree)|cytuno|cytuna?f?"
    r"|cymeradwyo|cymeradwyaf|derbyn|bodlon|fodlon)\b"
)
_RESERVATION = re.compile(r"\b(?:but|except|however|unless|if|ond|heblaw|oni bai|os)\b")


def strip_quoted_text(text: str) -> str:
    """Return what the sender wrote above the quoted mail and the signature."""
    lines = text.replace("\r\n", "\n")
    for pattern in (_QUOTED, _SIGNATURE):
        if match := pattern.search(lines):
            lines = lines[: match.start()]
    return lines.strip()


def read_answer(text: str, *, has_document: bool = False) -> Answer | None:
    """Return the answer of a mail; None if its text has no answer, or could mean two.

    The first line decides where it is one of the answers that the draft proposes. An agreement with an attached
    document is an agreement with changes.
    """
    own_text = strip_quoted_text(text)
    first_line = next(iter(own_text.splitlines()), "").strip(" .!,")
    answer = find_member(first_line, Answer)
    if answer is None:
        answer = _read_sentences(normalize_text(own_text))
    if has_document and (answer is Answer.AGREED or (answer is None and not own_text)):
        return Answer.CHANGES
    return answer


def _read_sentences(text: str) -> Answer | None:
    agrees_by_denial = _NO_OBJECTION.search(text) is not None
    rest = _NO_CHANGES.sub(" ", _NO_OBJECTION.sub(" ", text))
    objects = _OBJECTION.search(rest) is not None
    agrees = agrees_by_denial or _AGREEMENT.search(_OBJECTION.sub(" ", rest)) is not None
    changes = _CHANGES.search(rest) is not None
    if objects:
        return None if agrees or _RESERVATION.search(rest) else Answer.OBJECTS
    if changes:
        return Answer.CHANGES if agrees else None
    return Answer.AGREED if agrees and not _RESERVATION.search(rest) else None
