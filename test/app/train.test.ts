import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { costs, gradus, printed } from './harness.ts';

const MODEL = `
data X : [n, d] = [[1, 0], [0, 1], [1, 1]],  y : [n] = [1, 2, 4]
param w : [d] = 0,  b = 0
r = X·w + b − y
minimize Cost = mean(r.^2)`;

const BOWL = 'param w = 1; minimize w^2';

describe('gradus train', () => {
  test('prints the derivation, then the parameters, small definitions and the cost', async () => {
    const { status, out, err } = await gradus(['train', MODEL, '--epochs', '2000']);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(/^X : n×d {3}y : n×1 {3}data\n/);
    const [derivation, result] = out.split('After 2000 epochs\n') as [string, string];
    expect(derivation).toContain('backwards from Cost');
    expect(result).toMatch(/^ {2}w = \[.* {2}.*\]ᵀ\n {2}b = .*\n {2}r = \[.*\]ᵀ\n {2}Cost .* → .*\n$/);
    expect(printed(out, 'w')).toHaveLength(2);
    expect(costs(out)[0]).toBe(7);
  });

  test('--quiet leaves the result alone', async () => {
    const { out } = await gradus(['train', MODEL, '--epochs', '20', '--quiet']);
    expect(out).toMatch(/^After 20 epochs\n/);
  });

  test('says of a solver whether it has converged', async () => {
    const quartic = (...more: string[]) =>
      gradus(['train', 'param w = 5; minimize w^4', '--optimizer', 'newton', '--quiet', ...more]);
    expect((await quartic()).out).toMatch(/^Converged after \d+ epochs\n/);
    const { out, err } = await quartic('--epochs', '1');
    expect(out).toMatch(/^After 1 epoch\n/);
    expect(err).toContain('newton had not converged after 1 epoch');
    expect((await quartic('--epochs', '1', '--lang', 'zh')).err).toContain('newton 在 1 轮之后尚未收敛');
    expect((await quartic('--lang', 'zh')).out).toMatch(/^\d+ 轮后收敛\n/);
  });

  test('--progress json tells cost and metrics of one state', async () => {
    const source = 'param w = 3; metric m2 = w^2; minimize (w - 1)^2';
    const { err } = await gradus(['train', source, '--epochs', '3', '--lr', '0.1', '--progress', 'json']);
    const last = JSON.parse(err.trim().split('\n').at(-1)!) as { cost: number; metrics: { m2: number } };
    expect(last.cost).toBeCloseTo((Math.sqrt(last.metrics.m2) - 1) ** 2, 12);
    expect(last.cost).toBeCloseTo(1.048576, 12);
  });

  test('--json prints one object', async () => {
    const { out, err } = await gradus(['train', MODEL, '--epochs', '20', '--json']);
    expect(err).toBe('');
    expect(out.trim()).not.toContain('\n');
    const result = JSON.parse(out);
    expect(Object.keys(result)).toEqual(['cost', 'firstCost', 'params', 'definitions', 'epochs', 'stopped', 'optimizer']);
    expect(result).toMatchObject({ firstCost: 7, epochs: 20, stopped: 'epochs' });
    expect(result.params.w).toHaveLength(2);
    expect(result.definitions.Cost).toBeCloseTo(result.cost, 15);
  });

  test('metrics stand apart from definitions: they are of the examples that were learned from', async () => {
    const model = `${MODEL}\nmetric worst = max(abs(r))`;
    const { out } = await gradus(['train', model, '--epochs', '3', '--test', '0.34', '--quiet']);
    expect(out.match(/worst/g)).toHaveLength(2);
    const json = JSON.parse((await gradus(['train', model, '--epochs', '3', '--json'])).out);
    expect(Object.keys(json.definitions)).not.toContain('worst');
    expect(json.metrics.worst).toBeGreaterThan(0);
  });

  test('where parameters are for scaled data, so are definitions, whether the data come from a file or from the source', async () => {
    const [x, y] = [
      [1, 2, 3, 6],
      [1, 0, 3, 2],
    ];
    const rest = 'param w = 0, b = 0; p = (x.^2)*w + b; minimize Cost = mean((p - y).^2)';
    const own = `data x : [n] = [${x}], y : [n] = [${y}]; ${rest}`;
    const run = ['--optimizer', 'lbfgs', '--scale', '--json'];
    const told = JSON.parse((await gradus(['train', own, ...run])).out);
    expect(told.definitions.Cost).toBeCloseTo(told.cost, 12);
    const folder = mkdtempSync(join(tmpdir(), 'gradus-'));
    const [saved, data] = [join(folder, 's.json'), join(folder, 'd.json')];
    writeFileSync(data, JSON.stringify({ x, y }));
    const other = await gradus(['train', `data x : [n], y : [n]; ${rest}`, '--data', data, '--save', saved, ...run]);
    expect(JSON.parse(other.out).definitions).toEqual(told.definitions);
    const { out } = await gradus(['eval', own, '--params', saved, '--quantity', 'Cost', '--json']);
    expect(JSON.parse(out).Cost).toBeCloseTo(told.cost, 12);
  });

  test('large arrays are described, not printed', async () => {
    const { out } = await gradus(['train', 'param W : [20, 30] ~ uniform(0, 1); minimize sum(W.^2)', '--quiet', '--epochs', '0']);
    expect(out).toMatch(/^ {2}W = 20×30, from 0\.00\S* to 0\.99\S*$/m);
  });

  test('a matrix is printed a line for each row, its columns aligned', async () => {
    const { out } = await gradus([
      'train',
      'param W : [2, 2] = [[1, -2.5], [10, 0.125]]; minimize sum(W)',
      '--epochs',
      '0',
      '--quiet',
    ]);
    expect(out).toContain('  W = [ 1   −2.5]\n      [10  0.125]\n');
  });

  test('a run that diverges prints the last finite parameters, says why, and exits with 3', async () => {
    const { status, out, err } = await gradus(['train', BOWL, '--lr', '10', '--quiet']);
    expect(status).toBe(3);
    expect(out).toMatch(/^After \d+ epochs, back to the start\n {2}w = /);
    expect(err).toMatch(
      /^diverged: the cost is (infinite|not a number) after epoch \d+, at the learning rate 10: \S+ is \S+: w is \S+\n {2}hint: w grew most, to \S+; the curvature at the start allows rates below 1: try 0\.5/,
    );
    const json = await gradus(['train', BOWL, '--lr', '10', '--json']);
    expect(json.status).toBe(3);
    expect(JSON.parse(json.out)).toMatchObject({ stopped: 'diverged', error: expect.stringContaining('after epoch') });
  });

  test('what says how often says where, too', async () => {
    const { status, err } = await gradus(['train', BOWL, '--checkpoint-every', '5', '--quiet']);
    expect(status).toBe(2);
    expect(err).toContain(
      '--checkpoint-every says how often, and no --checkpoint says where\n  hint: name a file: --checkpoint model.run',
    );
  });

  test('a run that gets worse is warned of', async () => {
    const { status, err } = await gradus(['train', BOWL, '--lr', '1.1', '--epochs', '5', '--quiet']);
    expect(status).toBe(0);
    expect(err).toBe('warning: the run went the wrong way, from 1 to 6.19174: the learning rate may be too large\n');
    expect((await gradus(['train', 'param w = 1; maximize 0 − w^2', '--lr', '0.1', '--epochs', '5', '--quiet'])).err).toBe('');
  });

  test('what cannot be trained is said before anything is printed', async () => {
    const { status, out, err } = await gradus(['train', 'data x : [n]; param w; minimize sum(w·x)']);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toContain('x has no value');
  });

  test('--seed, --batch and --shuffle', async () => {
    const model = MODEL.replace('w : [d] = 0', 'w : [d] ~ normal(0, 1)');
    const run = async (...options: string[]) => (await gradus(['train', model, '--json', '--epochs', '3', ...options])).out;
    expect(await run('--seed', '2')).toBe(await run('--seed', '2'));
    expect(await run('--seed', '2')).not.toBe(await run('--seed', '3'));
    expect(await run('--seed', '-2')).not.toBe(await run());
    expect(await run('--batch', '1')).not.toBe(await run());
    expect(await run('--batch', '1', '--shuffle', '--seed', '2')).not.toBe(await run('--batch', '1', '--seed', '2'));
    expect(await run('--batch', '2', '--batch-axis', 'n')).toBe(await run('--batch', '2'));
    expect(await run('--optimizer', 'sgd')).toBe(await run());
  });
});

describe('--data', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-'));
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const LINE = 'data x : [n], y : [n]; param w = 0; minimize mean((w·x − y).^2)';
  const learn = (...files: string[]) =>
    gradus(['train', LINE, '--json', '--epochs', '200', ...files.flatMap((f) => ['--data', f])]);

  test('is a JSON object of arrays by name', async () => {
    const { out } = await learn(file('line.json', '{"x": [1, 2], "y": [2, 4]}'));
    expect(JSON.parse(out).params.w).toBeCloseTo(2, 10);
  });

  test('is a CSV table whose header names the columns', async () => {
    const { out, err } = await learn(file('line.csv', '\uFEFF"x", y\r\n1,2\r\n\r\n2,4e0\r\n'));
    expect(err).toBe('');
    expect(JSON.parse(out).params.w).toBeCloseTo(2, 10);
  });

  test('may be several files', async () => {
    const { out } = await learn(file('a.json', '{"x": [1, 2]}'), file('b.json', '{"y": [3, 6]}'));
    expect(JSON.parse(out).params.w).toBeCloseTo(3, 10);
  });

  test('a file whose columns are all in later ones is said not to be used', async () => {
    const model = 'data X : [n] from x; data Y : [n] from c; param w = 0; minimize mean((w·X − Y).^2)';
    const files = [file('c5.csv', 'x,c\n1,5\n'), file('c1.csv', 'x,c\n1,1\n')].flatMap((name) => ['--data', name]);
    const { out, err } = await gradus(['train', model, '--quiet', '--epochs', '200', ...files]);
    expect(err).toMatch(/^warning: \S*c5\.csv: not used: what is given later has x, c too\n$/);
    expect(printed(out, 'w')).toEqual([expect.closeTo(1, 6)]);
  });

  test('columns of one matrix that lie in two files are said to', async () => {
    const model = 'data X : [n, 2] from x, y; data z : [n]; param w : [2] = 0; minimize mean((X*w − z).^2)';
    const files = [file('p1.csv', 'x,y,z\n1,5,1\n'), file('p3.csv', 'y\n1\n')].flatMap((name) => ['--data', name]);
    const { status, err } = await gradus(['train', model, '--quiet', ...files]);
    expect(status).toBe(1);
    expect(err).toMatch(
      /X takes its columns from one file: \S*p3\.csv, which comes last, has no x, and \S*p1\.csv has\n {2}hint: bring the columns together/,
    );
    expect((await gradus(['train', model, '--quiet', '--lang', 'zh', ...files])).err).not.toMatch(/\b(has|which|from)\b/);
    const none = await gradus(['train', model.replace('x, y', 'y, v'), '--quiet', ...files]);
    expect(none.err).toMatch(/p3\.csv has no column v/);
  });

  test('columns fit a row as well', async () => {
    const model = 'data x : [1, n], y : [1, n]; param w = 0; minimize mean((w·x − y).^2)';
    const { out } = await gradus(['train', model, '--json', '--epochs', '200', '--data', file('row.csv', 'x,y\n1,2\n2,4\n')]);
    expect(JSON.parse(out).params.w).toBeCloseTo(2, 10);
  });

  test('columns that the model does not have are left out, with a warning', async () => {
    const { status, err } = await learn(file('more.csv', 'x,y,date\n1,2,3\n2,4,5\n'));
    expect(status).toBe(0);
    expect(JSON.parse(err).warning.message).toBe(`${join(folder, 'more.csv')}: not used: date`);
  });

  test('columns of words do no harm where they are not used', async () => {
    const { status } = await learn(file('words.csv', 'x,y,who\n1,2,ann\n2,4,bob\n'));
    expect(status).toBe(0);
  });

  test.each([
    ['broken.json', '{"x": [1, 2', 'is not JSON'],
    ['list.json', '[1, 2]', 'does not hold an object'],
    ['typo.json', '{"x": [1, 2], "yy": [1, 2]}', 'yy is not an input of this source'],
    ['word.json', '{"x": [1, "two"], "y": [1, 2]}', 'word.json, entry 2: x is “two”, not a number'],
    ['ragged.json', '{"x": [1, 2], "y": [[1, 2], [3]]}', 'y is ragged: the list at [2]'],
    ['lengths.json', '{"x": [1, 2], "y": [1, 2, 3]}', 'y has length 3 along n, x says 2'],
    ['none.csv', 'x,y\n', 'has no rows below its header'],
    ['headless.csv', '1,2\n3,4\n', 'has no header'],
    ['twice.csv', 'x,y,x\n1,2,3\n', 'has two columns x'],
    ['gap.csv', 'x,y\n1,2\n3,\n', 'gap.csv, line 3: y is missing'],
    ['word.csv', 'x,y\n1,2\n3,four\n', 'word.csv, line 3: y is “four”, not a number'],
    ['short.csv', 'x,y\n1,2\n3\n', 'short.csv, line 3: 1 cell, where line 1 has 2'],
    ['others.csv', 'a,b\n1,2\n', 'is an input of this source'],
  ])('%s is refused', async (name, content, message) => {
    const { status, out, err } = await learn(file(name, content));
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(JSON.parse(err).error.message).toContain(message);
  });
});

describe('a file that the end of a run could not write is refused before it begins', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-'));

  test.each([
    ['a folder', folder, 'it is a directory'],
    ['one in a folder that is not there', join(folder, 'none', 'w.json'), 'there is no such file'],
  ])('%s', async (_, file, reason) => {
    for (const option of ['--save', '--checkpoint', '--report']) {
      if (option === '--checkpoint' && file === folder) continue;
      const { status, out, err } = await gradus(['train', BOWL, option, file, '--epochs', '1']);
      expect({ option, status, out }).toEqual({ option, status: 2, out: '' });
      expect(err).toContain(`cannot write ${file}: ${reason}`);
    }
  });

  test('a name that does not say how it is written', async () => {
    const { status, err } = await gradus(['train', BOWL, '--save', join(folder, 'w.txt'), '--epochs', '1']);
    expect([status, err]).toEqual([2, expect.stringContaining('w.txt\n  hint: its name ends in .json or .npz')]);
  });

  test('an archive of arrays keeps what was learned on scaled data where it is told for the data as they came', async () => {
    const table = join(folder, 'scaled.csv');
    writeFileSync(table, 'x,y\n100,1\n200,2\n300,3.5\n');
    const trained = (model: string, file: string) =>
      gradus(['train', model, '--data', table, '--scale', '--optimizer', 'lbfgs', '--save', join(folder, file), '--quiet']);
    const line = 'data x : [n], y : [n]\nparam w = 0, b = 0\np = w*x + b\nminimize mse(p, y)';
    const predicted = (file: string) =>
      gradus(['eval', line, '--data', table, '--params', join(folder, file), '--quantity', 'p', '--json']);
    expect((await trained(line, 'line.npz')).status).toBe(0);
    await trained(line, 'line.json');
    expect(JSON.parse((await predicted('line.npz')).out)).toEqual(JSON.parse((await predicted('line.json')).out));
    const { status, out, err } = await trained(line.replace('w*x', 'w*sin(x)'), 'sine.npz');
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain('sine.npz cannot keep what the data were scaled by');
  });

  test('an archive of arrays has no room for classes', async () => {
    const table = join(folder, 'table.csv');
    writeFileSync(table, 'x,kind\n1,cat\n2,dog\n');
    const model =
      'data x : [n]\ndata y : [n, 2] onehot cols from kind\nparam w : [2] = 0\nminimize sum[i,k]((w[k]*x[i] - y[i,k])^2)';
    const { out, err } = await gradus(['train', model, '--data', table, '--save', join(folder, 'w.npz'), '--epochs', '1']);
    expect({ out, err }).toMatchObject({ out: '', err: expect.stringContaining('cannot keep the classes of y') });
  });
});
