import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { assembled, type Reading } from '../../src/data/assemble.ts';
import { npyBytes } from '../../src/data/npy-writer.ts';
import { dataFile } from '../../src/data/read.ts';
import { membersOf } from '../../src/data/zip.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { parse } from '../../src/language/parser.ts';
import { Tensor } from '../../src/numeric/tensor.ts';
import { inMemory, refusal, valuesIn } from './reading.ts';

/** What NumPy writes: arrays of all kinds, archives of them, and what is the matter with these. */

const XY = 'data x : [n], y : [n]; minimize sum(x + y)';
describe('arrays of NumPy', () => {
  const file = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`files/${name}`, import.meta.url)));
  const X = 'data X : [n, d]; minimize sum(X)';
  const V = 'data X : [n]; minimize sum(X)';

  test.each<[string, string, unknown]>([
    [
      'rows.npy',
      X,
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
    [
      'fortran.npy',
      X,
      [
        [0.5, 1.5, 2.5],
        [3.5, 4.5, 5.5],
      ],
    ],
    [
      'big-endian.npy',
      X,
      [
        [0.25, 1.25, 2.25],
        [3.25, 4.25, 5.25],
      ],
    ],
    [
      'float32.npy',
      X,
      [
        [0.5, 1.5, 2.5],
        [3.5, 4.5, 5.5],
      ],
    ],
    ['half.npy', 'param X : [5] = 0; minimize sum(X)', [1.5, -0.25, 65504, 2 ** -24, Infinity]],
    ['int64.npy', V, [-2, 3, 2 ** 40]],
    ['bool.npy', V, [1, 0]],
    ['scalar.npy', 'data X; minimize X', 2.5],
  ])('%s', async (name, source, value) => {
    // One array is called what its file is.
    expect((await valuesIn(source, 'X.npy', file(name))).values.X).toEqual(value);
  });

  test.each(['arrays.npz', 'compressed.npz'])('%s', async (name) => {
    const { values, warnings } = await valuesIn(XY, name, file(name));
    expect(values).toEqual({ x: [1, 2, 3], y: [2, 4, 6] });
    expect(warnings).toEqual(name === 'arrays.npz' ? [] : ['compressed.npz: not used: z']);
  });

  /** As NumPy writes an array of any type. */
  const npyOfType = (descr: string, shape: string, content: Uint8Array): Uint8Array => {
    const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }\n`;
    return Uint8Array.of(0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0, ...Buffer.from(header), ...content);
  };

  const wide = (text: string, big = false): Uint8Array => {
    const view = new DataView(new ArrayBuffer(4 * [...text].length));
    for (const [k, letter] of [...text].entries()) view.setUint32(4 * k, letter.codePointAt(0)!, !big);
    return new Uint8Array(view.buffer);
  };

  test.each<[string, string, Uint8Array, string[]]>([
    ['Unicode', '<U4', wide('rot\0grün𝛼\0\0\0'), ['rot', 'grün', '𝛼']],
    ['Unicode, the other way round', '>U4', wide('rot\0grün𝛼\0\0\0', true), ['rot', 'grün', '𝛼']],
    ['bytes', '|S3', new Uint8Array(Buffer.from('redno\0a b')), ['red', 'no', 'a b']],
    ['numbers', '<U2', wide('2\x00100\x00'), ['2', '10', '0']],
  ])('texts are labels: %s', async (_, descr, content, labels) => {
    const { values, classes } = await valuesIn(
      'data Y : [n, 3] onehot cols; minimize sum(Y)',
      'Y.npy',
      npyOfType(descr, '3,', content),
    );
    const order = classes.Y!;
    expect([...order].sort()).toEqual([...labels].sort());
    expect(values.Y).toEqual(labels.map((label) => order.map((one) => (one === label ? 1 : 0))));
  });

  test('texts are no numbers, and a table of them is no list of labels', async () => {
    const texts = npyOfType('|S1', '2,', new Uint8Array(Buffer.from('ab')));
    expect(await refusal(V, 'X.npy', texts)).toEqual({
      message: 'X.npy, entry 1: X is “a”, not a number',
      hint: 'words are classes: data X : [n, k] onehot cols',
    });
    expect((await refusal(X, 'X.npy', npyOfType('|S1', '1, 2', new Uint8Array(Buffer.from('ab'))))).message).toBe(
      'X.npy holds texts, not numbers',
    );
    expect((await refusal(V, 'X.npy', file('texts.npy'))).message).toMatch(/^X\.npy, entry 1: X is “.*”, not a number$/);
  });

  test.each(['<i8', '>i8', '<u8'])('whole numbers that no double is are told of: %s', async (descr) => {
    const view = new DataView(new ArrayBuffer(40));
    for (const [k, x] of [2n ** 53n + 1n, 2n ** 53n, 3n, 2n ** 62n, 2n ** 62n + 1n].entries())
      view.setBigInt64(8 * k, x, !descr.startsWith('>'));
    const { values, warnings } = await valuesIn(V, 'X.npy', npyOfType(descr, '5,', new Uint8Array(view.buffer)));
    expect(values.X).toEqual([2 ** 53, 2 ** 53, 3, 2 ** 62, 2 ** 62]);
    expect(warnings).toEqual(['X.npy: 2 whole numbers of X lie beyond 2^53 and are rounded']);
  });

  describe('an array alone', () => {
    const ROWS = [
      [0, 1, 2],
      [3, 4, 5],
    ];
    const TWO = 'data X : [n, d], y : [n]; minimize sum(X) + sum(y)';

    test.each<[string, string, Reading]>([
      ['fills the only data without a value', 'measured.npy', {}],
      ['of standard input, too', 'standard input', {}],
      ['is mapped by the name of its file', 'measured.npy', { map: { X: ['measured'] } }],
    ])('%s', async (_, name, reading) => {
      expect((await valuesIn(X, name, file('rows.npy'), reading)).values.X).toEqual(ROWS);
      const beside = 'data X : [n, d], y : [2] = [1, 2]; minimize sum(X) + sum(y)';
      expect((await valuesIn(beside, name, file('rows.npy'), reading)).values.X).toEqual(ROWS);
    });

    test('says what to do where several names have no value', async () => {
      expect(await refusal(TWO, 'some/measured.npy', file('rows.npy'))).toEqual({
        message: 'no column of some/measured.npy is an input of this source',
        hint: 'it has measured; say what they fill: --map X=measured',
      });
    });

    test('fills what another file leaves', async () => {
      const { inputs } = elaborate(parse(TWO));
      const open = inMemory({ 'a.npy': file('rows.npy'), 'y.json': '{"y": [1, 2]}' });
      const files = [await dataFile('a.npy', open), await dataFile('y.json', open)];
      const found = assembled(inputs, files, {}).inputs;
      expect((found.X as Tensor).shape).toEqual([2, 3]);
    });
  });

  test('an array of several is mapped to another name', async () => {
    const { values } = await valuesIn('data Z : [n], y : [n]; minimize sum(Z)', 'arrays.npz', file('arrays.npz'), {
      map: { Z: ['x'] },
    });
    expect(values).toEqual({ Z: [1, 2, 3], y: [2, 4, 6] });
    const rows = zipSync({ 'a.npy': file('rows.npy'), 'b.npy': file('rows.npy') });
    expect((await valuesIn(X, 'a.npz', rows, { map: { X: ['a'] } })).values.X).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    const json = '{"a": [[1, 2], [3, 4]], "X": [[5, 6]]}';
    expect((await valuesIn(X, 'a.json', json, { map: { X: ['a'] } })).values.X).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect((await refusal(X, 'a.npz', rows, { map: { X: ['a', 'b'] } })).message).toBe(
      'a.npz: a is no column: it is not a flat list',
    );
  });

  test('infinite numbers are no values to learn from', async () => {
    expect(await refusal(V, 'X.npy', file('half.npy'))).toEqual({
      message: 'X.npy, entry 5: X is not finite (Infinity)',
      hint: 'fill it in, or leave its row out with --missing drop',
    });
    expect((await valuesIn(V, 'X.npy', file('half.npy'), { missing: 'drop' })).values.X).toHaveLength(4);
    const wide = npyBytes(new Tensor([2, 2], Float64Array.of(1, Number.NEGATIVE_INFINITY, Number.NaN, 4)));
    expect((await refusal(X, 'X.npy', wide)).message).toBe('X.npy: X[1,2] is not finite (-Infinity)');
    expect((await refusal(X, 'X.npy', wide, { missing: 'drop' })).message).toBe('X.npy has no row with all of its values');
    const three = npyBytes(new Tensor([3, 2], Float64Array.of(1, Number.NEGATIVE_INFINITY, Number.NaN, 4, 5, 6)));
    expect((await valuesIn(X, 'X.npy', three, { missing: 'drop' })).values.X).toEqual([[5, 6]]);
  });

  test.each([
    ['objects.npy', 'X.npy holds Python objects, not numbers'],
    ['complex.npy', 'X.npy holds complex numbers, not numbers'],
    ['records.npy', 'X.npy holds records, not numbers'],
    ['truncated.npy', 'X.npy ends before its array does'],
  ])('%s is refused', async (name, message) => {
    expect((await refusal(V, 'X.npy', file(name))).message).toBe(message);
  });

  test('an array that is missing, or is called otherwise', async () => {
    expect((await refusal('data a : [n]; minimize sum(a)', 'arrays.npz', file('arrays.npz'))).message).toBe(
      'no column of arrays.npz is an input of this source',
    );
  });

  test.each([
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 3), }", 'has a header that cannot be read'],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (x,), }", 'has a header that cannot be read'],
    ["{'descr': '<f8', 'shape': (2,), }", 'has a header that cannot be read'],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (999999999999,), }", 'ends before its array does'],
    ['', 'has a header that cannot be read'],
  ])('a header that says %j is refused', async (header, message) => {
    const bytes = Uint8Array.of(0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0, ...Buffer.from(header));
    expect((await refusal(V, 'X.npy', bytes)).message).toBe(`X.npy ${message}`);
    expect((await refusal(V, 'X.npy', bytes.slice(0, 8))).message).toBe('X.npy has a header that cannot be read');
  });

  test('an archive that is damaged, or none of NumPy', async () => {
    expect((await refusal(XY, 'a.npz', file('arrays.npz').slice(0, 300))).message).toMatch(/^a\.npz is a damaged archive: /);
    expect((await refusal(XY, 'a.npz', zipSync({ 'a.txt': Uint8Array.of(1) }))).message).toBe('a.npz holds no arrays of NumPy');
    const two = zipSync({ 'x.npy': file('rows.npy'), 'z.npy': file('rows.npy') });
    const twice = Buffer.from(Buffer.from(two).toString('latin1').replaceAll('z.npy', 'x.npy'), 'latin1');
    expect((await refusal(XY, 'a.npz', new Uint8Array(twice))).message).toBe('a.npz has two arrays x');
  });

  /** Each byte of an archive in turn, with one of its bits flipped. */
  test.each(['arrays.npz', 'compressed.npz'])('no bit of %s that is flipped changes a number', async (name) => {
    const whole = file(name);
    const before = (await valuesIn(XY, name, whole)).values;
    const seen = new Set<string>();
    for (let at = 0; at < whole.length; at++) {
      const flipped = whole.map((byte, k) => (k === at ? byte ^ (1 << (at % 8)) : byte));
      try {
        expect((await valuesIn(XY, name, flipped)).values).toEqual(before);
      } catch (error) {
        if (!(error instanceof GradusError)) throw error;
        seen.add(error.message);
      }
    }
    expect([...seen]).toContain(`${name}, x.npy is damaged: it is not what was packed`);
    expect([...seen]).toContain(`${name}, y.npy is damaged: it is not what was packed`);
  });

  test('an archive whose sizes disagree, or whose member says that it is larger than can be', async () => {
    const whole = file('compressed.npz');
    const sizes = membersOf(whole)!.find(({ name }) => name === 'x.npy')!;
    for (const size of [sizes.size - 8, sizes.size + 8, 2 ** 31]) {
      const view = new DataView(whole.slice().buffer);
      for (let at = 0; at + 46 < whole.length; at++)
        if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) === sizes.size)
          view.setUint32(at + 24, size, true);
      expect((await refusal(XY, 'a.npz', new Uint8Array(view.buffer))).message).toBe(
        'a.npz, x.npy is damaged: it is not what was packed',
      );
    }
  });

  test('an array that its file goes on behind', async () => {
    expect((await refusal(X, 'X.npy', Uint8Array.of(...file('rows.npy'), 0))).message).toBe('X.npy goes on behind its array');
  });
});
