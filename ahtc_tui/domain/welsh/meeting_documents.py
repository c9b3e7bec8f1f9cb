"""The fixed words of agenda and minutes in Welsh, and how a paper is put together in one language or the other."""

from __future__ import annotations

from dataclasses import dataclass, field

from ahtc_tui.domain.documents.meeting_document import Language
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.cleaning import clean_line

ENGLISH_ONLY = "[Saesneg]"
"""Stands in a Welsh paper before words of which there is no Welsh."""

WELSH = {
    "Agenda": "Agenda",
    "Minutes": "Cofnodion",
    "Length": "Hyd",
    "minutes": "cofnodion",
    "agenda": "agenda",
    "Meeting": "Cyfarfod",
    "Date": "Dyddiad",
    "Time": "Amser",
    "Venue": "Lleoliad",
    "Link": "Dolen",
    "Reference": "Cyfeirnod",
    "Attendance": "Presenoldeb",
    "Organisation": "Sefydliad",
    "Name": "Enw",
    "Item": "Eitem",
    "Presenter": "Cyflwynydd",
    "No.": "Rhif",
    "Presence": "Presenoldeb",
    "Paper": "Papur",
    "Papers": "Papurau",
    "Title": "Teitl",
    "Author": "Awdur",
    "Due": "Erbyn",
    "Publication": "Cyhoeddi",
    "Discussion": "Trafodaeth",
    "Action by": "Gweithredu gan",
    "Action": "Cam gweithredu",
    "Lead": "Arweinydd",
    "Summary of actions": "Crynodeb o'r camau gweithredu",
    "Decision": "Penderfyniad",
    "Decisions": "Penderfyniadau",
    "Open actions from before this meeting": "Camau gweithredu agored cyn y cyfarfod hwn",
    "Date of next meeting": "Dyddiad y cyfarfod nesaf",
    "Note of the office": "Nodyn y swyddfa",
    "Page": "Tudalen",
    "of": "o",
    "Actions: none": "Camau gweithredu: dim",
    "No decisions were recorded.": "Ni chofnodwyd unrhyw benderfyniad.",
    "No actions were agreed.": "Ni chytunwyd ar unrhyw gam gweithredu.",
    "Attendance was not recorded.": "Ni chofnodwyd presenoldeb.",
    "No items yet.": "Dim eitemau eto.",
    "Present": "Yn bresennol",
    "Present in part": "Yn bresennol am ran",
    "Online": "Ar-lein",
    "Deputies": "Dirprwyon",
    "In attendance": "Yn mynychu",
    "Secretariat": "Ysgrifenyddiaeth",
    "Apologies": "Ymddiheuriadau",
    "Absent": "Yn absennol",
    "Chair": "Cadeirydd",
    "for {name}": "ar ran {name}",
    "(items {numbers})": "(eitemau {numbers})",
    "[name withheld]": "[enw heb ei gyhoeddi]",
    "represented": "cynrychiolwyd",
    "Not reached.": "Ni chyrhaeddwyd yr eitem.",
    "Taken; nothing was minuted.": "Trafodwyd; ni chofnodwyd dim.",
    "Nothing was minuted.": "Ni chofnodwyd dim.",
    "Other matters": "Materion eraill",
    "{n} min": "{n} munud",
    "by {day}": "erbyn {day}",
    "{start} to {end}": "{start} tan {end}",
    "Date to be confirmed": "Dyddiad i'w gadarnhau",
    "Published": "Cyhoeddwyd",
    "Not published": "Heb ei gyhoeddi",
    "This meeting is cancelled.": "Mae'r cyfarfod hwn wedi'i ganslo.",
    "Chair's copy: not for circulation.": "Copi'r cadeirydd: nid i'w ddosbarthu.",
    "Published copy: people who hold no public post are named by their post or organisation.": (
        "Copi i'w gyhoeddi: enwir pobl heb swydd gyhoeddus yn ôl eu swydd neu eu sefydliad."
    ),
    "The agenda is {n} minutes longer than the meeting.": "Mae'r agenda {n} munud yn hirach na'r cyfarfod.",
    "Secretariat of the meeting": "Ysgrifenyddiaeth y cyfarfod",
    "State": "Statws",
    "Version": "Fersiwn",
    "Draft": "Drafft",
    "Draft, cleared by the chair": "Drafft, wedi'i gymeradwyo gan y cadeirydd",
    "Draft, circulated": "Drafft, wedi'i ddosbarthu",
    "Agreed": "Cytunwyd",
    "at {ref}": "yn {ref}",
    "on {day}": "ar {day}",
    "subject to {words}": "yn amodol ar {words}",
    "Version {n}, issued {day}": "Fersiwn {n}, cyhoeddwyd {day}",
    "Working copy after version {n}": "Copi gwaith ar ôl fersiwn {n}",
    "Amendments": "Diwygiadau",
    "Paragraph": "Paragraff",
    "As agreed": "Fel y cytunwyd",
    "As amended": "Fel y'i diwygiwyd",
    "Amended by": "Diwygiwyd gan",
    "{by}, {day}": "{by}, {day}",
    "Monday": "Dydd Llun",
    "Tuesday": "Dydd Mawrth",
    "Wednesday": "Dydd Mercher",
    "Thursday": "Dydd Iau",
    "Friday": "Dydd Gwener",
    "Saturday": "Dydd Sadwrn",
    "Sunday": "Dydd Sul",
    "January": "Ionawr",
    "February": "Chwefror",
    "March": "Mawrth",
    "April": "Ebrill",
    "May": "Mai",
    "June": "Mehefin",
    "July": "Gorffennaf",
    "August": "Awst",
    "September": "Medi",
    "October": "Hydref",
    "November": "Tachwedd",
    "December": "Rhagfyr",
}
"""What a paper says by itself."""

TITLES = {
    "welcome": "Croeso",
    "welcome and introductions": "Croeso a chyflwyniadau",
    "welcome and apologies": "Croeso ac ymddiheuriadau",
    "apologies": "Ymddiheuriadau",
    "apologies for absence": "Ymddiheuriadau am absenoldeb",
    "declarations of interest": "Datgan buddiannau",
    "declarations": "Datganiadau",
    "minutes": "Cofnodion",
    "minutes of the last meeting": "Cofnodion y cyfarfod diwethaf",
    "minutes of the previous meeting": "Cofnodion y cyfarfod blaenorol",
    "matters arising": "Materion yn codi",
    "action log": "Cofnod gweithredu",
    "any other business": "Unrhyw fater arall",
    "aob": "Unrhyw fater arall",
    "date of next meeting": "Dyddiad y cyfarfod nesaf",
    "date of the next meeting": "Dyddiad y cyfarfod nesaf",
}
"""Titles of items that stand on every agenda."""


@dataclass
class DocumentTranslation:
    """The words of people in the language of a paper. Where there is no Welsh, English stands, marked and noted."""

    language: Language = Language.EN
    lines: dict[RowKey, str] = field(default_factory=dict)
    """Welsh of lines, by key."""
    items: dict[int, str] = field(default_factory=dict)
    """Welsh of items' titles, by number."""
    decisions: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """English name to Welsh name of parties."""
    missing: list[str] = field(default_factory=list)
    """Where English stands."""

    def choose_text(self, english: str, welsh: str | None, location: str) -> str:
        """The words for the paper; `where` says what is missing if there is no Welsh."""
        if self.language is not Language.CY or not english:
            return english
        if welsh:
            return clean_line(welsh)
        if location and location not in self.missing:
            self.missing.append(location)
        return f"{ENGLISH_ONLY} {english}"

    def translate_title(self, number: int | None, english: str) -> str:
        """The title of an item, or of a section: as it was translated, else as every office says it."""
        welsh = self.items.get(number or 0) or TITLES.get(english.strip().rstrip(".").lower())
        return self.choose_text(english, welsh, f"{number}  {english}" if number else english)

    def translate_name(self, english: str) -> str:
        """A name: people and many bodies have but one."""
        return self.names.get(english, english) if self.language is Language.CY else english
