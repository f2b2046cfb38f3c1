import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

/**
 * What the page weighs, and how long one waits for it: `npm run build`, then `node test/bench/page.mjs [RUNS]`. The command itself
 * serves it. A cold start is a browser's new context each time; worth anything on a machine that has nothing else to do.
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const runs = Number(process.argv[2] ?? 20);
const server = spawn(process.execPath, [`${root}dist/app/main.js`, 'page', '--no-open']);
process.on('exit', () => server.kill());
const url = await new Promise((resolve) => {
  server.stdout.on('data', (line) => resolve(String(line).trim()));
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

const p90 = (times) => times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.ceil(times.length * 0.9) - 1)];
const median = (times) => times.toSorted((a, b) => a - b)[times.length >> 1];
const told = (what, times) =>
  console.log(
    times.length === 0 ? `${what}: nothing` : `${what}: median ${median(times).toFixed(1)} ms, p90 ${p90(times).toFixed(1)} ms`,
  );
const source = (name) => readFileSync(`${root}examples/${name}.grad`, 'utf8');
const linked = (text) => `${url}#m=${deflateRawSync(text).toString('base64url')}`;

const folder = `${root}dist/page/`;
const text = (name) => readFileSync(folder + name, 'utf8');
const assets = readdirSync(`${folder}assets`).map((name) => `assets/${name}`);

/** A script with all that it imports, but for what it loads later. */
function closure(names, found = new Set()) {
  for (const name of names) {
    if (found.has(name)) continue;
    found.add(name);
    const imports = text(name).matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g);
    closure(
      [...imports].map(([, file]) => `assets/${file}`),
      found,
    );
  }
  return found;
}

/** Fonts that the first view shows. */
async function fonts() {
  const page = await browser.newPage();
  const seen = new Set();
  page.on('request', (request) => {
    if (request.url().endsWith('.woff2')) seen.add(new URL(request.url()).pathname.slice(1));
  });
  await page.goto(url);
  await page.waitForSelector('.rows .formula', { state: 'attached' });
  await page.evaluate('document.fonts.ready.then(() => {})');
  await page.close();
  return [...seen];
}

const weight = (name) =>
  name.endsWith('.woff2') ? readFileSync(folder + name).length : gzipSync(readFileSync(folder + name)).length;
const weightOf = (names) => [...names].reduce((total, name) => total + weight(name), 0) / 1000;
const html = text('index.html');
const linkedFrom = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, name]) => name);
const page = new Set(['index.html', ...closure(linkedFrom.filter((name) => name.endsWith('.js'))), ...linkedFrom]);
const named = (pattern) => assets.filter((name) => pattern.test(name));
const engine = closure(named(/^assets\/(main|typeset)-.*\.js$/));
const set = await fonts();
const kilobytes = (what, names) => console.log(`${what.padEnd(46)} ${weightOf(names).toFixed(1).padStart(7)} kB gzipped`);
kilobytes('document, scripts and style of the page', page);
kilobytes('fonts of the first view', set);
kilobytes('first view', [...page, ...set]);
kilobytes('engine up to its first derivation, with KaTeX', engine);
kilobytes('of it KaTeX', named(/^assets\/typeset-.*\.js$/));
kilobytes('all of it', new Set([...page, ...set, ...engine]));
for (const name of [...engine, ...page].sort((a, b) => weight(b) - weight(a)).slice(0, 24))
  console.log(`  ${(weight(name) / 1000).toFixed(1).padStart(7)}  ${name}`);

/** Milliseconds from the address to the first frame that has the derivation. */
async function opened(at) {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.addInitScript(`{
    const look = () => document.querySelector('#page .rows .formula')?.checkVisibility({ visibilityProperty: true })
      ? requestAnimationFrame(() => { globalThis.shownAt = performance.now(); }) : requestAnimationFrame(look);
    requestAnimationFrame(look);
  }`);
  await page.goto(at, { waitUntil: 'commit' });
  await page.waitForFunction(() => globalThis.shownAt, undefined, { polling: 50 });
  const time = await page.evaluate('globalThis.shownAt');
  await context.close();
  return time;
}

for (const [what, at] of [
  ['first view', url],
  ['linked model', linked(source('xor-hidden'))],
]) {
  const times = [];
  for (let k = 0; k < runs; k++) times.push(await opened(at));
  told(`${what} on screen, cold`, times);
}

/** Put before the worker's script: what it sends says how long it took, whatever the page is busy with meanwhile. */
const STAMPED = `{
  const heard = new Map();
  addEventListener('message', ({ data }) => heard.set(data.id, performance.now()));
  const { postMessage } = self;
  self.postMessage = (reply) => postMessage.call(self, { ...reply, took: performance.now() - heard.get(reply.id) });
}
`;

/** An edit of a formula, other digits each time: what the worker takes, until the page has its answer, and until it is painted. */
async function edits(name, text, pause, isChecking) {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(`{
    const { postMessage } = Worker.prototype;
    globalThis.answers = [];
    Worker.prototype.postMessage = function (call, ...rest) {
      if (call.task === 'sheet') {
        const begun = performance.now();
        const heard = ({ data }) => {
          if (data.id !== call.id || 'progress' in data) return;
          this.removeEventListener('message', heard);
          const answered = performance.now();
          const { took } = data;
          requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () =>
            globalThis.answers.push([answered - begun, performance.now() - globalThis.pressed, took]); channel.port2.postMessage(0); });
        };
        this.addEventListener('message', heard);
      }
      return postMessage.call(this, call, ...rest);
    };
    addEventListener('keydown', () => { globalThis.pressed = performance.now(); }, true);
  }`);
  await page.route(/\/main-[\w-]+\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: STAMPED + (await response.text()) });
  });
  await page.goto(linked(text));
  await page.waitForSelector('.cm-content');
  await page.waitForSelector('.rows .formula', { state: 'attached' });
  await page.waitForTimeout(1500);
  await page.locator('.cm-content').first().click();
  await page.keyboard.press('Control+End');
  for (let k = text.lastIndexOf('.^2') + 3; k < text.length; k++) await page.keyboard.press('ArrowLeft');
  const press = async (k) => {
    await page.keyboard.press(k % 2 ? 'Backspace' : `Digit${(k / 2) % 10}`);
    await page.waitForTimeout(pause);
  };
  for (let k = 0; k < 10; k++) await press(k);
  await page.evaluate('globalThis.answers.length = 0');
  if (isChecking) await page.evaluate(`document.querySelector('.train button')?.click()`);
  for (let k = 0; k < 40; k++) await press(k);
  const answers = await page.evaluate('globalThis.answers');
  await context.close();
  const what = `${name}, ${pause} ms between keys${isChecking ? ', while it trains' : ''}`;
  told(
    `${what}: the worker took`,
    answers.map(([, , took]) => took),
  );
  told(
    `${what}: answered`,
    answers.map(([time]) => time),
  );
  told(
    `${what}: painted`,
    answers.map(([, time]) => time),
  );
}

for (const name of ['xor-hidden', 'models/attention'])
  for (const pause of [120, 300]) for (const isChecking of [false, true]) await edits(name, source(name), pause, isChecking);

/** XOR's 5,000 epochs, drawn live: how long they take, and the gaps between frames meanwhile. */
async function trained() {
  const context = await browser.newContext({ reducedMotion: 'no-preference', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(linked(source('xor-hidden')));
  await page.waitForSelector('.train .state');
  await page.getByLabel('Epochs', { exact: true }).fill('5000');
  await page.getByLabel('Epochs', { exact: true }).press('Tab');
  await page.waitForTimeout(1500);
  const found = await page.evaluate(`new Promise((resolve) => {
    const epoch = () => Number(document.querySelector('.state .epoch b').textContent);
    const frames = [];
    const seen = new Set();
    const begun = performance.now();
    const look = (now) => {
      frames.push(now);
      seen.add(epoch());
      if (epoch() < 5000 && now - begun < 20_000) requestAnimationFrame(look);
      else resolve({ time: performance.now() - begun, seen: seen.size,
        gaps: frames.slice(1).map((at, k) => at - frames[k]) });
    };
    requestAnimationFrame(look);
    document.querySelector('.controls .main').click();
  })`);
  await context.close();
  return found;
}

const courses = [];
for (let k = 0; k < runs; k++) courses.push(await trained());
told(
  'XOR, 5,000 epochs drawn live',
  courses.map(({ time }) => time),
);
told(
  'longest gap between frames meanwhile',
  courses.map(({ gaps }) => Math.max(...gaps)),
);
const gaps = courses.flatMap((course) => course.gaps);
told('gaps between frames', gaps);
console.log(
  `of ${gaps.length} gaps ${gaps.filter((gap) => gap > 34).length} above 33 ms; pictures ${courses.map(({ seen }) => seen).join(' ')}`,
);

await browser.close();
server.kill();
