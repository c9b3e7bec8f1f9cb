"""Welsh of the longer words of the page for a browser. Its short ones stand with those of every file."""

from __future__ import annotations

SENTENCES = {
    "Position on {day}": "Sefyllfa ar {day}",
    "actions open, of {all}": "cam gweithredu agored, o {all}",
    "continuing duties, {n} to review now": "dyletswydd barhaus, {n} i'w hadolygu nawr",
    "of {all} seats with nobody named": "o {all} sedd heb neb wedi'i enwi",
    "How the actions of each objective stand: BRAG rating and status": (
        "Sut mae camau gweithredu pob amcan yn sefyll: sgôr BRAG a statws"
    ),
    "What the letters mean": "Ystyr y llythrennau",
    "Open actions past their date; continuing duties are never late": (
        "Camau gweithredu agored y tu hwnt i'w dyddiad; nid yw dyletswyddau parhaus byth yn hwyr"
    ),
    "Open actions with a date, the nearest first": "Camau gweithredu agored â dyddiad, y nesaf yn gyntaf",
    "1 open action has no date.": "Nid oes dyddiad i 1 cam gweithredu agored.",
    "{n} open actions have no date.": "Nid oes dyddiad i {n} cam gweithredu agored.",
    "1 more has a later date.": "Mae gan 1 arall ddyddiad diweddarach.",
    "{n} more have a later date.": "Mae gan {n} arall ddyddiad diweddarach.",
    "Meetings and events to come, the nearest first": "Cyfarfodydd a digwyddiadau i ddod, y nesaf yn gyntaf",
    "Duties without an end, by the day on which they are reviewed": (
        "Dyletswyddau heb ddiwedd, yn ôl y diwrnod y cânt eu hadolygu"
    ),
    "How far each place has taken up each practice": "I ba raddau y mae pob lle wedi mabwysiadu pob arfer",
    "Figures with their source; a caveat says what a figure cannot bear": (
        "Ffigurau gyda'u ffynhonnell; mae rhybudd yn dweud beth na all ffigur ei ddal"
    ),
    "Boards, fora and groups, and the seats for which nobody is named": (
        "Byrddau, fforymau a grwpiau, a'r seddi nad oes neb wedi'i enwi iddynt"
    ),
    "There are no objectives yet.": "Nid oes amcanion eto.",
    "Nothing is late.": "Nid oes dim yn hwyr.",
    "Nothing that is open has a date to come.": "Nid oes dyddiad i ddod i ddim sydd ar agor.",
    "No meeting is planned.": "Nid oes cyfarfod wedi'i gynllunio.",
    "There are no continuing duties.": "Nid oes dyletswyddau parhaus.",
    "No practice is recorded.": "Nid oes arfer wedi'i gofnodi.",
    "No figure is recorded.": "Nid oes ffigur wedi'i gofnodi.",
    "No group is recorded.": "Nid oes grŵp wedi'i gofnodi.",
}
