import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dataFile } from '../../src/data/read.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { inMemory } from './reading.ts';

/** All cells of a table, or what is the matter with it. */
async function read(text: string, piece: number): Promise<unknown> {
  try {
    const file = await dataFile('a.csv', inMemory({ 'a.csv': text }, piece));
    const columns = file.names.map((_, k) => file.column(k)!);
    return columns.map((column) =>
      Array.from({ length: column.length }, (_, row) => [file.place(row), column.wordAt(row) ?? column.at(row)]),
    );
  } catch (error) {
    if (error instanceof GradusError) return error.message;
    throw error;
  }
}

const cell = fc.oneof(
  { weight: 5, arbitrary: fc.double({ noNaN: true }).map(String) },
  { weight: 3, arbitrary: fc.integer().map(String) },
  fc.constantFrom('', ' ', ' 1.5 ', 'NA', 'größe', 'two words', '−3', '+4', '0x1f', '1e400', '00012', '.5', '5.'),
);
const lineEnd = fc.constantFrom('\n', '\r\n');
const line = fc.oneof(
  { weight: 8, arbitrary: fc.array(cell, { minLength: 3, maxLength: 3 }).map((cells) => cells.join()) },
  fc.constantFrom('', '# a comment, with commas', '# a "comment', ',,', '1,2,3,'),
);

/** The places of what stands a line higher. */
const aLineHigher = (told: unknown): unknown =>
  JSON.parse(JSON.stringify(told).replace(/line (\d+)/g, (_, line) => `line ${Number(line) - 1}`));

test('rows are cut as the parser would, whatever the pieces', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 20 }),
      lineEnd,
      fc.integer({ min: 1, max: 60 }),
      async (lines, end, piece) => {
        const rest = lines.join(end);
        // A line that says the delimiter gives all of it to the parser.
        const expected = aLineHigher(await read(`sep=,${end}x,y,z${end}${rest}`, 1 << 20));
        expect(await read(`x,y,z${end}${rest}`, piece)).toEqual(expected);
        expect(await read(`x,y,z${end}${rest}${end}`, piece)).toEqual(expected);
      },
    ),
    { numRuns: 300 },
  );
});

describe('quotes below rows without them', () => {
  const plain = Array.from({ length: 40 }, (_, k) => `${k},${k + 0.5}`).join('\n');

  test.each([1, 7, 64, 1000])('in pieces of %i bytes', async (piece) => {
    const found = (await read(`x,y\n${plain}\n"40",40.5\n# c\n41,"41.5"\n`, piece)) as [string, number][][];
    expect(found.map((column) => column.map(([, value]) => value))).toEqual([
      Array.from({ length: 42 }, (_, k) => k),
      Array.from({ length: 42 }, (_, k) => k + 0.5),
    ]);
    expect(found[0]!.map(([place]) => place).slice(-3)).toEqual(['line 41', 'line 42', 'line 44']);
  });

  test.each([1, 64, 1000])('never closed, in pieces of %i bytes: the line is told', async (piece) => {
    expect(await read(`x,y\n${plain}\n"40,40.5\n41,41.5\n`, piece)).toBe(
      'a.csv, line 42: the quotes that begin here are never closed',
    );
  });
});
