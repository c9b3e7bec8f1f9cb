"""Labels of the steps of the history in the current language; the journal holds them in English."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from functools import cache

from ahtc_tui.domain.i18n import _, gettext_noop

STEP_LABELS = (
    gettext_noop("add {record}"),
    gettext_noop("interpreter for {record}"),
    gettext_noop("add the areas of Wales"),
    gettext_noop("edit {record}"),
    gettext_noop("end {record}"),
    gettext_noop("update {record}"),
    gettext_noop("correct update {number} of {record}"),
    gettext_noop("remove update {number} of {record}"),
    gettext_noop("propose {record} complete"),
    gettext_noop("reopen {record}"),
    gettext_noop("remove {record}"),
    gettext_noop("save view {record}"),
    gettext_noop("remove view {record}"),
    gettext_noop("appoint {person} to {post}"),
    gettext_noop("edit {record} from {day}"),
    gettext_noop("edit {record} of {day}"),
    gettext_noop("edit engagement {record}"),
    gettext_noop("record interest {record}"),
    gettext_noop("edit interest {record}"),
    gettext_noop("rename {record}"),
    gettext_noop("repair the search index"),
    gettext_noop("issue version {version} of the minutes of {record}"),
    gettext_noop("issue minutes of {record}"),
    gettext_noop("edit seat {record}"),
    gettext_noop("agenda {meeting}: {title}"),
    gettext_noop("edit item {number} of {meeting}"),
    gettext_noop("move item {number} of {meeting} to {place}"),
    gettext_noop("remove item {number} of {meeting}"),
    gettext_noop("template of {group}: remove {number}"),
    gettext_noop("template of {group}: {title}"),
    gettext_noop("template from {meeting}"),
    gettext_noop("template to {meeting}"),
    gettext_noop("edit attendance {meeting}: {person}"),
    gettext_noop("remove attendance {meeting}: {person}"),
    gettext_noop("decision: {text}"),
    gettext_noop("promise: {text}"),
    gettext_noop("close plan: {title}"),
    gettext_noop("open plan: {title}"),
    gettext_noop("link {record}"),
    gettext_noop("unlink {record}"),
    gettext_noop("forward plan of {group}: remove {number}"),
    gettext_noop("forward plan of {group}: {title}"),
    gettext_noop("forward plan {number} to {meeting}"),
    gettext_noop("invite to {meeting}"),
    gettext_noop("paper for {meeting}: {title}"),
    gettext_noop("paper {paper} of {meeting} published"),
    gettext_noop("paper {paper} of {meeting} withheld"),
    gettext_noop("remove paper {paper} of {meeting}"),
    gettext_noop("attach file to paper {paper} of {meeting}"),
    gettext_noop("remove file of paper {paper} of {meeting}"),
    gettext_noop("open {meeting} of {day}"),
    gettext_noop("move {meeting} of {day}"),
    gettext_noop("cancel {record}"),
    gettext_noop("add meeting {record}"),
    gettext_noop("close {record}"),
    gettext_noop("minutes of {record}"),
    gettext_noop("amend {record}"),
    gettext_noop("merge {record} into {other}"),
    gettext_noop("split {record}"),
    gettext_noop("item {number} of {meeting}"),
    gettext_noop("minute {meeting}: {text}"),
    gettext_noop("edit line of {meeting}"),
    gettext_noop("move line of {meeting}"),
    gettext_noop("remove line of {meeting}"),
    gettext_noop("Welsh of a line of {meeting}"),
    gettext_noop("Welsh of item {number} of {meeting}"),
    gettext_noop("add aim {text}"),
    gettext_noop("add objective {title}"),
    gettext_noop("edit objective {number}"),
    gettext_noop("remove objective {number}"),
    gettext_noop("edit the plan"),
    gettext_noop("plan version {version}"),
    gettext_noop("add milestone {title}"),
    gettext_noop("edit milestone {record}"),
    gettext_noop("milestone {record} met"),
    gettext_noop("remove milestone {record}"),
    gettext_noop("import Welsh texts: {files}"),
    gettext_noop("import minutes: {files}"),
    gettext_noop("import edited draft of {record}: {files}"),
    gettext_noop("import edited paper {record}: {files}"),
    gettext_noop("departing {record}"),
    gettext_noop("import actions: {files}"),
    gettext_noop("import contacts: {files}"),
    gettext_noop("import meetings: {files}"),
    gettext_noop("import replies: {files}"),
    gettext_noop("send returns: {number}"),
    gettext_noop("chase {record}"),
    gettext_noop("accept a time for {meeting}"),
    gettext_noop("invite"),
    gettext_noop("circulate {record}"),
    gettext_noop("answers {record}"),
    gettext_noop("answer {record}"),
    gettext_noop("answer {record}: {person} {state}"),
    gettext_noop("agree {record} by correspondence"),
    gettext_noop("date poll: {title}"),
    gettext_noop("choose {record}"),
    gettext_noop("retention schedule"),
    gettext_noop("hold {record}"),
    gettext_noop("release {record}"),
    gettext_noop("Welsh of {record}"),
    gettext_noop("load {name}"),
    gettext_noop("resolve {record}"),
)
"""Labels as services write them and people read them, with placeholders for what differs."""

SHOWN_LABELS = dict(zip(STEP_LABELS, STEP_LABELS, strict=True)) | {
    "commissions add {record}": gettext_noop("add commission {record}"),
    "commissions edit {record}": gettext_noop("edit commission {record}"),
    "commissions question {record}": gettext_noop("edit question {record}"),
    "commissions draft {record}": gettext_noop("draft the paper {record}"),
    "commissions paragraph {record}": gettext_noop("edit paragraph {record}"),
    "commissions confirm {record}": gettext_noop("confirm paragraphs {record}"),
    "vacate {record}": gettext_noop("end the appointment to {record}"),
    "contacts list-save {record}": gettext_noop("save circulation list {record}"),
    "contacts list-delete {record}": gettext_noop("remove circulation list {record}"),
    "contacts list-add {record}": gettext_noop("add to circulation list {record}"),
    "contacts list-drop {record}": gettext_noop("remove from circulation list {record}"),
    "contacts duplicates --not {record}": gettext_noop("mark as different contacts: {record}"),
    "contacts tier {record}": gettext_noop("set stakeholder tier of {record}"),
    "contacts tiers": gettext_noop("set stakeholder tiers"),
    "contacts merge {record}": gettext_noop("merge contacts {record}"),
    "contacts add {record}": gettext_noop("add contact {record}"),
    "contacts edit {record}": gettext_noop("edit contact {record}"),
    "engage: {record}": gettext_noop("record engagement: {record}"),
    "load wales-2013": gettext_noop("load the Wales 2013 data"),
    "desk": gettext_noop("choose the person using this workspace"),
    "done {record}": gettext_noop("complete {record}"),
    "issue version {version} of the minutes of {record}, published by force: {problems}": gettext_noop(
        "publish version {version} of the minutes of {record} with {problems}"
    ),
    "publish the agenda of {record} by force: {problems}": gettext_noop(
        "publish the agenda of {record} with {problems}"
    ),
    "publish the note of {record} by force: {problems}": gettext_noop("publish the note of {record} with {problems}"),
    "publish the paper of {record} by force: {problems}": gettext_noop("publish the paper of {record} with {problems}"),
    "publish the transparency return by force: {problems}": gettext_noop(
        "publish the transparency return with {problems}"
    ),
    "practice set {record}": gettext_noop("set status of practice {record}"),
    "practice add {record}": gettext_noop("add practice {record}"),
    "practice edit {record}": gettext_noop("edit practice {record}"),
    "practice session add {record}": gettext_noop("add session {record}"),
    "practice session edit {record}": gettext_noop("edit session {record}"),
    "recommendations add {record}": gettext_noop("add recommendation {record}"),
    "recommendations edit {record}": gettext_noop("edit recommendation {record}"),
    "recommendations answer {record}": gettext_noop("answer recommendation {record}"),
    "recommendations link {record}": gettext_noop("link recommendation {record}"),
    "recommendations document add {record}": gettext_noop("add document {record}"),
    "recommendations document edit {record}": gettext_noop("edit document {record}"),
    "evidence add {record}": gettext_noop("add figure {record}"),
    "evidence edit {record}": gettext_noop("edit figure {record}"),
    "evidence revise {record}": gettext_noop("revise figure {record}"),
    "evidence data-set add {record}": gettext_noop("add data set {record}"),
    "evidence data-set edit {record}": gettext_noop("edit data set {record}"),
    "evidence page add {record}": gettext_noop("add web page {record}"),
    "evidence page edit {record}": gettext_noop("edit web page {record}"),
    "evidence page reviewed {record}": gettext_noop("record review of web page {record}"),
    "seat {member} on {group}": gettext_noop("add member {member} to {group}"),
    "unseat {record}": gettext_noop("end membership {record}"),
    "renew {record}": gettext_noop("renew membership {record}"),
    "groups add {record}": gettext_noop("add group {record}"),
    "groups edit {record}": gettext_noop("edit group {record}"),
    "groups chair {record}": gettext_noop("change chair of {record}"),
    "groups close {record}": gettext_noop("close group {record}"),
    "objectives of {record}": gettext_noop("set objectives of {record}"),
    "sync {record}": gettext_noop("sync with {record}"),
    "groups terms {record}": gettext_noop("add terms of reference of {record}"),
    "attendance {meeting}: {person} {state}": gettext_noop("attendance {meeting}: {person}, {state}"),
    "attendance {meeting}: the rest {state}": gettext_noop("attendance {meeting}: all others, {state}"),
    "walk-in {meeting}: {person}": gettext_noop("attendance {meeting}: {person}, not invited"),
    "put off item {number} of {meeting}": gettext_noop("defer item {number} of {meeting}"),
    "unfinished {record}": gettext_noop("keep the unfinished line of {record}"),
    "line of {meeting} as {kind}": gettext_noop("change line of {meeting} to {kind}"),
    "back-plan {title}": gettext_noop("add back-plan {title}"),
    "carry {meeting} to {next_meeting}": gettext_noop("carry items of {meeting} forward to {next_meeting}"),
}
"""Labels as people read them, by the label that services write."""

ENUM_PLACEHOLDERS = ("state", "kind")
"""Placeholders whose value is the value of an enumeration."""

WORD = r"\w+"
"""Pattern of a value of an enumeration."""


def format_step_label(label: str) -> str:
    """Return the label of a step in the current language: "golygu DP-21"; an unknown label unchanged."""
    for message, pattern in _compile_patterns():
        if match := pattern.fullmatch(label):
            values = {name: _format_value(name, text) for name, text in match.groupdict().items()}
            return _(SHOWN_LABELS[message]).format(**values)
    return label


def _format_value(name: str, text: str) -> str:
    """Return a value of a label as it is shown: an attendance or a kind of line by its label in the language."""
    return _(text.replace("_", " ")) if name in ENUM_PLACEHOLDERS and text else text


@cache
def _compile_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return each label with its pattern; the label with the longest fixed text comes first."""
    ordered = sorted(SHOWN_LABELS, key=lambda message: -sum(map(len, _list_literals(message))))
    return tuple((message, _compile_pattern(message)) for message in ordered)


def _list_literals(message: str) -> Iterator[str]:
    return (literal for literal, _name, _spec, _conversion in string.Formatter().parse(message))


def _compile_pattern(message: str) -> re.Pattern[str]:
    pattern = ""
    for literal, name, _spec, _conversion in string.Formatter().parse(message):
        pattern += re.escape(literal)
        if name:
            words = WORD if name in ENUM_PLACEHOLDERS else ".+"
            pattern += f"(?P<{name}>{words})"
    return re.compile(pattern, re.DOTALL)
