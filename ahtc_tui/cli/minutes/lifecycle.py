"""The verbs of `ahtc meetings` for the life of minutes: state, gaps, issue, issued, compare, amend."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, table, tell
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.documents.meeting_document import Cut, Language
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.domain.serialization import plain

if TYPE_CHECKING:
    from ahtc_tui.domain.minutes.checks import Gap
    from ahtc_tui.domain.minutes.lifecycle import IssueRow, Standing
    from ahtc_tui.services.workspace import Workspace


def add_verbs(verbs: _SubParsersAction[ArgumentParser]) -> None:
    """Each verb with its flags."""
    state = verbs.add_parser("state", help="how far the minutes are; with a state says so", allow_abbrev=False)
    state.add_argument("ref")
    state.add_argument("state", nargs="?", choices=[each.value for each in MinutesState], metavar="STATE")
    state.add_argument("--at", metavar="MEETING", help="the meeting that agreed them")
    state.add_argument("--subject-to", metavar="WORDS")
    state.set_defaults(run=set_state)
    missing = verbs.add_parser(
        "gaps", help="what is missing in the minutes; exit code 1 if anything", allow_abbrev=False
    )
    missing.add_argument("ref")
    missing.set_defaults(run=gaps)
    issuing = verbs.add_parser("issue", help="freeze a copy of the minutes as the next version", allow_abbrev=False)
    issuing.add_argument("ref")
    issuing.add_argument("--cut", choices=[cut.value for cut in Cut], default=Cut.CIRCULATED.value)
    issuing.add_argument("--marking", choices=[each.value for each in Marking], default=Marking.OFFICIAL.value)
    issuing.set_defaults(run=issue)
    listing = verbs.add_parser("issued", help="the copies that were issued", allow_abbrev=False)
    listing.add_argument("ref")
    listing.set_defaults(run=issued)
    comparing = verbs.add_parser("compare", help="what differs between two issued copies", allow_abbrev=False)
    comparing.add_argument("ref")
    comparing.add_argument("one", type=int, metavar="VERSION")
    comparing.add_argument("other", type=int, metavar="VERSION")
    comparing.set_defaults(run=compare)
    amending = verbs.add_parser("amend", help="put other words in a line of agreed minutes", allow_abbrev=False)
    amending.add_argument("ref")
    amending.add_argument("line", metavar="LINE", help='its number in the paper: "3.2"')
    amending.add_argument("text")
    amending.add_argument("--reason", metavar="R")
    amending.set_defaults(run=amend)
    for verb in (state, missing, issuing, listing, comparing, amending):
        verb.add_argument("--json", action="store_true")


def life_data(workspace: Workspace, ref: str) -> dict[str, Any]:
    """What `meetings show --json` says of the life of the minutes."""
    from ahtc_tui.services.minutes import lifecycle as issuing

    standing = issuing.standing(workspace, ref)
    return {
        "minutes_state": standing.state.value,
        "agreed_at": standing.agreed_at,
        "agreed_subject_to": standing.subject_to,
        "issued": plain(issuing.issued(workspace, ref)),
        "amendments": plain(issuing.amendments(workspace, ref)),
    }


def set_state(context: Context, chosen: Namespace) -> int:
    """`meetings state`."""
    from ahtc_tui.services.minutes import lifecycle as issuing

    with context.workspace() as workspace:
        if chosen.state:
            state = MinutesState(chosen.state)
            standing = issuing.set_state(workspace, chosen.ref, state, chosen.at, chosen.subject_to)
        else:
            standing = issuing.standing(workspace, chosen.ref)
    if chosen.json:
        print_json(_standing_data(standing))
    else:
        print_lines([f"{standing.ref}  {standing}"])
    return 0


def _standing_data(standing: Standing) -> dict[str, Any]:
    return {
        "ref": standing.ref,
        "minutes_state": standing.state.value,
        "agreed_at": standing.agreed_at,
        "agreed_subject_to": standing.subject_to,
        "locked": standing.locked,
    }


def gaps(context: Context, chosen: Namespace) -> int:
    """`meetings gaps`: exit code 1 if anything is missing."""
    from ahtc_tui.services.minutes.checks import gaps as found_gaps

    with context.workspace() as workspace:
        found = found_gaps(workspace, chosen.ref)
    if chosen.json:
        print_json(plain(found))
    else:
        print_lines(_gap_lines(found))
        said = say_number(len(found), _("{n} gap"), _("{n} gaps"))
        context.say(said if found else _("Nothing is missing."))
    return 1 if found else 0


def _gap_lines(found: list[Gap]) -> list[str]:
    rows = [(gap.line or str(gap.item or "–"), gap.kind.label, gap.ref or "", gap.text) for gap in found]
    return table(rows, (6, 26, 18, None))


def tell_gaps(workspace: Workspace, ref: str) -> int:
    """Say on stderr what is missing before something goes out; returns how many gaps there are."""
    from ahtc_tui.services.minutes.checks import gaps as found_gaps

    found = found_gaps(workspace, ref)
    for line in _gap_lines(found):
        tell(line)
    return len(found)


def issue(context: Context, chosen: Namespace) -> int:
    """`meetings issue`: exit code 1 where something is missing in what was issued, or is to be read first."""
    from ahtc_tui.services.documents.meeting_documents import to_read_first
    from ahtc_tui.services.minutes import lifecycle as issuing

    cut, language = Cut(chosen.cut), Language(context.language)
    with context.workspace() as workspace:
        missing = tell_gaps(workspace, chosen.ref)
        doubts = to_read_first(workspace, chosen.ref, cut, language)
        row = issuing.issue(workspace, chosen.ref, cut, language, Marking(chosen.marking))
    for sentence in doubts:
        tell(sentence)
    if chosen.json:
        print_json(plain(row))
    else:
        print_lines([_issue_line(row)])
    if missing:
        said = say_number(missing, _("Issued with {n} gap: see above."), _("Issued with {n} gaps: see above."))
        context.say(said)
    return 1 if missing or doubts else 0


def _issue_line(row: IssueRow) -> str:
    said = _("version {n}, {day}").format(n=row.version, day=row.issued_on.isoformat())
    return "  ".join((said, row.state.label, row.cut.value, row.language.value))


def issued(context: Context, chosen: Namespace) -> int:
    """`meetings issued`."""
    from ahtc_tui.services.minutes import lifecycle as issuing

    with context.workspace() as workspace:
        rows = issuing.issued(workspace, chosen.ref)
    if chosen.json:
        print_json(plain(rows))
    else:
        print_lines(_issue_line(row) for row in rows)
        context.say(say_number(len(rows), _("{n} copy issued"), _("{n} copies issued")))
    return 0


def compare(context: Context, chosen: Namespace) -> int:
    """`meetings compare`."""
    from ahtc_tui.services.minutes import lifecycle as issuing

    with context.workspace() as workspace:
        found = issuing.compare(workspace, chosen.ref, chosen.one, chosen.other)
    if chosen.json:
        print_json({"from": chosen.one, "to": chosen.other, "differences": plain(found)})
        return 0
    lines: list[str] = []
    for one in found:
        lines += [one.heading or _("Head"), *(f"- {line}" for line in one.was), *(f"+ {line}" for line in one.now), ""]
    print_lines(lines[:-1])
    differing = say_number(len(found), _("{n} passage differs"), _("{n} passages differ"))
    context.say(differing if found else _("The two copies say the same."))
    return 0


def amend(context: Context, chosen: Namespace) -> int:
    """`meetings amend`."""
    from ahtc_tui.services.minutes import lifecycle as issuing

    with context.workspace() as workspace:
        row = issuing.amend(workspace, chosen.ref, chosen.line, chosen.text, chosen.reason)
    if chosen.json:
        print_json(plain(row))
    else:
        print_lines([f"{row.paragraph}  {_('was')}: {row.was}", f"{row.paragraph}  {_('is')}: {row.now}"])
    return 0
