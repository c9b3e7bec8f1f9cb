"""What the tables of one file are read with: its plan, the records, the mappings and the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from ahtc_tui.domain.imports.report import Question
from ahtc_tui.domain.imports.sheets import CellValue, Table
from ahtc_tui.domain.returns.column_profiles import ColumnProfile, build_profile
from ahtc_tui.domain.returns.register import PartyRegister
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.current_records import CurrentRecords
from ahtc_tui.services.imports.actions.model import ActionFilePlan
from ahtc_tui.services.progress import ProgressHooks

SAMPLED_LINES = 200
"""Lines from which the content of a column is judged."""
_SAMPLED_CELLS, _MIN_SAMPLED_LINES = 12_800, 25
"""Cells of a table that are sampled, and lines of a table with very many columns."""
_MIN_SHARED_HEADINGS = 0.75
"""Share of the headings from which two tables of a file have the same columns."""


class TableProfiles:
    """The profiles of the columns of all tables of a file, each computed once.

    Tables with the same columns, such as a sheet a month, are judged by their values together, and so read alike.
    """

    def __init__(self, tables: Sequence[Table]) -> None:
        self._groups: list[tuple[frozenset[str], list[Table]]] = []
        self._group_numbers: dict[int, int] = {}
        self._profiles: dict[tuple[int, str, int], ColumnProfile] = {}
        self._samples: dict[tuple[int, int], list[Sequence[CellValue]]] = {}
        self._positions: dict[int, dict[str, list[int]]] = {}
        """Positions of each heading of a table; a column without a heading is none."""
        for table in tables:
            positions = self._positions.setdefault(id(table), {})
            for position, heading in enumerate(map(normalize_text, table.headers)):
                if heading:
                    positions.setdefault(heading, []).append(position)
            self._group_numbers[id(table)] = self._find_group(frozenset(positions))
            self._groups[self._group_numbers[id(table)]][1].append(table)

    def _find_group(self, headings: frozenset[str]) -> int:
        """Return the number of the tables that share most of these headings, or that of a new group."""
        for number, (known, _tables) in enumerate(self._groups):
            if headings and len(headings & known) >= _MIN_SHARED_HEADINGS * max(len(headings), len(known)):
                return number
        self._groups.append((headings, []))
        return len(self._groups) - 1

    def build_profiles(self, table: Table, register: PartyRegister) -> tuple[ColumnProfile, ...]:
        """Return the profile of each column of a table."""
        number, profiles = self._group_numbers[id(table)], []
        for position, heading in enumerate(map(normalize_text, table.headers)):
            occurrence = self._positions[id(table)][heading].index(position) if heading else position
            key = (number, heading, occurrence) if heading else (id(table), "", position)
            if key not in self._profiles:
                values = self._sample_values(self._groups[number][1] if heading else [table], heading, occurrence)
                self._profiles[key] = build_profile(values, register.contains_name)
            profiles.append(self._profiles[key])
        return tuple(profiles)

    def _sample_values(self, tables: Sequence[Table], heading: str, occurrence: int) -> Iterator[CellValue]:
        """Yield the first values of a column of each table: of that with this heading, else of this position."""
        for table in tables:
            positions = self._positions[id(table)].get(heading, []) if heading else range(len(table.headers))
            if occurrence < len(positions):
                limit = min(SAMPLED_LINES, _SAMPLED_CELLS // len(table.headers)) // len(tables)
                rows = self._sample_rows(table, max(_MIN_SAMPLED_LINES, limit))
                yield from (values[positions[occurrence]] for values in rows)

    def _sample_rows(self, table: Table, count: int) -> list[Sequence[CellValue]]:
        """Return the values of the first lines of a table, read once for all its columns."""
        key = (id(table), count)
        if key not in self._samples:
            self._samples[key] = list(islice(table.values, count))
        return self._samples[key]


@dataclass
class ReadingContext:
    """What the tables of one file are read with."""

    file: ActionFilePlan
    records: CurrentRecords
    mappings: Mapping[str, str]
    """Field of each mapped heading; an empty one omits the column."""
    hooks: ProgressHooks
    profiles: TableProfiles
    answers: dict[str, str] = field(default_factory=dict)
    """Answers of this file by id, so that a question about two tables is asked once."""

    def resolve_once(self, question: Question) -> str:
        """Return the answer to a question, which is recorded once; empty where it is open."""
        if question.id not in self.answers:
            self.answers[question.id] = self.file.resolve_answer(question, takes=True)
        return self.answers[question.id]
