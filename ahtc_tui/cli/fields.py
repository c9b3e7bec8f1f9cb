"""What people write as field=value behind a command."""

from __future__ import annotations

from collections.abc import Iterable

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.words import _


def pairs(words: Iterable[str]) -> dict[str, str]:
    """Field to value; a field may be written with dashes. Raises BadInput on a word without an equals sign."""
    fields = {}
    for word in words:
        field, equals, value = word.partition("=")
        if not equals:
            raise BadInput(_('Write field=value, not "{word}".').format(word=word))
        fields[field.strip().lower().replace("-", "_")] = value
    return fields
