"""The plan, actions, meetings, recommendations, practices and figures of a shipped data set, as rows."""

from __future__ import annotations

from datetime import date

from ahtc_tui.domain.actions.model import Status, next_review
from ahtc_tui.services.reference.rows import Record, Rows, flags, sourced, stored_date

WRITTEN = date(2013, 12, 31)
"""The latest day that the paper, which carries none, can be of."""
PLAN = {
    "ref": "delivery-plan",
    "title": "Wales Anti Human Trafficking Leadership Group Delivery Plan",
    "source": "para 2.2",
}
PART_FIELDS = {
    "support": "support",
    "partners": "partner",
    "participants": "participant",
    "commissioned_by": "commissioner",
    "beneficiary": "beneficiary",
}
ADOPTION = {
    "adopted": "adopted",
    "rolling-out": "under_way",
    "developing": "under_way",
    "cascading": "under_way",
    "planned": "planned",
    "recognised": "planned",
}
"""The paper's word for how far a place is, as one of the five statuses; the word itself is kept beside it."""


def fill(rows: Rows) -> None:
    """Everything that is promised, met about, learnt or counted."""
    _plan(rows)
    for document in rows.records["document"]:
        values = {name: document.get(name) for name in ("title", "reference")}
        body = rows.key("organisation", document.get("body"))
        dates = {
            "published_on": stored_date(document, "when"),
            "expected_on": stored_date(document, "expected", "expected_text"),
            **flags(document, "after_seed", "awaited"),
        }
        _add(rows, "documents", "document", document, {**values, **dates, "body": body})
    for record in rows.records["recommendation"]:
        _recommendation(rows, record)
    for record in rows.records["meeting"]:
        _meeting(rows, record)
    for record in rows.records["action"]:
        _action(rows, record)
    for record in rows.records["action"]:
        owner = {"action": rows.key("action", record["id"]), "source": record["source"]}
        rows.link(
            "dependencies", owner, "blocked_by", [rows.key("action", ref) for ref in record.get("depends_on", ())]
        )
    for record in rows.records["meeting"]:
        _decisions(rows, record)
    for record in rows.records["practice"]:
        _practice(rows, record)
    _evidence(rows)


def _add(rows: Rows, table: str, name: str, record: Record, values: Record) -> bytes:
    return rows.add(table, {"ref": record["id"], **values, **sourced(record)}, rows.key(name, record["id"]))


def _plan(rows: Rows) -> None:
    plan = rows.add("plans", {**PLAN, "owner": rows.party("leadership-group")})
    for aim in rows.records["aim"]:
        _add(rows, "aims", "aim", aim, {"text": aim["text"], "plan": plan})
    for objective in rows.records["objective"]:
        values = {name: objective[name] for name in ("number", "title", "basis")}
        key = _add(rows, "objectives", "objective", objective, {**values, "plan": plan})
        owner = {"objective": key, "source": objective["source"]}
        rows.link("objective_aims", owner, "aim", [rows.key("aim", aim) for aim in objective["aims"]])


def _recommendation(rows: Rows, record: Record) -> None:
    values = {
        "document": rows.key("document", record["document"]),
        "part_of": rows.key("recommendation", record.get("part_of")),
        "title": record["title"],
        "response": record.get("response"),
        "owner": rows.party(record.get("owner")),
        "objective": rows.key("objective", record.get("objective")),
        "made_on": stored_date(record, "when"),
        **flags(record, "whole_report", "after_seed"),
    }
    _add(rows, "recommendations", "recommendation", record, values)


def _meeting(rows: Rows, record: Record) -> None:
    key = rows.key("meeting", record["id"])
    assert key is not None
    plain = ("kind", "title", "place", "venue", "occasion", "attendance_text", "attendance_at_least", "reference")
    values = {
        **{name: record.get(name) for name in plain},
        "group": rows.key("group", record.get("group")),
        "day": stored_date(record, "when", "when_text"),
        "state": "tentative" if record.get("forecast") else "held",
        "uid": f"{key.hex()}@ahtc",
        "area": rows.key("area", record.get("area")),
        "organiser": rows.party(record.get("organiser")),
        "host": rows.key("organisation", record.get("host")),
        "keynote": rows.party(record.get("keynote")),
        **flags(record, "all_day"),
    }
    _add(rows, "meetings", "meeting", record, values)
    owner = {"meeting": key, "source": record["source"]}
    for item in record.get("agenda", ()):
        presenter = rows.party(item.get("presenter"))
        rows.add("agenda_items", {**owner, "position": item["number"], "title": item["item"], "presenter": presenter})
    rows.link("invitations", owner, "party", [rows.party(invited) for invited in record.get("invited", ())])
    rows.link(
        "invitations", owner, "words", [words for words in record.get("invited_text", ()) if "Responders" in words]
    )


def _decisions(rows: Rows, record: Record) -> None:
    """A dated decision of the paper is a line of the register, with the actions that carry it out."""
    if record["kind"] != "decision":
        return
    values = {
        "ref": f"D-{record['when'][:4]}/1",
        "meeting": rows.key("meeting", record["id"]),
        "group": rows.key("group", record.get("group")),
        "decided_on": stored_date(record, "when"),
        "text": record["title"],
    }
    decision = rows.add("decisions", {**values, **sourced(record)})
    owner = {"decision": decision, "source": record["source"]}
    rows.link("decision_actions", owner, "action", [rows.key("action", ref) for ref in record["decides"]])


def _action(rows: Rows, record: Record) -> None:
    lead = rows.party(record.get("lead_contact") or record.get("lead_organisation") or record.get("lead_group"))
    due = stored_date(record, "due", "due_text")
    values = {
        **{name: record.get(name) for name in ("title", "status", "outcome", "partner_text")},
        "ref": record["ref"],
        "objective": rows.key("objective", record["objective"]),
        "meeting": rows.key("meeting", record.get("meeting")),
        "lead": lead,
        "closed_by": _holder(rows, record),
        "group": rows.key("group", record.get("for_group")),
        "part_of": rows.key("action", record.get("part_of")),
        "recommendation": rows.key("recommendation", record.get("recommendation")),
        "due": due,
        "original_due": due,
        "started_on": stored_date(record, "started"),
        "closed_on": stored_date(record, "completed"),
        "in_plan": int(bool(record.get("plan"))),
        "review_on": next_review(WRITTEN).stored if record["status"] == Status.CONTINUING else None,
    }
    key = rows.add("actions", {**values, **sourced(record)}, rows.key("action", record["id"]))
    owner = {"action": key, "source": record["source"]}
    for field, role in PART_FIELDS.items():
        named = record.get(field, ())
        parties = [rows.party(slug) for slug in ([named] if isinstance(named, str) else named)]
        rows.link("action_parties", owner, "party", parties, role=role)
    rows.link("action_areas", owner, "area", [rows.key("area", area) for area in record.get("areas", ())])


def _holder(rows: Rows, record: Record) -> bytes | None:
    """Who held the leading post when the action was done: the paper names one holder, in post for every such date."""
    if record["status"] != "done":
        return None
    holders = (c for c in rows.records["contact"] if c["kind"] == "person" and c.get("holds"))
    return next((rows.key("contact", c["id"]) for c in holders if c["holds"] == record.get("lead_contact")), None)


def _practice(rows: Rows, record: Record) -> None:
    values = {
        **{name: record.get(name) for name in ("title", "venue")},
        "origin_area": rows.key("area", record.get("origin_area")),
        "lead": rows.party(record.get("lead_organisation") or record.get("lead_contact")),
        "recognised_by": rows.key("organisation", record.get("recognised_by")),
        "first_for": rows.key("area", record.get("first_for")),
    }
    key = _add(rows, "practices", "practice", record, values)
    for cell in record["adoption"]:
        place = {
            "area": rows.key("area", cell.get("area")),
            "organisation": rows.key("organisation", cell.get("organisation")),
        }
        status = {"status": ADOPTION[cell["status"]], "words": cell["status"], "since": stored_date(cell, "since")}
        ref = f"{record['id']}/{cell.get('area') or cell.get('organisation')}"
        rows.add("adoptions", {"ref": ref, "practice": key, **place, **status, **sourced(cell)})


def _evidence(rows: Rows) -> None:
    for record in rows.records["dataset"]:
        values = {
            "title": record["title"],
            "tier": record["tier"],
            "holder": rows.key("organisation", record.get("holder")),
        }
        _add(rows, "data_sets", "dataset", record, values)
    for record in rows.records["indicator"]:
        values = {
            "title": record["title"],
            "unit": record["unit"],
            "data_set": rows.key("dataset", record.get("dataset")),
            "value": record.get("value", record.get("value_at_least")),
            "at_least": int("value_at_least" in record),
            "out_of": record.get("of"),
            "period": stored_date(record, "period"),
            "area": rows.key("area", record.get("area")),
            "part_of": rows.key("indicator", record.get("part_of")),
            "caveat": record.get("note"),
            **flags(record, "after_seed"),
        }
        rows.add("figures", {"ref": record["id"], **values, **sourced(record)}, rows.key("indicator", record["id"]))
