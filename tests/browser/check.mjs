// Opens the pages of a built portal in Chromium, as readers do, and lists the problems.
//
//     node check.mjs FOLDER            runs every check on every kind of page, in every language
//     node check.mjs FOLDER --faults   plants an error for each check: the check must find it
//
// A check takes the address of a page and returns a list of problems. It does not know the program that
// generated the pages. The Nu checker validates the files.
import { execFile, execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const VNU = path.join(path.dirname(require.resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 800 };
const MEDIA_TYPES = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", json: "application/json", svg: "image/svg+xml", png: "image/png", xml: "application/xml" };

const [folder, mode] = process.argv.slice(2);

// --- a server for the portal; `fault` changes one file

let fault;
const server = http.createServer((request, response) => {
  let file = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  if (file.endsWith("/")) file += "index.html";
  const full = path.join(folder, file);
  if (!fs.existsSync(full) || !fs.statSync(full).isFile()) {
    response.writeHead(404).end();
    return;
  }
  let body = fs.readFileSync(full);
  if (fault && fault.file === file) body = plant(body.toString());
  response.writeHead(200, { "content-type": MEDIA_TYPES[full.split(".").pop()] ?? "application/octet-stream" }).end(body);
});
const plant = (text) => {
  const changed = text.replace(fault.from, fault.to);
  if (changed === text) throw new Error(`the fault for "${fault.check}" cannot be planted: no ${fault.from}`);
  return changed;
};

const isInstalled = (name) => spawnSync(name, ["--version"]).status === 0;
const browser = ["chromium", "chromium-browser", "google-chrome"].find(isInstalled);
if (!browser) throw new Error("no Chromium on the path");

let chrome, origin;
const open = async (address, options = {}) => {
  const { script = true, media = "screen", scheme = "light", size = DESKTOP } = options;
  const context = await chrome.newContext({ viewport: size, colorScheme: scheme, javaScriptEnabled: script, bypassCSP: Boolean(options.bypassCSP) });
  const page = await context.newPage();
  const messages = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(String(error)));
  page.on("requestfailed", (request) => messages.push(`not loaded: ${request.url()}`));
  page.on("request", (request) => request.url().startsWith(origin) || messages.push(`request to another host: ${request.url()}`));
  if (options.without) await page.route(options.without, (route) => route.abort());
  if (options.before) await page.addInitScript(options.before);
  await page.emulateMedia({ media, colorScheme: scheme });
  await page.goto(origin + address);
  return { page, messages, close: () => context.close() };
};
const using = async (address, options, use) => {
  const { page, messages, close } = await open(address, options);
  try {
    return await use(page, messages);
  } finally {
    await close();
  }
};

// --- checks

const quiet = (address) => using(address, {}, async (page, messages) => {
  await page.waitForLoadState("networkidle");
  return messages;
});

// The page's security policy would block axe.
const accessible = (address) => using(address, { bypassCSP: true }, async (page) => {
  const problems = [];
  await page.evaluate(AXE);
  for (const size of [PHONE, DESKTOP]) {
    for (const colorScheme of ["light", "dark"]) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      const { violations } = await page.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      for (const { id, nodes } of violations) problems.push(`${colorScheme}, ${size.width} px: ${id}: ${nodes[0].html.slice(0, 120)}`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > size.width) problems.push(`${size.width} px: as wide as ${width} px`);
    }
  }
  return problems;
});

// Without scripts, a page has all links, and no controls that do nothing.
const whole = async (address) => {
  const inspect = () => {
    const main = document.querySelector("main");
    const links = [...main.querySelectorAll("a[href]")].filter((link) => link.checkVisibility()).map((link) => link.href);
    const controls = [...document.querySelectorAll("form, button, input, select")].filter((control) => control.checkVisibility()).length;
    return { links, controls };
  };
  const [withScript, without] = await Promise.all([true, false].map((script) => using(address, { script }, (page) => page.evaluate(inspect))));
  const problems = withScript.links.filter((link) => !without.links.includes(link)).map((link) => `only a script makes ${link}`);
  if (without.controls) problems.push(`${without.controls} controls without effect`);
  if (!without.links.length && address !== "/404.html") problems.push("no links at all");
  return problems;
};

// Paper has no controls and a white background. A commitment takes at most two pages, and a report at most two
// before its commitments.
const printed = (address) => using(address, { media: "print", scheme: "dark" }, async (page) => {
  const { problems, mostPages } = await page.evaluate(() => {
    const visible = [...document.querySelectorAll("nav, form, button, .skip")].filter((element) => element.checkVisibility());
    const problems = visible.map((element) => `printed: ${element.outerHTML.slice(0, 60)}`);
    const color = getComputedStyle(document.body).backgroundColor;
    if (color !== "rgb(255, 255, 255)") problems.push(`the background is ${color}`);
    const isCommitment = document.querySelector("[name=page-type]").content === "commitment";
    const sheets = document.querySelectorAll(".sheet").length;
    return { problems, mostPages: isCommitment ? 2 : sheets ? 2 + 2 * sheets : undefined };
  });
  if (!mostPages) return problems;
  const pdf = await page.pdf({ format: "A4" });
  const pageCount = pdf.toString("latin1").match(/\/Type \/Page\b/g).length;
  if (pageCount > mostPages) problems.push(`${pageCount} pages of paper, not ${mostPages}`);
  return problems;
});

// A reader can go from the home page to a commitment with only the keyboard.
const byKeyboard = (home) => using(home, {}, async (page) => {
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("href") ?? document.activeElement.id);
  const tabTo = async (target, isTarget) => {
    for (let stop = 0; stop < 60; stop++) {
      await page.keyboard.press("Tab");
      const hasRing = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== "none");
      if (!hasRing) throw new Error(`no focus ring at ${await focused()}`);
      if (isTarget(await focused())) return;
    }
    throw new Error(`no way to ${target}`);
  };
  try {
    await page.keyboard.press("Tab");
    if ((await focused()) !== "#main") return [`the first stop is ${await focused()}`];
    await tabTo("the list", (href) => href.endsWith("commitments/"));
    await Promise.all([page.waitForURL("**/commitments/"), page.keyboard.press("Enter")]);
    await tabTo("the filter", (id) => id === "level");
    await page.keyboard.press("ArrowDown");
    await page.waitForSelector("[data-results] li", { timeout: 3000 });
    await tabTo("a result", (href) => /commitments\/[^/]+\/[^/]+\/$/.test(href));
    await Promise.all([page.waitForURL(/commitments\/[^/]+\/[^/]+\/$/), page.keyboard.press("Enter")]);
    return (await page.locator("h1").count()) === 1 ? [] : ["no commitment"];
  } catch (error) {
    return [String(error).split("\n")[0]];
  }
});

// Queries of the example site, each with the number of the commitment that must be the first result, if
// there is one. Another site must find a commitment by its number.
const QUERIES = {
  "/search/": [["3.3.1.3", "3.3.1.3"], ["mn0020", "3.3.3.6"], ["ACCOUNT transp", "3.3.1.3"], ["crime map", "3.3.3.1"], ["the transprent acount", "3.3.1.3"], ["qwrtzpsdf", undefined]],
  "/mn/search/": [["3.3.1.3", "3.3.1.3"], ["төсвийн гэрээг", "3.3.1.8"], ["тосвийн гэрээг", "3.3.1.8"], ["tosviin gereeg", "3.3.1.8"], ["шилэн данснаас", "3.3.1.3"], ["qwrtzpsdf", undefined]],
};
const searched = async (address) => {
  const problems = [];
  const number = pages.find((page) => page.text.includes("name=\"page-type\" content=\"commitment\"")).address.split("/").at(-2);
  const isExample = pages.some((page) => page.address === "/mn/search/");
  for (const [query, expected] of isExample ? QUERIES[address] : [[number, number]]) {
    await using(`${address}?q=${encodeURIComponent(query)}`, {}, async (page) => {
      await page.waitForLoadState("networkidle");
      const [number, status] = await page.evaluate(() => [
        document.querySelector("[data-results] .number")?.textContent,
        document.querySelector("[role=status]").textContent,
      ]);
      if (number !== expected) problems.push(`"${query}" finds ${number}, not ${expected}`);
      if (expected ? !/\d/.test(status) : !status) problems.push(`"${query}": nothing is announced`);
    });
  }
  return problems;
};

// The filters of the list, set by an address and by a reader.
const filtered = (address) => using(`${address}?level=limited`, {}, async (page) => {
  const agency = await page.locator("[data-whole] .commitments > li").filter({ has: page.locator("[href='#limited']") }).first().locator(".facts .fact").first().textContent();
  const rows = () => page.locator("[data-results] li").count();
  await page.waitForLoadState("networkidle");
  const problems = [];
  const all = await page.locator("[data-whole] .commitments > li").count();
  const label = await page.locator("#level option[value=limited]").textContent();
  const limited = await page.locator("[data-whole] .commitments > li .standing").filter({ hasText: label }).count();
  if ((await rows()) !== limited) problems.push(`${await rows()} rows of ${limited}`);
  const [value] = await page.selectOption("#agency", { label: agency.split(", ")[0].trim() });
  const both = await rows();
  if (both === 0 || both > limited) problems.push(`two filters leave ${both} of ${limited}`);
  if (!page.url().endsWith(`?level=limited&agency=${value}`)) problems.push(`the address is ${page.url()}`);
  await page.selectOption("#level", "");
  await page.selectOption("#agency", "");
  if ((await page.locator("[data-whole] li:visible").count()) !== all) problems.push("the list does not return");
  return problems;
});

// If the script does not load, there is no form that does nothing, and the links appear.
const failed = async (address) => {
  const problems = [];
  for (const size of [PHONE, DESKTOP]) {
    await using(address, { size, without: "**/search.js" }, async (page) => {
      const controls = await page.locator("form:visible, input:visible, select:visible, button:visible").count();
      if (controls) problems.push(`${size.width} px: ${controls} controls without effect`);
      if (await page.locator("summary:visible").count()) await page.locator("summary").click();
      await page.locator("main a[href*=levels]").first().waitFor({ timeout: 10000 }).catch(() => problems.push(`${size.width} px: no links`));
    });
  }
  return problems;
};

// Nothing moves while the page loads. On a phone, the first commitment of the list is on the first screen.
const steady = async (address) => {
  const problems = [];
  const before = () => {
    window.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.shift += entry.value))).observe({ type: "layout-shift", buffered: true });
  };
  for (const size of [PHONE, DESKTOP]) {
    await using(address, { size, before }, async (page) => {
      await page.waitForLoadState("networkidle");
      const [shift, bottom] = await page.evaluate(() => [window.shift, document.querySelector("[data-whole] .commitments > li a")?.getBoundingClientRect().bottom]);
      if (shift > 0.001) problems.push(`${size.width} px: moves by ${shift}`);
      if (size === PHONE && bottom > size.height) problems.push(`the first commitment ends at ${bottom} px`);
    });
  }
  return problems;
};

// The words that were found are marked, and a result whose title does not have them shows a sentence.
const marked = (address) => using(`${address}?q=radio`, {}, async (page) => {
  await page.locator("[data-results] [data-sentence] mark").first().waitFor({ timeout: 3000 }).catch(() => {});
  const marks = await page.locator("[data-results] [data-sentence] mark").allTextContents();
  return marks.length && marks.every((mark) => mark.toLowerCase() === "radio") ? [] : [`marked: ${marks}`];
});

const valid = async (files) => {
  const options = ["-jar", VNU, "--stdout", "--exit-zero-always", "--format", "gnu", "--also-check-css", "--also-check-svg", "--no-langdetect"];
  const { stdout } = await promisify(execFile)("java", [...options, ...files], { maxBuffer: 1 << 26 });
  // The Nu checker cannot resolve `'self'` for a file. The browser checks the policy.
  return stdout.split("\n").filter((line) => line && !line.includes("Resource violates Content Security Policy"));
};

// --- the pages of each check

const filesOf = (extension) => fs.readdirSync(folder, { recursive: true }).map(String).filter((file) => file.endsWith(extension)).sort();
const addressOf = (file) => `/${file.replace(/index\.html$/, "")}`;
const pages = filesOf(".html").map((file) => ({ file, address: addressOf(file), text: fs.readFileSync(path.join(folder, file), "utf8") }));
// The longest page of each kind in each language.
const sample = new Map();
for (const page of pages.filter((page) => !page.text.includes("http-equiv=\"refresh\""))) {
  const key = page.text.match(/<html lang="([^"]*)"/)[1] + page.text.match(/name="page-type" content="([^"]*)"/)[1];
  if (!(sample.get(key)?.text.length > page.text.length)) sample.set(key, page);
}
const addresses = [...sample.values()].map((page) => page.address);

const ofKind = (kind) => pages.filter((page) => page.text.includes(`name="page-type" content="${kind}"`)).map((page) => page.address);
const hasRadio = pages.some((page) => page.text.includes("radio"));
const CHECKS = { quiet, accessible, whole, printed, byKeyboard, searched, filtered, failed, steady, marked };
const ADDRESSES = {
  byKeyboard: ofKind("home"),
  searched: ofKind("search"),
  filtered: ofKind("commitments"),
  failed: [...ofKind("search"), ...ofKind("commitments")],
  steady: [...ofKind("search"), ...ofKind("commitments")],
  marked: hasRadio ? ["/search/"] : [],
};
const [COMMITMENT] = ofKind("commitment");
const FAULTS = [
  { check: "quiet", address: "/", file: "/index.html", from: "<main", to: "<img src=\"https://example.net/x.png\" alt=\"\"><main" },
  { check: "quiet", address: "/search/", file: "/search/index.html", from: "<main", to: "<p style=\"color: red\">x</p><main" },
  { check: "accessible", address: "/", file: "/index.html", from: "<html lang=\"en\"", to: "<html" },
  { check: "accessible", address: "/about/", file: "/about/index.html", from: "<h1", to: "<table><tr><td><pre>" + "wide".repeat(200) + "</pre></td></tr></table><h1" },
  { check: "whole", address: "/commitments/", file: "/commitments/index.html", from: "\" hidden>", to: "\">" },
  { check: "whole", address: "/search/", file: "/search/index.html", from: "<div data-whole>", to: "<noscript><style></style></noscript><div data-whole hidden>" },
  { check: "printed", address: "/commitments/", file: "/commitments/index.html", from: "class=\"menu\"", to: "class=\"carte\"" },
  { check: "printed", address: COMMITMENT, file: `${COMMITMENT}index.html`, from: "<main", to: "<p>text</p>".repeat(200) + "<main" },
  { check: "byKeyboard", address: "/", file: "/assets/search.js", from: "results.hidden = !whole.hidden", to: "results.hidden = true" },
  { check: "searched", address: "/mn/search/", file: "/mn/search/titles.json", from: "\"letters\":[", to: "\"letters\":[[\"г\",\"qqqq\"],[\"т\",\"qqqq\"]," },
  { check: "searched", address: "/search/", file: "/assets/search.js", from: "status.textContent = form.dataset[kind]", to: "status.title = form.dataset[kind]" },
  { check: "filtered", address: "/commitments/", file: "/search/titles.json", from: "\"limited\"", to: "\"lim\"" },
  { check: "failed", address: "/search/", file: "/search/index.html", from: "\" hidden>", to: "\">" },
  { check: "steady", address: "/commitments/", file: "/commitments/index.html", from: "<details class=\"filter\">", to: "<details class=\"filter\" open>" },
  { check: "marked", address: "/search/", file: "/assets/search.js", from: "createElement(\"mark\")", to: "createElement(\"b\")" },
];

let problemCount = 0;
const report = (text) => {
  problemCount += 1;
  console.log(text);
};
chrome = await chromium.launch({ executablePath: execFileSync("sh", ["-c", `command -v ${browser}`], { encoding: "utf8" }).trim(), args: ["--no-sandbox"] });
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
origin = `http://127.0.0.1:${server.address().port}`;
try {
  if (mode === "--faults") {
    for (fault of FAULTS) {
      const problems = await CHECKS[fault.check](fault.address);
      if (!problems.length) report(`"${fault.check}" does not find ${fault.to.slice(0, 60)}`);
    }
    const copy = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "fault-")), "fault.html");
    fs.writeFileSync(copy, pages.find((page) => page.address === "/").text.replace("<main", "<p><div id=\"main\"></div></p><main"));
    if (!(await valid([copy])).length) report("the Nu checker does not find an invalid page");
    fs.rmSync(path.dirname(copy), { recursive: true });
  } else {
    const nu = await valid([".html", ".css", ".svg"].flatMap(filesOf).map((file) => path.join(folder, file)));
    nu.forEach(report);
    const jobs = Object.entries(CHECKS).flatMap(([name, check]) => (ADDRESSES[name] ?? addresses).map((address) => [name, check, address]));
    const work = async () => {
      for (let job = jobs.shift(); job; job = jobs.shift()) {
        const [name, check, address] = job;
        for (const problem of await check(address)) report(`${address}: ${name}: ${problem}`);
      }
    };
    await Promise.all([work(), work()]);
    console.log(`${pages.length} files read, ${addresses.length} pages opened, ${problemCount} problems`);
  }
} finally {
  await chrome.close();
  server.close();
}
process.exit(problemCount ? 1 : 0);
