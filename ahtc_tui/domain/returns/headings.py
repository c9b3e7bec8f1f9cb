"""Headings of the columns of action logs, in English and Welsh, and the fields that they mean."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ahtc_tui.domain.returns.composed_headings import resolve_composed_heading, strip_period
from ahtc_tui.domain.returns.statuses import parse_status
from ahtc_tui.domain.text.normalization import normalize_text

MIN_SIMILARITY = 90
"""Similarity, of 100, from which a heading counts as a known one with a typing error."""
MIN_NEAR_LENGTH = 5
"""Number of letters below which a typing error makes another word."""
MAX_LENGTH = 60
"""Number of normalized letters above which a text is a sentence and not a heading."""

FIELD_HEADINGS: dict[str, tuple[str, ...]] = {
    "ref": (
        "ref", "refs", "reference", "reference number", "reference no", "ref no", "ref number", "action ref",
        "action reference", "no", "nos", "number", "nr", "num", "id", "action no", "action number", "action id",
        "item", "item no", "item number", "item ref", "log no", "log ref", "log number", "unique id", "unique ref",
        "urn", "hash", "serial", "serial no", "line", "line no", "row", "row no", "s no", "sr no", "sl no", "code",
        "our ref", "your ref", "dp ref", "dp no", "plan ref",
        "cyf", "cyfeirnod", "cyfeirif", "cyfeiriad cam", "rhif", "rhif cyf", "cyf rhif", "rhif y cam", "rhif cam",
        "rhif cyfeirnod", "rhif gweithredu", "eitem", "rhif eitem",
    ),
    "source": (
        "source", "origin", "meeting", "meeting date", "date of meeting", "from meeting", "minute", "minute ref",
        "minute reference", "minutes ref", "paragraph", "para", "raised at", "agreed at", "arising from", "raised by",
        "date raised", "raised", "raised on", "date opened", "date agreed", "date of action", "agenda item",
        "ffynhonnell", "cyfarfod", "dyddiad y cyfarfod", "cofnod", "cyf y cofnod", "codwyd", "codwyd gan",
    ),
    "objective": (
        "objective", "objectives", "strategic objective", "objective no", "objective number", "aim", "goal", "theme",
        "priority area", "workstream", "work stream", "strand", "outcome area", "pillar", "heading", "section",
        "amcan", "amcanion", "nod", "thema", "ffrwd waith", "maes blaenoriaeth",
    ),
    "title": (
        "action", "actions", "what", "title", "task", "tasks", "action required", "actions required", "action agreed",
        "agreed action", "actions agreed", "action point", "action points", "action item", "description",
        "action description", "description of action", "details of action", "action details", "action detail",
        "action to be taken", "what needs to be done", "what will be done", "what will we do", "what we will do",
        "deliverable", "milestone", "activity", "commitment", "recommendation", "key action", "summary", "subject",
        "issue", "matter", "topic", "to do", "work", "task description", "task name", "action title", "detail",
        "details", "action text", "next step", "next steps",
        "cam gweithredu", "camau gweithredu", "y cam gweithredu", "gweithred", "gweithredu", "camau", "cam",
        "gweithgaredd", "tasg", "disgrifiad", "beth", "teitl", "camau i w cymryd", "camau iw cymryd",
        "disgrifiad or cam", "yr hyn y byddwn yn ei wneud", "pwynt gweithredu", "pwyntiau gweithredu",
    ),
    "lead": (
        "lead", "leads", "by whom", "who", "owner", "owners", "action owner", "owned by", "lead officer", "action by",
        "actions by", "responsible", "responsibility", "person responsible", "responsible person",
        "responsible officer", "responsible organisation", "responsible owner", "lead organisation", "lead agency",
        "lead partner", "lead responsibility", "action lead", "lead person", "lead body", "assigned to", "assignee",
        "allocated to",
        "allocation", "officer", "officer responsible", "name", "who by", "for action by", "accountable",
        "accountable owner", "lead name", "lead s", "lead department", "sro", "led by", "post holder", "delegated to",
        "arweinydd", "arweinyddion", "arweinwyr", "swyddog arweiniol", "perchennog", "perchennog y cam", "gan bwy",
        "pwy", "cyfrifoldeb", "cyfrifol", "person cyfrifol", "swyddog cyfrifol", "sefydliad arweiniol",
        "corff arweiniol", "yn gyfrifol", "arwain",
    ),
    "support": (
        "support", "supporting", "supported by", "supporters", "partners", "partner", "supporting partners",
        "supporting organisations", "support from", "key partners", "other partners", "delivery partners", "with",
        "with whom", "in partnership with", "contributors", "consulted", "others involved", "supporting officers",
        "second owner", "co lead", "co owner", "deputy lead", "joint lead",
        "cefnogaeth", "partneriaid", "cefnogi", "cefnogir gan", "mewn partneriaeth a", "partner",
    ),
    "original_due": (
        "original due", "original due date", "due original", "due date original", "original date", "original target",
        "original target date", "original deadline", "initial due date", "initial deadline", "first due",
        "baseline", "baseline date", "baseline finish", "original completion date", "original by when",
        "by when original", "target date original", "target original", "deadline original", "dyddiad gwreiddiol",
        "dyddiad targed gwreiddiol",
        "dyddiad cau gwreiddiol", "erbyn gwreiddiol",
    ),
    "due": (
        "due", "due date", "due by", "due on", "by when", "when", "when by", "target", "target date", "deadline",
        "completion date", "target completion", "target completion date", "date due", "timescale", "timescales",
        "time scale", "timeframe", "time frame", "timeline", "by", "by date", "complete by", "complete by date",
        "to be completed by", "completed by when", "end date", "finish", "finish date", "planned completion",
        "planned completion date", "expected completion", "expected completion date", "delivery date", "date required",
        "required by", "action due", "current due", "current due date", "due current", "due date current", "date",
        "forecast date", "target deadline", "target end date", "timing",
        "erbyn", "erbyn pryd", "dyddiad cau", "dyddiad targed", "targed", "dyddiad cwblhau", "amserlen", "pryd",
        "dyddiad", "dyddiad erbyn", "i w gwblhau erbyn", "iw gwblhau erbyn", "dyddiad dyledus",
    ),
    "proposed_due": (
        "proposed due", "proposed due date", "proposed date", "new date", "new due date", "revised", "revised date",
        "revised due date", "revised due", "due revised", "due date revised", "by when revised", "revised deadline",
        "revised target", "revised target date", "target date revised", "target revised", "deadline revised",
        "requested date", "extended to", "extension to", "extension requested", "new deadline", "new target date",
        "due new", "due proposed", "due date proposed", "dyddiad newydd", "dyddiad diwygiedig", "dyddiad arfaethedig",
        "dyddiad cau newydd", "erbyn diwygiedig",
    ),
    "days_left": (
        "days", "days left", "days remaining", "days late", "days overdue", "overdue", "days to go", "days to due",
        "diwrnodau", "dyddiau", "dyddiau ar ol", "diwrnodau ar ol",
    ),
    "status": (
        "status", "state", "action status", "current status", "position", "current position", "open closed",
        "open or closed", "complete", "completed", "completed y n", "complete y n", "done", "done y n", "closed y n",
        "complete yes no", "completed yes no", "status of action", "stage", "new status", "proposed status",
        "overall status", "status update",
        "statws", "statws cyfredol", "cyflwr", "sefyllfa", "wedi ei gwblhau", "wedii gwblhau", "cam cyfredol",
    ),
    "brag": (
        "brag", "rag", "brag rating", "rag rating", "brag status", "rag status", "rating", "colour", "color",
        "traffic light", "traffic lights", "b r a g", "r a g", "rag brag", "bragg", "current rag", "current brag",
        "new brag", "proposed brag", "rygg", "cog", "statws cog", "statws gcog", "statws coch oren gwyrdd", "lliw",
        "sgor", "gradd", "sgor cog", "cog glas", "coch oren gwyrdd", "goleuadau traffig", "statws brag", "statws rag",
    ),
    "update": (
        "progress", "update", "updates", "progress update", "progress updates", "latest update", "progress to date",
        "progress since last meeting", "progress made", "latest progress", "latest position", "progress report",
        "progress notes", "progress note", "progress comments", "commentary", "current progress", "your update",
        "update since last meeting", "update this quarter", "progress this quarter", "quarterly update", "narrative",
        "progress summary", "action taken", "actions taken", "what has been done", "what have we done", "outcome",
        "where are we now", "how are we doing", "what has happened",
        "latest", "position statement", "response", "update on progress", "progress against action", "news",
        "this period", "progress this period", "update for meeting", "progress since last report",
        "cynnydd", "diweddariad", "diweddariadau", "diweddariad cynnydd", "y cynnydd hyd yn hyn", "cynnydd hyd yma",
        "cynnydd hyd yn hyn", "cynnydd ers y cyfarfod diwethaf", "diweddariad diweddaraf", "y diweddaraf", "canlyniad",
        "cynnydd a wnaed", "adroddiad cynnydd",
    ),
    "update_on": (
        "update date", "date of update", "updated", "updated on", "last updated", "date updated", "last update",
        "progress date", "date of last update", "date last updated", "last reviewed", "reviewed on",
        "diweddarwyd", "dyddiad diweddaru", "dyddiad y diweddariad", "diweddarwyd ar",
    ),
    "closed_on": (
        "closed", "closed on", "date closed", "closed date", "closing date", "date completed", "completed on",
        "date of completion", "actual completion", "actual completion date", "completed date", "actual date",
        "actual end", "actual finish", "date done", "closure date", "date complete", "actual", "due actual",
        "caewyd", "dyddiad cau r cam", "cwblhawyd", "dyddiad y cwblhawyd", "caewyd ar", "cwblhawyd ar",
    ),
    "evidence": (
        "evidence", "proof", "link to evidence", "supporting evidence", "evidence of completion", "evidence link",
        "measure", "measures", "success measure", "measure of success", "kpi", "document", "documents", "link",
        "tystiolaeth", "dogfen", "dogfennau", "mesur", "mesur llwyddiant", "dolen",
    ),
    "priority": ("priority", "priority level", "importance", "urgency", "blaenoriaeth", "pwysigrwydd", "brys"),
    "comment": (
        "comment", "comments", "note", "notes", "remark", "remarks", "additional comments", "further comments",
        "other comments", "any comments", "general comments", "reviewer comments", "issues", "risks", "risks issues",
        "barriers", "barriers to progress", "additional information", "further information", "reason", "reasons",
        "reason for delay", "sylw", "sylwadau", "nodyn", "nodiadau", "sylwadau ychwanegol", "rheswm",
    ),
    "row_id": ("row id",),
    "row_hash": ("row hash",),
}  # fmt: skip
"""Normalized headings of each field; a heading of two fields means the first."""

ANCHOR_FIELDS = frozenset({"ref", "title", "row_id"})
"""Fields that identify an action; a table without any of them is not an action log."""

_FIELD_BY_HEADING = {
    words: field for field, headings in reversed(FIELD_HEADINGS.items()) for words in reversed(headings)
}
_NEAR_CANDIDATES = [words for words in _FIELD_BY_HEADING if len(words) >= MIN_NEAR_LENGTH]
_SECOND_MEANINGS = {
    ("status", "completed"): "closed_on",
    ("status", "complete"): "closed_on",
    ("status", "position"): "update",
    ("update", "outcome"): "evidence",
    ("update", ""): "comment",
    ("lead", ""): "support",
}
"""Field of a column whose field another column has, by that field and the first word of the heading ("" for any)."""
_TAILS = ("gg mm bbbb", "gan gynnwys", "dd mm yyyy", "dd mm yy", "dd mmm yyyy", "ddmmyy", "please complete", "y n")


@lru_cache(maxsize=20_000)
def resolve_heading(header: str) -> str | None:
    """Return the field of a heading ("due" for "By when"), or None.

    The hidden columns of a return are `row_id`, `row_hash` and `sent_` with a field ("sent_due").
    """
    words = normalize_text(header.replace("#", " no "))
    if not words or len(words) > MAX_LENGTH:
        return None
    if words.startswith("sent ") and (sent := words[5:].replace(" ", "_")) in FIELD_HEADINGS:
        return f"sent_{sent}"
    field = (
        _FIELD_BY_HEADING.get(words)
        or _resolve_without_extras(header, words)
        or _FIELD_BY_HEADING.get(strip_period(words))
    )
    if field or ((field := resolve_composed_heading(words)) and not parse_status(words)):
        return field
    if len(words) < MIN_NEAR_LENGTH or any(character.isdigit() for character in words):
        return None
    return _find_near_field(words)


def resolve_headings(headers: Sequence[str]) -> tuple[str | None, ...]:
    """Return the field of each column, each field once: of two columns the one with the more usual heading has it.

    The other has its second meaning ("Completed" next to "Status" is `closed_on`), or None.
    """
    candidates = [resolve_heading(header) for header in headers]
    best: dict[str, int] = {}
    for column, field in enumerate(candidates):
        if field and (
            field not in best or _rank_heading(headers[column], field) < _rank_heading(headers[best[field]], field)
        ):
            best[field] = column
    fields: list[str | None] = [
        field if field and best[field] == column else None for column, field in enumerate(candidates)
    ]
    for column, (field, kept) in enumerate(zip(candidates, fields, strict=True)):
        second = _SECOND_MEANINGS.get(
            (field or "", normalize_text(headers[column]).split(" ")[0])
        ) or _SECOND_MEANINGS.get((field or "", ""))
        if field and not kept and second and second not in best:
            fields[column] = second
            best[second] = column
    return tuple(fields)


def _rank_heading(header: str, field: str) -> int:
    """Return the rank of a heading among those of a field; lower is more usual, a similar heading is last."""
    headings = FIELD_HEADINGS.get(field, ())
    words = normalize_text(header)
    return headings.index(words) if words in headings else len(headings)


def _resolve_without_extras(header: str, words: str) -> str | None:
    """Return the field of a heading with an addition: brackets, a second line, a date pattern, a translation."""
    for separator in ("(", "[", "\n", ":", "{", "*"):
        head = normalize_text(header.partition(separator)[0])
        if head and head != words and head in _FIELD_BY_HEADING:
            return _FIELD_BY_HEADING[head]
    for tail in _TAILS:
        if words.endswith(f" {tail}") and (head := words.removesuffix(tail).strip()) in _FIELD_BY_HEADING:
            return _FIELD_BY_HEADING[head]
    for separator in ("/", "|", " - ", "–"):
        for part in header.split(separator) if separator in header else ():
            if (part_words := normalize_text(part)) != words and part_words in _FIELD_BY_HEADING:
                return _FIELD_BY_HEADING[part_words]
    return _FIELD_BY_HEADING.get(words.removeprefix("the ").removeprefix("your ").removeprefix("y "))


def _find_near_field(words: str) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    best_match = process.extractOne(
        words, _NEAR_CANDIDATES, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_compute_cutoff(words)
    )
    return _FIELD_BY_HEADING[best_match[0]] if best_match else None


def _compute_cutoff(words: str) -> float:
    """Return the similarity of one error in a short heading, or of one in ten letters in a long one."""
    return min(MIN_SIMILARITY / 100, 1 - 1 / max(len(words), MIN_NEAR_LENGTH)) - 0.001
