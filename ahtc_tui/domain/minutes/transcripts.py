"""Transcripts of recorded meetings, from WebVTT and from the text of Teams and Zoom: who said what, and when.

A speaker is a name that the file gives to the words; without one the words have no speaker.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape

from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.minutes.written_lines import find_label

_CLOCK = r"(?:(?P<hour>\d{1,3}):)?(?P<minute>\d{1,2}):(?P<second>\d{2})(?:[.,:](?P<part>\d{1,3}))?"
_CUE = re.compile(rf"^\s*{_CLOCK.replace('{2}', '{1,2}')}\s*-->\s*[\d:.,]+.*$")
_NAME = r"(?P<name>[^\W\d_][^:\[\]<>\n]{0,60}?)"
_HEADS = (
    re.compile(rf"^\[{_NAME}\]\s*\(?{_CLOCK}\)?\s*(?P<words>)$"),
    re.compile(rf"^{_NAME}(?P<gap>\s+)\(?{_CLOCK}\)?\s*(?P<words>)$"),
    re.compile(rf"^\[?\(?{_CLOCK}\)?\]?\s+(?:From\s+)?{_NAME}(?:\s+to\s+[^:]+)?:\s*(?P<words>.*)$"),
    re.compile(rf"^\[?\(?{_CLOCK}\)?\]?\s+{_NAME}(?P<words>)$"),
)
"""First lines of a passage: "[Name] 10:02:11", "Name   0:03", "00:12 Name: words"."""
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+(?P<name>[^>]+)>")
_TAG = re.compile(r"</?(?:[cibuv]|ruby|rt|lang|font)(?:[.\s][^<>]*)?>|<\d[\d:.]*>", re.IGNORECASE)
_CLOCK_ALONE = re.compile(rf"^\[?\(?{_CLOCK}\)?\]?$")
"""First line of a passage of a speaker whom the program did not recognise."""
_NOTICE = re.compile(r"^.{1,80} (?:started|stopped) (?:the )?(?:transcription|recording)$", re.IGNORECASE)
"""What the program says about itself: "SPOC Gwent stopped transcription"."""
_NAME_WORD = re.compile(
    r"[\W\d]*[^\W\d_a-zâêîôûŵŷ][\w'’.()-]*|\d+|\([^()]*\)|ap|ab|ferch|van|von|der?|da|di|bin|al|y|of|and|&|-"
)
_PREFIX = re.compile(r"^(?P<name>[A-ZÂÊÎÔÛŴŶ][\w'’.-]*(?: [\w'’.()-]+){0,4}):\s+(?P<words>\S.*)$", re.DOTALL)
_BLOCK = re.compile(r"^(?:NOTE|STYLE|REGION)\b")
_ITEM = re.compile(r"\b(?:agenda )?(?:item|eitem)(?: number| rhif)? (?P<number>\d{1,2})\b", re.IGNORECASE)
_ACTION = re.compile(r"\b(?:action(?:s|ed)?(?: point| item)?|cam gweithredu|gweithredu)\b", re.IGNORECASE)
_DECISION = re.compile(
    r"\b(?:(?:we|it'?s|that'?s|is|are|all) agreed|agreed[,.]? (?:that|then|to)|resolved|we agree"
    r"|cytun(?:wyd|o|wn)|penderfyn\w+)\b",
    re.IGNORECASE,
)
MAX_NAME_WORDS = 6
WIDE_GAP = 2
"""Number of spaces between name and time, from which a line in small letters is no sentence with a time."""
LEAST_PREFIXES = 0.5
"""Share of the words without a voice that begin with a name and a colon where the program writes names there."""
LEAST_SHARE = 0.2
"""Share of lines that begin a passage, from which a text is a transcript: agendas have times too."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted passage of a transcript."""

    speaker: str | None
    """The name in the file."""
    at: int
    """Seconds from the beginning of the recording."""
    text: str
    item: int | None = None
    """Number of the agenda item."""

    @property
    def clock(self) -> str:
        """The time from the beginning: "0:12:05"."""
        return f"{self.at // 3600}:{self.at // 60 % 60:02}:{self.at % 60:02}"


def read_transcript(text: str) -> list[Quotation]:
    """Return the passages of a transcript, with successive passages of one speaker joined; nothing for another text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    if any(map(_CUE.match, lines)):
        passages = [quotation for quotation in _read_cues(lines) if quotation.text]
        return _join(_split_prefixes(passages))
    passages = [quotation for quotation in _read_heads(lines) if quotation.text]
    speakers = Counter(quotation.speaker for quotation in passages if quotation.speaker)
    is_dense = len(passages) >= LEAST_SHARE * sum(bool(line.strip()) for line in lines)
    return _join(passages) if is_dense and max(speakers.values(), default=0) > 1 else []


def place_quotations(
    quotations: Sequence[Quotation], titles: Sequence[tuple[int, str]], starts: Sequence[tuple[int, int]]
) -> list[Quotation]:
    """Return the quotations with their items: the item that was announced last, else the one that was due by then.

    `titles` are the numbers and titles of the agenda, `starts` the numbers with their planned seconds from the start.
    """
    announced: int | None = None
    numbers = {number for number, _title in titles}
    placed = []
    for quotation in quotations:
        words = quotation.text.casefold()
        match = _ITEM.search(quotation.text)
        if match and int(match["number"]) in numbers:
            announced = int(match["number"])
        else:
            named = [number for number, title in titles if len(title.split()) > 1 and title.casefold() in words]
            announced = named[0] if len(named) == 1 else announced
        due = [number for number, second in starts if second <= quotation.at]
        placed.append(replace(quotation, item=announced or (due[-1] if due else None)))
    return placed


def find_proposal(text: str) -> LineKind | None:
    """Return the kind of line that a passage may be; None if it mentions neither an action nor an agreement."""
    if _ACTION.search(text):
        return LineKind.ACTION
    return LineKind.DECISION if _DECISION.search(text) else None


def _read_cues(lines: Sequence[str]) -> Iterator[Quotation]:
    """Yield the cues of WebVTT (W3C) or of an older file of Teams, which has names on separate lines."""
    position, at = 0, 0
    is_web = lines[0].startswith("WEBVTT")
    while position < len(lines):
        match = _CUE.match(lines[position])
        position += 1
        if match is None:
            stray, position = _take_block(lines, position - 1)
            yield Quotation(None, at, _clean(" ".join(stray)))
            continue
        at = _count_seconds(match)
        words: list[str] = []
        while position < len(lines) and not _CUE.match(lines[position]) and (lines[position].strip() or not is_web):
            words.append(lines[position])
            position += 1
        if position < len(lines) and words[-2:-1] == [""] and words[-1].strip().isdigit():
            words.pop()  # the number of the next cue
        yield from _read_payload([line for line in words if line.strip()], at, is_web=is_web)


def _take_block(lines: Sequence[str], start: int) -> tuple[list[str], int]:
    """Return the spoken lines up to the next empty line, and the position after them.

    The header, notes, styles and the name of a cue, the line before its times, are not spoken.
    """
    end = next((n for n in range(start, len(lines)) if not lines[n].strip() or _CUE.match(lines[n])), len(lines))
    is_named = end < len(lines) and _CUE.match(lines[end]) is not None
    block = list(lines[start : end - 1 if is_named else end])
    is_spoken = bool(block) and not _BLOCK.match(block[0]) and not block[0].startswith("WEBVTT")
    return block if is_spoken else [], max(end, start + 1)


def _read_payload(words: Sequence[str], at: int, *, is_web: bool) -> Iterator[Quotation]:
    """Yield the passages of a cue: one for each voice, which need not be closed."""
    payload = "\n".join(words)
    pieces = _VOICE.split(payload)
    if pieces[0].strip():
        first, _break, rest = pieces[0].partition("\n")
        is_name = not is_web and rest.strip() and re.fullmatch(_NAME, first.strip())
        yield Quotation(first.strip(), at, _clean(rest)) if is_name else Quotation(None, at, _clean(pieces[0]))
    for name, text in zip(pieces[1::2], pieces[2::2], strict=True):
        yield Quotation(" ".join(unescape(name).split()), at, _clean(text))


def _read_heads(lines: Sequence[str]) -> Iterator[Quotation]:
    """Yield the passages of a text in which a line with name and time begins each, and what is before them."""
    current = Quotation(None, 0, "")
    for line in filter(None, map(str.strip, lines)):
        match = _match_head(line)
        if match or _NOTICE.match(line):
            yield current
            current = Quotation(None, _count_seconds(match) if match else current.at, "" if match else line)
        if match and (name := match.groupdict().get("name")):
            current = Quotation(" ".join(name.split()), current.at, _clean(match["words"]))
        elif not match and current.text != line:
            current = replace(current, text=f"{current.text} {_clean(line)}".strip())
    yield current


def _match_head(line: str) -> re.Match[str] | None:
    """Return the match of a line that begins a passage: with a name and a time, or with a time alone."""
    for pattern in _HEADS:
        match = pattern.match(line)
        if match and (match.re is _HEADS[0] or _is_name(match["name"], match.groupdict().get("gap") or "")):
            return match
    return _CLOCK_ALONE.match(line)


def _is_name(words: str, gap: str) -> bool:
    """Return whether words beside a time are a name: in capitals, or with a gap; "at 10:30" is in a sentence."""
    parts = words.split()
    is_wide = len(gap) > WIDE_GAP or "\t" in gap
    return len(parts) <= MAX_NAME_WORDS and (is_wide or all(map(_NAME_WORD.fullmatch, parts)))


def _count_seconds(match: re.Match[str]) -> int:
    return int(match["hour"] or 0) * 3600 + int(match["minute"]) * 60 + int(match["second"])


def _clean(text: str) -> str:
    return " ".join(unescape(_TAG.sub("", text)).split())


def _split_prefixes(quotations: Sequence[Quotation]) -> list[Quotation]:
    """Take "Name:" at the beginning of words without a voice as their speaker, where the name comes more than once.

    Programs write the name in most cues: a colon after some other words names nobody, nor does a label ("Action:").
    """
    matches = [_PREFIX.match(quotation.text) if quotation.speaker is None else None for quotation in quotations]
    counts = Counter(match["name"] for match in matches if match and find_label(match["name"]) is None)
    if counts.total() < LEAST_PREFIXES * sum(quotation.speaker is None for quotation in quotations):
        return list(quotations)
    return [
        replace(quotation, speaker=match["name"], text=match["words"])
        if match and counts[match["name"]] > 1
        else quotation
        for quotation, match in zip(quotations, matches, strict=True)
    ]


def _join(quotations: Sequence[Quotation]) -> list[Quotation]:
    """Join what one speaker says in cues that follow each other; words without a speaker stay alone."""
    joined: list[Quotation] = []
    for quotation in quotations:
        last = joined[-1] if joined else None
        if last and last.speaker is not None and last.speaker == quotation.speaker:
            joined[-1] = replace(last, text=f"{last.text} {quotation.text}")
        else:
            joined.append(quotation)
    return joined
