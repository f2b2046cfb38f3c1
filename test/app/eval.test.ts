import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { npzBytes } from '../../src/data/npy-writer.ts';
import { gradus, printed } from './harness.ts';

const value = async (...argv: string[]): Promise<string> => {
  const { status, out, err } = await gradus(['eval', ...argv]);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  return out.trimEnd();
};

describe('gradus eval of an expression', () => {
  test.each([
    [['2 + 3'], '5'],
    [['1/3'], '0.3333333333333333'],
    [['1/3', '--digits', '4'], '0.3333'],
    [['x^2 + y', '--set', 'x=3', '--set', 'y=-1'], '8'],
    [['sin(x)', '--set', 'x=pi/2'], '1'],
    [['sum(x.^2)', '--set', 'x=[1, 2, 3]'], '14'],
    [["x'*A*x", '--set', 'x=[1, 2]', '--set', 'A=[1, 2; 3, 4]'], '27'],
    [['A*x', '--set', 'x=[1, 2]', '--set', 'A=[1, 2; 3, 4]'], '[5, 11]'],
    [["A'", '--set', 'A=[1, 2; 3, 4]'], '[[1, 3], [2, 4]]'],
    [['a = x^2; a + 1', '--set', 'x=3'], '10'],
    [['sum(x)/n', '--shape', 'x=n', '--set', 'x=[1, 2, 6]'], '3'],
    [['sum(x)/n', '--shape', 'x=n', '--set', 'x=[31]'], '31'],
    [['x^2', '--set', 'x=[3]'], '9'],
  ])('%j is %s', async (argv, expected) => {
    expect(await value(...argv)).toBe(expected);
  });

  test('--json gives nested arrays', async () => {
    expect(JSON.parse(await value('A*A', '--set', 'A=[1, 2; 3, 4]', '--json'))).toEqual([
      [7, 10],
      [15, 22],
    ]);
  });

  test('values may come from a file', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'gradus-')), 'values.csv');
    writeFileSync(file, 'x,y\n1,2\n3,4\n');
    expect(await value("x'*y", '--data', file)).toBe('14');
  });

  test.each([
    [['x + 1'], 1, 'x has no value'],
    [['x + 1', '--set', 'y=2'], 1, 'y is not an input of this source'],
    [['x + 1', '--set', 'y=[1, 2]'], 1, 'y is not an input of this source'],
    [['x + 1', '--set', 'x=2 +'], 2, '--set x=2 +: '],
    [['x + 1', '--set', 'x=z'], 2, '--set x=z: z has no value'],
  ])('%j is refused', async (argv, status, message) => {
    const outcome = await gradus(['eval', ...argv]);
    expect(outcome.status).toBe(status);
    expect(outcome.err).toContain(message);
  });
});

describe('a value that is not finite names the part that was first not to be', () => {
  test.each([
    [['1/x', '--set', 'x=0'], 'inf', '1/x is ∞: x is 0'],
    [['log(x-2)+sqrt(x)', '--set', 'x=1'], 'NaN', 'log(x − 2) is NaN: x − 2 is −1'],
    [['x*log(x)', '--set', 'x=0'], 'NaN', 'log(x) is −∞: x is 0; 0·∞ is no number: xlogy(x, x) is 0 where x is 0'],
    [
      ['sum(p.*log1p(-q))', '--set', 'p=[0, 1]', '--set', 'q=[1, 0.5]'],
      'NaN',
      'log1p(−q) at [1] is −∞: −q at [1] is −1; 0·∞ is no number: xlog1py(p, −q) is 0 where p is 0',
    ],
    [['sin(exp(x))', '--set', 'x=1000'], 'NaN', 'exp(x) is ∞: x is 1000'],
    [['A = x - 5; sqrt(A) + 1', '--set', 'x=1'], 'NaN', '√A is NaN: A is −4'],
    [['sum(log(A))', '--set', 'A=[1, 2; -3, 4]'], 'NaN', 'log(A) at [2,1] is NaN: A[2,1] is −3'],
  ])('%j', async (argv, expected, origin) => {
    expect(await gradus(['eval', ...argv])).toMatchObject({ status: 0, out: `${expected}\n`, err: `note: ${origin}\n` });
  });

  test('what runs without overflow is not blamed', async () => {
    const { out, err } = await gradus(['eval', 'log(1+exp(x))+log(-x)', '--set', 'x=1000']);
    expect([out, err]).toEqual(['NaN\n', 'note: log(−x) is NaN: −x is −1000\n']);
  });

  test('in a model, the first quantity or the derivative', async () => {
    const outcome = await gradus(['eval', 'param w = 0; minimize sqrt(w)']);
    expect(outcome).toMatchObject({ status: 0, err: 'note: 1/√w is ∞: w is 0\n' });
  });
});

describe('gradus eval of a model', () => {
  const MODEL = 'data x : [n] = [1, 2]; param w = 3, v : [2] ~ normal(0, 1)\na = w·x\nminimize Cost = sum(a) + v[1]^0·w';

  test('gives parameters, definitions, the objective and the gradient at the start', async () => {
    const out = await value('data x : [n] = [1, 2]; param w = 3\na = w·x\nminimize Cost = sum(a.^2)/3');
    expect(out.split('\n')).toEqual(['w        = 3', 'a        = [3  6]ᵀ', 'Cost     = 15', '∂Cost/∂w = 10']);
  });

  test('an objective without a name is the cost', async () => {
    expect(await value('param w = 3; minimize w^2')).toBe('w        = 3\ncost     = 9\n∂cost/∂w = 6');
  });

  test('--set starts a parameter elsewhere', async () => {
    expect(await value('param w = 3; minimize w^2', '--set', 'w=5')).toBe('w        = 5\ncost     = 25\n∂cost/∂w = 10');
  });

  test('--json has all of it in full precision', async () => {
    const result = JSON.parse(await value('param w = 1/3, W : [1, 2] = 1; a = 2w; minimize sum(W)·a', '--json'));
    expect(result).toEqual({
      params: { w: 1 / 3, W: [[1, 1]] },
      definitions: { a: 2 / 3, cost: 4 / 3 },
      gradient: { w: 4, W: [[2 / 3, 2 / 3]] },
    });
  });

  test('--seed draws the start', async () => {
    const model = 'param w ~ normal(0, 1); minimize w^2';
    const start = async (...seed: string[]) => printed(await value(model, ...seed), 'w')[0];
    expect(await start('--seed', '7')).toBe(await start('--seed', '7'));
    expect(await start('--seed', '7')).not.toBe(await start('--seed', '8'));
  });

  test('without an objective the definitions are what there is', async () => {
    expect(await value('data x = 2; y = x^2')).toBe('y = 4');
    expect(MODEL).toContain('minimize');
  });
});

describe('parameters of another model, or none, are refused by the name of their file', () => {
  const MODEL =
    'data X : [n, 2] from a, b; data Y : [n, 2] onehot cols from kind; param W : [2, 2] = 0, c : [1, 2] = 0; ' +
    'P = softmax(X*W + c, cols); minimize Cost = -sum(Y.*log(P))';
  const folder = mkdtempSync(join(tmpdir(), 'gradus-'));
  const table = join(folder, 'new.csv');
  writeFileSync(table, 'a,b,kind\n1,2,yes\n3,4,maybe\n');
  const W = [
    [1, 2],
    [3, 4],
  ];
  const c = [[1, 2]];

  const refused = async (content: unknown, lang: string, quantity = 'P') => {
    const file = join(folder, 'p.json');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    const { status, err } = await gradus([
      'eval',
      MODEL,
      '--params',
      file,
      '--data',
      table,
      '--quantity',
      quantity,
      '--lang',
      lang,
    ]);
    expect(status).toBe(1);
    const lines = err.trim().split('\n');
    expect(lines).toHaveLength(2);
    return lines.join('\n').replaceAll(`${folder}/`, '');
  };

  test.each<[unknown, string, string?]>([
    [{ params: { w: 1, c } }, 'p.json: w is no parameter of this model\n  hint: did you mean W? its parameters are W, c'],
    [{ params: { W: [[1, 2, 3]], c } }, 'p.json: W is [1, 3], and [2, 2] is declared'],
    [{ params: { W } }, 'p.json has no value of c'],
    [{}, 'p.json has no value of W'],
    [{ params: 5 }, 'p.json does not hold parameters by name'],
    [[1], 'p.json does not hold parameters by name'],
    ['{"params": ', 'p.json is not JSON'],
    [
      {
        params: {
          W: [
            [1, 2],
            [3, 'NaN'],
          ],
          c,
        },
      },
      'p.json: an entry of W is NaN',
    ],
    [
      {
        params: {
          W: [
            [1, 2],
            [3, null],
          ],
          c,
        },
      },
      'p.json: W holds what is no number',
    ],
    [{ params: { W: 'x', c } }, 'p.json: W holds what is no number'],
    [{ params: { W, c }, classes: { Y: 5 } }, 'p.json: its classes are no lists of words by name'],
    [{ params: { W, c }, scaling: { X: [1] } }, 'p.json: its scaling has no means and deviations by name'],
    [{ params: { W, c }, classes: { Y: ['yes', 'no'] } }, 'new.csv, line 3: kind is “maybe”, an unknown class', 'Cost'],
  ])('%j', async (content, message, quantity) => {
    expect(await refused(content, 'en', quantity)).toContain(message);
    const there = await refused(content, 'zh', quantity);
    expect(there).not.toMatch(/\b(is|are|has|the|of|an)\b/);
    expect(there).toMatch(/\p{Script=Han}/u);
  });

  test('classes in another order than that of the parameters are refused by name', async () => {
    const file = join(folder, 'c.json');
    writeFileSync(file, JSON.stringify({ params: { W, c }, classes: { Y: ['maybe', 'yes'] } }));
    const said = (command: string, classes: string, lang = 'en') =>
      gradus([...command.split(' '), MODEL, '--params', file, '--data', table, '--classes', classes, '--lang', lang]);
    const same = await said('eval', 'Y=maybe,yes');
    expect(same.err).toBe('');
    for (const classes of ['Y=yes,maybe', 'Y=maybe,no', 'Y=maybe,yes,no'])
      for (const command of ['eval', 'eval --quantity P', 'export --to js']) {
        const { status, err } = await said(command, classes);
        expect({ status, err: err.replaceAll(`${folder}/`, '') }).toEqual({
          status: 2,
          err: expect.stringMatching(
            /^usage error: --classes of Y are not those of c\.json, which are maybe, yes\n {2}hint: leave Y out of --classes/,
          ),
        });
      }
    expect((await said('eval', 'Y=yes,maybe', 'zh')).err).not.toMatch(/\b(are|of|the)\b/);
  });

  test('what a quantity does not need may be missing', async () => {
    const file = join(folder, 'part.json');
    writeFileSync(file, JSON.stringify({ params: { W } }));
    const source = MODEL.replace('minimize', 'Q = X*W; minimize');
    const { out } = await gradus(['eval', source, '--params', file, '--data', table, '--quantity', 'Q', '--json']);
    expect(JSON.parse(out)).toEqual({
      Q: [
        [7, 10],
        [15, 22],
      ],
    });
  });
});

describe('a quantity alone says of its data what the whole model says', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-'));
  const MODEL = 'data x : [n] = [5, 6], y : [n] = [1, 2]; param w = 2; p = w*x; minimize mean((p - y).^2)';
  const evaluated = async (name: string, content: string | Uint8Array, more: readonly string[] = []) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    const { status, out, err } = await gradus(['eval', MODEL, '--data', file, '--quantity', 'p', ...more]);
    return { status, out, err: err.replaceAll(`${folder}/`, '') };
  };

  test.each([
    ['xx,c\n1,2\n', [], 'no column of w.csv is an input of this source\n  hint: it has xx, c; say what they fill: --map x=xx\n'],
    ['X,c\n1,2\n', [], 'no column of w.csv is an input of this source'],
    [
      '1,2\n3,4\n',
      [],
      'w.csv has no header\n  hint: its first line names the columns: x,y; or they are counted: --map x=1 --map y=2',
    ],
    ['x,y\n1,2\n', ['--delimiter', 'semicolon'], 'w.csv has one column, x,y\n  hint: its cells are separated by another sign'],
  ])('%j', async (content, more, message) => {
    const { status, out, err } = await evaluated('w.csv', content, more);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toContain(message);
  });

  test('arrays without a name of the source', async () => {
    const { status, err } = await evaluated('a.npz', await npzBytes({ arr_0: 3 }));
    expect({ status, err }).toMatchObject({ status: 1, err: expect.stringContaining('no column of a.npz is an input') });
  });

  test('columns that nothing in the model takes are named; those of its other inputs may be there', async () => {
    expect((await evaluated('t.csv', 'x,z,y\n1,2,3\n')).err).toBe('warning: t.csv: not used: z\n');
    expect((await evaluated('t.csv', 'x,y\n1,2\n')).err).toBe('');
    // A file of them alone is not what was meant.
    expect(await evaluated('t.csv', 'y\n1\n')).toMatchObject({ err: 'warning: t.csv: not used: y\n', status: 0 });
    expect((await evaluated('t.csv', 'x,v\n1,2\n', ['--map', 'y=v'])).err).toBe('');
  });

  test('rows that are left out are counted, of the columns that it needs', async () => {
    const table = 'x,y\n1,2\n,3\n4,\n';
    const told = 'warning: t.csv: 1 of 3 rows left out, which lack a value\n';
    expect(await evaluated('t.csv', table, ['--missing', 'drop'])).toMatchObject({ err: told, out: 'p = [2  8]ᵀ\n' });
    const output = join(folder, 'o.csv');
    const { err } = await evaluated('t.csv', table, ['--missing', 'drop', '-o', output]);
    expect(err).toBe(`${told}the values are in o.csv\n`);
    expect(readFileSync(output, 'utf8').trim().split('\n')).toHaveLength(3);
  });
});

test('a program would be fed data that are not scaled: parameters for scaled ones are not exported', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-'));
  const [model, file] = ['data x : [n], y : [n]; param w = 0; p = x.^2*w; minimize mean((p - y).^2)', join(folder, 's.json')];
  const scaling = { x: { axis: 0, mean: [3], deviation: [2] } };
  writeFileSync(file, JSON.stringify({ params: { w: 1 }, scaling }));
  const exported = (lang: string) => gradus(['export', model, '--to', 'js', '--params', file, '--lang', lang]);
  const { status, out, err } = await exported('en');
  expect({ status, out }).toEqual({ status: 1, out: '' });
  expect(err.replaceAll(`${folder}/`, '')).toBe(
    'data error: s.json holds parameters for x of mean 0 and deviation 1, and a program does not scale what it is given\n' +
      '  hint: train without --scale, or scale in the model: (x - m)/s with numbers for m and s\n',
  );
  expect((await exported('zh')).err).not.toMatch(/\b(is|holds|and|the)\b/);
  writeFileSync(file, JSON.stringify({ params: { w: 1 }, scaling: {} }));
  expect((await exported('en')).status).toBe(0);
});
