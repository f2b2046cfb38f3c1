import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { dataFor, streamFor } from '../../src/app/data-files.ts';
import { type Io, Session } from '../../src/app/io.ts';
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

test('what is wrong with it is found before the first step', async () => {
  const data = [file('bad.csv', TABLE.replace('plain\n', '\n'))];
  await expect(streamFor(model, { data }, 5, new Session(io), 0)).rejects.toThrow('bad.csv, line 3: kind is missing');
});
