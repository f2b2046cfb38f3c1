import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { blocksOf, page as pageOf } from '../support/snippets.ts';
import { BUILT, browsing, overflow, PHONE, stumbles } from './support.ts';

/** A page of somebody's, with derivations on it. */
const folder = mkdtempSync(join(tmpdir(), 'gradus-element-'));
copyFileSync(join(BUILT, 'gradus-derivation.js'), join(folder, 'gradus-derivation.js'));
writeFileSync(
  join(folder, 'index.html'),
  `<!doctype html><html lang="en"><head><meta charset="utf-8" /><meta name="viewport" content="width=device-width" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src data:" />
<title>A lecture</title><link rel="icon" href="data:," /><style>p { color: #444; }</style></head><body><main><h1>A lecture</h1>
<h2>One</h2><gradus-derivation id="first">x^2*sin(x)</gradus-derivation>
<h2>Two</h2><gradus-derivation id="second" notation="index">
  data X : [m, n], y : [m]
  param w : [n]
  minimize sum((X*w - y).^2)/m
</gradus-derivation>
<h2>三</h2><div lang="zh"><gradus-derivation id="third" detail="brief">x^2*sin(x)</gradus-derivation></div>
<h2>Four</h2><gradus-derivation id="wrong">x +* 2</gradus-derivation>
</main><script src="gradus-derivation.js"></script><script src="gradus-derivation.js"></script></body></html>`,
);
const sample = blocksOf(pageOf('README.md')).find(({ language }) => language === 'html')!.text;
writeFileSync(
  join(folder, 'sample.html'),
  `<!doctype html><html lang="en"><head><meta charset="utf-8" /></head>${sample}</html>`,
);
const site = browsing(folder);
afterAll(() => rmSync(folder, { recursive: true }));

test('derivations stand on a page of somebody, with one script beside them', async () => {
  const { page, context, complaints } = await site.open({ ...PHONE, open: true });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const html = (id: string) => page.evaluate<string>(`document.getElementById('${id}').shadowRoot.innerHTML`);
  await expect.poll(() => html('wrong')).toContain('role="alert"');

  expect(await html('first')).toContain('<math');
  expect(await html('first')).not.toContain('class="katex-html"');
  expect(await html('second')).toContain('<mi>k</mi>');
  expect(await html('third')).toMatch(/\p{Script=Han}/u);
  expect(await html('wrong')).toContain('x +* 2');
  // The page's own style is the page's, and the element's its own.
  expect(await page.evaluate('getComputedStyle(document.getElementById("first")).display')).toBe('block');
  expect(await overflow(page)).toBe(0);
  expect(await stumbles(page)).toEqual([]);
  expect(complaints).toEqual([]);
  expect(asked).toEqual([]);

  // Another source is derived in its place.
  await page.evaluate('document.getElementById("first").textContent = "tanh(q)"');
  await expect.poll(() => html('first')).toContain('<mi>q</mi>');
  await page.evaluate('document.getElementById("first").setAttribute("lang", "zh")');
  await expect.poll(() => html('first')).toMatch(/\p{Script=Han}/u);
  await context.close();
});

test('the sample of README.md is what it says', async () => {
  const { page, context } = await site.open({ at: 'sample.html' });
  const shown = (k: number) =>
    page.evaluate<string>(`document.querySelectorAll('gradus-derivation')[${k}].shadowRoot.textContent`);
  await expect.poll(() => shown(1)).toMatch(/\p{Script=Han}/u);
  expect(await shown(0)).toContain('∂w');
  expect(await shown(0)).not.toContain('∂b');
  // An event tells when another text is set.
  const set = page.evaluate(`new Promise((done) => addEventListener('set', () => done('set'), { once: true }))`);
  await page.evaluate(`document.querySelector('gradus-derivation').textContent = 'tanh(q)'`);
  await page.evaluate(`document.querySelector('gradus-derivation').setAttribute('wrt', 'q')`);
  expect(await set).toBe('set');
  await expect.poll(() => shown(0)).toContain('tanh');
  await context.close();
});

test('steps open by the keyboard, and all of them on paper', async () => {
  const { page, context } = await site.open();
  await page.waitForFunction('document.querySelector("#first").shadowRoot.querySelector("summary")');
  const open = () => page.evaluate('document.querySelector("#first").shadowRoot.querySelectorAll("details[open]").length');
  const all = await page.evaluate('document.querySelector("#first").shadowRoot.querySelectorAll("details").length');
  const before = await open();
  await page.evaluate('document.querySelector("#first").shadowRoot.querySelector("summary").focus()');
  await page.keyboard.press('Enter');
  expect(await open()).not.toBe(before);
  const now = await open();
  await page.evaluate('dispatchEvent(new Event("beforeprint"))');
  expect(await open()).toBe(all);
  await page.evaluate('dispatchEvent(new Event("afterprint"))');
  expect(await open()).toBe(now);
  await context.close();
});
