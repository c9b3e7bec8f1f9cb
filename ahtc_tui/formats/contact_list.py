"""Contacts as CSV and as a workbook, without internal notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.imports.contacts import ExportedContact
