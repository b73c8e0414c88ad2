// Lighthouse on the pages that people live on, of a running demo: node tests/lighthouse.mjs DESCRIPTION.json
// Run by `tests/deep lighthouse`, which fetches the npm package `lighthouse` and puts it on the module path.
// Prints the figures and what cost points; fails when accessibility or best practices are below 100.
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const from = createRequire(`${process.env.LIGHTHOUSE_FOLDER}/package.json`);
const load = (name) => import(pathToFileURL(from.resolve(name)).href);
const { default: lighthouse, desktopConfig } = await load("lighthouse");
const puppeteer = (await load("puppeteer-core")).default;

const demo = JSON.parse(await readFile(process.argv[2], "utf8"));
const [office] = demo.offices;
const desk = `${demo.base_url}/kantor/${office.slug}`;
const pages = [
  { name: "masuk", url: `${demo.base_url}/masuk` },
  { name: "antrean", url: `${desk}/antrean`, role: "operator" },
  { name: "permohonan", url: `${desk}/antrean?tab=saya`, role: "operator", follow: "/permohonan/0" },
  { name: "ringkasan", url: `${desk}/ringkasan`, role: "head" },
];
const FLAGS = { onlyCategories: ["accessibility", "best-practices", "performance"], disableStorageReset: true, logLevel: "error" };

async function signedIn(browser, role) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  if (!role) return page;
  const account = office.accounts.find((one) => one.role === role);
  await page.goto(`${demo.base_url}/masuk`);
  await page.type("[name=email]", account.email);
  await page.type("[name=password]", account.password);
  await Promise.all([page.waitForNavigation(), page.click("main form button[type=submit]")]);
  return page;
}

async function address(page, { url, follow }) {
  if (!follow) return url;
  await page.goto(url);
  return page.$$eval("a[href]", (links, part) => links.find((link) => link.href.includes(part)).href, follow);
}

// Chromium keeps no sandbox for root, which is who runs tests in a container.
const args = process.getuid() === 0 ? ["--no-sandbox"] : [];
const browser = await puppeteer.launch({ executablePath: "/usr/bin/chromium", args });
let wrong = 0;
for (const one of pages) {
  for (const [screen, config] of [["desk", desktopConfig], ["phone", undefined]]) {
    const page = await signedIn(browser, one.role);
    const { lhr } = await lighthouse(await address(page, one), FLAGS, config, page);
    const points = Object.values(lhr.categories).map((part) => `${part.id} ${Math.round(part.score * 100)}`);
    console.log(`${one.name} ${screen}: ${points.join(", ")}`);
    for (const part of Object.values(lhr.categories)) {
      if (part.id === "performance") continue;
      if (part.score < 1) wrong += 1;
      for (const { id, weight } of part.auditRefs) {
        const audit = lhr.audits[id];
        if (weight > 0 && audit.score !== null && audit.score < 1) {
          console.log(`    ${id}: ${audit.title} ${JSON.stringify(audit.details?.items?.slice(0, 3) ?? [])}`);
        }
      }
    }
    await page.browserContext().close();
  }
}
await browser.close();
process.exitCode = wrong === 0 ? 0 : 1;
