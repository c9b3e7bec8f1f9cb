"""The keys from Today to every screen, form and question, and the workspace in which each has something to show."""

from __future__ import annotations

from ahtc_tui.domain.drafts.commissions import build_commission_draft
from ahtc_tui.domain.drafts.plan import build_milestone_draft
from ahtc_tui.services.commissions.service import add_commission
from ahtc_tui.services.plan.versions_and_milestones import add_milestone
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_minuted_meeting
from tests.journeys.hands import Hands

TEXT = "="
"""Begins a step that is typed as text."""

LAST_HELD = ("end", "up", "up")
"""Keys to the meeting of `fill_workspace` in the list of meetings, wherever its cursor is."""

TODAY_ROUTES = {
    "today": (),
    "today, keys": ("?",),
    "palette": ("ctrl+p",),
    "palette, record": ("ctrl+p", "=police"),
    "chaser": ("x",),
    "conflicts": (".", "C"),
    "conflict, another value": (".", "C", "e"),
    "hub": (".", "S"),
    "cover": (".", "#"),
    "settings": (".", ","),
    "settings, all": (".", ",", "f2", "m"),
    "messages": (".", "@"),
}
ACTION_ROUTES = {
    "actions": ("2",),
    "actions, keys": ("2", "?"),
    "actions, all": ("2", ".", "a", ".", "a"),
    "actions, sorted": ("2", ".", "s"),
    "action, new": ("2", "n"),
    "action, refused": ("2", "n", "ctrl+s"),
    "action, lost": ("2", "n", "=x", "escape"),
    "action, edit": ("2", "e"),
    "action, update": ("2", "U"),
    "action, proposal": ("2", ".", "P"),
    "action, closing": ("2", ".", "D"),
    "action, urgency": ("2", ".", "w"),
    "action, history": ("2", ".", "h"),
    "action, copied": ("2", ".", "y"),
    "actions, views": ("2", "v"),
    "actions, view": ("2", ".", "V"),
    "actions, bulk": ("2", "space", "down", "space", "e"),
    "actions, returns": ("2", ".", "X"),
    "actions, invalid filter": ("2", "/", "=due<zzz"),
    "actions, no match": ("2", "/", "escape", "/", "=zzz"),
}
PLAN_ROUTES = {
    "plan": ("3",),
    "plan, keys": ("3", "?"),
    "plan by lead": ("3", "v"),
    "plan by group": ("3", "v", "v"),
    "timeline": ("3", ".", "t"),
    "charts": ("3", ".", "b"),
    "charts, quarters": ("3", ".", "b", "v"),
    "two quarters": ("3", ".", "b", "v", "v"),
    "changes since": ("3", ".", "s"),
    "versions": ("3", ".", "V"),
    "milestones": ("3", ".", "m"),
    "milestone": ("3", "n"),
    "plan, edit": ("3", "e"),
    "objective, new": ("3", ".", "N"),
    "objective, edit": ("3", ".", "E"),
    "aim": ("3", ".", "A"),
}
MEETING_ROUTES = {
    "meetings": ("4",),
    "meetings, keys": ("4", "?"),
    "meeting, new": ("4", "n"),
    "meeting, edit": ("4", "e"),
    "meeting, cancel": ("4", ".", "c"),
    "back-plan": ("4", ".", "b"),
    "invite an area": ("4", ".", "i"),
    "calendar": ("4", ".", "M"),
    "calendar, keys": ("4", ".", "M", "?"),
    "decisions": ("4", ".", "D"),
    "decision": ("4", ".", "D", "e"),
    "agenda": ("4", *LAST_HELD, "a"),
    "agenda, keys": ("4", *LAST_HELD, "a", "?"),
    "agenda, item": ("4", *LAST_HELD, "a", "n", "=Training @ahtc 15 min"),
    "agenda, paper": ("4", *LAST_HELD, "a", ".", "p"),
    "agenda, plan": ("4", *LAST_HELD, "a", ".", "F"),
    "minutes": ("4", *LAST_HELD, "m"),
    "minutes, keys": ("4", *LAST_HELD, "m", "f1"),
    "minutes, lines": ("4", *LAST_HELD, "m", "up"),
    "minutes, closing": ("4", *LAST_HELD, "m", "f2", "k"),
    "minutes, gap": ("4", *LAST_HELD, "m", "f2", "g"),
    "attendance": ("4", *LAST_HELD, "m", "ctrl+a"),
    "attendance, more": ("4", *LAST_HELD, "m", "ctrl+a", "e"),
    "attendance, uninvited": ("4", *LAST_HELD, "m", "ctrl+a", "n"),
    "chair's view": ("4", *LAST_HELD, "m", "f2", "c"),
    "chair's view, keys": ("4", *LAST_HELD, "m", "f2", "c", "?"),
    "life of minutes": ("4", *LAST_HELD, "m", "f2", "s"),
    "life of minutes, state": ("4", *LAST_HELD, "m", "f2", "s", ".", "s"),
    "life of minutes, copy": ("4", *LAST_HELD, "m", "f2", "s", ".", "I"),
    "minutes, line": ("4", *LAST_HELD, "m", "=a: agree it @ahtc due end jan"),
}
GROUP_ROUTES = {
    "groups": ("5",),
    "groups, keys": ("5", "?"),
    "group, new": ("5", "n"),
    "group, edit": ("5", "e"),
    "group, rename": ("5", ".", "r"),
    "seats": ("5", ".", "s"),
    "seats, keys": ("5", ".", "s", "?"),
    "seat, new": ("5", ".", "s", "n"),
    "seat, edit": ("5", ".", "s", "e"),
    "seat, end": ("5", ".", "s", "d"),
    "organisations by groups": ("5", ".", "m"),
    "our seats": ("5", "v"),
    "map": ("5", ".", "w"),
}
CONTACT_ROUTES = {
    "contacts": ("6",),
    "contacts, keys": ("6", "?"),
    "contacts, others": ("6", "v"),
    "contacts, reviews": ("6", "v", "v", "v"),
    "contact, new": ("6", "n"),
    "contact, edit": ("6", "e"),
    "organisation, edit": ("6", "v", "e"),
    "contact, record": ("6", ".", "t"),
    "contact, log": ("6", ".", "L"),
    "contact, tier": ("6", ".", "T"),
    "hand-over": ("6", ".", "h"),
    "data protection": ("6", ".", "p"),
    "erasure": ("6", ".", "p", ".", "E"),
    "duplicates": ("6", ".", "D"),
    "duplicates, merge": ("6", ".", "D", "enter"),
    "appointment": ("6", "/", "=kind:post", "enter", ".", "a"),
}
EVIDENCE_ROUTES = {
    "evidence": ("7",),
    "evidence, keys": ("7", "?"),
    "figure, new": ("7", "n"),
    "figure, newer": ("7", ".", "R"),
    "data sets": ("7", "v", "v"),
    "data set": ("7", "v", "v", "e"),
    "practice": ("7", "v", "v", "v", "e"),
    "recommendations": ("7", *"vvvv"),
    "recommendation": ("7", *"vvvv", "e"),
    "recommendation, answer": ("7", *"vvvv", ".", "r"),
    "recommendation, link": ("7", *"vvvv", ".", "a"),
    "recommendations, open": ("7", ".", "o"),
    "document": ("7", *"vvvvv", "e"),
    "web pages": ("7", *"vvvvvv"),
    "web page": ("7", *"vvvvvv", "n"),
    "practice, new": ("7", *"vvv", "n"),
    "practices by places": ("7", ".", "m"),
    "practices, keys": ("7", ".", "m", "?"),
    "practices, gaps": ("7", ".", "m", ".", "w"),
    "practices, sessions": ("7", ".", "m", ".", "s"),
    "practices, status": ("7", ".", "m", "enter"),
    "practices, cell": ("7", ".", "m", "e"),
    "practices, session": ("7", ".", "m", "n"),
}
REPORT_ROUTES = {
    "reports": ("8",),
    "reports, keys": ("8", "?"),
    "request": ("8", ".", "f"),
    "office pack": ("8", ".", "w"),
    "backups": ("8", ".", "b", ".", "B"),
    "backups, restore": ("8", ".", "b", ".", "B", ".", "r"),
    "texts to translate": ("8", ".", "W"),
    "texts to translate, keys": ("8", ".", "W", "?"),
    "text to translate": ("8", ".", "W", "e"),
    "commissions": ("8", ".", "o"),
    "commission, new": ("8", ".", "o", "n"),
    "commission, edit": ("8", ".", "o", "e"),
    "paragraphs": ("8", ".", "o", "enter"),
    "paragraph": ("8", ".", "o", "enter", "n"),
    "paragraphs, draft": ("8", ".", "o", "enter", ".", "w"),
    "files": ("8", "i"),
    "files, path": ("8", "i", "/"),
    "import": ("8", "i", "/", "=log.csv", "enter"),
    "import, keys": ("8", "i", "/", "=log.csv", "enter", "?"),
    "import, kind": ("8", "i", "/", "=log.csv", "enter", ".", "w"),
    "import, columns": ("8", "i", "/", "=log.csv", "enter", ".", "m"),
    "import, column": ("8", "i", "/", "=log.csv", "enter", ".", "m", "space"),
    "import, question": ("8", "i", "/", "=log.csv", "enter", "enter"),
    "import, answer": ("8", "i", "/", "=log.csv", "enter", "enter", "e"),
}
ROUTES = {
    "today": TODAY_ROUTES,
    "actions": ACTION_ROUTES,
    "plan": PLAN_ROUTES,
    "meetings": MEETING_ROUTES,
    "groups": GROUP_ROUTES,
    "contacts": CONTACT_ROUTES,
    "evidence": EVIDENCE_ROUTES,
    "reports": REPORT_ROUTES,
}
"""Names of screens by mode, with the keys that open each from Today."""

LOG = """Ref,Action,Lead,Status,Progress,Due
DP-25,Share good practice,Nobody known,done,Shared with all,
,A new line,AHTC,open,,31/02/2014
DP-45,Brief the SPOCs,,,,next week
"""


def fill_workspace(office: Workspace) -> None:
    """Add a meeting with minutes, a milestone, a commission and a log to import."""
    make_minuted_meeting(office)
    add_milestone(office, build_milestone_draft({"objective": "1", "title": "First course"}, TODAY))
    add_commission(office, build_commission_draft({"title": "Six months on"}, TODAY), ["What was done?"])
    (office.root / "log.csv").write_text(LOG, encoding="utf-8")


async def follow_route(desk: Hands, keys: tuple[str, ...]) -> None:
    """Press the keys of a route on Today."""
    for key in keys:
        if key.startswith(TEXT) and len(key) > 1:
            await desk.type_text(key.removeprefix(TEXT))
        else:
            await desk.press_keys(key)
