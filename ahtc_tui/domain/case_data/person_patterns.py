"""Patterns of one person without a number: age and nationality, a letter or label, a place."""

from __future__ import annotations

from ahtc_tui.domain.case_data.vocabulary import (
    AGE,
    FACT,
    HUMAN,
    LABELLED,
    NATION,
    NATIONS,
    NOT_ONE,
    NUMBER,
    OLD,
    PERSON,
    PLACE,
    SEX,
    VICTIM,
    VICTIM_SIGNS,
    YEAR,
    PatternGroup,
)

_GAP = r"[\s,;:/()-]{1,3}"


def _join_in_any_order(sex: str, age: str, nationality: str) -> str:
    """Return a pattern of sex, age and nationality in any order."""
    orders = (
        (sex, age, nationality),
        (sex, nationality, age),
        (age, sex, nationality),
        (age, nationality, sex),
        (nationality, sex, age),
    )
    return "|".join(rf"\b{_GAP.join(order)}\b" for order in (*orders, (nationality, age, sex)))


_NATIONAL = (
    _join_in_any_order(rf"(?:{SEX}|[fm])", AGE, NATION),
    rf"\b(?:[fm]/?\d\d|\d\d ?/?[fm])\b{_GAP}{NATION}\b",
    rf"(?<!to )(?<![-–])\b\d{{1,2}}{OLD}[ ,]{{1,2}}(?:\w+ )?{NATION}\b",
    rf"\b{NATION}(?: \w+)?,? \(?aged \d{{1,2}} (?:and|a) \d{{1,2}}\b",
    rf"\b{NATION},? (?:\(?aged?:?|(?:fe)?male,?) \d{{1,2}}\b{NOT_ONE}|\b(?:age|oedran):? \d{{1,2}}\b,? {NATION}\b",
)
_AGES = (
    rf"(?<!to )(?<![-–])\b\d{{1,2}}{OLD}[ ,]{{1,2}}(?:\w+ )?(?:{HUMAN}|f|m)\b",
    r"(?<![\d-])\b\d{2} ?(?:yo|y/o|y\.o\.?)(?!\w)|\b\d{1,2}[- ]?y(?:ea)?r\.?[- ]old (?:is|was|has|who|from)\b",
    rf"\b(?:{SEX}|{VICTIM}|uasc|lac|minor),? \(?aged?:? \d{{1,2}}\b{NOT_ONE}",
    rf"\b{SEX} \((?:aged? )?\d{{2}}\)|\b(?:boy|girl|man|woman) of \d\d\b{NOT_ONE}",
    rf"\b(?:{SEX}|{VICTIM}|uasc|minor), (?:aged? )?\d{{1,2}}(?:,|;|\)|\.|$| (?:and|from|with|who)\b)",
    rf"\b(?:she|he|{SEX}|{VICTIM}) is (?:only |now |about )?\d{{1,2}}(?:{OLD}|\b{NOT_ONE}(?! (?:on|in)\b))",
    r"\b(?:gives|gave) (?:her|his|their) age as \d|\bage[- ]assessed (?:as|at) \d|\b(?:is|aged) about 1\d\b",
    rf"\b(?:sex|gender|nationality|rhyw|cenedligrwydd)\b[^.]{{0,40}}\b(?:age|oed(?:ran)?)\b:? \d{{1,2}}\b{NOT_ONE}",
    rf"\b(?:age|oedran):? \d{{1,2}}\b{NOT_ONE}(?:[,;]| and)? (?:from|sex|nationality|(?:f|m|male|female)\b)",
    rf"\buasc\b[, -]{{1,3}}(?:\(|{SEX} |age disputed, says |aged about )?\d{{1,2}}\b{NOT_ONE}(?! in\b)",
    rf"\bunaccompanied (?:minor|child|asylum[- ]seeking child)[, ]{{1,2}}\(?\d{{1,2}}\b{NOT_ONE}",
)
_ONE_OF = (
    r"(?:merch|ferch|bachgen|fachgen|d?dynes|menyw|fenyw|d?dyn|plentyn|blentyn|gwraig|wraig|g[wŵ]r|hogan|hogyn|geneth|"
    r"llanc|babi|hi|ef|fo|d?dioddefwr|g?oroeswr)"
)
_OED = (
    rf"\b{_ONE_OF}(?:['’]n| yn| o[’']?r? \w+)?[ ,(]{{1,2}}\d{{1,2}}(?: mlwydd)? oed\b(?! (?:neu|a h|i \d))",
    r"\b(?:benyw|gwryw)[ ,]{1,2}\d{1,2}\b,? [a-z]+",
)
_LABELS = (
    rf"\b{VICTIM}(?:'?s|’s)? {FACT}(?:\s{{0,2}}[:=#-]|\W{{1,3}}\+?\d{{2}})",
    rf"\b{LABELLED} (?:{NUMBER} )?(?!{YEAR}\b)[a-z]?\d{{1,4}}\b{NOT_ONE}(?! (?:in \d|o\b|errors|members|people|cases))",
    r"(?<!\w)(?:pv|yp)\d{1,2}\b",
    rf"\b(?:{FACT}|age) (?:of|for) (?:the |a |one )?{VICTIM}\b(?: is)?\W{{0,3}}(?:[:=#-]|\d)",
    r"\b(?:enw|oed|oedran|cyfeiriad|rhif)(?:['’]r| y| yr)? dioddefwr\b\W{0,3}(?:[:=#-]|\d)",
)
_STREET = (
    r"(?:\d{1,3}[a-z]? (?:[\w'’]+ ){1,3}?(?:street|road|avenue|close|terrace|place|lane|drive|crescent|court|gardens|"
    r"row|walk|way)\b|\d{1,3}[a-z]? (?:heol|stryd|ffordd|lôn|rhes|maes) \w+|flat \d{1,3}\b)"
)
_SHELTER = r"(?:safe[ -]?house|refuge|hostel|shelter|t[yŷ] diogel|lloches)"
_PLACED = r"(?:placed|accommodated|housed|lodged|staying|living|lives|residing|resides|rescued|recovered|found)"
_POSTCODE = r"[a-z]{1,2}\d{1,2}[a-z]? ?\d[a-z]{2}\b"
_PLACES = (
    rf"\b(?:safe[ -]?house|refuge|t[yŷ] diogel|lloches)\b[^.;\d]{{0,30}}(?:{_STREET}|{_POSTCODE})",
    rf"\b{_PLACED}(?: now)? (?:at|in|from) {_STREET}",
    r"\bflat \d{1,3}[a-z]?,? \d{1,3}[a-z]? \w+",
    rf"{_STREET}[^.]{{0,20}}\b(?:to|at|in) (?:the |a )?{_SHELTER}\b",
    rf"\broom \d{{1,3}}(?:,| at| of| in) (?:the )?{_SHELTER}\b|\b(?:she|he) is (?:now )?(?:in|at) (?:room|flat) \d",
)
LABEL_GROUP = PatternGroup(PERSON, VICTIM_SIGNS, _LABELS)
"""Searched in text without digits as well."""
CASEFOLDED_GROUPS = (
    PatternGroup(PERSON, ("oed", "benyw", "gwryw"), _OED),
    LABEL_GROUP,
    PatternGroup(
        PLACE,
        (
            "street", "road", "avenue", "close", "terrace", "place", "lane", "drive", "crescent", "court", "gardens",
            "row", "walk", "way", "heol", "stryd", "ffordd", "lôn", "rhes", "maes", "flat", "room", "safe house",
            "safe-house", "safehouse", "refuge", "lloches", "diogel",
        ),
        _PLACES,
    ),
    PatternGroup(PERSON, tuple(NATIONS.split("|")), _NATIONAL),
    PatternGroup(
        PERSON,
        (
            "male", "boy", "girl", "man", "child", "baby", "youth", "teenager", "mother", "father", "he is", "uasc",
            "lac ", "minor", "age ", "aged", "assessed", "age:", "oedran", " old", "-old", "yo", "y/o", "y.o", "sex",
            "gender", "nationality", *VICTIM_SIGNS,
        ),
        _AGES,
    ),
)  # fmt: skip
"""Applied to case-folded text."""

_LETTERS = r"(?:[A-Z]\.? ?){1,2}[A-Z]\.?"
_VERSIONED = (
    "draft", "version", "version:", "plan", "tor", "reference", "protocol", "agenda", "form", "template", "guidance",
    "guide", "policy", "minutes", "paper", "room", "the", "strategy", "as", "issued", "mark", "note", "report", "log",
    "pack", "final", "code", "leaflet", "poster", "agreement", "specification", "document", "file", "cynllun",
    "drafft", "fersiwn",
)  # fmt: skip
"""Nouns that have versions such as V2."""
_NO_VERSION = "".join(f"(?<!(?i:{word}) )" for word in _VERSIONED)
VERBATIM_GROUPS = (
    PatternGroup(
        PERSON,
        ("",),
        (
            rf"\b{_LETTERS},? \(?(?i:aged? )?\d{{2}}(?: ?(?i:yrs?|years|yo))?,?[ )]{{1,2}}"
            rf"(?i:{NATIONS}|f|m|female|male)\b",
            rf"\b{_LETTERS},? \(?(?i:{NATIONS}),? \(?\d{{2}}\b",
            rf"\b{_LETTERS}(?i:,? aged) \d{{1,2}}\b(?i:{NOT_ONE})|\b{_LETTERS} \(\d\d, [FM]\)",
        ),
        r"[A-Z]\.? ?[A-Z]\.?,? ",
    ),
    PatternGroup(
        PERSON,
        ("V",),
        (_NO_VERSION + r"(?<![\w./(-])V\d{1,2}\b(?![./]\w|,? (?:on )?\d| (?i:of|template|form|draft|version|to)\b)",),
    ),
)
"""Applied to text as written: "K.N., 19, Albanian", "V1 and V2 were seen"."""

_NO_NAME = (
    "ID|UK|EU|UN|HO|WG|VS|NI|GP|PR|IT|AM|MP|PA|NHS|NGO|CPS|GLA|NRM|NCA|SIO|LHB|GRO|FOI|OBE|MBE|QC|PC|LA|TV|DVD|PDF|"
    "HT|AHT"
)
_ONE = (
    r"(?:[Vv]ictim|[Ss]uspect|[Ss]urvivor|[Dd]etainee|[Dd]efendant|[Ww]itness|[Dd]ioddefwr|[Dd]ioddefydd|[Gg]oroeswr|"
    r"[Tt]yst|[Cc]lient|[Ss]ervice [Uu]ser|[Yy]oung [Pp]erson)"
)
_LABEL = rf"(?:{_ONE}|[Ff]emale|[Mm]ale|[Gg]irl|[Bb]oy|[Cc]hild|[Ww]oman|[Ss]ubject|[Pp]erson|PV|YP)"
NAMED_PERSON_GROUP = PatternGroup(
    PERSON,
    (*VICTIM_SIGNS, "male", "girl", "boy", "child", "woman", "subject", "person", "initials", "cyntaf"),
    (
        rf"\b{_ONE}(?:['’]?s? initials\W{{1,3}}[A-Z]{{2,3}}\b|:\s[A-Z]\.? [A-Z][a-z]+\b|:?\s[A-Z]\.\s?[A-Z]\b)",
        rf"\b{_ONE}:?\s(?!(?:{_NO_NAME})\b)[A-Z]{{2,3}}\b",
        rf"\b{_LABEL}(?:e?s)?\s[A-HJ-Z]\b(?!\.\w|-\w|['’](?!s\b)| to Z| [A-Z][a-z])",
        r"\b(?:[Ii]nitials|[Ll]lythrennau cyntaf):?\s(?:[A-Z]\.? ?){1,2}[A-Z]\b",
    ),
)
"""Applied to text as written, with or without digits: "victim A.B.", "Suspect: J Smith", "client AB"."""
HEADING = rf"^(?:the )?{VICTIM}(?:(?:'?s|’s)? (?:{FACT}|age))?\W*$|^{FACT} of (?:the )?{VICTIM}\b"
"""Case-folded heading of a column of persons."""
