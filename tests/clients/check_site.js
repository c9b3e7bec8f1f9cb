// Prints as JSON what axe-core finds in pages of the site, and what was loaded from elsewhere: node check_site.js CHROMIUM FOLDER PAGE...
// Each page is drawn in light and dark colours, on a telephone and on a laptop, and must not scroll sideways.
const fs = require("fs");
const http = require("http");
const path = require("path");
const puppeteer = require("puppeteer-core");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const [chromium, folder, ...files] = process.argv.slice(2);
const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json" };

// The search of the site needs a web server.
const server = http.createServer((request, answer) => {
  const file = path.join(folder, decodeURIComponent(new URL(request.url, "http://x").pathname));
  fs.readFile(file, (error, data) => answer.writeHead(error ? 404 : 200, { "Content-Type": types[path.extname(file)] || "application/octet-stream" }).end(data));
});

async function checkPage(browser, file, width, scheme, picture) {
  const page = await (await browser.createBrowserContext()).newPage();
  const faults = [];
  page.on("request", (request) => /^(data|blob):|^http:\/\/127\.0\.0\.1:/.test(request.url()) || faults.push(`loads ${request.url()}`));
  page.on("pageerror", (error) => faults.push(`script: ${error}`));
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width, height: 844 });
  await page.goto(`http://127.0.0.1:${server.address().port}/${file}`, { waitUntil: "networkidle0" });
  await page.evaluate(axe);
  const result = await page.evaluate((values) => axe.run(document, { runOnly: values }), tags);
  const drawn = await page.evaluate(() => document.documentElement.scrollWidth);
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${width}-${scheme}-${file.replace("/", "-")}.png` });
  await page.close();
  if (drawn > width) faults.push(`width: ${drawn}`);
  return [...faults, ...result.violations.map((rule) => `${rule.id} (${rule.nodes.length}): ${rule.nodes[0].html.slice(0, 160)} ${rule.nodes[0].failureSummary || ""}`)];
}

async function main() {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  const faults = [];
  for (const file of files)
    for (const width of [390, 1280])
      for (const scheme of ["light", "dark"]) faults.push(...(await checkPage(browser, file, width, scheme)).map((text) => `${file} ${width} ${scheme} ${text}`));
  await browser.close();
  server.close();
  console.log(JSON.stringify(faults));
}

main();
