"""Text that looks as if it spoke of one victim, suspect or case: a warning to whoever types, imports or sends it.

It finds numbers and dates that belong to one person, not words: "NRM referrals rose" is what this office writes about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from ahtc_tui.domain.words import _

Listener = Callable[[str], None]

_listeners: list[Listener] = []
"""Whoever is to be told: the command that runs, or the screen."""
NAMES = frozenset({"ref", "uid", "card_uid", "recurrence_uid"})
"""Fields whose values the desk makes itself."""
_PEOPLE = (
    "victim", "suspect", "survivor", "witness", "offender", "detainee", "defendant", "perpetrator", "dioddef",
)  # fmt: skip
"""A text without a figure holds nothing that is looked for, unless it has one of these."""
_SIGNS = (
    *_PEOPLE, "d.o.b", "dob", "d o b", "d. o. b", "birth", "yob", "geni", "born", "gane", "ganwyd", "b. ", "year",
    "nrm", "nhs", "gig", "custody", "dalfa", "crime", "trosedd", "crn", "case", "achos", "occurrence", "incident",
    "niche", "pnc", "cro ", "urn", "unique ref", "police", "passport", "pasbort", "visa", "brp",
    "insurance", "yswiriant", "ni ", "nino", "home office", "ho ", "asylum", "immigration", "male",
)  # fmt: skip
"""A text without any of these and without an insurance number holds nothing that is looked for."""

_NUMBER = r"(?:no|nr|num|number|id|ref|reference|rhif|cyf|cyfeirnod|#)\.?(?: (?:no|number)\.?)?"
_NUMBERS = r"(?:nos|numbers|ids|refs|references)"
_PERSON = r"(?:victim|suspect|survivor|witness|offender|detainee|defendant|perpetrator|dioddefwr|dioddefydd)"
_FACT = rf"(?:names?|initials|address|phone|mobile|telephone|nationality|gender|{_NUMBER})"
_BIRTH = r"(?:d\.?\s?o\.?\s?b(?![a-z])\.?|yob\b|(?:date|year)s? of birth|birth ?dates?|dyddiad geni)"
_CASES = r"(?:crime|case|occurrence|incident|niche|pnc|police)"
_KINDS: tuple[tuple[str, str], ...] = (
    ("an NRM number", rf"(?:nrm (?:case )?{_NUMBER}|nrm case|(?:rhif|cyfeirnod) nrm)"),
    ("an NHS number", rf"(?:(?:nhs|gig) {_NUMBER}|rhif (?:gig|nhs))"),
    ("a custody number", rf"(?:custody (?:{_NUMBER}|record(?: {_NUMBER})?)|(?:rhif|cyfeirnod) (?:y )?dalfa)"),
    ("a crime or case number", rf"(?:{_CASES} {_NUMBER}|(?:rhif|cyfeirnod) (?:trosedd|achos))"),
    (
        "a passport or insurance number",
        rf"(?:(?:passport|visa|brp|national insurance|ni|nino|asylum|immigration) {_NUMBER}"
        r"|rhif (?:pasbort|yswiriant gwladol)|nino)",
    ),
)
"""What a number belongs to, and how it is called."""
_LINK = r"(?:\W{1,3}(?:is|was|yw|oedd|ar|on|in))?\W{0,4}"
_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ion|chw|maw|ebr|mai|meh|gor|awst|med|hyd|tach|rhag)[a-z]*"
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|af|il|ydd|ed|fed|eg|ain)?(?: of| o)?[\s/.-]+(?:\d{{1,2}}|[a-z]{{3,10}})[\s/.,-]+"
    rf"(?:{_YEAR}|\d\d)\b|{_YEAR}-\d\d-\d\d|[a-z]{{3,10}} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}\b|{_MONTH} {_YEAR}\b)"
)
_CODE = rf"(?:[a-z]{{1,6}}[/#-]?|[a-z]{{1,2}} |#)?(?!{_YEAR}(?:[-/]\d\d)?(?![\w/-]))\d(?=(?:[\w/*-]*\d){{2}})"
"""Three figures at least, and neither a year nor two: "case no. 1" and "crime numbers 2012-13" are everyday words."""
_LONG = r"(?:[a-z]{1,2})?[1-9](?:[ -]?\d){7,}\b"
"""Too long for a count; a telephone number begins with 0."""
_NOT_ONE = (
    r"(?!\s?(?:[-–+%,/]\s?\d|\+|%|to\b|or\b|and (?:over|under)|days?|weeks?|months?|hours?|years?|times?|per\b|"
    rf"{_MONTH}))"
)
_HUMAN = rf"(?:he|she|they|who|child|girl|boy|woman|man|female|male|{_PERSON})"
_ABOUT = "a person in a case"
_TEXTS = [
    ("a date of birth", rf"\b{_BIRTH}{_LINK}(?:{_DAY}|\d{{6}}(?:\d\d)?\b|{_YEAR}\b)"),
    ("a date of birth", rf"(?<!was )(?<!were )\b(?:born|geni|(?:ganed|ganwyd)(?: hi| ef)?)\b{_LINK}(?:the )?{_DAY}"),
    ("a date of birth", rf"\b{_HUMAN} (?:was|were) born{_LINK}(?:the )?(?:{_DAY}|{_YEAR}\b)|\bb\. ?\d+/\d+/\d\d"),
    *((reason, rf"\b{words}(?![a-z]){_LINK}(?:{_CODE}|{_LONG})") for reason, words in _KINDS),
    ("an NRM number", rf"\bnrm(?:\d{{3}}|[/#-]{_YEAR}[/-]\d{{3}})"),
    ("an NHS number", r"\b(?:nhs|gig)\W{1,3}[1-9]\d\d[ -]?\d{3}[ -]?\d{4}\b"),
    ("a crime or case number", rf"\b(?:{_CASES}|custody|crn|nrm|urn)(?: {_NUMBERS})?\W{{1,3}}{_LONG}"),
    ("a crime or case number", r"\b(?:urn|unique reference number)\W{1,3}\d\d[ /-]?[a-z]{2}[ /-]?\d{3}"),
    ("a crime or case number", r"\b(?:pnc|pncid|cro)(?: no\.?| number)?\W{1,3}\d{2,6}/\d{2,7}[a-z]\b"),
    ("a passport or insurance number", rf"\b(?:passport|brp|visa)\W{{1,3}}(?:[a-z]{{1,2}}\d{{6}}|{_LONG})"),
    ("a passport or insurance number", rf"\b(?:home office|ho) {_NUMBER}\W{{1,3}}[a-z]\d{{6}}"),
    (_ABOUT, rf"\b{_PERSON}(?:'?s|’s)? {_FACT}(?:\s{{0,2}}[:=#-]|\W{{1,3}}\+?\d{{3}})"),
    (_ABOUT, rf"\b{_PERSON} (?:{_NUMBER} )?[a-z]?\d{{1,3}}\b{_NOT_ONE}"),
    (_ABOUT, rf"\b{_PERSON},? \(?aged?:? \d{{1,2}}\b{_NOT_ONE}|\b(?:fe)?male,? aged \d{{1,2}}\b{_NOT_ONE}"),
    (_ABOUT, rf"(?<!to )(?<![-–])\b\d{{1,2}}[- ]year[- ]old (?:\w+ )?{_HUMAN}\b"),
    (_ABOUT, rf"\b(?:{_FACT}|age) (?:of|for) (?:the |a |one )?{_PERSON}\b\W{{0,3}}(?:[:=#-]|\d)"),
    (_ABOUT, r"\b(?:enw|oed|oedran|cyfeiriad|rhif)(?:['’]r| y| yr)? dioddefwr\b\W{0,3}(?:[:=#-]|\d)"),
]
"""Patterns over small letters. They are compiled when they are first asked, and kept by `re`."""
_NAMED = (
    r"\b(?:[Vv]ictim|[Ss]uspect|[Ss]urvivor|[Dd]etainee|[Dd]efendant|[Dd]ioddefwr)"
    r"(?:['’]?s? initials\W{1,3}[A-Z]{2,3}\b|:\s[A-Z]\.? [A-Z][a-z]+\b|:?\s[A-Z]\.\s?[A-Z]\b|"
    r"\s[A-HJ-Z]\b(?!\.\w|['’-]| to Z| [A-Z][a-z])|"
    r":?\s(?!ID|UK|EU|UN|HO|WG|VS|NI|GP|PR|IT)[A-Z]{2}\b)"
)
"""As written: "victim A.B.", "Suspect: J Smith", "Victim B said", "victim AB"."""
_INSURANCE = r"\b[A-CEGHJ-PRSTW-Z][A-CEGHJ-NPRSTW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b"
_HEADERS = [
    ("a date of birth", rf"\b{_BIRTH}"),
    *((reason, rf"^(?:the )?{words}\W*$") for reason, words in _KINDS),
    (_ABOUT, rf"^(?:the )?{_PERSON}(?:(?:'?s|’s)? (?:{_FACT}|age))?\W*$|^{_FACT} of (?:the )?{_PERSON}\b"),
]


def header_of_case_data(heading: str) -> str | None:
    """Why a column with this heading should not be here; None for any other."""
    words = " ".join(re.sub(r"[\s_:()]+", " ", heading).casefold().split())
    return next((_(reason) for reason, pattern in _HEADERS if re.search(pattern, words)), None)


def looks_like_case_data(text: str) -> str | None:
    """What of one person or case a text seems to hold, in words; None where it holds nothing such."""
    found = _find(text)
    return found[0] if found else None


def _find(text: str) -> tuple[str, int] | None:
    """What it is, and where in the text it stands."""
    figures = any(sign.isdigit() for sign in text)
    words = text.casefold()
    if figures and (found := re.search(_INSURANCE, text)):
        return _("a passport or insurance number"), found.start()
    if not any(sign in words for sign in (_SIGNS if figures else _PEOPLE)):
        return None
    if found := re.search(_NAMED, text):
        return _(_ABOUT), found.start()
    for reason, pattern in _TEXTS:
        if found := re.search(pattern, words):
            return _(reason), found.start()
    return None


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Tell `listener` of every text that is written or sent out meanwhile and looks like case data."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def somebody_listens() -> bool:
    """Whether it is worth looking."""
    return bool(_listeners)


def heed_record(table: str, values: Mapping[str, object]) -> None:
    """Tell whoever listens which field that is being written looks like case data. It is written all the same."""
    for name, value in values.items() if _listeners else ():
        if isinstance(value, str) and name not in NAMES and (reason := looks_like_case_data(value)):
            said = _("This looks like {reason} ({table}, {field}). The desk keeps no case data: take it out again.")
            _tell(said.format(reason=reason, table=table.replace("_", " "), field=name.replace("_", " ")))


def heed_outgoing(name: str, text: str) -> None:
    """Tell whoever listens which lines of a file that leaves look like case data. It is written all the same."""
    for line in dict.fromkeys(text.splitlines()) if _listeners else ():
        if found := _find(line):
            said = _('{file} holds what looks like {reason}: "{line}". Look before you send it.')
            _tell(said.format(file=name, reason=found[0], line=_around(line, found[1])))


def _around(line: str, place: int) -> str:
    """The words there, where the line is long."""
    start = 0 if place < 40 else line.rfind(" ", 0, place - 20) + 1
    words = " ".join(line[start:].split())
    return ("…" if start else "") + (words if len(words) <= 80 else f"{words[:79]}…")


def _tell(sentence: str) -> None:
    for listener in tuple(_listeners):
        listener(sentence)
