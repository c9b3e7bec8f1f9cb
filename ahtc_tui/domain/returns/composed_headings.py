"""Headings that are composed of known words: "Delivery Plan action", "BRAG Q3 2013/14".

A heading is recognised only if the vocabulary has all of its words; its head word determines the field.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ahtc_tui.domain.dates.names import find_month_number

MAX_WORDS = 9
_PERIOD = re.compile(r"(?:q|qtr|ch)[1-4]|(?:19|20)\d\d")
_NUMBER = re.compile(r"\d{1,2}(?:st|nd|rd|th|af|ydd|ed|eg|fed|ain)?")
_COUNT = re.compile(r"\b(?:number|no|nifer) (?:of|o)\b")


def _split_words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PERIOD_WORDS = _split_words(
    "quarter qtr chwarter period cyfnod month mis year blwyddyn week wythnos meeting cyfarfod q ch"
)
_CONNECTING_WORDS = _split_words("""
    the a of for to in on at as is are be by it we our your and or this that last next since until up so far now here
    will was has have been do does please made report reporting quarterly monthly previous previously
    y yr r o i n ar at hyd ers yn ei eu a ac neu hwn hon diwethaf blaenorol sy syn sydd hyn pa eich ein
""")
"""Words that connect others, or that refer to a time."""
_HEADING_WORDS = _split_words("""
    delivery plan agreed key latest current overall main named name names contact person post force organisation agency
    body team summary brief short text details detail description rating score final full planned expected forecast
    estimated anticipated date dates day strategic individual local regional national
    cynllun cyflawni cytunwyd gytunwyd arno arni arnynt disgwyliedig presennol bresennol diweddaraf ddiweddaraf cyfredol
    gyfredol prif enw enwau dyddiad dyddiadau disgrifiad crynodeb terfynol cyflawn
""")
_HEADS: tuple[tuple[str, str], ...] = (
    ("brag", "brag rag cog cag gcog"),
    ("ref", "ref refs reference number no nr rhif cyf cyfeirnod id urn"),
    ("comment", "comment comments note notes remark remarks reason reasons sylw sylwadau nodyn nodiadau rheswm"),
    ("update", "progress update updates narrative commentary achievements cynnydd diweddariad diweddariadau hynt"),
    ("status", "status statws state play position sefyllfa cyflwr"),
    ("due", "due deadline timescale timescales target completion finish eta end when"),
    ("due", "pryd erbyn amserlen amser cwblhau targed"),
    ("support", "support supporting supporters partner partners partneriaid cefnogi cefnogaeth"),
    ("lead", "lead leads owner owners officer officers responsible responsibility accountable who whom leading"),
    ("lead", "arweinydd arweinwyr arwain perchennog swyddog cyfrifol cyfrifoldeb pwy"),
    ("title", "action actions task tasks what milestone deliverable activity activities"),
    ("title", "tasg beth cam camau gam gamau gweithgarwch gweithgaredd gweithred weithred gweithredu weithredu"),
)
"""Head words of each field; where a heading has head words of two fields, the earlier field applies."""
_WEAK_HEADS: tuple[tuple[str, str], ...] = (
    ("due", "date dates day dyddiad dyddiadau terfyn scheduled"),
    ("lead", "person people staff assigned assignee developer resource poc contact responsible gan swyddogion aelod"),
    ("title", "issue issues query problem job finding weakness remediation request concern steps step point points"),
    ("title", "needed required do doing done mater materion gwneud gwaith angen gofyn cais"),
)
"""Words that suggest a field only together with the values of the column."""
_ORIGIN_WORDS = _split_words("""
    raise open create report duration days
    raised opened created reported logged identified discovered received entered start started begin began added issued
    detected requested submitted approved reviewed author authored verified tested checked signed published version
    dechrau cychwyn codwyd agorwyd derbyniwyd cymeradwywyd adolygwyd
""")
"""Words of headings about the origin of an action or its approval, of which no field is suggested."""
_ADDRESSEES = frozenset(
    ("who to", "to who", "to whom", "who for", "for who", "for whom", "i bwy", "at bwy", "ar gyfer pwy")
)
_FIELD_OF_WEAK_HEAD = {word: field for field, words in _WEAK_HEADS for word in words.split()}
_REVISED_WORDS = _split_words("revised new proposed extended amended revision diwygiedig newydd arfaethedig")
_ORIGINAL_WORDS = _split_words("original initial baseline first gwreiddiol cychwynnol")
_PERCENT_WORDS = _split_words("percent percentage pct canran")
_PROGRESS_STEMS = tuple(_split_words("complet done finish progress achiev deliver implement gwblh cwblh gyflawn"))
_COMPLETED_WORDS = _split_words("completed done closed actual")
_FIELD_OF_HEAD = {word: field for field, words in _HEADS for word in words.split()}
_ORDER = tuple(field for field, _words in _HEADS)
_VOCABULARY = (
    _PERIOD_WORDS
    | _CONNECTING_WORDS
    | _HEADING_WORDS
    | _REVISED_WORDS
    | _ORIGINAL_WORDS
    | _COMPLETED_WORDS
    | frozenset(_FIELD_OF_HEAD)
)


def strip_period(heading: str) -> str:
    """Return a normalized heading without its period: "status" for "status q3 2013 14"."""
    words = heading.split()
    period_words = _find_period_words(words) if len(words) <= MAX_WORDS else None
    if not period_words:
        return heading
    kept = [word for word in words if word not in period_words]
    while kept and (kept[-1] in _CONNECTING_WORDS or kept[-1] in _PERIOD_WORDS):
        kept.pop()
    while kept and (kept[0] in _PERIOD_WORDS or kept[0] in ("for", "at", "in")):
        kept.pop(0)
    return " ".join(kept)


def resolve_composed_heading(heading: str) -> str | None:
    """Return the field of a normalized heading by its head word; None where a word is not in the vocabulary."""
    words = heading.split()
    heads = {_FIELD_OF_HEAD[word] for word in words if word in _FIELD_OF_HEAD}
    if (
        not heads
        or is_addressee_heading(heading)
        or len(words) > MAX_WORDS
        or _COUNT.search(heading)
        or not set(words) <= _VOCABULARY | _find_period_words(words)
    ):
        return None
    field = next(name for name in _ORDER if name in heads)
    if heads - {"title"} == {"lead", "support"}:
        field = next(head_field for word in words if (head_field := _FIELD_OF_HEAD.get(word)) and head_field != "title")
    if {"date", "dyddiad"} & set(words) and "due" not in heads:
        return "update_on" if field in ("update", "status") else None
    return _classify_due(set(words)) if field == "due" else field


def list_suggested_fields(heading: str) -> list[str]:
    """Return the fields that the known words of a normalized heading suggest, the likeliest first.

    Other words are passed over, so that the values of the column must decide: "Action needed from them".
    """
    words = heading.split()
    if is_origin_heading(heading) or is_addressee_heading(heading):
        return []
    if _PERCENT_WORDS & set(words) and any(word.startswith(_PROGRESS_STEMS) for word in words):
        return ["percent"]
    heads = {_FIELD_OF_HEAD.get(word) or _FIELD_OF_WEAK_HEAD.get(word, "") for word in words}
    fields = [field for field in _ORDER if field in heads]
    return [_classify_due(set(words)) if field == "due" else field for field in fields]


def is_origin_heading(heading: str) -> bool:
    """Return whether a normalized heading is about the origin of an action or its approval: "Raised on"."""
    return bool(set(heading.split()) & _ORIGIN_WORDS)


def is_addressee_heading(heading: str) -> bool:
    """Return whether a normalized heading is about the people to inform: "Who to"."""
    return heading in _ADDRESSEES


def is_suggestion_only(heading: str) -> bool:
    """Return whether only weak words of a normalized heading suggest its field: "Scheduled date"."""
    return not any(word in _FIELD_OF_HEAD for word in heading.split())


def _classify_due(words: set[str]) -> str:
    if words & _COMPLETED_WORDS and not words & {"will", "be", "to"}:
        return "closed_on"
    if words & _ORIGINAL_WORDS:
        return "original_due"
    return "proposed_due" if words & _REVISED_WORDS else "due"


def _find_period_words(words: list[str]) -> set[str]:
    """Return the words of a period; numbers are included only together with a month, a year or a period word."""
    certain = {word for word in words if _PERIOD.fullmatch(word) or (word.isalpha() and _is_month(word))}
    numbers = [word for word in words if _NUMBER.fullmatch(word)]
    return certain | set(numbers) if certain or _PERIOD_WORDS & set(words) or len(numbers) > 2 else set()


@lru_cache(maxsize=5_000)
def _is_month(word: str) -> bool:
    return len(word) > 2 and word not in _VOCABULARY and find_month_number(word) is not None
