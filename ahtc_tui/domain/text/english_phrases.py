"""English phrases of running text: articles before names, and tenses of the verb with which an action begins."""

from __future__ import annotations

import re

NAMED_THINGS = frozenset((
    "agency", "association", "authority", "board", "body", "branch", "centre", "chair", "champion", "commission",
    "commissioner", "committee", "conference", "constable", "contact", "co-ordinator", "coordinator", "county", "court",
    "department", "director", "directorate", "division", "executive", "force", "forum", "foundation", "fund",
    "government", "group", "head", "initiative", "inspectorate", "lead", "manager", "mechanism", "minister", "network",
    "office", "officer", "panel", "partnership", "plan", "point", "programme", "representative", "secretary", "service",
    "society", "strategy", "task", "team", "tribunal", "union", "unit", "visit",
))  # fmt: skip
"""Last words of names that have an article in running text: "the Cardiff Anti Human Trafficking Forum"."""
POSTS = frozenset((
    "chair", "champion", "commissioner", "constable", "contact", "co-ordinator", "coordinator", "director",
    "executive", "head", "lead", "manager", "minister", "officer", "officials", "representative", "secretary",
))  # fmt: skip
"""Last words of posts, which are those of the body that their names have after a comma."""
BODIES_OF = frozenset(("college", "council", "institute", "ministry", "university"))
"""First words of names that have an article only before "of": "the Council of Europe", but "Cardiff Council"."""

PAST_FORMS = {
    "bring": ("brought", "brought"), "build": ("built", "built"), "choose": ("chose", "chosen"),
    "draw": ("drew", "drawn"), "find": ("found", "found"), "give": ("gave", "given"), "hold": ("held", "held"),
    "keep": ("kept", "kept"), "lead": ("led", "led"), "make": ("made", "made"), "meet": ("met", "met"),
    "put": ("put", "put"), "run": ("ran", "run"), "seek": ("sought", "sought"), "send": ("sent", "sent"),
    "set": ("set", "set"), "speak": ("spoke", "spoken"), "take": ("took", "taken"), "teach": ("taught", "taught"),
    "undertake": ("undertook", "undertaken"), "write": ("wrote", "written"), "bid": ("bid", "bid"),
    "submit": ("submitted", "submitted"), "commit": ("committed", "committed"), "plan": ("planned", "planned"),
    "map": ("mapped", "mapped"), "refer": ("referred", "referred"), "set up": ("set up", "set up"),
}  # fmt: skip
REGULAR_VERBS = frozenset((
    "address", "adopt", "advise", "agree", "analyse", "appoint", "approve", "arrange", "assess", "attend", "brief",
    "cascade", "chair", "check", "circulate", "collect", "commission", "compile", "complete", "confirm", "consider",
    "consult", "contact", "convene", "co-ordinate", "coordinate", "create", "define", "deliver", "design", "develop",
    "discuss", "distribute", "draft", "encourage", "engage", "ensure", "establish", "evaluate", "examine", "explore",
    "finalise", "follow", "gather", "host", "identify", "implement", "improve", "include", "increase", "inform",
    "introduce", "investigate", "invite", "issue", "join", "launch", "liaise", "maintain", "monitor", "obtain", "offer",
    "organise", "pilot", "prepare", "present", "produce", "promote", "propose", "provide", "publish", "raise",
    "recommend", "recruit", "reinforce", "remind", "report", "represent", "request", "research", "respond", "review",
    "revise", "roll", "scope", "secure", "share", "support", "test", "train", "translate", "update", "use", "visit",
    "work",
))  # fmt: skip
"""Verbs with which titles of actions begin. Another first word is taken for a noun, and the title is quoted."""

_NOUN_PHRASE = re.compile(r"[\w-]+(?: of| for|:)\b", re.IGNORECASE)
"""Beginning of a title that is a noun though its first word may be a verb: "Review of services"."""
_SECOND_VERB = re.compile(r"(\S+) and (\S+)(.*)", re.DOTALL)


def add_article(name: str) -> str:
    """Return a name as running text has it: "the Chief Constable of Gwent Police" for "Chief Constable, Gwent Police".

    Names that take no article, as those of people and of most councils, are returned unchanged.
    """
    head, comma, rest = name.partition(", ")
    named = f"the {head}" if _takes_article(head) else head
    if comma and head.split()[-1].casefold() in POSTS:
        return f"{named} of {add_article(rest)}"
    return f"{named}{comma}{rest}"


def _takes_article(name: str) -> bool:
    head = re.split(r" (?:(?:of|on|in|for|at|against|to)\b|\()", name, maxsplit=1)[0].casefold().split()
    is_body = len(head) == 1 and head[0] in BODIES_OF and " of " in name
    return bool(head) and not name.casefold().startswith("the ") and (head[-1] in NAMED_THINGS or is_body)


def begins_with_verb(title: str) -> bool:
    """Return whether the title of an action begins with a known verb: "Establish the Cardiff forum"."""
    first = title.split(" ", 1)[0].casefold()
    return (first in PAST_FORMS or first in REGULAR_VERBS) and not _NOUN_PHRASE.match(title)


def lower_first(text: str) -> str:
    """Return a text with a small first letter, except where its first word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def put_in_past(title: str, *, is_participle: bool = False) -> str:
    """Return a title that begins with a verb in the past: "Review and update pages" is "reviewed and updated pages"."""
    verb, _space, rest = title.partition(" ")
    words = [_find_past(verb.lower(), is_participle=is_participle)]
    joined = _SECOND_VERB.fullmatch(f"{verb} {rest}")
    if joined and begins_with_verb(joined[2]) and " " in joined[3]:
        words += ["and", _find_past(joined[2].lower(), is_participle=is_participle)]
        rest = joined[3].lstrip()
    return " ".join([*words, rest])


def _find_past(verb: str, *, is_participle: bool) -> str:
    if verb in PAST_FORMS:
        return PAST_FORMS[verb][is_participle]
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if re.search(r"[^aeiou]y$", verb) else f"{verb}ed"
