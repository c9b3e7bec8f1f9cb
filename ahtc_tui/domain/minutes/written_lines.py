"""Grammar of lines as people write them in minutes: "ACTION (JD):", "It was agreed that", "The Chair to write to".

Reads a paragraph as lines of a kind, with the words that may name the owners. No word is lost: only the label of a line
("Action 3:") is left out of its text, because it is the kind. Names are looked up by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.meetings.kinds import LineKind

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+")
BULLET = re.compile(r"^\s*(?:[-–—*+•·▪◦●○■□➢►✓\uf0b7\uf0a7]|o(?=\s))\s*(?=\S)")
NUMBER = re.compile(
    r"^\(?(?P<number>\d{1,3}(?:[./]\d{1,3}){0,4})[.):]+(?=\s|[^\W\d])\s*(?=\S)"
    r"|^(?P<levels>\d{1,3}(?:[./]\d{1,3}){1,4})\s+(?=[^\W\d_a-z]|[\"“‘'(\[])"
    r"|^(?:\((?P<letter>[a-z]|[ivx]{1,5})\)|(?P<alone>[a-z]|[ivx]{1,5})[.)])\s+(?=\S)"
)
"""The number of a paragraph: "4.1", "82/23", "(b)", "iv."."""

_REFERENCE = r"(?:\s*(?:no\.?\s*|point\s*|item\s*)?#?\d+(?:[./-]\d+)*|\s+[A-Z][\w-]*[-/]\d[\w/-]*)?"
_INITIALS_BEFORE = r"(?:\s*[-–—]?\s*[(\[](?P<bracket>[^()\[\]]{1,60})[)\]])?"
_ACTION_WORDS = (
    r"action by|actions?|action points?|action items?|action required|cam(?:au)? gweithredu|gweithred(?:u|oedd)?"
)
_DECISION_WORDS = r"decisions?|resolutions?|resolved|agreed|penderfyniad(?:au)?|penderfynwyd|cytunwyd"
_NOTE_WORDS = r"noted?|notes?|nodwyd|nodiad(?:au)?|nodyn|for information|er gwybodaeth"
_LABELS = {LineKind.ACTION: _ACTION_WORDS, LineKind.DECISION: _DECISION_WORDS, LineKind.NOTE: _NOTE_WORDS}
_LABEL_END = r"\s*(?::|[-–—]+(?=\s|\(|\[)|(?<=[)\]])(?=\s|$)|$)\s*"
_LABEL = {
    kind: re.compile(rf"(?:{words})\b{_REFERENCE}{_INITIALS_BEFORE}{_LABEL_END}", re.IGNORECASE)
    for kind, words in _LABELS.items()
}
_ACTION_FOR = re.compile(r"action(?: for| by| on)?\s+(?P<owner>[^:–—]{1,50}?)\s*(?::|\s[-–—]\s)\s*", re.IGNORECASE)
"""A label with its owner: "Action JD: ...", "Action for the Chair – ..."."""

_BODY = (
    r"(?:(?:the )?(?:members|councillors|directors|group|board|committee|sub-?committee|council|cabinet|forum|panel"
    r"|partnership|meeting|trustees|executive|governors|partners"
    r"|(?:\w+ ){0,5}(?:group|board|committee|council|forum|panel|partnership)))"
)
_WELSH_BODY = (
    r"(?:aelodau|(?:yr? |'r )?(?:cynghorwyr|grŵp|bwrdd|pwyllgor|is-bwyllgor|cyngor|cabinet|fforwm|panel"
    r"|bartneriaeth|cyfarfod|aelodau|partneriaid))"
)
_DECIDED = re.compile(
    rf"(?:(?:it )?(?:was |were |is |has been )?(?:also |then |further |therefore |unanimously |subsequently )*"
    rf"(?:agreed|resolved|decided)\b(?: unanimously| by members| in principle)?,?(?: that\b| to\b|\s*[:–—-])"
    rf"|resolved\b"
    rf"|{_BODY} (?:also |then |further |unanimously )*(?:(?:agreed|resolved|decided)\b"
    r"|(?:approved|endorsed|ratified|adopted)\s+\w)"
    r"|(?:it was )?proposed\b(?:.*\bsecond(?:ed|er)?\b.*| and )"
    r"\b(?:agreed|resolved|approved|carried|passed|unanimous(?:ly)?)\b"
    rf"|(?:penderfynwyd|cytunwyd)\b"
    r"|cynigiwyd\b.*\b(?:eiliwyd|eilio)\b.*\b(?:ch?ytun\w+|g?ytun|g?ytûn|unfryd\w*|ch?ymeradwy\w+)\b"
    rf"|(?:penderfynodd|cytunodd|cymeradwyodd|mabwysiadodd) {_WELSH_BODY}\b)",
    re.IGNORECASE,
)
_NOTED = re.compile(
    rf"(?:(?:it )?(?:was |is )?noted\b|{_BODY} (?:also )?noted\b|nodwyd\b|nododd {_WELSH_BODY}\b)", re.IGNORECASE
)
_AUXILIARY = (
    r"(?:is|are|was|were|be|been|being|has|have|had|will|would|shall|should|can|could|may|might|must|do|does|did"
    r"|needs?|mae|maent|oedd|roedd|bydd|byddai|yw|ydyw)"
)
_WHO = rf"(?P<who>(?:[^\W\d_][\w'’.&/-]*)(?:[ ,]+(?!{_AUXILIARY}\b)[\w'’.&/()-]+){{0,7}}?)"
_TASK = re.compile(
    rf"{_WHO},?\s+(?:(?:is|are|was|were)(?: asked| requested| tasked| instructed| directed)?\s+to"
    rf"|(?:agreed|undertook|offered|volunteered)\s+to|to|will|i|yw i|sydd i|gytunodd i)"
    r"\s+(?P<verb>[a-zâêîôûŵŷ][\w'’-]+)"
)
"""A sentence that gives a task to a person: "JD to circulate the paper", "JD i ddosbarthu'r papur"."""
_PART_BREAK = re.compile(r"\s*[;/]\s+|:\s+|\s+[-–—]+\s+|\s+\(\d{1,2}\)\s+")
_CLAUSE_BREAK = re.compile(r",\s+|\s+(?:and|but)\s+")
_SUBJECT = rf"(?P<who>(?:(?!{_AUXILIARY}\b|to\b)(?:[\w'’.()-]+|&)\s+){{1,7}}?)"
_TASK_CLAUSE = re.compile(
    rf"(?:also\s+)?{_SUBJECT}"
    r"(?:(?:is|are|was|were)(?:\s+(?:asked|requested|tasked|instructed|directed))?\s+to|(?:is|are)\s+going\s+to"
    r"|(?:has |have |had )?(?:agreed|undertook|undertaken|offered|volunteered)\s+to|to|will(?:\s+(?:also|then|now))?"
    r"|would(?:\s+(?:also|then|now))?(?!\s+(?:be|have|like|prefer|not|never|need)\b)"
    r"|i)\s+(?P<verb>[a-zâêîôûŵŷ][\w'’-]+)",
    re.IGNORECASE,
)
"""A clause that gives a task to somebody: "the Clerk will also contact them"."""
_PARTICIPLE = r"be\s+(?:\w+ly\s+)?\w{2,}(?:ed|en|[tn]|de|ne)\b"
_PASSIVE_CLAUSE = re.compile(
    rf"(?:(?!{_AUXILIARY}\b|to\b)[\w'’.&()/-]+\s+){{1,9}}?(?:(?:is|are)\s+)?to\s+{_PARTICIPLE}",
    re.IGNORECASE,
)
"""A clause about something that is to be done: "The policy to be handed out"."""
_NEEDED = re.compile(
    rf"\b(?:(?:needs?|is|are)\s+to|must|will(?:\s+(?:also|then|now))?)\s+(?:{_PARTICIPLE}|be\s+an\s+agenda\s+item\b)",
    re.IGNORECASE,
)
"""What somebody has to do, without a name: "the seats need to be repaired", "the vacancy will be advertised"."""
_PROMISED = re.compile(
    r"\b(?:she|he)\s+(?:will|would)\s+(?!(?:be|have|like|prefer|not|never)\b)(?P<verb>[a-z]\w+)", re.IGNORECASE
)
"""What a person named before has to do: "the Chair said he would speak to Highways"."""
_GIVEN = re.compile(
    r"\b(?:(?<!had )(?<!has )(?<!have )(?<!be )(?<!been )"
    r"(?:agreed|undertook|offered|volunteered|asked|requested|tasked|instructed|directed)\s+to(?!\s+not\b)"
    r"|must(?:\s+(?:also|now|then))?(?!\s+(?:be|have|not|never)\b))\s+(?P<verb>(?-i:[a-z])[\w'’-]+)",
    re.IGNORECASE,
)
"""What somebody was given to do, after a title or a clause: "Play areas The Clerk was asked to write"."""
_WELSH_FUTURE = re.compile(
    r"\b[Bb]ydd(?:ai)?\s+(?P<who>(?:yr?\s+)?(?:[A-ZÂÊÎÔÛŴŶ][\w'’.-]*\s+){1,6}?)yn\s+(?P<verb>\w+)"
    r"|\by byddai['’]n\s+(?P<promised>\w+)"
)
"""What somebody will do, with the verb first: "Bydd y Clerc yn ysgrifennu", "y byddai'n ysgrifennu"."""
_EXPECTED = re.compile(
    r"\b(?:(?!need\b)\w+ed|due|able|likely|going|wants?|ought|seems?|appears?|continues?)\s+to\s+be\b", re.IGNORECASE
)
"""What is no task although it is to be: "is expected to be ready"."""
_OPEN_TASK = re.compile(r"to\s+(?P<verb>[a-z][\w'’-]+)\s+\S", re.IGNORECASE)
"""A line without a subject: "To purchase a wreath"."""
_COMPLETED = re.compile(r"\b(?:completed?|closed|done|discharged|cwblhawyd|wedi'i gwblhau)\s*[.)]?\s*$", re.IGNORECASE)

_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-ZÂÊÎÔÛŴŶ0-9])")
_ABBREVIATION = re.compile(
    r"\b(?:mr|mrs|ms|dr|prof|cllr|cyng|rev|st|no|rhif|e\.g|i\.e|a\.m|p\.m|etc|approx|tud)\.$", re.I
)
_IN_BRACKETS = re.compile(r"[(\[](?P<words>[^()\[\]]+)[)\]]\.?")
_END_BRACKET = re.compile(r"[(\[](?P<words>[^()\[\]]{1,80})[)\]]\s*[.;]?\s*$")
_END_LABEL = re.compile(
    rf"(?P<before>\S.*?)\s*[(\[]?\b(?:{_ACTION_WORDS})\b(?:\s+by)?\s*[:–—-]+\s*"
    r"[(\[]?(?P<owner>[^:()\[\]]{1,60}?)[)\]]?\s*\.?\s*$",
    re.IGNORECASE | re.DOTALL,
)
_FIELD = re.compile(
    r"\b(?P<name>action by|owner|lead|responsible(?: person| officer)?|by whom|assigned to|arweinydd|perchennog"
    r"|yn gyfrifol|cyfrifol|gan bwy|due(?: date)?|deadline|by when|target(?: date)?|timescale|dyddiad cau|erbyn pryd"
    r"|amserlen)\s*:\s*"
    r"(?P<value>[^;|()\[\]]{1,80}?)(?=\s*(?:[;|()\[\]]|\.\s|\.?$|,?\s+(?:due|deadline|by when|target|dyddiad)\b))",
    re.IGNORECASE,
)
_DUE_NAMES = ("due", "deadline", "by when", "target", "timescale", "dyddiad", "erbyn", "amserlen")
_MARGIN_BREAK = re.compile(r"(?<![.\s][A-Z])[.;!?)\]][\"”’']?\s+|(?<=\S)(?:\s{3,}|\s*\t\s*)")
_MARGIN_NAMES = re.compile(r"(?:[A-ZÂÊÎÔÛŴŶ][\w'’-]*\.?(?:\s*[/,&]\s*|\s+(?:(?:and|a|ac)\s+)?|$)){1,8}")
_END_PART = re.compile(r"\s[-–—]\s(?P<words>[^-–—]{1,60}?)\s*\.?$")
_FIRST_PART = re.compile(r"(?P<words>[^:–—.]{1,60}?)\s*(?::|\s[-–—])\s+(?=\S)")
_DUE_WORD = re.compile(r"\b(?:due|by|before|erbyn)\s+(?=\S)", re.IGNORECASE)
MAX_DATE_WORDS = 8
MAX_NAME_WORDS = 6
"""Number of words of the longest text that may be a name alone: "ACTION: JD"."""


class TaskClause(NamedTuple):
    """A part of a sentence that reads like an action."""

    who: str
    """Words that may name the owner; empty where nobody is named."""
    verb: str
    """The verb in lower case; empty in the passive."""


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line of minutes as it was written."""

    kind: LineKind
    text: str
    """The words without bullet, number and label."""
    source: str
    """The words as they are in the file."""
    place: str = ""
    """Position in the file."""
    owners: tuple[str, ...] = ()
    """Words that may name the owners of an action, the surest first."""
    due: DateAsKnown | None = None
    is_marked: bool = False
    """Whether the words, or the label of the list above them, say what kind of line it is."""
    is_listed: bool = False
    """Whether only the label of the list says it."""
    is_task: bool = False
    """Whether it only reads like an action, without a label: "JD to circulate the paper"."""
    unclear_dues: int = 0
    """Number of dates of which one may be the due date, where there are several."""
    author: str = ""
    is_for_previous: bool = False
    """Whether it is a label with an owner alone, which belongs to the line before: "ACTION: JD"."""
    tasks: tuple[TaskClause, ...] = ()
    """Parts of a note or decision that read like an action."""


def clean_words(text: str) -> str:
    """Return text on one line, without byte order mark, bullets, tabs and non-breaking spaces."""
    return BULLET.sub("", _SPACES.sub(" ", text).strip()).strip()


def split_number(text: str) -> tuple[str, str]:
    """Return the number of a cleaned paragraph, without brackets, and its words; the number may be empty."""
    match = NUMBER.match(text)
    if not match:
        return "", text
    number = match["number"] or match["levels"] or match["letter"] or match["alone"]
    return number, text[match.end() :]


def read_paragraph(text: str, day: date, default: LineKind = LineKind.NOTE, place: str = "") -> list[WrittenLine]:
    """Return the lines of a paragraph. `day` is the date of the meeting, to which "by 30 March" refers.

    A sentence that decides, or a label after the end of a sentence, begins a line; other sentences stay together.
    `default` is the kind of a paragraph under a heading such as "Actions".
    """
    text, margin = _split_margin(text)
    _number, words = split_number(clean_words(text))
    if not words:
        return []
    parts = [_classify(sentence, default) for sentence in _split_sentences(words)]
    lines = [_read_details(line, day) for line in _join_parts(parts)]
    if margin:
        last, text = lines[-1], f"{text} {margin}"
        tasks, owners = (*last.tasks, TaskClause(margin, "")), (*last.owners, margin)
        owners = owners if last.kind is LineKind.ACTION else ()
        joined = f"{last.text} {margin}", f"{last.source} {margin}"
        lines[-1] = replace(last, text=joined[0], source=joined[1], tasks=tasks, owners=owners)
    if len(lines) == 1:
        lines = [replace(lines[0], source=text.strip())]
    return [replace(line, place=place) for line in lines]


def _split_margin(text: str) -> tuple[str, str]:
    """Return a paragraph without the names in a column beside it, and those names: "Write to the boards.    Clerk"."""
    text = text.rstrip()
    for match in _MARGIN_BREAK.finditer(text):
        before, names = text[: match.end()].rstrip(), text[match.end() :]
        is_sentence = any(word[:1].islower() for word in before.split()) and not _ABBREVIATION.search(before)
        if is_sentence and _MARGIN_NAMES.fullmatch(names):
            return before, " ".join(names.split())
    return text, ""


def find_label(text: str) -> LineKind | None:
    """Return the kind of a text that is only a label: "Actions:", "PENDERFYNIADAU"; None for any other text."""
    words = split_number(clean_words(text))[1].rstrip(" :–—-.")
    for kind, names in _LABELS.items():
        if re.fullmatch(
            rf"(?:summary of |list of |crynodeb o |agreed )?(?:{names})(?: (?:log|points|arising|agreed|taken))?",
            words,
            re.I,
        ):
            return kind
    return None


@dataclass(frozen=True, slots=True)
class LineLabel:
    """The label at the beginning of a typed line: "ACTION (JD):", "Decision:", "Penderfynwyd:"."""

    kind: LineKind
    words: str
    """The words after it."""
    owner: str
    """The words in its bracket; empty without one."""
    welsh: bool


def read_typed_label(text: str) -> LineLabel | None:
    """Return the label of a typed action or decision and the words after it; None for any other line."""
    words = clean_words(text)
    for kind in (LineKind.ACTION, LineKind.DECISION):
        match = _LABEL[kind].match(words)
        if match and words[match.end() :]:
            is_welsh = words.casefold().startswith(("cam", "gweithred", "penderfyn", "cytunwyd"))
            return LineLabel(kind, words[match.end() :], match["bracket"] or "", is_welsh)
    return None


def propose_line(text: str, day: date) -> WrittenLine | None:
    """Return what a typed line without a label reads like: an action or a decision as a whole, else None."""
    lines = read_paragraph(text, day)
    if len(lines) != 1 or lines[0].kind not in (LineKind.ACTION, LineKind.DECISION) or lines[0].is_for_previous:
        return None
    return lines[0]


def _split_sentences(words: str) -> list[str]:
    """Return the sentences of a text; an abbreviation does not end one."""
    sentences: list[str] = []
    start = 0
    for match in _SENTENCE_END.finditer(words):
        if _ABBREVIATION.search(words[start : match.start()]):
            continue
        sentences.append(words[start : match.start()].rstrip() + match[0].rstrip())
        start = match.end()
    return [*sentences, words[start:]]


def _classify(sentence: str, default: LineKind) -> WrittenLine:
    """Return the kind of a sentence by its label, which may be in brackets, or by what it says."""
    if (match := _IN_BRACKETS.fullmatch(sentence)) and (line := _read_label(match["words"])):
        return replace(line, source=sentence)
    if line := _read_label(sentence):
        return line
    if (match := _END_LABEL.match(sentence)) and len(match["before"].split()) > 1:
        return WrittenLine(LineKind.ACTION, sentence, sentence, owners=(match["owner"],), is_marked=True)
    if default is not LineKind.NOTE:
        return WrittenLine(default, sentence, sentence, is_marked=True, is_listed=True, tasks=find_tasks(sentence))
    if _DECIDED.match(sentence):
        return WrittenLine(LineKind.DECISION, sentence, sentence, is_marked=True, tasks=find_tasks(sentence))
    if _NOTED.match(sentence):
        return WrittenLine(LineKind.NOTE, sentence, sentence, is_marked=True)
    if (match := _TASK.match(sentence)) and not _COMPLETED.search(sentence):
        tasks = find_tasks(sentence)
        return WrittenLine(LineKind.ACTION, sentence, sentence, owners=(match["who"],), is_task=True, tasks=tasks)
    return WrittenLine(LineKind.NOTE, sentence, sentence, tasks=find_tasks(sentence))


def find_tasks(sentence: str) -> tuple[TaskClause, ...]:
    """Return the parts of a sentence that read like an action of somebody, or of nobody who is named."""
    return () if _COMPLETED.search(sentence) else tuple(dict.fromkeys(_list_tasks(sentence)))


def _list_tasks(sentence: str) -> Iterator[TaskClause]:
    for part in filter(None, map(str.strip, _PART_BREAK.split(sentence))):
        if match := _OPEN_TASK.match(part):
            yield TaskClause("", match["verb"].lower())
        for clause in (part, *map(str.strip, _CLAUSE_BREAK.split(part))):
            if match := _TASK_CLAUSE.match(clause):
                yield TaskClause(match["who"].strip(), match["verb"].lower())
            if (_PASSIVE_CLAUSE.match(clause) or _NEEDED.search(clause)) and not _EXPECTED.search(clause):
                yield TaskClause("", "")
            if match := _PROMISED.search(clause):
                yield TaskClause("", match["verb"].lower())
    if not _DECIDED.match(sentence):
        yield from (TaskClause("", match["verb"].lower()) for match in _GIVEN.finditer(sentence))
    for match in _WELSH_FUTURE.finditer(sentence):
        yield TaskClause((match["who"] or "").strip(), (match["verb"] or match["promised"]).lower())


def _read_label(sentence: str) -> WrittenLine | None:
    """Return the line of a sentence that begins with a label; None without one."""
    for kind, label in _LABEL.items():
        match = label.match(sentence)
        if match is None or not (sentence[match.end() :] or match["bracket"]):
            continue
        owner = (match["bracket"],) if match["bracket"] and kind is LineKind.ACTION else ()
        words = sentence if kind is LineKind.NOTE else sentence[match.end() :].strip()
        is_alone = not words
        return WrittenLine(kind, words or sentence, sentence, owners=owner, is_marked=True, is_for_previous=is_alone)
    if (match := _ACTION_FOR.match(sentence)) and sentence[match.end() :]:
        return WrittenLine(LineKind.ACTION, sentence[match.end() :], sentence, owners=(match["owner"],), is_marked=True)
    return None


def _join_parts(parts: Sequence[WrittenLine]) -> list[WrittenLine]:
    """Join sentences that go on: plain ones after plain ones, and all after a label up to the next mark."""
    lines: list[WrittenLine] = []
    for part in parts:
        last = lines[-1] if lines else None
        is_plain = not (part.is_marked or part.is_task or part.tasks)
        if (last and _begins_with_label(last) and not part.is_marked) or (
            last and is_plain and last.kind is LineKind.NOTE and not last.tasks
        ):
            lines[-1] = replace(last, text=f"{last.text} {part.text}", source=f"{last.source} {part.source}")
        elif last and part.is_for_previous and last.kind is not LineKind.DECISION:
            joined = replace(part, text=f"{last.text} {part.source}", source=f"{last.source} {part.source}")
            lines[-1] = replace(joined, is_for_previous=False, owners=(*part.owners, *last.owners))
        else:
            lines.append(part)
    return lines


def _begins_with_label(line: WrittenLine) -> bool:
    return line.is_marked and line.text != line.source and line.kind is not LineKind.NOTE


def _read_details(line: WrittenLine, day: date) -> WrittenLine:
    """Add the owners and the due date of an action."""
    if line.kind is not LineKind.ACTION:
        return line
    dues = list(_list_dues(line.text, day))
    due = dues[0] if len({known.stored_text for known in dues}) == 1 else None
    owners = tuple(dict.fromkeys(clean_owner(words) for words in (*line.owners, *_list_owners(line.text, day))))
    return replace(line, owners=tuple(filter(None, owners)), due=due, unclear_dues=len(dues) if not due else 0)


def _list_dues(text: str, day: date) -> Iterator[DateAsKnown]:
    """Yield the dates of an action: in a field, after "by" or "due", else in a bracket or after a dash at the end."""
    dates = [known for name, value in _list_fields(text) if _is_due(name) for known in _read_dates(value, day)]
    dates = dates or list(_find_dues(text, day))
    if not dates:
        ends = [match["words"] for pattern in (_END_BRACKET, _END_PART) if (match := pattern.search(text))]
        dates = [
            known for words in ends for part in re.split(r"[,;/]| [-–—] ", words) for known in _read_dates(part, day)
        ]
    yield from dates


def _find_dues(text: str, day: date) -> Iterator[DateAsKnown]:
    """Yield the date after each "by" or "due": the longest words that are a date, unless a name follows them."""
    end = 0
    for match in _DUE_WORD.finditer(text):
        words = text[match.end() :].split()[:MAX_DATE_WORDS] if match.start() >= end else []
        for count in range(len(words), 0, -1):
            phrase, following = " ".join(words[:count]), words[count] if count < len(words) else ""
            is_cut = following[:1].isupper() and not phrase.endswith((".", ",", ";", ")"))
            if not is_cut and (dates := _read_dates(phrase.strip(".,;:)"), day)):
                yield from dates
                end = match.end() + len(phrase)
                break


def _read_dates(words: str, day: date) -> list[DateAsKnown]:
    try:
        return [read_date(words.strip(" ."), day)]
    except BadInput:
        return []


def _list_fields(text: str) -> Iterator[tuple[str, str]]:
    """Yield the labelled values inside a line: "Owner: JD", "Due: 30 March"."""
    for match in _FIELD.finditer(text):
        yield match["name"].lower(), match["value"].strip()


def _is_due(name: str) -> bool:
    return name.startswith(_DUE_NAMES)


def _list_owners(text: str, day: date) -> Iterator[str]:
    """Yield the words of an action that may name its owners, the surest first."""
    yield from (value for name, value in _list_fields(text) if not _is_due(name))
    if match := _TASK.match(text):
        yield match["who"]
    if match := _END_BRACKET.search(text):
        yield " / ".join(part for part in re.split(r"[,;]", match["words"]) if not _read_dates(part, day))
    if match := _FIRST_PART.match(text):
        yield match["words"]
    if match := _END_PART.search(text):
        yield match["words"]
    if match := _END_LABEL.match(text):
        yield match["owner"]
    if len(text.split()) <= MAX_NAME_WORDS:
        yield text


def clean_owner(words: str) -> str:
    """Return words that may name an owner, without "action by" and an article."""
    words = re.sub(r"^(?:action (?:by|for|on)|by|for|gan)\s+", "", words.strip(" .,:;–—-"), flags=re.IGNORECASE)
    return re.sub(r"^(?:the|yr?)\s+", "", words, flags=re.IGNORECASE).strip()
