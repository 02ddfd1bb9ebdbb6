// Walks pages in a real browser as different readers would, and says what is wrong.
//
//   node walk.mjs http://127.0.0.1:8080 [--pages FILE] [--follow N] [--enter PATH] [--shots DIR]
//                 [--languages zh-CN,en] [--only TEXT]
//
// --pages      a file with one path a line (# starts a comment); without it: "/"
// --follow     also visit up to N pages linked from those (default 24; 0 = only the pages named)
// --enter      a path opened once before the walk, such as a sign-in link; its cookies are kept
// --shots      a folder for screenshots: PAGE-LANGUAGE-THEME-WIDTH.png
// --only       visit only paths that contain TEXT
//
// Each page is opened with a cold cache in each language, with script and without, and then looked
// at in each theme and width. Ends with "N passed, N failed": one test is one page in one such view.
import { readFileSync, mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import axe from 'axe-core';

const WEIGHT_BYTES_MAX = 60_000; // what one first visit may transfer, all files together
const WAIT_MS_MAX = 15_000;
const HEIGHT = 900;
const AT_ONCE = 2;
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pages: { type: 'string' }, follow: { type: 'string', default: '24' },
    enter: { type: 'string' }, shots: { type: 'string' }, only: { type: 'string' },
    languages: { type: 'string', default: 'zh-CN,en' },
  },
});
if (positionals.length !== 1) {
  console.error('usage: node walk.mjs BASE_URL [--pages FILE] [--follow N] [--enter PATH] [--shots DIR]');
  process.exit(2);
}
const base = new URL(positionals[0]);
if (given.shots) mkdirSync(given.shots, { recursive: true });

const opens = given.languages.split(',').flatMap(language =>
  [true, false].map(script => ({ language, script })));
// Without script a page cannot look different by theme, so that one is seen in light only.
const views = ({ script }) => (script ? ['light', 'dark'] : ['light']).flatMap(theme =>
  [1440, 390].map(width => ({ theme, width })));

const browser = await chromium.launch({
  executablePath: process.env.MIDUN_CHROMIUM ?? '/usr/bin/chromium', args: FLAGS,
});
const cookies = given.enter ? await enter(given.enter) : undefined;
const started = Date.now();
const paths = await collect(startingPaths(), Number(given.follow));
const results = await walk(paths);
await browser.close();

const heaviest = results.reduce((a, b) => (a.bytes > b.bytes ? a : b), { bytes: 0 });
const seen = results.reduce((sum, result) => sum + result.seen, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`${paths.length} pages, heaviest ${heaviest.path} ${heaviest.bytes} bytes, `
  + `${((Date.now() - started) / 1000).toFixed(0)} s`);
console.log(`${seen - failed} passed, ${failed} failed`);
process.exit(failed || !seen ? 1 : 0);

function startingPaths() {
  if (!given.pages) return ['/'];
  return readFileSync(given.pages, 'utf8').split('\n')
    .map(line => line.replace(/#.*/, '').trim()).filter(Boolean);
}

/** Opens a sign-in link once and returns the cookies it leaves. */
async function enter(path) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const response = await page.goto(new URL(path, base).href, { timeout: WAIT_MS_MAX });
  if (!response?.ok()) throw new Error(`${path} answers ${response?.status()}`);
  const state = await context.storageState();
  await context.close();
  return state;
}

/** The starting pages, then pages they link to, nearest first. */
async function collect(paths, followMax) {
  const found = [...new Set(paths)];
  // Of pages that differ in a number, a filter or an entry of the catalogue only, the first that is
  // found stands for all.
  const shape = path => path.replace(/\?.*/, '').replace(/\d+/g, '0')
    .replace(/\/(steps|standards|procedures|documents|controls|criminal|handbook|fields|templates)\/[\w-]+/, '/$1/0');
  const shapes = new Set(found.map(shape));
  const limit = found.length + followMax;
  const context = await browser.newContext({ storageState: cookies });
  const page = await context.newPage();
  for (let i = 0; followMax && i < found.length && found.length < limit; i++) {
    await page.goto(new URL(found[i], base).href, { timeout: WAIT_MS_MAX }).catch(() => {});
    const links = await page.$$eval('a[href]:not([download])', all => all.map(a => a.href));
    for (const link of links) {
      const url = new URL(link);
      const path = url.pathname + url.search;
      const isPage = url.origin === base.origin && !/\.(?!html?$)\w{1,5}$/.test(url.pathname);
      if (!isPage || shapes.has(shape(path)) || found.length >= limit) continue;
      shapes.add(shape(path));
      found.push(path);
    }
  }
  await context.close();
  return found.filter(path => path.includes(given.only ?? ''));
}

async function walk(paths) {
  const waiting = paths.flatMap(path => opens.map(open => ({ path, open })));
  const results = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const result = { path: next.path, bytes: 0, seen: 0, failed: 0 };
      results.push(result);
      const tell = (view, faults) => {
        result.seen += 1;
        if (!faults.length) return;
        result.failed += 1;
        console.log(`FAILED ${next.path} (${name(next.open, view)})`);
        faults.forEach(fault => console.log(`  ${fault}`));
      };
      await visit(next, result, tell).catch(error => tell({}, [String(error).split('\n')[0]]));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** Opens a page once; `tell` gets each view of it with the faults seen in it or on the way there. */
async function visit({ path, open }, result, tell) {
  const [first] = views(open);
  const context = await browser.newContext({
    storageState: cookies, locale: open.language, colorScheme: first.theme, javaScriptEnabled: open.script,
    viewport: { width: first.width, height: HEIGHT }, reducedMotion: 'reduce',
  });
  try {
    const page = await context.newPage();
    let faults = [];
    page.on('request', request => {
      const url = new URL(request.url());
      if (url.protocol !== 'data:' && url.host !== base.host) faults.push(`asks another host: ${url.href}`);
    });
    page.on('response', response => {
      if (response.status() >= 400) faults.push(`${response.status()} for ${response.url()}`);
    });
    page.on('console', message => {
      if (message.type() === 'error') faults.push(`console: ${message.text()}`);
    });
    page.on('pageerror', error => faults.push(`script: ${error.message}`));
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    network.on('Network.loadingFinished', event => { result.bytes += event.encodedDataLength; });

    await page.goto(new URL(path, base).href, { waitUntil: 'load', timeout: WAIT_MS_MAX });
    if (open.script) await page.evaluate(axe.source);
    for (const view of views(open)) {
      await page.setViewportSize({ width: view.width, height: HEIGHT });
      await page.emulateMedia({ colorScheme: view.theme });
      faults.push(...await look(page, open));
      if (result.bytes > WEIGHT_BYTES_MAX) faults.push(`weighs ${result.bytes} bytes, limit ${WEIGHT_BYTES_MAX}`);
      if (open.script) faults.push(...await accessibility(page, view));
      if (given.shots && open.script) {
        await page.screenshot({ path: `${given.shots}/${slug(path)}-${name(open, view)}.png`, fullPage: true });
      }
      tell(view, faults);
      faults = [];
    }
  } finally {
    await context.close();
  }
}

/** What can be seen without a rule book: one title, the right language, nothing cut off. */
async function look(page, { language }) {
  const seen = await page.evaluate(() => ({
    headings: document.querySelectorAll('h1').length,
    title: document.title.trim(),
    language: document.documentElement.lang,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    text: document.body.innerText,
  }));
  const faults = [];
  if (seen.headings !== 1) faults.push(`${seen.headings} h1, should be 1`);
  if (!seen.title) faults.push('no title');
  if (seen.language.split('-')[0] !== language.split('-')[0]) {
    faults.push(`html lang is "${seen.language}" for a reader of ${language}`);
  }
  if (seen.overflow > 0) faults.push(`scrolls sideways by ${seen.overflow} px`);
  if (seen.text.length < 20) faults.push('almost no text');
  const hole = seen.text.match(/unknown localization.*|\{\s*\$\w+\s*\}/i);
  if (hole) faults.push(`words are missing: ${hole[0]}`);
  return faults;
}

/** What axe finds; of the dark theme only its colours, since all else is as in the light one. */
async function accessibility(page, { theme }) {
  const runOnly = theme === 'light'
    ? { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }
    : { type: 'rule', values: ['color-contrast'] };
  const violations = await page.evaluate(async options => {
    const { violations } = await window.axe.run(document, options);
    return violations.map(({ id, help, nodes }) => ({ id, help, targets: nodes.map(node => node.target.join(' ')) }));
  }, { runOnly, resultTypes: ['violations'] });
  return violations.map(({ id, help, targets }) => `axe ${id}: ${help}: ${targets.slice(0, 3).join(' | ')}`
    + (targets.length > 3 ? ` and ${targets.length - 3} more` : ''));
}

function name({ language, script }, { theme, width }) {
  return [language, theme, width, !script && 'noscript'].filter(Boolean).join('-');
}

function slug(path) {
  return path.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60) || 'home';
}
