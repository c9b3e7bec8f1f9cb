"""Makes an office with three years of work by commands of the command line, and remembers what is true in it.

`python -m tests.lived_in.office DIR [--seed N]` makes one. The same seed gives the same office.
"""

from __future__ import annotations

import io
import json
import random
import sys
from argparse import ArgumentParser
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from ahtc_tui.cli.main import run

FIRST, TODAY = date(2014, 1, 6), date(2016, 12, 16)
QUARTER = timedelta(days=91)
LAST_REPORT = date(2016, 6, 30)
"""Date of the last report to the Assembly."""
MINISTER = "minister-local-government"
FORCES = ("gwent-police", "north-wales-police", "south-wales-police", "dyfed-powys-police")
HEALTH = ("betsi-cadwaladr-hb", "hywel-dda-hb", "cwm-taf-hb", "aneurin-bevan-hb")
NORTH = ("north-wales-police", "conwy", "wrexham", "gwynedd", "anglesey")
OTHERS = ("bawso", "new-pathways", "wlga", "cps", "cardiff-council", "newport", "swansea", "nca", "welsh-government")
FORA = ("forum-gwent", "forum-south-wales", "forum-western-bay")
VERBS = (
    "Agree",
    "Publish",
    "Review",
    "Draw up",
    "Pilot",
    "Train staff in",
    "Report on",
    "Evaluate",
)
OBJECTS = (
    "the referral pathway",
    "the awareness leaflet",
    "first responder guidance",
    "the survey of need",
    "joint training",
    "the data return",
    "safe accommodation",
    "the school toolkit",
    "the helpline cards",
)
PROGRESS = (
    "On schedule with partners",
    "Waiting for comments",
    "Draft circulated",
    "Second workshop held",
    "Funding is unclear",
    "Piloted in one area",
)
RATINGS = "GGGAR"


@dataclass
class Action:
    """What is true of an action."""

    ref: str
    lead: str
    dues: list[tuple[date, date]]
    """Each due date, with the day on which it was given; the first day is that on which the action was raised."""
    slips: list[date] = field(default_factory=list)
    ratings: list[tuple[date, str]] = field(default_factory=list)
    closed_on: date | None = None

    @property
    def due(self) -> date:
        return self.dues[-1][1]

    def is_open_on(self, day: date) -> bool:
        return self.dues[0][0] <= day and (self.closed_on is None or day < self.closed_on)

    def is_late_on(self, day: date) -> bool:
        return self.is_open_on(day) and [due for on, due in self.dues if on <= day][-1] < day

    def rating_on(self, day: date) -> str | None:
        return next((rating for on, rating in reversed(self.ratings) if on <= day), None)


@dataclass
class Office:
    """The folder of the office, and what is true in it."""

    folder: Path
    seed: int = 2014
    actions: dict[str, Action] = field(default_factory=dict)
    decisions: dict[str, list[str]] = field(default_factory=dict)
    """References of the actions that carry out each decision."""
    promises: dict[str, tuple[date, list[str]]] = field(default_factory=dict)
    """Promises to the Minister: date, and the actions that followed."""
    recommendations: dict[str, list[str]] = field(default_factory=dict)
    attended: dict[str, date] = field(default_factory=dict)
    """Last attendance of the people of health boards."""
    engaged: dict[str, date] = field(default_factory=dict)
    take_up: dict[str, dict[int, str]] = field(default_factory=dict)
    """Status of the forum model at the end of each year, by area."""
    meetings: list[tuple[date, str]] = field(default_factory=list)
    commands: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def command(self, day: date, *words: str) -> str:
        """Run a command on a day and return what it prints. Raises AssertionError where it is refused."""
        out, errors = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(errors):
            code = run(["--workspace", str(self.folder), "--as-at", day.isoformat(), *words])
        assert code in (0, 1), f"{day} {words}: {code} {errors.getvalue()}"
        self.commands[" ".join(words[:2])] += 1
        return out.getvalue().strip()

    def read(self, *words: str, day: date = TODAY) -> list[dict[str, object]]:
        """Return the records that a command prints as JSON."""
        records: list[dict[str, object]] = json.loads(self.command(day, *words, "--json"))
        return records

    def live(self) -> None:
        """Live through three years, quarter by quarter."""
        self.command(FIRST, "init", "--reference", "wales-2013")
        self._meet_people()
        day, quarter = FIRST, 0
        while day + timedelta(days=60) < TODAY:
            self._hold_leadership_group(day + timedelta(days=8), quarter)
            for forum in ("forum-north-wales", FORA[quarter % len(FORA)]):
                self._hold_forum(day + timedelta(days=22), forum)
            for offset in (30, 60):
                self._report(day + timedelta(days=offset))
            self._keep_in_touch(day + timedelta(days=40), quarter)
            self._spread_forum_model(day + timedelta(days=45), quarter)
            self._promise(day + timedelta(days=70))
            if day.year < (day + QUARTER).year <= TODAY.year:
                self._end_plan(date(day.year, 12, 31))
            day, quarter = day + QUARTER, quarter + 1

    def _meet_people(self) -> None:
        for board in HEALTH:
            ref = self.command(
                FIRST, "contacts", "add", f"Lead nurse {board}", "--kind", "person", "--organisation", board
            )
            self.command(FIRST, "groups", "seat", "leadership-group", ref, "--from", FIRST.isoformat())
            self.attended[ref] = date.min
        for number, title in enumerate(("Train front-line staff", "Publish yearly figures", "Fund a helpline"), 1):
            document = "greta-report-2012"
            ref = self.command(
                FIRST, "recommendations", "add", title, "--document", document, "--response", f"Accepted {number}"
            )
            self.recommendations[ref] = []

    def _add_action(self, day: date, lead: str, *words: str) -> Action:
        title = f"{self.random.choice(VERBS)} {self.random.choice(OBJECTS)} {len(self.actions) + 1}"
        due = day + timedelta(days=self.random.randint(40, 200))
        objective = str(self.random.randint(1, 7))
        ref = self.command(
            day, "actions", "add", title, "--lead", lead, "--due", due.isoformat(), "--objective", objective, *words
        )
        self.actions[ref] = Action(ref, lead, [(day, due)])
        return self.actions[ref]

    def _hold_leadership_group(self, day: date, quarter: int) -> None:
        starts = f"{day} 10:00"
        ref = self.command(
            day, "meetings", "add", "--group", "leadership-group", "--starts", starts, "--minutes", "120"
        )
        self.meetings.append((day, ref))
        for number, person in enumerate(self.attended):
            if quarter < (12, 7, 3, 0)[number]:
                self.command(day, "meetings", "attend", ref, person, "present")
                self.attended[person] = day
        decision = self.command(
            day, "decisions", "add", f"Adopt {self.random.choice(OBJECTS)} {quarter}", "--meeting", ref,
            "--group", "leadership-group", "--on", day.isoformat(),
        )  # fmt: skip
        actions = [self._add_action(day, self.random.choice(FORCES + OTHERS), "--meeting", ref) for _number in range(4)]
        self.command(day, "decisions", "link", decision, actions[0].ref)
        self.decisions[decision] = [actions[0].ref]
        if quarter < len(self.recommendations) - 1:
            recommendation = list(self.recommendations)[quarter]
            self.command(day, "recommendations", "link", recommendation, actions[1].ref)
            self.recommendations[recommendation].append(actions[1].ref)

    def _hold_forum(self, day: date, forum: str) -> None:
        ref = self.command(day, "meetings", "add", "--group", forum, "--starts", f"{day} 14:00", "--minutes", "90")
        leads = NORTH if forum == "forum-north-wales" else FORCES + HEALTH
        for _number in range(3):
            self._add_action(day, self.random.choice(leads), "--meeting", ref, "--group", forum)

    def _report(self, day: date) -> None:
        """Report progress on open actions: a new rating, a later date, or completion."""
        for action in [action for action in self.actions.values() if action.closed_on is None]:
            chance = self.random.random()
            if chance < 0.45:
                rating, text = self.random.choice(RATINGS), self.random.choice(PROGRESS)
                self.command(day, "actions", "update", action.ref, text, "--brag", rating)
                action.ratings.append((day, rating))
            elif chance < 0.75 and action.due < day + timedelta(days=40):
                action.dues.append((day, day + timedelta(days=self.random.randint(20, 60))))
                self.command(day, "actions", "edit", action.ref, f"due={action.due}", "reason=Partners need more time")
                action.slips.append(day)
            elif chance > 0.9:
                self.command(day, "actions", "done", action.ref, "--yes")
                action.closed_on = day
                action.ratings.append((day, "B"))

    def _keep_in_touch(self, day: date, quarter: int) -> None:
        for number, who in enumerate(("bawso", "new-pathways", "wlga", "cps", "nca")):
            if quarter < (12, 9, 6, 4, 2)[number]:
                self.command(
                    day, "contacts", "engage", who, "Quarterly call", "--kind", "call", "--on", day.isoformat()
                )
                self.engaged[who] = day

    def _spread_forum_model(self, day: date, quarter: int) -> None:
        area = ("south-wales", "western-bay", "north-wales", "dyfed-powys")[quarter % 4]
        status = ("planned", "under_way", "adopted")[quarter // 4]
        self.command(
            day, "practice", "set", "regional-forum", area, status, "--on", day.isoformat(), "--reason", "As agreed"
        )
        self.take_up.setdefault(area, {})[day.year] = status

    def _promise(self, day: date) -> None:
        action = self._add_action(day, self.random.choice(OTHERS))
        text = f"Report on {self.random.choice(OBJECTS)}"
        ref = self.command(
            day, "promises", "add", text, "--to", MINISTER, "--due", (day + timedelta(days=90)).isoformat(),
            "--followed-by", action.ref,
        )  # fmt: skip
        self.promises[ref] = (day, [action.ref])

    def _end_plan(self, day: date) -> None:
        versions = self.read("plan", "versions", day=day)
        self.command(day, "plan", "close", str(versions[0]["ref"]))
        title = f"Delivery Plan {day.year + 1}"
        self.command(day, "plan", "open", title, "--from", f"{day.year + 1}-01-01", "--to", f"{day.year + 1}-12-31")


def main(arguments: list[str] | None = None) -> None:
    """Make the office in a folder."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=2014)
    options = parser.parse_args(arguments)
    office = Office(options.folder, options.seed)
    office.live()
    sys.stdout.write(f"{office.folder}: {office.commands.total()} commands, {len(office.actions)} actions\n")


if __name__ == "__main__":
    main()
