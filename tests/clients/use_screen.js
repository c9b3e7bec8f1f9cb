// Uses the screen in a browser: node use_screen.js CHROMIUM ADDRESS STEPS [PICTURE]
// STEPS is a JSON list of lists: [text to type] or [null, name of a key, key to hold]. Prints as JSON the hosts from
// which something was loaded, what the screen wrote (base64) by step, the size of the terminal, and whether the page
// says that it is closed.
const puppeteer = require("puppeteer-core");

const [chromium, address, steps, picture] = process.argv.slice(2);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function main() {
  const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-software-rasterizer"] });
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  const report = { hosts: [], written: [], socket: "", closed: false, errors: [] };
  let data = [];
  let last = Date.now();
  const client = await page.createCDPSession();
  await client.send("Network.enable");
  client.on("Network.requestWillBeSent", (event) => report.hosts.push(new URL(event.request.url).host));
  client.on("Network.webSocketCreated", (event) => (report.socket = event.url));
  client.on("Network.webSocketFrameReceived", (event) => {
    last = Date.now();
    if (event.response.opcode === 2) data.push(event.response.payloadData);
  });
  page.on("pageerror", (error) => report.errors.push(String(error)));
  const settle = async () => {
    const start = (last = Date.now()); // the cursor of a field blinks: the screen never rests there
    while (Date.now() - last < 1500 && Date.now() - start < 4000) await pause(100);
    report.written.push(data);
    data = [];
  };
  await page.goto(address);
  await page.waitForSelector("body.-first-byte", { timeout: 60000 });
  await settle();
  await page.focus(".xterm-helper-textarea");
  for (const [text, key, held] of JSON.parse(steps)) {
    if (held) await page.keyboard.down(held);
    await (key ? page.keyboard.press(key) : page.keyboard.type(text, { delay: 30 }));
    if (held) await page.keyboard.up(held);
    await settle();
    if (picture && report.written.length === 3) await page.screenshot({ path: picture });
  }
  await page.waitForSelector("body.-closed", { timeout: 20000 }).then(() => (report.closed = true), () => {});
  await browser.close();
  console.log(JSON.stringify(report));
}

main();
