import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { dataFor, streamFor } from '../../src/app/data-files.ts';
import { type Io, Session } from '../../src/app/io.ts';
import { handOut } from '../../src/app/trained.ts';
import { train } from '../../src/descend/index.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { parse } from '../../src/language/parser.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradus-'));
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const io: Io = {
  out: () => {},
  err: () => {},
  input: async () => '',
  async *bytes() {},
  inputIsTerminal: false,
  screen: undefined,
  colors: { out: false, err: false },
};

const rows = Array.from({ length: 23 }, (_, k) => `${Math.sin(k)},${Math.cos(2 * k)},${k % 3 === 0 ? 'fizz' : 'plain'}`);
const TABLE = `a,b,kind\n${rows.join('\n')}\n`;
const model = elaborate(
  parse(`data X : [n, 2] from a, b, Y : [n, 2] onehot cols from kind
    param W : [2, 2] = 0
    minimize -sum(Y.*log(softmax(X*W, cols)))/n`),
);
const options = { epochs: 20, lr: 0.3 };

test.each(['t.csv', 't.csv.gz'])('a large %s is trained with as it comes, and learns what the whole teaches', async (name) => {
  const data = [file(name, name.endsWith('gz') ? gzipSync(TABLE) : TABLE)];
  const streamed = await streamFor(model, { data }, 5, new Session(io), 0);
  const { inputs, classes } = await dataFor(model, { data }, new Session(io));
  expect(streamed?.classes).toEqual(classes);
  const [one, other] = [await train(model, streamed!.stream, options), await train(model, inputs, { ...options, batch: 5 })];
  expect(JSON.stringify(one.params)).toBe(JSON.stringify(other.params));
});

test('a file is read as a whole where it is small, where all rows are needed, and where it has none', async () => {
  const csv = file('t.csv', TABLE);
  expect(await streamFor(model, { data: [csv] }, 5, new Session(io))).toBeUndefined();
  expect(await streamFor(model, { data: [csv] }, undefined, new Session(io), 0)).toBeUndefined();
  expect(await streamFor(model, { data: [csv, csv] }, 5, new Session(io), 0)).toBeUndefined();
  expect(await streamFor(model, { data: [file('t.json', '{}')] }, 5, new Session(io), 0)).toBeUndefined();
});

test('a run on it is resumed with the same file only', async () => {
  const csv = file('kept.csv', TABLE);
  const streamed = async () => (await streamFor(model, { data: [csv] }, 5, new Session(io), 0))!.stream;
  let resume = '';
  const checkpoint = (state: string) => {
    resume = state;
  };
  await train(model, await streamed(), { ...options, epochs: 7, checkpoint });
  const whole = await train(model, await streamed(), options);
  expect((await train(model, await streamed(), { ...options, resume })).history).toEqual(whole.history);
  file('kept.csv', TABLE.replace(rows[12]!, rows[11]!));
  await expect(train(model, await streamed(), { ...options, resume })).rejects.toThrow('the checkpoint of other data');
});

test('what is wrong with it is found before the first step', async () => {
  const data = [file('bad.csv', TABLE.replace('plain\n', '\n'))];
  await expect(streamFor(model, { data }, 5, new Session(io), 0)).rejects.toThrow('bad.csv, line 3: kind is missing');
});

test('a batch without a row that has all of its values is passed over; without any at all there is nothing to learn from', async () => {
  const gaps = rows.map((row, k) => (k >= 5 && k < 10 ? row.replace(/^[^,]*/, '') : row));
  const data = [file('gaps.csv', `a,b,kind\n${gaps.join('\n')}\n`)];
  let said = '';
  const session = new Session({ ...io, err: (text) => (said += text) });
  const streamed = await streamFor(model, { data, missing: 'drop' }, 5, session, 0);
  expect(said).toMatch(/gaps\.csv: 5 of 23 rows left out/);
  const kept = [file('kept.csv', `a,b,kind\n${gaps.filter((row) => !row.startsWith(',')).join('\n')}\n`)];
  const { inputs } = await dataFor(model, { data: kept }, new Session(io));
  const [one, other] = [await train(model, streamed!.stream, options), await train(model, inputs, { ...options, batch: 5 })];
  expect(JSON.stringify(one.params)).toBe(JSON.stringify(other.params));
  const none = [file('none.csv', `a,b,kind\n${rows.map((row) => row.replace(/^[^,]*/, '')).join('\n')}\n`)];
  const nothing = streamFor(model, { data: none, missing: 'drop' }, 5, new Session(io), 0);
  await expect(nothing).rejects.toThrow('none.csv has no row with all of its values');
});

test('metrics of examples that come in batches are said not to be told, and the run is told to its end', async () => {
  const text =
    'data x : [n], y : [n]; param w = 0; p = w*x; minimize mse(p, y); metric cnt = n; metric off = max(abs(p - y)); size = n*w';
  const counting = elaborate(parse(text));
  let [said, told] = ['', ''];
  const session = new Session({ ...io, err: (s) => (said += s), out: (s) => (told += s) });
  const data = [file('xy.csv', 'x,y\n1,2\n2,4\n3,6\n4,8\n')];
  const { stream, classes } = (await streamFor(counting, { data }, 2, session, 0))!;
  expect(said).toMatch(/^warning: metrics are not told of examples that come in batches: cnt, off\n/);
  const result = await train(counting, stream, { epochs: 300, lr: 0.05 });
  const ended = { model: counting, source: { text, file: undefined }, options: {}, data: {}, streams: true, classes, result };
  await handOut(session, ended, { json: false, save: undefined, report: undefined });
  expect(told).toMatch(/^After 300 epochs\n {2}w = 2(\.0*)?\n {2}cost \S+ \(mean within the first epoch\) → /);
  await handOut(session, ended, { json: true, save: undefined, report: undefined });
});
