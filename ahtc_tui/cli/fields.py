"""`field=value` words, as every `edit` takes them."""

from __future__ import annotations

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.words import _


def pairs(words: list[str]) -> dict[str, str]:
    """`field=value` words as a dictionary. Raises BadInput on a word without "="."""
    found = {}
    for word in words:
        field, equals, value = word.partition("=")
        if not equals:
            raise BadInput(_('Write field=value, not "{word}".').format(word=word))
        found[field.strip().replace("-", "_")] = value
    return found
