"""Headings under which files have the columns that row classes state."""

from __future__ import annotations

from functools import cache
from typing import Any

from ahtc_tui.domain.fields.model import Place, list_columns_in
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.text.normalization import normalize_text


@cache
def list_stated_headings(row_type: Any) -> dict[str, str]:
    """Return the columns that a file may have, by their normalized headings in both languages."""
    headings: dict[str, str] = {}
    for language in (Language.EN, Language.CY):
        with use_language(language):
            columns = list_columns_in(Place.IMPORT, row_type).items()
            headings |= {normalize_text(stated.heading): name for name, stated in columns}
    return headings
