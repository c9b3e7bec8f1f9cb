"""`python -m tests.services.imports.foreign_calendars`: prints the score of the import of foreign calendars."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ahtc_tui.services.opening import make_workspace, open_workspace
from tests.builders import TODAY
from tests.services.imports.foreign_calendars.scoring import CORPUS, add_known_meetings, score_calendar
from tests.services.imports.foreign_logs.__main__ import print_scores
from tests.services.imports.foreign_logs.scoring import Score


def main() -> None:
    """Print a line for each fault and the total; with --faults also what is not as expected."""
    with tempfile.TemporaryDirectory() as folder:
        make_workspace(Path(folder), "wales-2013")
        workspace = open_workspace(Path(folder), TODAY)
        uids = add_known_meetings(workspace)
        scores = {}
        for fault, calendars in CORPUS.items():
            scores[fault] = Score()
            for calendar in calendars:
                scores[fault].add(score_calendar(workspace, calendar, uids, Path(folder)))
        print_scores(scores)


if __name__ == "__main__":
    main()
