"""Attendance in minutes written by others: labels, lists and tables of people, and who of them chairs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ahtc_tui.domain.documents.meeting_document import is_about_apologies
from ahtc_tui.domain.imports.written_document import Block, BlockKind
from ahtc_tui.domain.meetings.kinds import Presence
from ahtc_tui.domain.minutes.written_lines import clean_words, split_number

_ATTENDANCE = {
    Presence.PRESENT: (
        r"(?:[a-z]+ ){0,2}present(?: at the meeting)?|attendees|attend(?:ance|ing)|(?:in )?person"
        r"|members"
        r"|(?:aelodau )?(?:yn )?bresennol|presennol|mynychwyr|presenoldeb"
    ),
    Presence.IN_ATTENDANCE: (
        r"(?:also |officers )?in attendance|also (?:present|attending)|officers(?: present)?|observers?|guests?"
        r"|wrth law|hefyd yn bresennol|swyddogion(?: yn bresennol)?|arsylwyr|gwesteion"
    ),
    Presence.ONLINE: r"online|remote(?:ly)?|virtual(?:ly)?|via (?:teams|zoom)|ar-lein|o bell",
    Presence.APOLOGIES: r"apologies(?: for absence)?(?: received)?|ymddiheuriadau(?: am absenoldeb)?",
    Presence.ABSENT: r"absent|absentees|not present|absennol|yn absennol",
}
_LABEL_OF_ATTENDANCE = {
    state: re.compile(rf"(?:{names})\s*(?:\([^)]*\)\s*)?(?:[:;–—-]\s*|$)", re.IGNORECASE)
    for state, names in _ATTENDANCE.items()
}
APOLOGIES_SENTENCE = re.compile(
    r"(?:(?:apologies(?: for absence)?|they)\s+)?(?:was|were|had been|have been)\s+(?:received|sent|given|noted)"
    r"\s+(?:from|by|on behalf of)\s*:?\s*|apologies(?: for absence)?(?: received| noted)? (?:from|by)\s*:?\s*"
    r"|(?:derbyniwyd|cafwyd) ymddiheuriadau(?: am absenoldeb)?(?: gan| oddi wrth)?\s*:?\s*"
    r"|ymddiheuriadau (?:gan|oddi wrth)\s*:?\s*",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:there (?:were|was) )?(?:none|no apologies|nil|n/?a|dim|neb|ni dderbyniwyd|no one)\b.*", re.IGNORECASE
)
_GROUP_TITLE = re.compile(
    r"(?:(?:county |town )?councillors|cllrs|messrs|y cynghorwyr|cynghorwyr)\b[\s:,.]*", re.IGNORECASE
)
_TITLED = re.compile(
    r"^(?:cllr|councillor|mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|rev|cyng|y cynghorydd)\b\.?", re.I
)
_NAME = re.compile(
    r"(?:(?:[A-ZÂÊÎÔÛŴŶ0-9&][\w'’.&/-]*|of|and|the|for|on|in|to|with|van|de|der|ap|ab|ferch|yr?|a|ac|o|i|ar|gan|dros)\b\.?\s*)+"
)
"""A name: all words have capitals but those that join them."""
_JOINING = frozenset(("", "and", "a", "ac", "y", "yr", "van", "de", "der", "ap", "ab", "ferch"))
_OPEN_END = re.compile(r"(?:[,;]|\s(?:and|ac|a|&))$")
"""End of a line after which the list goes on."""
_BETWEEN = re.compile(
    r",\s+(?:and |& |ac? |a['’]r )?|\s+(?:and|&|ac|a|a['’]r)\s+(?=[A-ZÂÊÎÔÛŴŶ])"
    r"|(?<=\))\s+(?=[A-ZÂÊÎÔÛŴŶ][\w.]*\s+[A-ZÂÊÎÔÛŴŶ])"
)
_NAME_SPLIT = re.compile(r"\s*(?:,| [-–—] |\(|\t)\s*")


@dataclass(frozen=True, slots=True)
class WrittenAttendee:
    """A person listed as present, absent or with apologies."""

    name: str
    state: Presence
    source: str
    """The words of the list about this person."""
    place: str
    initials: str = ""
    is_chair: bool = False
    is_sure: bool = True
    """Whether the words are surely about one person or body."""


class AttendanceReader:
    """Reads the blocks of the lists of attendance, in order."""

    def __init__(self, is_item: Callable[[Block], bool]) -> None:
        """`is_item` tells whether a block begins an item."""
        self.is_item = is_item
        self.people: list[WrittenAttendee] = []
        self.text: list[str] = []
        """The words of the lists, a block each."""
        self.state: Presence | None = None
        """State of the list that is being read."""
        self.is_running_list = False
        """Whether people follow the label of the list, which then goes on after a comma only."""

    def read_block(self, block: Block, words: str, *, is_under_title: bool) -> bool:
        """Read a block of a list of attendance; return whether it is one.

        `is_under_title` tells whether the block is under an item, where other words end the list.
        """
        if match := find_state(words):
            state, rest = match
            is_heading = block.kind is BlockKind.HEADING
            if words[:1].isdigit() and (is_heading or self.is_item(block)):
                return False
            self.state, self.is_running_list = state, bool(rest)
            if not rest and (is_heading or not split_number(words)[0]):
                self.text.append(words)
                return True
            return bool(rest) and self.add_people(rest, block, is_list=True)
        if match_sentence := APOLOGIES_SENTENCE.match(words):
            self.state, self.is_running_list = Presence.APOLOGIES, True
            return self.add_people(words[match_sentence.end() :], block, is_list=True)
        if self.state is None or block.kind is BlockKind.HEADING or self.is_item(block):
            return False
        goes_on = bool(self.text) and _OPEN_END.search(self.text[-1]) is not None
        is_ended = bool(find_state(words.split()[0])) or (self.is_running_list and not goes_on)
        if is_ended or (is_under_title and not _is_personal(words)):
            self.state = None
            return False
        people = split_people(words)
        is_list = block.kind is not BlockKind.LIST_ITEM and (
            len(people) > 2 or goes_on or all(is_sure for _name, is_sure in people)
        )
        return self.add_people(words, block, is_list=is_list)

    def add_people(self, words: str, block: Block, *, is_list: bool) -> bool:
        """Add the people of a text to the list; return whether the text is one."""
        assert self.state is not None
        if _NOBODY.fullmatch(words):
            return False
        lines = [line for line in block.text.split("\n") if line.strip()]
        if len(lines) > 1 and not find_state(clean_words(block.text)):
            entries = [(clean_words(line), True) for line in lines]
        else:
            entries = split_people(words) if is_list else [(words, True)]
        is_entry = [_is_entry(entry) for entry, _is_sure in entries]
        if not is_entry[0] or sum(is_entry) * 2 <= len(entries):
            return False
        entries = [(entry, is_sure and is_name) for (entry, is_sure), is_name in zip(entries, is_entry, strict=True)]
        self.text.append(clean_words(block.text))
        self.people += [build_attendee(entry, self.state, block.place, is_sure=is_sure) for entry, is_sure in entries]
        return True

    def is_table(self, rows: Sequence[Block]) -> bool:
        """Return whether a table lists people: below a label of attendance, or with one or "Name" in its first row."""
        words = [clean_words(cell.text) for cell in rows[0].cells]
        return self.state is not None or any(find_state(word) or word.lower() in ("name", "enw") for word in words)

    def read_row(self, row: Block) -> list[str]:
        """Read a row of people: a name in the first cell, or a label with people beside it; return what is neither."""
        cells = [clean_words(cell.text) for cell in row.cells]
        match = find_state(cells[0]) if cells else None
        if match and not match[1]:
            self.state = match[0]
            self.text.append(cells[0])
            pairs = [(cell, text) for cell, text in zip(row.cells[1:], cells[1:], strict=True) if text]
            return [
                text for cell, text in pairs if not self.add_people(text, replace(row, text=cell.text), is_list=True)
            ]
        cells = [text for text in cells if text]
        if cells and cells[0].lower() in ("name", "enw"):
            self.text.append(", ".join(cells))
            return []
        return [] if self._add_row(row, cells) else [" ".join(cells)]

    def _add_row(self, row: Block, cells: Sequence[str]) -> bool:
        state = self.state or Presence.PRESENT
        if not cells or not _is_entry(cells[0]):
            return False
        marked = {word.lower() for word in cells[1:]}
        state = Presence.APOLOGIES if marked & {"apologies", "ymddiheuriadau", "a", "apols"} else state
        self.people.append(build_attendee(", ".join(cells), state, row.place))
        self.text.append(", ".join(cells))
        return True


def _is_personal(words: str) -> bool:
    """Return whether all words but the joining ones have capitals, and no word is a number: a list of names."""
    names = [part for part in re.split(r"[\s,;()/–—-]+", words) if part.lower() not in _JOINING and part != "&"]
    return any(names) and all(part[:1].isupper() for part in names if part) and not is_about_apologies(words)


def split_people(words: str) -> list[tuple[str, bool]]:
    """Return the entries of a list of people, and whether each is surely one.

    At semicolons it is sure. At commas a name and its organisation look the same: it is sure where each part has a
    title, or has two or more words with capitals like the others and no part is a name of a body, and after
    "Councillors".
    """
    is_group = _GROUP_TITLE.match(words) is not None
    words = _OPEN_END.sub("", _GROUP_TITLE.sub("", words, count=1) if is_group else words).strip(" .,;")
    if ";" in words:
        return [(part.strip(" ."), True) for part in words.split(";") if part.strip(" .")]
    parts = [_OPEN_END.sub("", part).strip(" .") for part in _BETWEEN.split(words)]
    parts = [part for part in parts if part]
    if len(parts) == 1:
        return [(words, True)]
    is_titled = is_group or all(_TITLED.match(part) for part in parts)
    return [(part, is_titled) for part in parts]


def build_attendee(entry: str, state: Presence, place: str, *, is_sure: bool = True) -> WrittenAttendee:
    """Return an entry of a list of attendance with its name and initials."""
    name = _NAME_SPLIT.split(entry)[0].strip(" .,;:")
    brackets = re.findall(r"\(([^()]*)\)", entry)
    initials = next(
        (text for text in brackets if re.fullmatch(r"[A-Z][A-Za-z]{1,4}", text) and text.lower() != "chair"), ""
    )
    is_chair = any(
        re.fullmatch(r"(?:the )?chair(?:man|person|woman)?|cadeirydd", text.strip(), re.I) for text in brackets
    )
    is_chair = is_chair or re.search(r",\s*(?:chair(?:man|person)?|cadeirydd)\s*$", entry, re.I) is not None
    return WrittenAttendee(name or entry, state, entry, place, initials, is_chair, is_sure)


def find_state(words: str) -> tuple[Presence, str] | None:
    """Return the state that a label of attendance names, and the words after it; None for other words."""
    _number, text = split_number(words)
    for state, pattern in reversed(_LABEL_OF_ATTENDANCE.items()):
        match = pattern.match(text)
        if match and (match[0].rstrip().endswith((":", ";")) or match.end() == len(text)):
            return state, text[match.end() :].strip()
    return None


def _is_entry(words: str) -> bool:
    """Return whether words can be a person or body in a list: a name with capitals, and a description."""
    name = _NAME_SPLIT.split(words)[0]
    return bool(name) and len(words) <= 160 and words[:1].isupper() and _NAME.fullmatch(name) is not None
