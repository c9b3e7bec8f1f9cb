"""Joins the arguments of a command to the text of a filter."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NAME_WITH_SPACES = re.compile(
    r"-?(?:lead|group|support|organisation|org|area|class|list|arweinydd|gr(?:w|ŵ|w\u0302)p|cefnogaeth|sefydliad|sef|ardal|dosbarth|rhestr)"
    r':[^"\s]+(?: [^\s:"@#!<>+-][^\s:"<>]*)+',
    re.IGNORECASE,
)

_TERM = re.compile(r'[#@!"]|-[#"\w]|[^\W\d]+(:|\s*[<>])')


def is_filter_term(argument: str) -> bool:
    """Return whether an argument begins with a condition of a filter, and is not the name of a record."""
    return _TERM.match(argument) is not None


def join_arguments(arguments: Sequence[str]) -> str:
    """Return the text of a filter; an argument such as `area:North Wales` is one condition."""
    return " ".join(_quote(argument) for argument in arguments)


def _quote(argument: str) -> str:
    if not _NAME_WITH_SPACES.fullmatch(argument):
        return argument
    prefix, _colon, name = argument.partition(":")
    return f'{prefix}:"{name}"'
