import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { gradus } from './harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradus-'));
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const IRIS = `sepal_length,sepal_width,petal_length,petal_width,species
5.1,3.5,1.4,0.2,setosa
4.9,3.0,1.4,0.2,setosa
7.0,3.2,4.7,1.4,versicolor
6.4,3.2,4.5,1.5,versicolor
6.3,3.3,6.0,2.5,virginica
5.8,2.7,5.1,1.9,virginica
`;

const FLOWERS = `data X : [n, 4] from sepal_length, sepal_width, petal_length, petal_width
data Y : [n, 3] onehot cols from species
param W : [4, 3] = 0
param b : [1, 3] = 0
minimize Cost = -sum(Y.*log(softmax(X*W + b, cols)))/n`;

describe('a table of flowers', () => {
  const iris = file('iris.csv', IRIS);
  const train = (...more: string[]) => gradus(['train', FLOWERS, '--epochs', '300', ...more]);

  test('is trained with as it is: columns and labels by name', async () => {
    const { status, out, err } = await train('--data', iris, '--json');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const { cost, classes, params } = JSON.parse(out);
    expect(classes).toEqual({ Y: ['setosa', 'versicolor', 'virginica'] });
    expect(cost).toBeLessThan(0.2);
    expect(params.W).toHaveLength(4);
  });

  test('its classes are told', async () => {
    const { out } = await train('--data', iris, '--quiet');
    expect(out).toContain('  the classes of Y are setosa, versicolor, virginica\n');
    expect((await train('--data', iris, '--quiet', '--lang', 'zh')).out).toContain(
      '  Y 的类别是 setosa, versicolor, virginica\n',
    );
  });

  test('by --map, whatever the model calls them', async () => {
    const mapped = FLOWERS.replace(/ from .*/g, '');
    const { status, err } = await gradus([
      'train',
      mapped,
      '--data',
      iris,
      '--map',
      'X=sepal*,petal*',
      '--map',
      'Y=species',
      '--quiet',
    ]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  test('packed, and from standard input', async () => {
    expect((await train('--data', file('iris.csv.gz', gzipSync(IRIS)), '--quiet')).status).toBe(0);
    const expected = (await train('--data', iris, '--json')).out;
    for (const input of [IRIS, gzipSync(IRIS)])
      expect((await gradus(['train', FLOWERS, '--epochs', '300', '--json', '--data', '-'], { input })).out).toBe(expected);
  });

  test('is evaluated with, and checked', async () => {
    const { status, out } = await gradus(['eval', FLOWERS, '--data', iris, '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(out).definitions.Cost).toBeCloseTo(Math.log(3), 12);
    expect((await gradus(['check', FLOWERS, '--data', iris])).status).toBe(0);
  });
});

describe('values of an expression', () => {
  const table = file('xy.csv', 'x;y\n1,5;2\n2,5;NA\n3,5;4\n');

  test('come from columns, whose shape need not be said', async () => {
    expect((await gradus(['eval', 'sum(x)', '--data', table])).out).toBe('7.5\n');
    expect((await gradus(['eval', 'sum(X, rows)', '--data', table, '--map', 'X=x,y', '--missing', 'drop'])).out).toBe(
      '[[5, 6]]\n',
    );
  });

  test('lack nothing', async () => {
    const { status, err } = await gradus(['eval', "x'*y", '--data', table]);
    expect({ status, err }).toEqual({
      status: 1,
      err: `data error: ${table}, line 3: y is missing (NA)\n  hint: fill it in, or leave its row out with --missing drop\n`,
    });
    const dropped = await gradus(['eval', "x'*y", '--data', table, '--missing', 'drop']);
    expect(dropped.out).toBe('17\n');
    expect(dropped.err).toBe(`warning: ${table}: 1 of 3 rows left out, which lack a value\n`);
  });
});

describe('wrong usage', () => {
  test.each<[string, string[], string]>([
    ['no columns', ['--map', 'X='], 'It is written X=x1,x2.'],
    ['a name twice', ['--map', 'X=a', '--map', 'X=b'], 'X is given twice.'],
    ['what is done with gaps', ['--missing', 'guess'], 'Allowed choices are refuse, drop.'],
    ['standard input twice', ['--data', '-', '--data', '-'], 'standard input can be read once only'],
    ['a kind of file that there is not', ['--data', 'x.xlsx'], 'cannot tell what kind of data x.xlsx holds'],
  ])('%s', async (_, argv, message) => {
    const { status, err } = await gradus(['eval', 'x', ...argv]);
    expect(status).toBe(2);
    expect(err).toContain(message);
  });

  test('the model and the data both from standard input', async () => {
    const { status, err } = await gradus(['eval', '-', '--data', '-'], { input: 'x' });
    expect(status).toBe(2);
    expect(err).toContain('standard input can be read once only\n  hint: write the model into a file');
  });

  test('two files of data from standard input', async () => {
    const { err } = await gradus(['eval', 'x', '--data', '-', '--data', '-']);
    expect(err).toContain('standard input can be read once only\n  hint: write one of the data into a file, and give its name');
  });

  test('a file that is not there', async () => {
    const { status, err } = await gradus(['eval', 'x', '--data', 'nowhere.csv']);
    expect({ status, err }).toEqual({ status: 1, err: 'data error: cannot read nowhere.csv: there is no such file\n' });
  });

  test('nothing is written where data are wrong', async () => {
    const page = join(folder, 'page.html');
    writeFileSync(page, 'before');
    const bad = file('bad.csv', IRIS.replace('4.9', 'four'));
    const { status, out } = await gradus(['train', FLOWERS, '--data', bad, '--report', page]);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(readFileSync(page, 'utf8')).toBe('before');
  });
});

test('quantities are a table on standard output too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-'));
  const model = 'data x : [n]; p = 2*x; minimize sum(p)';
  const written = (output: string) => gradus(['eval', model, '--set', 'x=[1,2,3]', '--quantity', 'p', '-o', output]);
  expect((await written(join(folder, 'p.csv'))).out).toBe('');
  const table = readFileSync(join(folder, 'p.csv'), 'utf8');
  expect(table).toContain('\n2');
  for (const output of ['-', '/dev/stdout']) expect(await written(output)).toEqual({ status: 0, out: table, err: '' });
});
