"""Structure of minutes written by others: heading, attendance, items with their lines, tables of actions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.documents.meeting_document import is_about_apologies
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.imports.written_document import Block, BlockKind, WrittenDocument
from ahtc_tui.domain.meetings.kinds import LineKind, Presence
from ahtc_tui.domain.meetings.standard_titles import is_standard_title
from ahtc_tui.domain.minutes.written_attendance import (
    APOLOGIES_SENTENCE,
    AttendanceReader,
    WrittenAttendee,
    find_state,
)
from ahtc_tui.domain.minutes.written_lines import (
    WrittenLine,
    clean_owner,
    clean_words,
    find_label,
    read_paragraph,
    split_number,
)
from ahtc_tui.domain.returns.headings import resolve_heading

MAX_LIST = 20
"""Number of blocks below a label that are looked at."""
MAX_TITLE = 90
"""Number of characters of the longest title of an item without a style."""
MAX_GAP = 3
"""Difference from which a number does not follow that of the item before: minutes leave out numbers of the agenda."""
FEW_TITLES = 2
"""Number of titles with a number or style from which plain bold or capital lines are no titles."""

_FACT = re.compile(
    r"(?P<name>date(?: and time)?|date of meeting|day|time|venue|location|place|chair(?:ed by|man|person)?|reference"
    r"|status|dyddiad(?: ac amser)?|amser|lleoliad|man(?: cyfarfod)?|cadeirydd|cyfeirnod|statws)"
    r"\s*[:–—]\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+(?:the\s+)?|(?:dydd|nos)\s+[^\W\d_]+,?\s+)?"
    r"(?:\d{1,2}\s?(?:st|nd|rd|th|af|il|ydd|ed|fed|eg|ain)?\s+(?:of\s+|o\s+)?[^\W\d_]{3,10},?\s+\d{4}"
    r"|[A-Z][a-z]{2,8}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}-[a-z]{3,9}-\d{4}|\d{4}-\d{2}-\d{2})",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:\d{1,2}[:.]\d{2}\s?(?:a\.?m|p\.?m|yb|yp|yh|y\.b|y\.p|y\.h)?\b|\d{1,2}\s?(?:a\.?m|p\.?m|yb|yp|yh)\b)",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:held|(?:a )?g?cynhaliwyd|gynhaliwyd)\b.*?\b(?:in|at|via|by|yn|ym|yng|drwy)\s+"
    r"(?P<where>(?:the\s+|y\s+|yr\s+)?[A-ZÂÊÎÔÛŴŶ].+?)"
    r"(?=,?\s+(?:[oO]n|[aA]t|am|ar)\s+(?:\d|\w*day\b|ddydd\b|nos\b)"
    r"|,?\s+(?:ddydd|nos|commencing|and via|a thrwy)\b|[.;]|$)",
)
_BARE_NUMBER = re.compile(r"(?P<number>\d{1,2})\s+(?P<title>[A-ZÂÊÎÔÛŴŶ][^.]{2,70})(?P<end>\.?)$")
"""A title after a number without a point: "3 Welcome"."""
_COLUMN_GAP = re.compile(r"(?<=[\w)])(?:\s{3,}|\s*\t\s*)(?=\w)")
_NUMBER_COLUMN = re.compile(r"\s*\d{1,2}(?:\s{3,}|\t)")
_ITEM_WORD = re.compile(r"(?:agenda )?(?:item|eitem)\s+(?=\d)(?:(?P<number>\d{1,2})\s*[-–—:]\s*)?", re.IGNORECASE)
_CODED_TITLE = re.compile(r"[A-Z][A-Z&]{0,4}\s?\d{1,4}[a-z]?/\d{2,4}(?:\s+[A-Z]|$)")
"""A title after a code with letters: "FGB 98/2122 Apologies"."""
_FIELD = re.compile(r"(?P<name>[\w-]+):\s*(?P<value>.*)")
_NUMBER_ALONE = re.compile(r"\(?\d{1,3}\)?\.?\)?")
_RECORD_LABEL = re.compile(r"(?:minutes|record|cofnod(?:ion)?)\s*:", re.IGNORECASE)
"""The label between the purpose of an item and its record, as systems for committees print it."""
_ACTION_NAMES = re.compile(
    r"(?P<before>^|\S\s{2,}|\S\s*[\t\n]\s*)(?P<label>Actions?|ACTIONS?)\s+"
    r"(?P<owner>[A-Z][\w'’.]*(?:\s*(?:,|/|&|and)\s*[A-Z][\w'’.]*)*)\s*$"
)
"""A label with names and no colon, alone or in a column of its own: "Action SH"."""
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|should|can|could|may|must|does|did)\b", re.IGNORECASE
)
_NEXT = re.compile(r"next meeting|cyfarfod nesaf", re.IGNORECASE)
_WELSH_MARKS = re.compile(r"\b(?:cofnodion|yn bresennol|ymddiheuriadau|penderfynwyd|cytunwyd|cam gweithredu)\b")
_ENGLISH_MARKS = re.compile(r"\b(?:minutes|present|apologies|resolved|agreed|action)\b")


@dataclass
class WrittenItem:
    """An item with its lines, or the text before the first item, which has no title."""

    title: str = ""
    number: str = ""
    place: str = ""
    lines: list[WrittenLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A row of a table of actions or decisions."""

    line: WrittenLine
    ref: str = ""
    """The number or reference in the row."""
    item: int = 0
    """Number of the item under which the table is, counted from 1."""


@dataclass
class WrittenMinutes:
    """Contents of a document, before any name is looked up."""

    head: list[str] = field(default_factory=list)
    """The words before attendance and items, a block each."""
    title: str = ""
    days: list[DateAsKnown] = field(default_factory=list)
    """Possible dates of the meeting in the heading; a single one if it is clear."""
    page_day: DateAsKnown | None = None
    """Date of the page for a web site on which the minutes are; often the day on which they were put there."""
    time: str = ""
    venue: str = ""
    attendance: list[WrittenAttendee] = field(default_factory=list)
    attendance_text: list[str] = field(default_factory=list)
    """The words of the list of attendance, a block each."""
    items: list[WrittenItem] = field(default_factory=list)
    is_welsh: bool = False
    rows: list[WrittenRow] = field(default_factory=list)
    """Rows of tables of actions and decisions."""


def read_minutes(document: WrittenDocument, today: date) -> WrittenMinutes:
    """Return the structure of a document. `today` is the day for dates where the heading has none."""
    return _MinutesReader(document.blocks, today).read()


class _MinutesReader:
    """Goes through the blocks once, in order."""

    def __init__(self, blocks: Sequence[Block], today: date) -> None:
        texts = [block for block in blocks if clean_words(block.text)]
        self.fields = [clean_words(block.text) for block in texts if block.kind is BlockKind.FIELD]
        self.blocks = list(_join_numbers([_mark_owner(block) for block in texts if block.kind is not BlockKind.FIELD]))
        self.result = WrittenMinutes(head=list(self.fields))
        self.attendance = AttendanceReader(lambda block: self._find_item(block) is not None)
        self.today = today
        self.day = today
        """Date to which dates without a year refer: the date of the meeting where the heading has one."""
        self.default = LineKind.NOTE
        """Kind of the paragraphs under a heading such as "Actions"."""
        self.last_number = 0
        self.has_plain_titles = False
        """Whether items have titles on separate lines without number and style."""
        self.has_codes = sum(_CODED_TITLE.match(clean_words(block.text)) is not None for block in self.blocks) > 2
        titles = [block for block in self.blocks if _is_marked_title(block)]
        self.has_marked_titles = self.has_codes or len(titles) >= FEW_TITLES
        """Whether titles have a number, a style or a code, so that other bold or capital lines are none."""
        self.has_list_titles = not any(block.kind is BlockKind.HEADING for block in titles)
        numbered = sum(_is_heading(block) and bool(split_number(clean_words(block.text))[0]) for block in self.blocks)
        self.has_numbers = numbered > FEW_TITLES and numbered * 2 > sum(map(_is_heading, self.blocks))
        """Whether most headings have a number, so that one without a number is none."""

    def read(self) -> WrittenMinutes:
        text = "\n".join(block.text for block in self.blocks).lower()
        self.result.is_welsh = bool(_WELSH_MARKS.search(text)) and not _ENGLISH_MARKS.search(text)
        start = self._read_head()
        if len(self.result.days) == 1:
            self.day = self.result.days[0].latest
        position = start
        while position < len(self.blocks):
            block = self.blocks[position]
            if block.kind is BlockKind.ROW:
                rows = [row for row in self.blocks[position:] if row.kind is BlockKind.ROW and row.table == block.table]
                rows = rows[: _count_adjacent(self.blocks, position)]
                self._read_table(rows)
                position += len(rows)
            else:
                self._read_block(block)
                position += 1
        self.result.attendance, self.result.attendance_text = self.attendance.people, self.attendance.text
        return self.result

    # The heading

    def _read_head(self) -> int:
        """Read the blocks before attendance and items; return the position of the first of these."""
        for position, block in enumerate(self.blocks):
            words = clean_words(block.text)
            if block.kind is BlockKind.ROW and not _is_table_of_facts(block):
                return self._finish_head(position)
            item = self._find_item(block, position)
            is_style = item is not None and not item[0] and not is_standard_title(item[1])
            if is_style and block.kind is not BlockKind.HEADING and self._has_firm_beginning(position):
                item = None
            if find_state(words) or APOLOGIES_SENTENCE.match(words) or item:
                return self._finish_head(position)
            if position and not _is_short(words) and not _has_fact(words):
                return self._finish_head(position)
            self.result.head.append(words)
        end = self._count_facts()
        del self.result.head[len(self.fields) + end :]
        return self._finish_head(end)

    def _count_facts(self) -> int:
        """Return the number of blocks of the heading of a document without attendance and items: a title and facts."""
        others = (
            position
            for position, block in enumerate(self.blocks)
            if position and not _has_fact(clean_words(block.text))
        )
        return next(others, len(self.blocks))

    def _has_firm_beginning(self, position: int) -> bool:
        """Return whether attendance, or an item with a number or a usual title, follows soon."""
        for block in self.blocks[position + 1 : position + MAX_LIST]:
            words = clean_words(block.text)
            item = self._find_item(block)
            if find_state(words) or (item and (item[0] or is_standard_title(item[1]))):
                return True
            if not _is_short(words):
                return False
        return False

    def _finish_head(self, position: int) -> int:
        result, labelled = self.result, list[DateAsKnown]()
        fields = {match["name"].lower(): match["value"] for match in map(_FIELD.match, self.fields) if match}
        for words in (*filter(None, [fields.get("title")]), *result.head[len(self.fields) :]):
            fact = _FACT.match(words)
            name = fact["name"].lower() if fact else ""
            value = fact["value"] if fact else words
            if name.startswith(("date", "day", "dyddiad")):
                labelled += _find_dates(value, self.today)
            if name.startswith(("venue", "location", "place", "lleoliad", "man")):
                result.venue = result.venue or value
            if not _NEXT.search(words):
                result.days += [day for day in _find_dates(value, self.today) if day not in result.days]
            if not result.time and (match := _TIME.search(value)) and name not in ("reference", "status"):
                result.time = match[0]
            if not result.venue and not fact and (held := _HELD.search(words)):
                result.venue = "" if _find_dates(held["where"], self.today) else held["where"].strip(" ,")
        result.days = labelled[:1] or result.days
        result.page_day = next(iter(_find_dates(fields.get("date", ""), self.today)), None)
        result.venue = result.venue or fields.get("venue", "") or fields.get("location", "")
        titles = (words for words in result.head[len(self.fields) :] if not _FACT.match(words))
        result.title = fields.get("title") or next(titles, "")
        return position

    # Items

    def _find_item(self, block: Block, position: int = 1) -> tuple[str, str, str] | None:
        """Return number, title and further words of a block that begins an item; None for another block."""
        first, _separator, after = block.text.partition("\n")
        if clean_words(after) and block.kind is BlockKind.LIST_ITEM and first.isupper() and _is_title(first.strip()):
            return "", clean_words(first), clean_words(after)
        number, title = self._split_title(block)
        top = int(number) if number.isdigit() else 0
        is_heading = block.kind is BlockKind.HEADING and (bool(number) or not self.has_numbers)
        if is_heading and not self._is_heading_of_document(block, number, title):
            return number, title, ""
        if is_standard_title(title.rstrip(":")) and (number or block.is_bold or not block.text.strip().endswith(".")):
            self.has_plain_titles |= not number and not block.is_bold and not self.has_marked_titles
            return number, title.rstrip(":"), ""
        inline = re.match(r"(?P<title>[^:.]{3,70}):\s+(?P<rest>\S.*)", title, re.DOTALL)
        is_next = 0 < top - self.last_number <= MAX_GAP and not self.has_codes
        is_reference = "/" in number or self._follows_item(number)
        if (is_next or is_reference) and find_label(title.partition(":")[0]) is None:
            if inline and not _find_label_kind(title):
                return number, inline["title"], inline["rest"]
            if _is_title(title.rstrip(" ;")) and not _FINITE.search(title):
                return number, title.rstrip(" :;–—-"), ""
        is_plain = (
            self.has_plain_titles and not number and len(title.split()) <= 6 and block.kind is BlockKind.PARAGRAPH
        )
        if (
            is_plain
            and _is_plain_title(title)
            and self.attendance.state is None
            and position
            and find_label(title) is None
            and not self._is_in_list(block)
        ):
            return "", title, ""
        is_capital = title.isupper() and len(title.split()) > 1 and not re.search(r"[,\d]", title)
        is_styled = not self.has_marked_titles or (block.kind is BlockKind.LIST_ITEM and self.has_list_titles)
        if not number and is_styled and (block.is_bold or is_capital) and _is_title(title) and position:
            return "", title.rstrip(" :–—-"), ""
        return None

    def _split_title(self, block: Block) -> tuple[str, str]:
        """Return the number and the words of a block; it may have no point if it follows that of the last item."""
        words = clean_words(block.text)
        words = _ITEM_WORD.sub(lambda match: f"{match['number']}. " if match["number"] else "", words, count=1)
        number, title = split_number(words)
        if not number and (match := _BARE_NUMBER.match(words)):
            is_column = _NUMBER_COLUMN.match(block.text) is not None
            gap = int(match["number"]) - self.last_number
            if 0 < gap <= (MAX_GAP if is_column else MAX_GAP - 1) and (is_column or not match["end"]):
                return match["number"], match["title"]
        return number, title

    def _follows_item(self, number: str) -> bool:
        """Return whether a number of several parts follows that of the item before: 19.07.02, 19.07.03."""
        before, last = self.result.items[-1].number.split(".") if self.result.items else [], number.split(".")
        is_same = len(last) > 1 and before[:-1] == last[:-1] and before[-1].isdigit() and last[-1].isdigit()
        return is_same and int(last[-1]) == int(before[-1]) + 1

    def _is_in_list(self, block: Block) -> bool:
        """Return whether a line is one of a list: a line ends with a colon above it, or it has nothing below it."""
        before = self._list_before(block)
        following = self.blocks[len(before) + 1 :][:1]
        is_listed = bool(before) and clean_words(before[-1].text).endswith(":")
        is_before_title = any(
            len(other.text.split()) <= 6 and _is_plain_title(clean_words(other.text)) for other in following
        )
        return is_listed or is_before_title or not following

    def _is_heading_of_document(self, block: Block, number: str, title: str) -> bool:
        """Return whether a heading before the first item is the title of the whole document."""
        is_first = not self.result.items and all(
            other.kind is not BlockKind.HEADING for other in self._list_before(block)
        )
        return is_first and block.level <= 1 and not number and not is_standard_title(title)

    def _list_before(self, block: Block) -> Sequence[Block]:
        return self.blocks[: next(place for place, other in enumerate(self.blocks) if other is block)]

    def _begin_item(self, number: str, title: str, place: str) -> None:
        self.last_number = int(number) if number.isdigit() else self.last_number
        self.result.items.append(WrittenItem(title, number, place))
        self.attendance.state, self.default = None, LineKind.NOTE
        if is_about_apologies(title):
            self.attendance.state = Presence.APOLOGIES
        elif state := find_state(title):
            self.attendance.state = state[0]

    @property
    def item(self) -> WrittenItem:
        """The current item; before the first one an item without a title."""
        if not self.result.items:
            self.result.items.append(WrittenItem())
        return self.result.items[-1]

    def _read_block(self, block: Block) -> None:
        words = clean_words(block.text)
        if _RECORD_LABEL.fullmatch(words):
            self.attendance.state = Presence.APOLOGIES if is_about_apologies(self.item.title) else None
            purpose = [replace(line, kind=LineKind.NOTE, tasks=(), is_task=False) for line in self.item.lines]
            self.item.lines = [*purpose, WrittenLine(LineKind.NOTE, words, words, block.place, is_marked=True)]
            return
        if self._read_attendance(block, words):
            return
        label = self._find_list_label(block, words)
        if label is not None and block.kind is BlockKind.HEADING:
            number, title = split_number(words)
            self._begin_item(number, title, block.place)
            self.default = label
            return
        if label is not None and (words.endswith(":") or block.is_bold):
            self.default = label
            self.item.lines += [WrittenLine(LineKind.NOTE, words, block.text.strip(), block.place, is_marked=True)]
            return
        if item := self._find_item(block):
            number, title, rest = item
            self._begin_item(number, title, block.place)
            if rest and not self._read_attendance(replace(block, text=rest, kind=BlockKind.PARAGRAPH), rest):
                self._add_lines(replace(block, text=rest))
            return
        if self.default is not LineKind.NOTE and block.kind is BlockKind.PARAGRAPH and not split_number(words)[0]:
            self.default = self.default if _find_label_kind(words) else self._end_list(block)
        self._add_lines(block)

    def _read_attendance(self, block: Block, words: str) -> bool:
        if block.kind is BlockKind.PARAGRAPH and clean_words(block.text) == words:
            words = clean_words(_COLUMN_GAP.sub(", ", block.text))
        is_under_title = bool(self.result.items and self.result.items[-1].title)
        return self.attendance.read_block(block, words, is_under_title=is_under_title)

    def _find_list_label(self, block: Block, words: str) -> LineKind | None:
        """Return the kind that a label gives to the list below it; actions with labels of their own need none."""
        label = find_label(words)
        if label is not LineKind.ACTION:
            return label
        following = self.blocks[len(self._list_before(block)) + 1 :][:MAX_LIST]
        end = next((n for n, other in enumerate(following) if other.kind is BlockKind.HEADING), len(following))
        has_labels = any(_find_label_kind(clean_words(other.text)) is label for other in following[:end])
        return LineKind.NOTE if has_labels else label

    def _end_list(self, block: Block) -> LineKind:
        """Return the kind of a paragraph after a list under a label, which covers the list, or one paragraph."""
        last = self.item.lines[-1] if self.item.lines else None
        is_first = last is not None and find_label(last.text) is not None
        return self.default if is_first or block.kind is not BlockKind.PARAGRAPH else LineKind.NOTE

    def _add_lines(self, block: Block) -> None:
        lines = read_paragraph(block.text, self.day, self.default, block.place)
        author = ", ".join(editor.name for editor in block.editors if editor.name)
        last = self.item.lines[-1] if self.item.lines else None
        if last and lines and block.kind is BlockKind.LIST_ITEM and _introduces_list(last):
            text = " ".join((last.text, *(line.source for line in lines)))
            self.item.lines[-1] = replace(last, text=text, source=f"{last.source} {block.text.strip()}")
            return
        self.item.lines += [replace(line, author=author) for line in lines]

    # Tables

    def _read_table(self, rows: Sequence[Block]) -> None:
        """Read a table: of actions, of attendance, or one that lays out items, discussion and owners."""
        fields = [resolve_heading(cell.text) for cell in rows[0].cells]
        if (
            self.default is LineKind.DECISION
            and len(rows[0].cells) == len(fields)
            and find_label(rows[0].cells[-1].text)
        ):
            self._read_rows(rows, LineKind.DECISION, ["ref", "title"] if len(fields) == 2 else ["title"])
        elif "title" in fields and len(rows) > 1 and len(set(filter(None, fields))) > 1 and not _is_layout(rows[0]):
            self._read_rows(rows, LineKind.ACTION, fields)
        elif self.attendance.is_table(rows):
            for row in rows:
                for text in self.attendance.read_row(row):
                    self.item.lines += read_paragraph(text, self.day, place=row.place)
        else:
            for row in rows:
                self._read_layout(row, rows[0])

    def _read_rows(self, rows: Sequence[Block], kind: LineKind, fields: Sequence[str | None]) -> None:
        """Read the rows of a table of actions or decisions, below its headings."""
        for row in rows[1:]:
            cells = [clean_words(cell.text) for cell in row.cells]
            values: dict[str, str] = {}
            for name, value in zip(fields, cells, strict=False):
                if name and value and value not in ("–", "-"):
                    values.setdefault(name, value)
            if not values.get("title"):
                self.item.lines += read_paragraph("  ".join(filter(None, cells)), self.day, place=row.place)
                continue
            due = _find_dates(values.get("due", ""), self.day) or _read_day(values.get("due", ""), self.day)
            owners = tuple(filter(None, (clean_owner(values.get("lead", "")),)))
            line = WrittenLine(kind, values["title"], row.text, row.place, owners, due[0] if due else None, True)
            self.result.rows.append(WrittenRow(line, values.get("ref", ""), len(self.result.items)))

    def _read_layout(self, row: Block, first: Block) -> None:
        """Read a row that lays out the minutes: number or item, discussion, and who acts."""
        heads = [clean_words(cell.text) for cell in first.cells]
        acting = [number for number, head in enumerate(heads) if resolve_heading(head) in ("lead", "title")]
        if row is first and (acting or any(head.lower() in ("item", "no", "no.", "eitem", "rhif") for head in heads)):
            self.item.lines.append(
                WrittenLine(LineKind.NOTE, " ".join(filter(None, heads)), row.text, row.place, is_marked=True)
            )
            return
        for number, cell in enumerate(row.cells):
            kind = LineKind.ACTION if number in acting else LineKind.NOTE
            for text in cell.text.split("\n"):
                self._read_cell(text, row, kind)

    def _read_cell(self, text: str, row: Block, kind: LineKind) -> None:
        words = clean_words(text)
        if not words or (words.rstrip(".").replace(".", "").isdigit() and len(words) < 6):
            return
        block = replace(row, text=text, kind=BlockKind.PARAGRAPH, cells=())
        if kind is LineKind.ACTION:
            lines = read_paragraph(text, self.day, kind, row.place)
            self.item.lines += [replace(line, is_for_previous=len(words.split()) <= 4) for line in lines]
        else:
            self._read_block(block)


def _find_label_kind(words: str) -> LineKind | None:
    """Return the kind of a paragraph that begins with a label; None without one."""
    lines = read_paragraph(words, date(2000, 1, 1))
    return lines[0].kind if lines and lines[0].is_marked else None


def _is_title(words: str) -> bool:
    """Return whether words without a style can be the title of an item."""
    return len(words) <= MAX_TITLE and not words.rstrip().endswith((".", ";", ",")) and words[:1].isupper()


def _is_plain_title(words: str) -> bool:
    """Return whether a line without number and style can be a title: no sentence, nor what somebody did."""
    first = words.partition(" ")[0]
    return (
        _is_title(words)
        and not re.search(r"\d", words)
        and not _FINITE.search(words)
        and not (len(first) in (2, 3) and first.isupper())
    )


def _is_heading(block: Block) -> bool:
    return block.kind is BlockKind.HEADING or block.is_bold


def _is_marked_title(block: Block) -> bool:
    """Return whether a block is a title with a number or in a list, or below the title of the document."""
    number, title = split_number(clean_words(block.text.partition("\n")[0]))
    if block.kind is BlockKind.ROW or not _is_title(title):
        return False
    is_listed = bool(number) or block.kind is BlockKind.LIST_ITEM
    return block.level > 1 or (is_listed and (block.is_bold or (title.isupper() and len(title.split()) > 1)))


def _mark_owner(block: Block) -> Block:
    """Return a block with a colon after a label that has none: "Action SH"."""
    match = _ACTION_NAMES.search(block.text)
    if match is None or block.kind is BlockKind.ROW:
        return block
    return replace(block, text=f"{block.text[: match.end('label')]}: {match['owner']}")


def _join_numbers(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, each number in a block of its own together with the title below it."""
    number = ""
    for position, block in enumerate(blocks):
        words = clean_words(block.text)
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        is_number = (
            block.kind is BlockKind.PARAGRAPH and position and not number and _NUMBER_ALONE.fullmatch(words) is not None
        )
        if is_number and following and following.kind is not BlockKind.ROW and _is_title(clean_words(following.text)):
            number = words.strip("().")
        else:
            yield replace(block, text=f"{number}. {block.text.strip()}") if number else block
            number = ""


def _is_short(words: str) -> bool:
    return len(words) <= 200 and not re.search(r"[.!?]\s+[A-Z].*[.!?]$", words)


def _has_fact(words: str) -> bool:
    return _FACT.match(words) is not None or _DATE.search(words) is not None


def _is_table_of_facts(row: Block) -> bool:
    return len(row.cells) == 2 and _FACT.match(f"{clean_words(row.cells[0].text).rstrip(':')}: x") is not None


def _is_layout(row: Block) -> bool:
    """Return whether a table has the headings of minutes laid out in columns."""
    words = [clean_words(cell.text).lower() for cell in row.cells]
    return any(
        re.search(r"discussion|points? covered|minutes?\b|notes?\b|trafodaeth|cofnod|agenda", word) for word in words
    )


def _introduces_list(line: WrittenLine) -> bool:
    return line.kind is LineKind.DECISION and line.text.rstrip().endswith((":", ":-", "–", "—", "that", "bod"))


def _count_adjacent(blocks: Sequence[Block], position: int) -> int:
    count = 0
    while position + count < len(blocks) and blocks[position + count].table == blocks[position].table:
        count += 1
    return count


def _find_dates(words: str, today: date) -> list[DateAsKnown]:
    """Return the full dates in a text."""
    dates: list[DateAsKnown] = []
    for match in _DATE.finditer(words):
        dates += [day for day in _read_day(match[0], today) if day.precision is Precision.DAY]
    return dates


def _read_day(words: str, today: date) -> list[DateAsKnown]:
    try:
        return [read_date(words, today)] if words.strip() else []
    except BadInput:
        return []
