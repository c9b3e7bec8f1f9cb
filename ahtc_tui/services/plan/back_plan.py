"""Back-plans: task templates that count back from a day, and the actions created from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, format_long_date
from ahtc_tui.domain.dates.working_days import move_back_to_working_day
from ahtc_tui.domain.errors import BadInput, NotFound, StoreError
from ahtc_tui.domain.i18n import Language, _, get_current_language
from ahtc_tui.domain.meetings.language_wishes import BOOKING_DAYS, INTERPRETER_TASK, is_interpreter_task
from ahtc_tui.domain.plan.back_plan import BackPlan, Step, Task, read_template
from ahtc_tui.domain.text.suggestions import add_choices
from ahtc_tui.formats.files.atomic_write import make_bytes_writer, write_file_atomically
from ahtc_tui.services.actions.writer import insert_action
from ahtc_tui.services.documents.rendering import SHIPPED, TEMPLATES
from ahtc_tui.services.meetings.invitations import insert_invitations
from ahtc_tui.services.meetings.service import insert_meeting as add_meeting_within
from ahtc_tui.services.output_folders import make_folder
from ahtc_tui.store.actions.queries import read_action
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.meetings.invitations import find_language_wishes
from ahtc_tui.store.meetings.queries import read_meeting
from ahtc_tui.store.plan import queries as stored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

DEFAULT_TEMPLATE = "back-plan"
"""Template used if none is named."""
ENDING = ".txt"


def list_templates(workspace: Workspace) -> list[str]:
    """Return the names of the templates, the default first."""
    own = (workspace.root / TEMPLATES).glob(f"{DEFAULT_TEMPLATE}-*{ENDING}")
    return [DEFAULT_TEMPLATE, *sorted(path.stem.removeprefix(f"{DEFAULT_TEMPLATE}-") for path in own)]


def read_template_text(workspace: Workspace, name: str = DEFAULT_TEMPLATE) -> str:
    """Return the text of a template: the office's own if there is one, else the shipped one in the current language.

    Raises NotFound, BadInput.
    """
    path = _build_template_path(workspace, name)
    if not path.exists() and name == DEFAULT_TEMPLATE:
        is_welsh = get_current_language() is Language.CY
        path = SHIPPED / (f"{DEFAULT_TEMPLATE}.cy{ENDING}" if is_welsh else path.name)
    if not path.exists():
        sentence = _('There is no back-plan template "{name}".').format(name=name)
        raise NotFound(add_choices(sentence, list_templates(workspace)))
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(_("{path} is not plain text (UTF-8).").format(path=path)) from error
    except OSError as error:
        raise StoreError(_("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)) from error


def strip_comments(text: str) -> str:
    """Return the lines of a template without comments."""
    return "\n".join(line for line in text.splitlines() if line.strip() and not line.strip().startswith("#"))


def save_template(workspace: Workspace, text: str, name: str = DEFAULT_TEMPLATE) -> Path:
    """Save the lines as the office's version of the template, below its comments. Raises BadInput."""
    read_template(text, name)
    shipped = (SHIPPED / f"{DEFAULT_TEMPLATE}{ENDING}").read_text(encoding="utf-8")
    if "#" not in (line.strip()[:1] for line in text.splitlines()):
        text = "\n".join([*(line for line in shipped.splitlines() if line.startswith("#")), "", text])
    path = _build_template_path(workspace, name)
    make_folder(path.parent, [])
    write_file_atomically(path, make_bytes_writer(("\n".join(text.splitlines()) + "\n").encode()), force=True)
    return path


def _build_template_path(workspace: Workspace, name: str) -> Path:
    """Return the path of a template, always inside the templates folder."""
    from pathvalidate import is_valid_filename

    stem = DEFAULT_TEMPLATE if name == DEFAULT_TEMPLATE else f"{DEFAULT_TEMPLATE}-{name}"
    if not name.strip() or not is_valid_filename(stem) or "/" in name or "\\" in name:
        raise BadInput(_('"{name}" is not a valid name for a template.').format(name=name))
    return workspace.root / TEMPLATES / f"{stem}{ENDING}"


def build_back_plan(
    workspace: Workspace,
    title: str,
    event_day: date,
    *,
    template: str = DEFAULT_TEMPLATE,
    text: str | None = None,
    lead: str | None = None,
    group: str | None = None,
    keep_day: bool = False,
) -> BackPlan:
    """Calculate the tasks back from a day for review; nothing is written.

    `text` replaces the lines of the template if they were edited. Raises BadInput, NotFound.
    """
    name = " ".join(title.split())
    if not name:
        raise BadInput(_("A back-plan needs a title, like Anti-Slavery Day."))
    tasks = read_template(read_template_text(workspace, template) if text is None else text, template)
    day = event_day if keep_day else move_back_to_working_day(event_day)
    with workspace.database.read() as cursor:
        group_name = find_party(cursor, group, ("group",)).name if group else None
        tasks = _add_interpreter(cursor, tasks, group, name, day)
        steps = _build_steps(cursor, name, day, tasks, lead, workspace.today())
    return BackPlan(name, event_day, day, template, steps, group_name)


def _add_interpreter(
    cursor: Cursor, tasks: tuple[Task, ...], group: str | None, title: str, day: date
) -> tuple[Task, ...]:
    """Add the task to book the interpreter where the meeting requires interpretation and the list omits it."""
    event = stored.find_event(cursor, find_party(cursor, group, ("group",)).key, title, day) if group else None
    if event is None or any(is_interpreter_task(task.text) for task in tasks):
        return tasks
    if not find_language_wishes(cursor, event).is_to_book:
        return tasks
    return (Task(BOOKING_DAYS, "day", False, _(INTERPRETER_TASK), None), *tasks)


def _build_steps(
    cursor: Cursor, title: str, day: date, tasks: Sequence[Task], lead: str | None, today: date
) -> tuple[Step, ...]:
    year = str(day.year)
    event = title if year in title else f"{title} {year}"
    open_refs = stored.read_open_titles(cursor)
    leads = {words: find_party(cursor, words) for words in {task.lead or lead for task in tasks} if words}
    steps = []
    for task in tasks:
        due, step_title = task.compute_due(day), f"{event}: {task.text}"
        party = leads.get(task.lead or lead or "")
        name, ref = (party.name, party.ref) if party else (None, None)
        steps.append(Step(due, task.timing, task.text, step_title, name, ref, due < today, open_refs.get(step_title)))
    return tuple(steps)


def create_actions(
    workspace: Workspace,
    plan: BackPlan,
    group: str | None = None,
    areas: Sequence[str] = (),
    lists: Sequence[str] = (),
) -> BackPlan:
    """Create the missing actions of a plan and the event of the group in one transaction, and invite to the event.

    `areas` and `lists` name who is invited besides the seats of the group. Raises BadInput if nothing is missing, or
    if there is no event to invite to.
    """
    if (areas or lists) and not group:
        raise BadInput(_("Choose a host group for the event, or invite nobody."))
    if not plan.new_steps:
        raise BadInput(_("All actions of the back-plan of {title} exist already.").format(title=plan.title))
    with workspace.database.write(f"back-plan {plan.title[:60]}") as ledger:
        event = _ensure_event(ledger, workspace, plan, group) if group else None
        steps = tuple(step if step.here else _add_action(ledger, workspace, plan, step, group) for step in plan.steps)
        invited = insert_invitations(ledger, workspace, event, areas, lists) if event and (areas or lists) else ()
    return replace(plan, steps=steps, event=event, invited=invited)


def _ensure_event(ledger: Ledger, workspace: Workspace, plan: BackPlan, group: str) -> str:
    """Return the event of the group; create it and invite the seats if there is none."""
    from ahtc_tui.domain.drafts.meetings import build_meeting_draft

    group_party = find_party(ledger.cursor, group, ("group",))
    existing = stored.find_event(ledger.cursor, group_party.key, plan.title, plan.day)
    if existing:
        return existing
    fields = {"title": plan.title, "group": group_party.ref, "starts": plan.day.isoformat(), "kind": "conference"}
    draft = build_meeting_draft({**fields, "occasion": plan.title}, workspace.today())
    return read_meeting(ledger.cursor, add_meeting_within(ledger, draft, workspace.today())).ref


def _add_action(ledger: Ledger, workspace: Workspace, plan: BackPlan, step: Step, group: str | None) -> Step:
    from ahtc_tui.domain.drafts.actions import build_action_draft

    when, day = step.when.capitalize(), format_long_date(plan.day)
    detail = _("{when} {title} on {date}.").format(when=when, title=plan.title, date=day)
    due = DateAsKnown(step.due)
    fields = {"title": step.title, "due": due, "detail": detail, "lead": step.lead_ref, "group": group}
    draft = build_action_draft({name: value for name, value in fields.items() if value}, workspace.today())
    today = workspace.today()
    return replace(step, ref=read_action(ledger.cursor, insert_action(ledger, draft, today), today).ref)
