"""Patterns of dates and numbers of one person or case: births, references, identity papers."""

from __future__ import annotations

from ahtc_tui.domain.case_data.vocabulary import (
    BIRTH,
    BORN,
    CASE,
    CODE,
    CUSTODY,
    DAY,
    HEALTH,
    HUMAN,
    LINK,
    LONG,
    NOT_ONE,
    NRM,
    NUMBER,
    OLD,
    PAPERS,
    SHORT_DAY,
    YEAR,
    PatternGroup,
)

_GIVEN = (
    r"(?:\W{1,3}(?:is|was|yw|oedd|ar|on|in|the|as|given|passport|visa|per|unknown|about|approx|circa|claimed|stated|"
    r"recorded|said|to|be)){0,4}\W{0,4}"
)
_WHOM = r"(?: hi| ef| y (?:ferch|bachgen|plentyn|dioddefwr))?"
_EARLY = r"(?:19[4-9]\d|200\d)"
"""A possible year of birth in which the office held no meetings."""
_BIRTHS = (
    rf"\b{BORN}{_GIVEN}(?:the )?(?:{DAY}|\d{{6}}(?:\d\d)?\b|{YEAR}\b)|\byob\W{{1,3}}\d\d\b",
    r"\bd\.?o\.?b\.?\W{1,2}(?:unknown|disputed|not known)",
    rf"(?<!was )(?<!were )\b(?:born|g?eni|ganwyd|ganed (?:hi|ef)){_WHOM}\b{LINK}(?:the )?{DAY}|\bg?eni yn {YEAR}\b",
    rf"\b{HUMAN} (?:was|were) born{LINK}(?:the )?(?:{DAY}|{YEAR}\b)",
    rf"\b(?:claims?|says?|said|states?|believed|thought)\b[^.\d]{{0,20}} born in {YEAR}\b",
    rf"(?<!\w)b\.? ?{SHORT_DAY}|(?<!\w)b\.? ?{_EARLY}\b|\(b\.? ?\d\d\)",
    rf"\b\d{{1,2}}{OLD}?,? \(?\d{{1,2}}[./]\d{{1,2}}[./](?:{_EARLY}|[5-9]\d)\b",
)

_FILES = (
    r"(?:crime|case|court case|occurrence|occ|incident|niche|pnc|police)(?: (?:file|log|report|complaint|reference))?"
)
KINDS = (
    (NRM, rf"(?:nrm (?:case |form |file )?{NUMBER}|nrm (?:case|file)|(?:rhif|cyfeirnod) nrm)"),
    (HEALTH, rf"(?:(?:nhs|gig) {NUMBER}|rhif (?:gig|nhs))"),
    (CUSTODY, rf"(?:custody (?:{NUMBER}|record(?: {NUMBER})?)|(?:rhif|cyfeirnod) (?:y )?dalfa)"),
    (CASE, rf"(?:{_FILES} {NUMBER}|(?:rhif|cyfeirnod) (?:trosedd|achos))"),
    (PAPERS, rf"(?:(?:passport|visa|brp|national insurance|ni|nino) {NUMBER}|rhif (?:pasbort|yswiriant gwladol)|nino)"),
)
"""Kind of number and the pattern of its name, in text and in column headings."""
_KIND_SIGNS = (
    ("nrm",),
    ("nhs", "gig"),
    ("custody", "dalfa"),
    ("crime", "trosedd", "case", "achos", "occ", "incident", "niche", "pnc", "police"),
    ("passport", "pasbort", "visa", "brp", "insurance", "yswiriant", "ni ", "nino"),
)
_COUNTED = r"(?!,\d| ?%| (?:copies|referrals?|and|in|of|from|yn \d|potential|people|victims?|cases?)\b)"
_NRM = (
    rf"(?<![/\w])nrm(?:\d{{3}}|[/#-]{YEAR}[/-]\d{{3}})",
    rf"(?<![/\w])nrm[ #]{{1,3}}(?:{YEAR}[/-]\d{{3}}|(?!{YEAR}\b)\d{{3,6}}/\d\d\b|\d\d/\d{{3,6}}\b)",
    rf"\bnrm[ #]{{1,3}}(?!{YEAR}\b)\d{{4,6}}\b{_COUNTED}",
)
_BODIES = (
    r"(?:ukhtc|first responder|referral|client|service user|safeguarding|social (?:care|services)|marac|hosp(?:ital)?|"
    r"patient|gp|gcid|cid(?: person)?|arc|port|nass|asylum(?: claim)?|ukba|ukvi|immigration|wccis|draig)"
)
"""Bodies whose references identify one person."""
_REFERENCES = (
    rf"\b(?:{_FILES}|custody|crn|nrm|urn)(?: (?:nos|numbers|ids|refs|references))?\W{{1,3}}{LONG}",
    r"\bcrime (?:report|complaint)\W{1,3}[a-z]{0,3}\d{3,}/\d\d\b",
    rf"\bcase file\W{{1,3}}{CODE}|\bcustody(?: [a-z]+){{1,3}} (?:[a-z]{{2}}/)?\d{{4,}}/\d\d\b",
    r"\b(?:rms|asn|icidp|arrest summons(?: number)?)\W{1,3}\d[\d/]{4,}",
    r"\b(?:urn|unique reference number)\W{1,3}\d\d[ /-]?[a-z]{2}[ /-]?\d{3}",
    r"\b(?:pnc|pncid|cro)(?: no\.?| number)?\W{1,3}\d{2,6}/\d{2,7}[a-z]\b",
    r"\bcr[/ ](?:20)?\d\d/\d{4,}|\brc\d\d/?\d{6}\b",
    rf"\b(?:log|incident|cad)\b(?: log)?(?: {NUMBER})?\W{{1,2}}\d{{1,6}} (?:of|on|dated) {DAY}",
    r"\bincident (?:log|no\.?|number|ref)\W{1,2}p\d\d/?\d{4,}",
    rf"\b{_BODIES} (?:(?:case|file) )?{NUMBER}\W{{0,3}}(?:[a-z]{{2,3}}\d?/)?{CODE}|\bukhtc (?:case|file) {CODE}",
    r"\b(?:gcid|cid|arc|wccis|draig)(?: person id)?[ :#]{1,3}(?:[a-z]{1,3}/?)?\d{6,}",
    rf"\bmarac case (?:{NUMBER} )?\d{{1,4}}\b{NOT_ONE}|\bexhibit (?:{NUMBER} )?[a-z]{{2,3}}/\d",
)
_PAPERS = (
    rf"\b(?:passport|brp|visa)\W{{1,3}}(?:[a-z]{{1,2}}\d{{6}}|\d{{8,9}}\b|{LONG})",
    r"\b(?:home office|ho|ukba|ukvi|nass)[ :#]{1,3}(?:[a-z]{1,3}/?)?\d{6,}",
    rf"\b(?:home office|ho) (?:{NUMBER}|case|file)(?: is)?\W{{1,3}}(?:[a-z]\d{{6}}|\d{{7}})",
    rf"\b(?:ni|nino|national insurance)(?: {NUMBER})?\W{{1,3}}[a-z]{{2}} ?\d\d ?\d\d ?\d\d",
    r"\b(?:passport|id card|identity card|travel document)(?: no\.?| number)?\W{1,3}(?:[a-z]{2} ?)?\d{6,}",
)
CASEFOLDED_GROUPS = (
    PatternGroup(
        BIRTH,
        (
            "d.o.b", "dob", "d o b", "d. o. b", "birth", "yob", "eni", "born", "gane", "ganwyd", "b.", "b ", "d.g.",
            "(b", "/5", "/6", "/7", "/8", "/9", ".5", ".6", ".7", ".8", ".9", "/19", ".19", "/200", ".200",
        ),
        _BIRTHS,
    ),
    PatternGroup(NRM, ("nrm",), _NRM),
    *(
        PatternGroup(reason, signs, (rf"\b{words}(?![a-z]){LINK}(?:{CODE}|{LONG})",))
        for (reason, words), signs in zip(KINDS, _KIND_SIGNS, strict=True)
    ),
    PatternGroup(
        PAPERS,
        (
            "passport", "brp", "visa", "ni ", "ni:", "nino", "insurance", "id card", "identity card", "travel doc",
            "home office", "ho ", "ho:", "ukba", "ukvi", "nass",
        ),
        _PAPERS,
    ),
    PatternGroup(
        CASE,
        (
            "crime", "case", "occ", "incident", "niche", "pnc", "police", "custody", "crn", "nrm", "urn", "unique ref",
            "cro", "cr/", "cr ", "rc0", "rc1", "rc2", "log", "cad", "ukhtc", "responder", "referral", "client",
            "service user", "safeguarding", "social ", "marac", "hosp", "patient", "gp ", "gcid", "cid", "arc",
            "port ", "nass", "asylum", "ukba", "ukvi", "immigration", "wccis", "draig", "exhibit", "rms", "asn",
            "summons",
        ),
        _REFERENCES,
    ),
    PatternGroup(HEALTH, ("nhs", "gig"), (r"\b(?:nhs|gig)\W{1,3}[1-9]\d\d[ -]?\d{3}[ -]?\d{4}\b",)),
)  # fmt: skip
"""Applied to case-folded text."""
VERBATIM_GROUPS = (
    PatternGroup(
        PAPERS, ("",), (r"\b[A-CEGHJ-PRSTW-Z][A-CEGHJ-NPRSTW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b",), r"[A-Z] ?\d\d ?\d\d ?\d"
    ),
    PatternGroup(
        CASE,
        ("",),
        (
            r"(?<![\d/+-])(?:(?:0[5-9]|1\d|2\d)00\d{6}|6[0-3][012]\d{8})\b",
            r"\b6[0-3][*/]\d{5,6}[*/]\d\d\b|\b[TS]20\d{6}\b",
        ),
        r"(?:0[5-9]|[12]\d)00\d{6}|6[0-3][012]\d{8}|6[0-3][*/]\d{5}|[TS]20\d{6}",
    ),
)
"""Applied to text as written: occurrence numbers begin with the year, Welsh crime numbers with the force."""
