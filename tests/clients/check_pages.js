// Prints as JSON what axe-core and html-validate find in pages: node check_pages.js CHROMIUM FILE...
// Each page is drawn in light and dark colours on a small screen, and must not scroll sideways.
const fs = require("fs");
const puppeteer = require("puppeteer-core");
const { HtmlValidate } = require("html-validate");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const [chromium, ...files] = process.argv.slice(2);

async function checkPage(browser, file, scheme) {
  const page = await browser.newPage();
  await page.setBypassCSP(true);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width: 390, height: 844 });
  await page.goto(`file://${file}`);
  await page.evaluate(axe);
  const result = await page.evaluate((values) => axe.run(document, { runOnly: values }), tags);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.close();
  const faults = result.violations.map((rule) => `${rule.id}: ${rule.nodes[0].html}`);
  return width > 390 ? [...faults, `width: ${width}`] : faults;
}

async function main() {
  const validator = new HtmlValidate({ extends: ["html-validate:recommended"] });
  const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox"] });
  const faults = [];
  for (const file of files) {
    for (const scheme of ["light", "dark"]) faults.push(...(await checkPage(browser, file, scheme)).map((text) => `${file} ${scheme} ${text}`));
    const report = await validator.validateFile(file);
    for (const result of report.results) faults.push(...result.messages.map((message) => `${file}:${message.line} ${message.ruleId} ${message.message}`));
  }
  await browser.close();
  console.log(JSON.stringify(faults));
}

main();
