"""Back-plans: the lists of tasks that the office keeps, and the actions that one step makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, long_date
from ahtc_tui.domain.errors import BadInput, NotFound, StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.back_plan import BackPlan, Step, Task, proposed, read_template
from ahtc_tui.formats.files.atomic_write import write_whole
from ahtc_tui.services.actions.service import add_within
from ahtc_tui.services.documents.meeting_documents import SHIPPED, TEMPLATES
from ahtc_tui.services.meetings.service import add_within as add_meeting_within
from ahtc_tui.services.output_folders import make_folder, writer
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.plan import back_plan as stored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

USUAL = "back-plan"
"""The template that is taken where none is named."""
ENDING = ".txt"


def template_names(workspace: Workspace) -> list[str]:
    """The templates that there are, the usual one first."""
    own = (workspace.root / TEMPLATES).glob(f"{USUAL}-*{ENDING}")
    return [USUAL, *sorted(path.stem.removeprefix(f"{USUAL}-") for path in own)]


def template_text(workspace: Workspace, name: str = USUAL) -> str:
    """The lines of a template: the office's own where there is one, else the shipped one. Raises NotFound, BadInput."""
    path = _path(workspace, name)
    if not path.exists() and name == USUAL:
        path = SHIPPED / path.name
    if not path.exists():
        known = ", ".join(template_names(workspace))
        raise NotFound(_('There is no back-plan template "{name}": {known}.').format(name=name, known=known))
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(_("{path} is no plain text (UTF-8).").format(path=path)) from error
    except OSError as error:
        raise StoreError(_("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)) from error


def tasks_of(text: str) -> str:
    """The lines of a template without those that explain it."""
    return "\n".join(line for line in text.splitlines() if line.strip() and not line.strip().startswith("#"))


def save_template(workspace: Workspace, text: str, name: str = USUAL) -> Path:
    """Keep these lines as the office's own template, under the words that explain it. Raises BadInput."""
    read_template(text, name)
    shipped = (SHIPPED / f"{USUAL}{ENDING}").read_text(encoding="utf-8")
    if "#" not in (line.strip()[:1] for line in text.splitlines()):
        text = "\n".join([*(line for line in shipped.splitlines() if line.startswith("#")), "", text])
    path = _path(workspace, name)
    make_folder(path.parent, [])
    write_whole(path, writer(("\n".join(text.splitlines()) + "\n").encode()), force=True)
    return path


def _path(workspace: Workspace, name: str) -> Path:
    """The file of a template; never outside the folder of templates."""
    from pathvalidate import is_valid_filename

    stem = USUAL if name == USUAL else f"{USUAL}-{name}"
    if not name.strip() or not is_valid_filename(stem) or "/" in name or "\\" in name:
        raise BadInput(_('"{name}" is no name for a template.').format(name=name))
    return workspace.root / TEMPLATES / f"{stem}{ENDING}"


def back_plan(
    workspace: Workspace,
    title: str,
    on: date,
    *,
    template: str = USUAL,
    text: str | None = None,
    lead: str | None = None,
    group: str | None = None,
    keep_day: bool = False,
) -> BackPlan:
    """The way back from a day, to be looked at: nothing is written.

    `text` stands for the lines of the template where somebody changed them. Raises BadInput, NotFound.
    """
    name = " ".join(title.split())
    if not name:
        raise BadInput(_("A back-plan needs a title, like Anti-Slavery Day."))
    tasks = read_template(template_text(workspace, template) if text is None else text, template)
    day = on if keep_day else proposed(on)
    with workspace.database.read() as cursor:
        body = find_party(cursor, group, ("group",)).name if group else None
        steps = _steps(cursor, name, day, tasks, lead, workspace.today())
    return BackPlan(name, on, day, template, steps, body)


def _steps(
    cursor: Cursor, title: str, day: date, tasks: Sequence[Task], lead: str | None, today: date
) -> tuple[Step, ...]:
    year = str(day.year)
    event = title if year in title else f"{title} {year}"
    here = stored.open_titles(cursor)
    leads = {words: find_party(cursor, words) for words in {task.lead or lead for task in tasks} if words}
    steps = []
    for task in tasks:
        due, said = task.due(day), f"{event}: {task.text}"
        who = leads.get(task.lead or lead or "")
        name, ref = (who.name, who.ref) if who else (None, None)
        steps.append(Step(due, task.when, task.text, said, name, ref, due < today, here.get(said)))
    return tuple(steps)


def make_actions(workspace: Workspace, plan: BackPlan, group: str | None = None) -> BackPlan:
    """Make the actions of a plan that are not there yet, and the event of the group, in one step.

    Raises BadInput where there is nothing left to make.
    """
    if not plan.new:
        raise BadInput(_("Everything in the back-plan of {title} is here already.").format(title=plan.title))
    with workspace.database.write(f"back-plan {plan.title[:60]}") as ledger:
        event = _event(ledger, workspace, plan, group) if group else None
        steps = tuple(step if step.here else _make(ledger, workspace, plan, step, group) for step in plan.steps)
    return replace(plan, steps=steps, event=event)


def _event(ledger: Ledger, workspace: Workspace, plan: BackPlan, group: str) -> str:
    """The event in the diary of a group, whose seats are invited; the one that is there already, where there is one."""
    from ahtc_tui.domain.drafts.meetings import meeting_draft
    from ahtc_tui.store.meetings.queries import by_key

    body = find_party(ledger.cursor, group, ("group",))
    known = stored.event(ledger.cursor, body.key, plan.title, plan.day)
    if known:
        return known
    fields = {"title": plan.title, "group": body.ref, "starts": plan.day.isoformat(), "kind": "conference"}
    draft = meeting_draft({**fields, "occasion": plan.title}, workspace.today())
    return by_key(ledger.cursor, add_meeting_within(ledger, draft, workspace.today())).ref


def _make(ledger: Ledger, workspace: Workspace, plan: BackPlan, step: Step, group: str | None) -> Step:
    from ahtc_tui.domain.drafts.actions import action_draft
    from ahtc_tui.store.actions.queries import by_key

    detail = _("{when} {title} on {day}.").format(
        when=step.when.capitalize(), title=plan.title, day=long_date(plan.day)
    )
    fields = {
        "title": step.title,
        "due": DateAsKnown(step.due),
        "detail": detail,
        "lead": step.lead_ref,
        "group": group,
    }
    draft = action_draft({name: value for name, value in fields.items() if value}, workspace.today())
    return replace(step, ref=by_key(ledger.cursor, add_within(ledger, draft, workspace.today())).ref)
