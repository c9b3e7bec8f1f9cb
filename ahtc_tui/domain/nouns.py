"""The kinds of record whose fields people can change."""

from __future__ import annotations

from ahtc_tui.domain.actions.fields import ACTION_FIELDS
from ahtc_tui.domain.fields.model import Noun

NOUNS = (Noun("action", "actions.ActionDraft", ACTION_FIELDS),)
