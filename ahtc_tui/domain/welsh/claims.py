"""Welsh of what a paper for a committee says by itself: the words of its claims, its head and its annex."""

from __future__ import annotations

SENTENCES = {
    "lead {name}": "arweinydd {name}",
    "chaired by {name}": "cadeirydd: {name}",
    "the Co-ordinator: {role}": "y Cydgysylltydd: {role}",
    "source: {source}": "ffynhonnell: {source}",
    "no answer yet": "dim ateb eto",
    "actions {refs}": "camau gweithredu {refs}",
    "awaited {when}": "disgwylir {when}",
    "without a date": "heb ddyddiad",
    "held by {names}": "deilydd: {names}",
    "First Responder": "Ymatebwr Cyntaf",
    "First Responder since {day}": "Ymatebwr Cyntaf ers {day}",
    "primary data set": "set ddata sylfaenol",
    "secondary data set": "set ddata eilaidd",
    "As at {day}": "Fel yr oedd ar {day}",
    "For": "Ar gyfer",
    "Looks back on": "Yn edrych yn ôl ar",
    " to ": " i ",
    "Cleared by": "Cliriwyd gan",
    "Sent": "Anfonwyd",
    "Nothing is said under this question yet.": "Ni ddywedir dim o dan y cwestiwn hwn eto.",
    "Changed {when}: {what}": "Newidiwyd {when}: {what}",
    "since {day}": "ers {day}",
    "since a person last looked": "ers i rywun edrych ddiwethaf",
    '"{was}" was taken away': 'tynnwyd "{was}" ymaith',
    '{ref} was "{was}"': '{ref}: "{was}" oedd hyn gynt',
    "Annex: good practice by place": "Atodiad: arfer da fesul lle",
    "A the {n} authorities": "A y {n} awdurdod",
}
