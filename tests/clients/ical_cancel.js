// Takes a METHOD:CANCEL for single days into a series that was invited to (RFC 5546 section 3.2.5), as ical.js relates
// days to their series, and prints [["start", "state"], ...]. Run with NODE_PATH set to a node_modules with ical.js.
"use strict";

const fs = require("fs");

const loaded = require("ical.js");
const ICAL = loaded.default || loaded;

const read = (path) => new ICAL.Component(ICAL.parse(fs.readFileSync(path, "utf8")));
const [asked, off] = [read(process.argv[2]), read(process.argv[3])];
if (asked.getFirstPropertyValue("method") !== "REQUEST" || off.getFirstPropertyValue("method") !== "CANCEL") {
  throw new Error("an invitation and a cancellation are needed");
}
const events = asked.getAllSubcomponents("vevent");
const whole = events.find((each) => !each.hasProperty("recurrence-id"));
const days = events.filter((each) => each !== whole);
for (const each of off.getAllSubcomponents("vevent")) {
  const later = each.getFirstPropertyValue("sequence") >= whole.getFirstPropertyValue("sequence");
  if (each.getFirstPropertyValue("uid") !== whole.getFirstPropertyValue("uid") || !later) {
    throw new Error("the cancellation is of another meeting, or older than the invitation");
  }
  days.push(each);
}
const series = new ICAL.Event(whole, { exceptions: days, strictExceptions: true });
const found = [];
const iterator = series.iterator();
for (let next = iterator.next(); next && found.length < 60; next = iterator.next()) {
  const { startDate, item } = series.getOccurrenceDetails(next);
  found.push([new Date(startDate.toUnixTime() * 1000).toISOString(), item.component.getFirstPropertyValue("status")]);
}
process.stdout.write(JSON.stringify(found));
