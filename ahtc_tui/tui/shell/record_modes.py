"""Which mode shows which kind of record. Definitions only."""

from __future__ import annotations

MODES_BY_KIND = {
    "action": "actions",
    "update": "actions",
    "meeting": "meetings",
    "minute": "meetings",
    "amendment": "meetings",
    "decision": "meetings",
    "paper": "meetings",
    "forward_item": "groups",
    "group": "groups",
    "seat": "groups",
    "person": "contacts",
    "post": "contacts",
    "organisation": "contacts",
    "engagement": "contacts",
    "objective": "plan",
    "milestone": "plan",
    "practice": "evidence",
    "session": "evidence",
    "recommendation": "evidence",
    "document": "evidence",
    "figure": "evidence",
    "data_set": "evidence",
    "web_page": "evidence",
}
"""Kind of record to the mode that shows it."""
