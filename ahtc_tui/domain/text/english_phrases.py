"""English phrases of running text: articles before names, number of nouns, forms of the verb that begins a title."""

from __future__ import annotations

import re
from collections.abc import Sequence

NAMED_THINGS = frozenset((
    "agency", "association", "authority", "board", "body", "branch", "centre", "chair", "champion", "commission",
    "commissioner", "committee", "conference", "constable", "contact", "co-ordinator", "coordinator", "county", "court",
    "department", "director", "directorate", "division", "executive", "force", "forum", "foundation", "fund",
    "government", "group", "head", "initiative", "inspectorate", "kingdom", "lead", "manager", "mechanism", "minister",
    "network",
    "office", "officer", "panel", "partnership", "plan", "point", "programme", "representative", "secretary", "service",
    "society", "strategy", "task", "team", "tribunal", "union", "unit", "visit",
))  # fmt: skip
"""Last words of names that have an article in running text: "the Cardiff Anti Human Trafficking Forum"."""
POSTS = frozenset((
    "chair", "champion", "commissioner", "constable", "contact", "co-ordinator", "coordinator", "director",
    "executive", "head", "lead", "manager", "minister", "officer", "officials", "representative", "secretary",
))  # fmt: skip
"""Last words of titles of posts; the body follows after a comma."""
BODIES_OF = frozenset(("college", "council", "institute", "ministry", "university"))
"""First words of names that have an article only before "of": "the Council of Europe", but "Cardiff Council"."""

PAST_FORMS = {
    "become": ("became", "become"), "bring": ("brought", "brought"), "build": ("built", "built"),
    "choose": ("chose", "chosen"), "come": ("came", "come"),
    "deal": ("dealt", "dealt"),
    "draw": ("drew", "drawn"), "find": ("found", "found"), "give": ("gave", "given"), "hold": ("held", "held"),
    "keep": ("kept", "kept"), "lead": ("led", "led"), "make": ("made", "made"), "meet": ("met", "met"),
    "put": ("put", "put"), "run": ("ran", "run"), "seek": ("sought", "sought"), "send": ("sent", "sent"),
    "set": ("set", "set"), "speak": ("spoke", "spoken"), "take": ("took", "taken"), "teach": ("taught", "taught"),
    "think": ("thought", "thought"),
    "undertake": ("undertook", "undertaken"), "write": ("wrote", "written"), "bid": ("bid", "bid"),
    "submit": ("submitted", "submitted"), "commit": ("committed", "committed"), "plan": ("planned", "planned"),
    "map": ("mapped", "mapped"), "refer": ("referred", "referred"), "set up": ("set up", "set up"),
}  # fmt: skip
REGULAR_VERBS = frozenset((
    "address", "adopt", "advise", "agree", "analyse", "appoint", "approve", "arrange", "ask", "assess", "attend",
    "brief", "cascade", "chair", "check", "circulate", "collect", "commission", "compile", "complete", "confirm",
    "consider", "consult", "contact", "convene", "co-ordinate", "coordinate", "cover", "create", "define", "deliver",
    "design", "develop",
    "discuss", "distribute", "draft", "encourage", "engage", "ensure", "establish", "evaluate", "examine", "explore",
    "finalise", "follow", "gather", "host", "identify", "implement", "improve", "include", "increase", "inform",
    "introduce", "investigate", "invite", "issue", "join", "launch", "liaise", "maintain", "monitor", "obtain", "offer",
    "organise", "pilot", "prepare", "present", "produce", "promote", "propose", "provide", "publish", "raise",
    "recommend", "recruit", "reinforce", "remind", "report", "represent", "request", "research", "respond", "review",
    "revise", "roll", "scope", "secure", "share", "support", "test", "train", "translate", "update", "use", "visit",
    "work",
))  # fmt: skip
"""Verbs with which titles of actions begin. Another first word is taken for a noun, and the title is quoted."""

INTRANSITIVE_VERBS = frozenset((
    "attend", "become", "bid", "come", "commit", "engage", "follow", "join", "keep", "liaise", "meet", "report",
    "represent", "respond", "speak", "take", "use", "work",
))  # fmt: skip
"""Verbs whose object does not become the subject of a sentence: "Take part in the group", "Meet officials"."""
PEOPLES = frozenset(("British", "English", "European", "Irish", "Scottish", "UK", "Welsh"))
"""Adjectives that keep their capital."""
PARTICLES = frozenset(("back", "down", "off", "out", "together", "up"))
"""Words that belong to the verb before them: "set up", "roll out"."""

_PREPOSITION = re.compile(
    r"[,(:]| (?:across|against|among|as|at|between|by|for|from|in|into|of|on|over|that|to|towards|under|which|with"
    r"|within)(?= )"
)
_NOUN_PHRASE = re.compile(r"[\w-]+(?: of| for|:)\b", re.IGNORECASE)
"""Beginning of a title that is a noun though its first word may be a verb: "Review of services"."""
_SECOND_VERB = re.compile(r"(\S+) and (\S+)(.*)", re.DOTALL)


def add_article(name: str) -> str:
    """Return a name as running text has it: "the Chief Constable of Gwent Police" for "Chief Constable, Gwent Police".

    Names without an article, such as names of people and of most councils, are returned unchanged.
    """
    head, comma, rest = name.partition(", ")
    if comma and " " not in head and head.casefold() in POSTS and is_plural(head):
        head = head.lower()
    named = f"the {head}" if _takes_article(head) else head
    if comma and head.split()[-1].casefold() in POSTS:
        return f"{named} of {add_article(rest)}"
    return f"{named}{comma}{rest}"


def split_head(phrase: str) -> str:
    """Return a noun phrase up to its first preposition: "strategic leads" of "strategic leads in every force"."""
    return _PREPOSITION.split(phrase, maxsplit=1)[0]


def split_noun(title: str, unit: str) -> tuple[str, str]:
    """Return the noun of a title that counts a unit, and what follows; empty where the title counts something else.

    People may have another name: "Practitioners at the conference" are people.
    """
    if match := re.match(rf"(.*?\b{re.escape(unit)})\b(?: (.+))?$", title, re.IGNORECASE):
        return match[1], match[2] or ""
    head = split_head(title)
    return (head, title[len(head) :].strip()) if unit == "people" and is_plural(title) else ("", "")


def phrase_position(rest: str, *, is_one: bool) -> str:
    """Return what follows a counted noun as a verb in the past: "with a group" is "had a group", else nothing."""
    first, _space, after = rest.partition(" ")
    if first == "with":
        return f"had {after}"
    return f"{'was' if is_one else 'were'} {rest}" if is_participle(first) else ""


def name_work(name: str) -> str:
    """Return the name of a piece of work in running text: "Operation Eagle", but "the Review of Services"."""
    return f"the {name}" if re.match(r"[A-Z]\w+ of ", name) else name


def is_plural(phrase: str) -> bool:
    """Return whether a noun phrase is plural by its first noun: "strategic leads in every force", "A and B"."""
    head = split_head(phrase)
    words = head.casefold().split()
    if not words or words[0] in ("a", "an", "each", "every", "one"):
        return False
    is_list = " and " in head and len(re.findall(r" and (?:the|a|an) ", head)) == head.count(" and ")
    return is_list or re.search(r"(?<![siu])s$|people$|data$", words[-1]) is not None


def list_bodies(title: str, bodies: Sequence[str]) -> str:
    """Return posts with one title: "the Strategic Lead of each of Gwent Police and South Wales Police"."""
    named = title.lower() if " " not in title and is_plural(title) else add_article(title)
    each = "" if is_plural(title) else "each of "
    return f"{named} of {each}{', '.join(bodies[:-1])} and {bodies[-1]}"


def add_definite_article(title: str) -> str:
    """Return a title as the subject of a sentence: "the two-day training", "a council Chief Executive as champion"."""
    if title.split(" ", 1)[0].casefold() in ("a", "an", "each", "every", "the"):
        return lower_first(title)
    is_name = any(word[:1].isupper() for word in title.split()[1:2])
    return f"the {title if is_name else lower_first(title)}"


def _takes_article(name: str) -> bool:
    head = re.split(r" (?:(?:of|on|in|for|at|against|to)\b|\()", name, maxsplit=1)[0].casefold().split()
    is_body = len(head) == 1 and head[0] in BODIES_OF and " of " in name
    return bool(head) and not name.casefold().startswith("the ") and (head[-1] in NAMED_THINGS or is_body)


def begins_with_verb(title: str) -> bool:
    """Return whether the title of an action begins with a known verb: "Establish the Cardiff forum"."""
    first = title.split(" ", 1)[0].casefold()
    return (first in PAST_FORMS or first in REGULAR_VERBS) and not _NOUN_PHRASE.match(title)


def lower_first(text: str) -> str:
    """Return a text with a small first letter, except where its first word is an abbreviation or a people's name."""
    is_name = text[1:2].isupper() or text.split(" ", 1)[0] in PEOPLES
    return text if is_name else text[:1].lower() + text[1:]


def put_in_past(title: str, *, is_participle: bool = False) -> str:
    """Return a title that begins with a verb in the past: "Review and update pages" is "reviewed and updated pages"."""
    verb, rest = _split_verb(title, is_participle=is_participle)
    return f"{verb} {rest}".rstrip()


def split_passive(title: str) -> tuple[str, str] | None:
    """Return object and participle of a title: "Set up a group" gives ("a group", "set up"); None without an object."""
    verb, rest = _split_verb(title, is_participle=True)
    if not begins_with_verb(title) or title.split(" ", 1)[0].casefold() in INTRANSITIVE_VERBS:
        return None
    first, _space, after = rest.partition(" ")
    if first in PARTICLES:
        verb, rest = f"{verb} {first}", after
    return (rest, verb) if rest and not _PREPOSITION.match(f" {rest} ") else None


def format_headline(headline: str) -> str | None:
    """Return a headline as a sentence in the past: "ACPO launched it"; None where its verb is not known."""
    words = headline.split()
    for number, word in enumerate(words[1:], 1):
        stems = [stem for stem in (word.removesuffix("es"), word.removesuffix("s")) if stem != word]
        verb = next((stem for stem in reversed(stems) if stem in REGULAR_VERBS or stem in PAST_FORMS), None)
        subject = " ".join(words[:number])
        if verb and word.islower():
            named = _name_subject(subject)
            return " ".join([named, _find_past(verb, is_participle=False), *words[number + 1 :]])
        if word.endswith("ed") and any(word == _find_past(stem, is_participle=True) for stem in REGULAR_VERBS):
            verb_form = "were" if is_plural(subject) else "was"
            return " ".join([_name_subject(subject), verb_form, *words[number:]])
    return None


def _name_subject(subject: str) -> str:
    named = subject if _takes_no_article(subject) else f"the {subject}"
    return named[:1].upper() + named[1:]


def _takes_no_article(subject: str) -> bool:
    return subject == subject.upper() or not (_takes_article(subject) or subject.split()[-1].islower())


def _split_verb(title: str, *, is_participle: bool) -> tuple[str, str]:
    verb, _space, rest = title.partition(" ")
    words = [_find_past(verb.lower(), is_participle=is_participle)]
    joined = _SECOND_VERB.fullmatch(f"{verb} {rest}")
    if joined and begins_with_verb(joined[2]) and " " in joined[3]:
        words += ["and", _find_past(joined[2].lower(), is_participle=is_participle)]
        rest = joined[3].lstrip()
    return " ".join(words), rest


def is_participle(word: str) -> bool:
    """Return whether a word is the participle of a known verb: "taken", "reinforced"."""
    return any(word == forms[1] for forms in PAST_FORMS.values()) or any(
        word == _find_past(verb, is_participle=True) for verb in REGULAR_VERBS
    )


def _find_past(verb: str, *, is_participle: bool) -> str:
    if verb in PAST_FORMS:
        return PAST_FORMS[verb][is_participle]
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if re.search(r"[^aeiou]y$", verb) else f"{verb}ed"
