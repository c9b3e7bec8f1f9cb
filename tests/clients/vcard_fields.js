// Prints every field of every card of a file as JSON, as ical.js reads it.
const fs = require("fs");
const imported = require("ical.js");
const ICAL = imported.default || imported;
const data = fs.readFileSync(process.argv[2], "utf8");
const cards = ICAL.parse(data);
const listed = new Set(["org", "categories", "n"]);
const found = (Array.isArray(cards[0]) ? cards : [cards]).map((card) => {
  const said = {};
  for (const [name, , , ...values] of card[1]) {
    if (name === "version" || name === "rev") continue;
    const flat = values.flat();
    said[name] = listed.has(name) ? flat : flat.join(",");
  }
  return said;
});
process.stdout.write(JSON.stringify(found));
