// Prints the UTC instants of every meeting in a calendar file as ical.js reads them, by the file's own VTIMEZONE:
// {"UID": [["start", "end"], ...]}, at most AHTC_MOST (six) instances of a series. Run with NODE_PATH set to a node_modules that holds ical.js.
"use strict";

const fs = require("fs");

const loaded = require("ical.js");
const ICAL = loaded.default || loaded;

const instant = (time) => new Date(time.toUnixTime() * 1000).toISOString();

const most = Number(process.env.AHTC_MOST || 6);

function instances(event) {
  if (!event.isRecurring()) {
    return [[instant(event.startDate), instant(event.endDate)]];
  }
  const found = [];
  const iterator = event.iterator();
  for (let next = iterator.next(); next && found.length < most; next = iterator.next()) {
    const { startDate, endDate } = event.getOccurrenceDetails(next);
    found.push([instant(startDate), instant(endDate)]);
  }
  return found;
}

const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(process.argv[2], "utf8")));
const meetings = {};
const components = calendar.getAllSubcomponents("vevent");
const exceptions = components.filter((component) => component.hasProperty("recurrence-id"));
for (const component of components.filter((each) => !each.hasProperty("recurrence-id"))) {
  const event = new ICAL.Event(component, { exceptions: exceptions.filter((each) =>
    each.getFirstPropertyValue("uid") === component.getFirstPropertyValue("uid")) });
  meetings[event.uid] = instances(event);
}
process.stdout.write(JSON.stringify(meetings));
