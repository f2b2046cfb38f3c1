import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { beforeAll, describe, expect, test } from 'vitest';
import { derive } from '../../src/api/derive.ts';
import { type TrainOptions, train } from '../../src/api/train.ts';
import { katexFiles } from '../../src/app/katex-files.ts';
import { chinese } from '../../src/derivation/words/zh.ts';
import { derivationReport, trainingReport } from '../../src/report/index.ts';
import { exampleNamed, examples, reportOf } from './examples.ts';

const svgsOf = (html: string): string[] => html.match(/<svg (?=[^>]*role="img").*?<\/svg>/gs) ?? [];
/** Fonts are base64, in which anything may stand. */
const withoutFonts = (html: string): string => html.replace(/url\(data:[^)]*\)/g, 'url()');
/** What of a page matches, so that a failure does not print the page. */
const found = (html: string, pattern: RegExp): string | undefined => pattern.exec(withoutFonts(html))?.[0];

describe.each(examples.map((e) => [e.name, e] as const))('the report of %s', (_, example) => {
  let html = '';
  beforeAll(async () => {
    html = await reportOf(example);
  });

  test('is one page that asks the network for nothing', () => {
    const rest = withoutFonts(html)
      .replaceAll('http://www.w3.org/2000/svg', '')
      .replaceAll('http://www.w3.org/1998/Math/MathML', '');
    expect(found(rest, /https?:/)).toBeUndefined();
    expect(found(rest, /(?:src|href)="(?!#|data:)/)).toBeUndefined();
    expect(found(rest, /url\((?!#|\))/)).toBeUndefined();
    expect(found(rest, /<script/)).toBeUndefined();
  });

  test('is under 1.5 MB', () => {
    expect(html.length).toBeLessThan(1_500_000);
  });

  test('has pictures that are well-formed and say what they are', () => {
    const svgs = svgsOf(html);
    expect(svgs.length).toBeGreaterThan(1);
    for (const svg of svgs) {
      expect(XMLValidator.validate(svg)).toBe(true);
      const { svg: root } = new XMLParser({ ignoreAttributes: false }).parse(svg);
      expect(root.title['#text']).not.toBe('');
      expect(root.desc['#text']).not.toBe('');
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  test('has no id twice, and its headings in order', () => {
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    levels.slice(1).forEach((level, k) => {
      expect(level).toBeGreaterThan(1);
      expect(level - levels[k]!).toBeLessThanOrEqual(1);
    });
  });

  test('shows no formula that KaTeX could not set', () => {
    expect(html.includes('class="katex"')).toBe(true);
    expect(html.includes('katex-error')).toBe(false);
  });
});

describe('what the data allow is drawn', () => {
  const titles = async (name: string) =>
    svgsOf(await reportOf(exampleNamed(name))).map((svg) => /<title [^>]*>(.*?)<\/title>/.exec(svg)![1]);
  const [graph, curve, surface] = ['Computational graph', 'Cost over the epochs', 'Cost surface and path of descent'];
  const rates = 'Learning rates';

  test('two features and two classes: the boundary', async () => {
    expect(await titles('or-gate')).toEqual([graph, graph, curve, rates, 'Decision boundary', surface]);
  });
  test('two features and their product: the boundary in the two', async () => {
    expect(await titles('xor-cross')).toContain('Decision boundary');
  });
  test('one feature: the fitted line', async () => {
    expect(await titles('line')).toEqual([graph, graph, curve, rates, 'Fit', surface]);
  });
  test('a single example: neither', async () => {
    expect(await titles('one-example')).toEqual([graph, graph, curve, rates, surface]);
  });
});

test('the boundary of the OR gate leaves the one 0 on its own side', async () => {
  const html = await reportOf(exampleNamed('or-gate'));
  const boundary = svgsOf(html).find((svg) => svg.includes('id="boundary-title"'))!;
  expect(boundary.match(/<circle class="example"/g)).toHaveLength(1 + 1);
  expect(boundary.match(/<path class="example"/g)).toHaveLength(3 + 1);
});

test('names and sources are text, not markup', async () => {
  const source = 'a*b # <script>alert("x")</script>';
  const html = await derivationReport(derive(source, ['a', 'b']), { source, title: '<b>&', katex: katexFiles });
  expect(html.includes('<script>')).toBe(false);
  expect(html.includes('<title>&lt;b&gt;&amp;: derivation</title>')).toBe(true);
});

test('an expression without values shows shapes, and no numbers', async () => {
  const source = 'sum((A*x - b).^2)/2';
  const html = await derivationReport(derive(source, 'x', { shapes: { A: ['m', 'n'], x: ['n'], b: ['m'] } }), {
    source,
    katex: katexFiles,
  });
  expect(html.includes(`<title>${source}: derivation</title>`)).toBe(true);
  expect(html.includes('m×n')).toBe(true);
  expect(html.includes('class="numbers')).toBe(false);
});

test('a page has the notation of its source, unless another is asked for', async () => {
  const source = 'data A : [m, n]; param B : [n, p]; C[i, j] = sum[k](A[i, k]*B[k, j]); minimize J = sum(C.^2)';
  const pageIn = (notation?: 'matrix' | 'index') =>
    derivationReport(derive(source), { source, katex: katexFiles, ...(notation && { notation }) });
  const tex = (html: string) => /<ul class="formulas">.*?x-tex">([^<]*)/s.exec(html)![1];
  expect(tex(await pageIn())).toMatch(/^\\displaystyle C_\{\w\w\} = \\sum_\{\w\} A_/);
  expect(tex(await pageIn('matrix'))).toBe('\\displaystyle C = A B');
});

test('of a function of one number the page says d, and nothing of shapes', async () => {
  const source = 'x^2*sin(x)';
  const html = await derivationReport(derive(source, 'x'), { source, katex: katexFiles });
  expect(html.includes('\\frac{d f}{d x}')).toBe(true);
  expect(html.includes('id="conventions"')).toBe(false);
});

test('an objective that cannot be checked says why', async () => {
  const source = 'log(-1 - x^2)';
  const html = await derivationReport(derive(source, 'x'), { source, katex: katexFiles });
  expect(html.includes('The derivatives were not checked')).toBe(true);
});

test('a run that diverges is reported with its last finite values', async () => {
  const { source } = exampleNamed('tanh-neuron');
  const options = { epochs: 2000, lr: 10 };
  const result = await train(source, {}, options);
  expect(result.stopped).toBe('diverged');
  const html = await trainingReport(result, options, { source, katex: katexFiles });
  expect(html.includes('The run diverged')).toBe(true);
  expect(found(html, /NaN/)).toBeUndefined();
});

test('a fit is drawn where it has values: what has none is left out', async () => {
  const given = 'data x : [n] = [0.1, 1, 2, 3], y : [n] = [0, 1, 2, 2.5]';
  // The curve reaches to the left of 0.
  const source = `${given}\nparam a = 1, b = 0\nminimize C = sum((a*log(x) + b - y).^2)`;
  const options = { optimizer: 'auto' };
  const html = await trainingReport(await train(source, {}, options), options, { source, katex: katexFiles });
  expect(html).toContain('class="band"');
  expect(html).not.toMatch(/="[^"]*(NaN|Infinity)/);
});

test('residuals are drawn in their own units, whatever weighs them', async () => {
  const drawn = async (cost: string) => {
    const source = `data x : [n] = [1, 2, 3, 4, 5]; data y : [n] = [2, 4, 6, 8, 11]; param a = 1; param b = 0; minimize ${cost}`;
    const options = { optimizer: 'auto' };
    const html = await trainingReport(await train(source, {}, options), options, { source, katex: katexFiles });
    return [...html.matchAll(/<line class="earlier"[^>]*>/g)].map(([line]) => line);
  };
  const plain = await drawn('sum((a*x + b - y).^2)');
  expect(plain).toHaveLength(2);
  expect(await drawn('sum((a*x + b - y).^2)/0.01')).toEqual(plain);
});

describe('a run with examples put aside', () => {
  const source = `data X : [n, 1], Y : [n, 2] onehot cols
param W : [1, 2] = 0, b : [1, 2] = 0
P = softmax(X*W + b, cols)
metric accuracy = mean(sum(P.*Y, cols) > 0.5)
minimize C = -sum(Y.*log(P))/n`;
  const X = Array.from({ length: 40 }, (_, k) => [Math.sin(3 * k)]);
  const Y = X.map(([x], k) => (x! + 0.8 * Math.cos(5 * k) > 0 ? 'ham' : '<spam>'));
  const reported = async (options: TrainOptions) => {
    const result = await train(source, { X, Y }, options);
    const classes = { Y: Object.values(result.classes)[0]! };
    const data = { X, Y: Y.map((y) => classes.Y.map((of) => (of === y ? 1 : 0))) };
    return { result, html: await trainingReport(result, options, { source, data, classes, katex: katexFiles }) };
  };
  const cellsOf = (html: string) =>
    [
      ...html
        .split('put aside for the end</th>')[1]!
        .split('</table>')[0]!
        .matchAll(/<tr>(.*?)<\/tr>/g),
    ].map(([, cells]) =>
      [...cells!.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) =>
        /x-tex">([^<]*)</.exec(cell!)?.[1]?.replace('\\displaystyle ', ''),
      ),
    );

  test('tells where it went back to, what the others cost and score, and the classes', async () => {
    const options = { epochs: 400, lr: 3, validation: 0.3, patience: 15, test: 0.2 };
    const { result, html } = await reported(options);
    expect(result.stopped).toBe('early');
    expect(html).toContain(`The parameters are those after epoch ${result.best}, the best.`);
    const shown = (x: number) => String(Number(x.toPrecision(6)));
    const [costs, accuracy] = cellsOf(html) as [string[], string[]];
    expect(costs.slice(1)).toEqual([result.cost, result.validation![result.best! - 1]!, result.test!.cost].map(shown));
    expect(accuracy.slice(1)).toEqual([undefined, ...[result.metrics!.accuracy!, result.test!.metrics.accuracy!].map(shown)]);
    expect(html).toMatch(/The classes of .* are &lt;spam&gt;, ham\./);
    const curve = /<svg[^>]*aria-labelledby="curve-title[\s\S]*?<\/svg>/.exec(html)![0];
    for (const label of ['learned from', 'validation', 'the best']) expect(curve).toContain(`>${label}<`);
    expect(curve.match(/class="mark path"/g)).toHaveLength(2);
  });

  test('has its metrics of all where none are', async () => {
    const { result, html } = await reported({ epochs: 20 });
    expect(html).toContain('accuracy');
    expect(html).not.toContain('validation');
    expect(html).toContain(String(Number(result.metrics!.accuracy!.toPrecision(6))));
  });
});

describe('the sections', () => {
  const titlesOf = (html: string) => [...html.matchAll(/<section id="([a-z]+)"/g)].map(([, id]) => id);
  test('stand in one order on every page', async () => {
    const { source } = exampleNamed('or-gate');
    const derived = await derivationReport(derive(source), { source, katex: katexFiles, numbers: {} });
    const scalar = await derivationReport(derive('x^2*sin(x)', 'x'), {
      source: 'x^2*sin(x)',
      katex: katexFiles,
      numbers: { x: 2 },
      data: { x: 2 },
    });
    const order = [
      'source',
      'formulas',
      'derivation',
      'closed',
      'slope',
      'graph',
      'numbers',
      'inputs',
      'lemmas',
      'conventions',
      'check',
      'training',
    ];
    for (const html of [derived, scalar, await reportOf(exampleNamed('or-gate'))]) {
      const found = titlesOf(html);
      expect(found).toEqual(order.filter((id) => found.includes(id)));
      expect(found).toEqual(expect.arrayContaining(['derivation', 'graph', 'inputs', 'check']));
    }
    expect(titlesOf(scalar)).toContain('numbers');
  });
  test('hold the source folded', async () => {
    const html = await reportOf(exampleNamed('line'));
    expect(found(html, /<section id="source"[^>]*>\n<details><summary><h2/)).toBeDefined();
  });
});

describe('what happens in a derivation for the first time is open', () => {
  const openIn = async (source: string) => {
    const html = await derivationReport(derive(source), { source, katex: katexFiles });
    const derivation = /<section id="derivation".*?<\/section>/s.exec(html)![0];
    const steps = derivation.split('<li>').slice(1);
    return steps.map((step) => step.startsWith('<details open>'));
  };
  test('two paths', async () => {
    expect(await openIn('param a = 2, b = 1; c = a + b; d = b + 1; minimize e = c*d')).toEqual([false, false, false, true]);
  });
  test('a sum over examples once, where all parameters have one', async () => {
    const open = await openIn(exampleNamed('or-gate').source);
    expect(open.filter(Boolean).length).toBeGreaterThan(0);
    expect(open.filter(Boolean).length).toBeLessThan(open.length);
  });
});

test('words come in Chinese', async () => {
  const html = await reportOf(exampleNamed('or-gate'), chinese);
  expect(html.includes('<html lang="zh-Hans">')).toBe(true);
  expect(html.includes('决策边界')).toBe(true);
  expect(found(html, /Training|Gradient check|parameter/)).toBeUndefined();
});
