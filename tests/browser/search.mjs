// Asks the questions of `tests/search/questions.json` and counts how often a right answer is among the
// first three results. Each question goes to the portal's own search and to Pagefind, if it is installed,
// on the same pages in the same browser.
//
//     node search.mjs EXAMPLE SCRIPTS              EXAMPLE: the built example site; SCRIPTS: tests/search/site, built
//     node search.mjs EXAMPLE SCRIPTS --wrong  also lists the wrong answers to the questions that serve to improve it
//
// 40 questions served to improve the search, 20 did not. The program fails if fewer than 18 of the 20 are
// answered.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { chromium } from "playwright-core";

const [example, scripts, mode] = process.argv.slice(2);
const NEEDED = 18;
const MEDIA_TYPES = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", json: "application/json" };
const QUESTIONS = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, "../search/questions.json"), "utf8"));

// The pages that the portal's own search finds, for Pagefind. It also makes an index for each language.
const PAGES = "**/{commitments/*/*,agencies/*,plans/*,reports/*,about,accessibility,how-we-judge}/index.html";
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "search-"));
const pagefindIndex = (name, folder) => {
  const output = path.join(temporary, name);
  const { status } = spawnSync("npx", ["--no-install", "pagefind", "--site", folder, "--glob", PAGES, "--output-path", output], { cwd: import.meta.dirname });
  return status === 0 ? output : undefined;
};
const portals = Object.fromEntries(Object.entries({ example, scripts }).map(([name, folder]) => [name, { folder, pagefind: pagefindIndex(name, folder) }]));
const hasPagefind = Object.values(portals).every((portal) => portal.pagefind);

// Serves `/example/…` and `/scripts/…`.
const server = http.createServer((request, response) => {
  const [, name, ...parts] = decodeURIComponent(new URL(request.url, "http://localhost").pathname).split("/");
  const portal = portals[name];
  let full = portal && (parts[0] === "pagefind" ? path.join(portal.pagefind ?? "", ...parts.slice(1)) : path.join(portal.folder, ...parts));
  if (full && parts.at(-1) === "") full = path.join(full, "index.html");
  if (!full || !fs.existsSync(full) || !fs.statSync(full).isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": MEDIA_TYPES[full.split(".").pop()] ?? "application/octet-stream" }).end(fs.readFileSync(full));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const isInstalled = (name) => spawnSync(name, ["--version"]).status === 0;
const name = ["chromium", "chromium-browser", "google-chrome"].find(isInstalled);
if (!name) throw new Error("no Chromium on the path");
const browser = await chromium.launch({ executablePath: execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim(), args: ["--no-sandbox"] });
// Pagefind is WebAssembly, which the portal's security policy blocks.
const context = await browser.newContext({ bypassCSP: true });
const page = await context.newPage();

const homeOf = ({ portal, language }) => `http://127.0.0.1:${server.address().port}/${portal}/${language === "en" ? "" : `${language}/`}`;
const TOP = 3;
const ownAnswers = async (question) => {
  const home = homeOf(question);
  await page.goto(`${home}search/?q=${encodeURIComponent(question.query)}`);
  await page.waitForLoadState("networkidle");
  const links = await page.evaluate(() => [...document.querySelectorAll("[data-results] li a")].map((link) => link.href));
  return links.slice(0, TOP).map((link) => link.replace(home, ""));
};
const pagefindAnswers = async (question) => {
  const home = homeOf(question);
  await page.goto(`${home}search/`);
  const address = `/${question.portal}/pagefind/pagefind.js`;
  const links = await page.evaluate(async ([address, query, top]) => {
    const pagefind = await import(address);
    await pagefind.options({ baseUrl: "/" });
    const { results } = await pagefind.search(query);
    const data = await Promise.all(results.slice(0, top).map((result) => result.data()));
    return data.map((result) => result.url);
  }, [address, question.query, TOP]);
  const base = new URL(home).pathname.replace(`/${question.portal}`, "");
  return links.map((link) => decodeURIComponent(link).replace(base, ""));
};

const counts = {};
for (const question of QUESTIONS) {
  const answers = { own: await ownAnswers(question) };
  if (hasPagefind) answers.pagefind = await pagefindAnswers(question);
  const isRight = (links) => links.some((link) => question.expected.includes(decodeURIComponent(link)));
  for (const [engine, links] of Object.entries(answers)) {
    const count = ((counts[question.set] ??= {})[engine] ??= { right: 0, all: 0 });
    count.all += 1;
    if (isRight(links)) count.right += 1;
    else if (mode === "--wrong" && question.set === "tuned") console.log(`${engine}: ${question.language} "${question.query}" finds ${links.join(" ") || "nothing"}, not ${question.expected[0]}`);
  }
}
await browser.close();
server.close();
fs.rmSync(temporary, { recursive: true });

for (const [set, engines] of Object.entries(counts)) {
  for (const [engine, { right, all }] of Object.entries(engines)) console.log(`${set}, ${engine}: ${right} of ${all}`);
}
if (!hasPagefind) console.log("Pagefind is not installed, so it is not compared: npm install --no-save pagefind");
const compressed = (file) => zlib.gzipSync(fs.readFileSync(path.join(example, file)), { level: 9 }).length;
for (const file of ["assets/search.js", "search/titles.json", "search/words.json", "mn/search/titles.json", "mn/search/words.json"]) {
  if (fs.existsSync(path.join(example, file))) console.log(`${file}: ${compressed(file)} bytes compressed`);
}
process.exit(counts.untouched.own.right < NEEDED ? 1 : 0);
