import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check, compile, derive, GradusError, hessian, jvp, lemma, simplify, train } from '../../src/index.ts';
import { emptyState, evaluateLine } from '../../src/session/evaluate.ts';
import { errorHelp } from '../../src/session/help/errors.ts';
import { functionNames } from '../../src/session/help/function.ts';
import { gradus } from './harness.ts';

/** What is said in Chinese has no English left in it but code and names. */

/** Words of the language, of the command line and of those who wrote the sources below. */
const CODE = new Set(
  `gradus derive train check eval export page help shape functions sin cos exp log ln sum mean max min norm logsumexp softmax prod var where
  and or not in rows cols all minimize maximize data param const symmetric positive int distribution onehot normal uniform xavier
  he zeros ones true false Cost cost inf json csv grad text ascii latex html markdown options name names value values lang full brief
  matrix mathjs Map Expression NaN wrt set digits epochs lr optimizer gd batch seed points steps closure auto js jacobian diff
  outer kron vector inv det nul blue shapes maxEntries order precision backend JavaScript WebAssembly defaults threads fma wasm source nosuch foo many typo model file
  bar xlogy mod gamma Float Array derivative gradus relu sigmoid tanh command topic shell entries zz sine SIGINT steps format
  output notation numbers max color version report quiet load save undo EPOCHS NAME FILE batchAxis shuffle axis never always
  Tab Ctrl alpha init argv partials partial block hint step small glorot sgd inputs error bash zsh fish compinit config completion syntax argument domain
  import Ax xy unsupported limit diverged usage lr LaTeX adam momentum heavy ball nesterov nag adagrad rmsprop adamw lbfgs bfgs
  newton cg levenberg marquardt lm hot cold Levenberg Marquardt BFGS Wolfe mse validation patience params npz metric accuracy
  exponential epoch rate dZ on off en zh engine jax Python comma semicolon tab colon space no maybe yes`.split(/\s+/),
);

/** English words in a text, code between signs and in capitals apart. */
function leftover(text: string): string[] {
  const prose = text
    .split('\n')
    // The line that an error is about, and the mark below it, are the source; examples are command lines.
    .filter((line) => !/│/.test(line) && !/^ {2}gradus /.test(line))
    .join('\n')
    .replace(/`[^`]*`/g, '')
    .replace(/"[^"\n]*"/g, '')
    .replace(/'[^'\n]*'/g, '')
    .replace(/<[^>]*>|--[\w-]+|[\w./~-]*\/[\w./~-]+|\.\w+\b|:\w+/g, '')
    .replace(/\\\w+/g, '');
  const words = prose.match(/(?<![\p{L}\p{N}_])[A-Za-z]{2,}(?![\p{L}\p{N}_(′])/gu) ?? [];
  return words.filter((word) => !CODE.has(word) && !/^[A-Z]+$/.test(word));
}

const HAN = /\p{Script=Han}/u;

function expectChinese(text: string | undefined): void {
  expect(text).toMatch(HAN);
  expect({ text, leftover: leftover(text!) }).toEqual({ text, leftover: [] });
}

const refused = async (call: () => unknown): Promise<GradusError> => {
  try {
    await call();
  } catch (error) {
    expect(error).toBeInstanceOf(GradusError);
    return error as GradusError;
  }
  throw new Error('nothing was thrown');
};

describe('the API', () => {
  const zh = { lang: 'zh' } as const;
  const shaped = { ...zh, shapes: { A: [2, 3], B: [2, 3], x: [3], y: ['n'] } } as const;

  test.each<[string, () => unknown]>([
    ['an operand missing', () => derive('x^', zh)],
    ['a bracket open', () => derive('(x + 1', zh)],
    ['a bracket too many', () => derive('x + 1)', zh)],
    ['a function unknown', () => derive('sine(x)', zh)],
    ['two readings', () => derive('a/2m', 'a', zh)],
    ['a dash', () => derive('x – 1', zh)],
    ['no such character', () => derive('x ¤ 1', zh)],
    ['a fraction of names', () => derive('sin^-1(x)', zh)],
    ['arguments too many', () => derive('sin(x, y)', zh)],
    ['a juxtaposed transpose', () => derive("x'Ax", 'x', { ...zh, shapes: { x: ['n'], A: ['n', 'n'] } })],
    ['two signs side by side', () => derive('a -- b', 'a', zh)],
    ['an index below a sum', () => derive('sum_i(x_i)', zh)],
    ['an exponent of a function', () => derive('exp^x', zh)],
    ['a derivative in brackets', () => derive('(d/dx) x^2', zh)],
    ['a line of LaTeX', () => derive('\\frac{x}{2} + 1', zh)],
    ['words of elsewhere', () => derive('import numpy', zh)],
    ['a remainder in words', () => derive('a div 2', zh)],
    ['bounds in the wrong order', () => derive('param w ~ uniform(1, 0); minimize w^2', zh)],
    ['a source of definitions', () => derive('f(x) = x^2', zh)],
    ['a claim about several names', () => check('x*z', { ...zh, claim: 'x' } as never)],
    ['an empty source', () => derive('', zh)],
    ['shapes', () => derive('A + x', 'x', shaped)],
    ['a product', () => derive('A*B', 'A', shaped)],
    ['a square matrix needed', () => derive('inv(A)', 'A', shaped)],
    ['an axis missing', () => derive('softmax(A)', 'A', shaped)],
    ['no such axis', () => derive('sum(A, k)', 'A', shaped)],
    ['a subscript beyond', () => derive('x[7]', 'x', shaped)],
    ['a subscript of 0', () => derive('x[0]', 'x', shaped)],
    ['an index not summed', () => derive('x[i]', 'x', shaped)],
    ['a division by an array', () => derive('1/x', 'x', shaped)],
    ['several names', () => derive('x*z', zh)],
    ['no name', () => derive('1 + 1', zh)],
    ['a name twice', () => derive('x*z', ['x', 'x'], zh)],
    ['no objective', () => derive('a = 1', zh)],
    ['a name unknown in a model', () => derive('param w = 0; minimize (w - q)^2', zh)],
    ['defined by itself', () => derive('f(x) = f(x); f(z)', 'z', zh)],
    ['declared twice', () => derive('param w; param w; minimize w^2', zh)],
    ['a fact unknown', () => derive('param w small; minimize w^2', zh)],
    ['an initializer unknown', () => derive('param w ~ glorot; minimize w^2', zh)],
    ['an option unknown', () => derive('x^2', { ...zh, typo: 1 } as never)],
    ['an option of the wrong type', () => derive('x^2', { ...zh, order: 1.5 })],
    ['shapes of the wrong type', () => derive('x^2', { ...zh, shapes: 3 } as never)],
    ['a source of the wrong type', () => derive(3 as never, zh)],
    ['an order of several names', () => derive('x*z', ['x', 'z'], { ...zh, order: 2 })],
    ['a value missing', () => compile('x + z', zh)({ x: 1 })],
    ['a value misshapen', () => compile('x + 1', shaped)({ x: [1, 2] })],
    ['a value ragged', () => compile('A', shaped)({ A: [[1, 2, 3], [1]] })],
    ['a value that is none', () => compile('x', zh)({ x: 'many' } as never)],
    ['an input unknown', () => compile('x', zh)({ x: 1, typo: 1 })],
    ['an input misspelt', () => compile('typo1 + x', zh)({ typo: 1 })],
    ['a derivation evaluated', () => derive('x^2', zh).compile().value({})],
    ['a partial evaluated', () => derive('x^2', zh).partial.evaluate({})],
    ['a partial of several', () => derive('x*z', ['x', 'z'], zh).partial],
    ['the Hessian of an array', () => hessian('A', 'A', shaped)],
    ['a direction that is taken', () => jvp('x^2*v', 'x', { ...zh, direction: 'v' })],
    ['expanded too far', () => simplify('(a+b+c+d+k)^60', { ...zh, expand: true })],
    ['a lemma of what has none', () => lemma('nosuch', zh)],
    ['nowhere defined', () => check('log(-1 - x^2)', zh)],
    ['points too many', () => check('x^2', { ...zh, points: 1e9 })],
    ['nothing to train', () => train('x^2', {}, zh)],
    ['data missing', () => train('data X : [n]; param w = 0; minimize sum((X - w).^2)', {}, zh)],
    ['facts broken', () => train('data X : [n] positive; param w = 0; minimize sum((X - w).^2)', { X: [1, -2] }, zh)],
    ['an optimizer unknown', () => train('param w = 0; minimize w^2', {}, { ...zh, optimizer: 'sgdd' })],
  ])('%s', async (_, call) => {
    const error = await refused(call);
    expectChinese(error.message);
    if (error.hint) expect(leftover(error.hint)).toEqual([]);
    if (error.note) expect(leftover(error.note)).toEqual([]);
    expect(error.format()).toMatch(/^\p{Script=Han}+：/u);
    expect(error.stack).toMatch(/^GradusError: .*\p{Script=Han}.*\n {4}at /su);
  });

  test('keeps the code, the place and what a console shows', async () => {
    const english = await refused(() => derive('sine(x)'));
    const chinese = await refused(() => derive('sine(x)', zh));
    const { code, span, text } = english;
    expect(chinese).toMatchObject({ code, span, text });
    expect(chinese.format()).toBe('名称错误：未知的函数 sine\n  1 │ sine(x)\n    │ ~~~~\n  提示：请写 sin(x)');
    expect(JSON.parse(JSON.stringify(chinese))).toEqual({
      name: 'GradusError',
      code,
      span,
      message: '未知的函数 sine',
      hint: '请写 sin(x)',
    });
    expect(english.message).toBe('unknown function sine');
  });

  test('warnings', async () => {
    const [warning] = derive('1/2x', zh).warnings;
    expectChinese(warning!.message);
    expectChinese(warning!.hint);
    expect(derive('1/2x').warnings[0]!.message).toBe('1/2x is read as (1/2)*x');
    const still = await train('param w = 0; minimize w^4', {}, zh);
    expectChinese(still.warnings[0]!.message);
  });

  test('a run that diverged', async () => {
    const { stopped, error } = await train('param w = 1; minimize w^2', {}, { ...zh, lr: 5 });
    expect(stopped).toBe('diverged');
    expectChinese(error!.message);
    expectChinese(error!.hint);
  });

  test('a derivation speaks the language that it was asked for in', () => {
    const d = derive('x^2*sin(x)', zh);
    expect(d.toText({ detail: 'full' })).toMatch(HAN);
    expect(d.toText({ detail: 'full', lang: 'en' })).not.toMatch(HAN);
    expect(d.steps[0]!.rule).toMatch(HAN);
    expect(JSON.stringify(d)).toMatch(HAN);
    expectChinese(derive('x^2', 'zz', zh).notes()[0]);
  });

  test('a claim that has no value says why', async () => {
    const { claims } = await check('sum((W*X).^2)', { ...zh, shapes: { W: [1, 2], X: [2, 3] }, claim: { W: 'X' } });
    expectChinese(claims.W!.message);
  });
});

describe('the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-'));
  const table = join(folder, 'table.csv');
  writeFileSync(table, 'x,y\n1,many\n');

  test.each([
    [['derive', 'x^']],
    [['derive', 'x*y']],
    [['derive', '--typo', 'x']],
    [['derive', 'x', 'y']],
    [['x^2 + 1']],
    [['check', 'x^2', '--claim', '2*x']],
    [['derive', 'xy*x + y', '--wrt', 'x']],
    [['derive', "x'", '--wrt', 'x']],
    [['derive']],
    [['derive', 'x', '--order', 'many']],
    [['derive', 'x', '--detail', 'foo']],
    [['nosuch', 'x']],
    [['derive', 'x', '--format', 'json', '--numbers']],
    [['derive', '/nosuch/model.grad']],
    [['eval', 'x + 1']],
    [['eval', 'x', '--set', 'x=sine(1)']],
    [['eval', 'log(0)']],
    [['eval', 'x', '--data', table]],
    [['eval', 'x', '--data', '/nosuch/file.json']],
    [['check', 'log(-1 - x^2)']],
    [['train', 'param w = 1; minimize w^2', '--lr', '5', '--quiet']],
    [['help', 'nosuch']],
  ])('%j', async (argv) => {
    for (const words of [
      ['--lang', 'zh', ...argv],
      [...argv, '--lang=zh'],
    ]) {
      const { err } = await gradus(words);
      expectChinese(err);
    }
  });

  test('as JSON', async () => {
    for (const argv of [
      ['derive', 'sine(x)'],
      ['derive', '--typo'],
    ]) {
      const { err } = await gradus(['--lang', 'zh', ...argv, '--json']);
      const { error } = JSON.parse(err) as { error: { message: string; hint: string } };
      expectChinese(error.message);
      expectChinese(error.hint);
    }
  });

  test.each([[[]], [['derive']], [['train']], [['check']], [['eval']], [['help']], [['completion']]])(
    'the help of %j',
    async (words) => {
      const { out } = await gradus([...words, '--help', '--lang', 'zh']);
      expectChinese(out);
      for (const line of out.split('\n')) expect(line).not.toMatch(/\s$/);
    },
  );

  test('a line of usage', async () => {
    expect((await gradus(['--help', '--lang', 'zh'])).out).toMatch(/^用法：gradus \[选项\] \[命令\]\n/);
    expect((await gradus(['derive', '--help', '--lang', 'zh'])).out).toMatch(/^用法：gradus derive \[选项\] <source>\n/);
  });

  test.each(Object.keys(errorHelp))('help E-%s', async (code) => {
    expectChinese((await gradus(['help', code, '--lang', 'zh'])).out);
  });

  test('help on every function', async () => {
    const { out } = await gradus(['help', 'functions', '--lang', 'zh']);
    expect(out).toMatch(/逐元素|矩阵/);
    for (const name of functionNames.slice(0, 40)) expect((await gradus(['help', name, '--lang', 'zh'])).out).toMatch(HAN);
    expectChinese((await gradus(['help', 'sin', '--lang', 'zh'])).out);
    expectChinese((await gradus(['help', 'sum', '--lang', 'zh'])).out);
  });

  test('what was checked, and what was trained', async () => {
    expectChinese((await gradus(['check', 'x^2*sin(x)', '--lang', 'zh'])).out);
    for (const source of [
      'param w = 1; minimize (w - 3)^2',
      'param w in 0..1 = 0.5; minimize (w - 3)^2',
      'param w : [2] positive = [1, 1]; minimize (w[1] + 1)^2 + (w[2] - 3)^2',
    ])
      expectChinese((await gradus(['train', source, '--quiet', '--lang', 'zh'])).out);
  });

  test('a language that there is not is refused', async () => {
    const { status, err } = await gradus(['derive', 'x', '--lang', 'fr']);
    expect(status).toBe(2);
    expect(err).toContain('Allowed choices are en, zh');
  });
});

test('a session', async () => {
  let state = emptyState;
  const say = async (line: string) => {
    const answer = await evaluateLine(state, line);
    state = answer.state;
    return [
      answer.output,
      ...(answer.warnings ?? []),
      ...(answer.misfit ? [answer.misfit.error.format(answer.misfit.text)] : []),
    ].join('\n');
  };
  await say(':lang zh');
  for (const line of [
    ':help',
    ':help train',
    ':foo',
    ':undo now',
    ':train lr=-1',
    ':plot',
    ':steps many',
    'q + ',
    '1/2x',
    'data A : [2, 3] = [1, 2, 3; 4, 5, 6]',
    'A*A',
    'f(z) = z^2',
    'log(0)',
    ':load /nosuch/file',
    ':claim',
    'param w = 1; minimize Cost = (w - 3)^2',
    ':train 5',
    ':check',
    ':reset',
    ':undo',
    ':clear',
    ':model',
  ])
    expectChinese(await say(line));
});
