import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { assembled, type Reading } from '../../src/data/assemble.ts';
import { surveyed } from '../../src/data/file-batches.ts';
import { npyBytes } from '../../src/data/npy-writer.ts';
import { dataFile } from '../../src/data/read.ts';
import { membersOf } from '../../src/data/zip.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { parse } from '../../src/language/parser.ts';
import { Tensor } from '../../src/numeric/tensor.ts';
import { gzipped, inMemory, refusal, utf16, valuesIn } from './reading.ts';

/** Small files with what is usually the matter with them: each is read rightly, or refused with its place. */

const XY = 'data x : [n], y : [n]; minimize sum(x + y)';
const x = [1.5, 2];
const y = [3, -4];
const XY_NPZ = zipSync({
  'x.npy': npyBytes(new Tensor([2], Float64Array.from(x))),
  'y.npy': npyBytes(new Tensor([2], Float64Array.from(y))),
});

describe('read as it is meant', () => {
  test.each<[string, string, string | Uint8Array]>([
    ['commas', 'a.csv', 'x,y\n1.5,3\n2,-4\n'],
    ['no line end at the end', 'a.csv', 'x,y\n1.5,3\n2,-4'],
    ['semicolons', 'a.csv', 'x;y\n1.5;3\n2;-4\n'],
    ['tabs in a file called csv', 'a.csv', 'x\ty\n1.5\t3\n2\t-4\n'],
    ['bars', 'a.txt', 'x|y\n1.5|3\n2|-4\n'],
    ['columns of spaces', 'a.dat', '   x      y\n 1.5      3\n   2     -4\n'],
    ['a decimal comma', 'a.csv', 'x;y\n1,5;3,0\n2,0;-4,0\n'],
    ['a decimal comma in quotes', 'a.csv', 'x,y\n"1,5","3,0"\n"2,0","-4,0"\n'],
    ['a decimal comma between tabs', 'a.tsv', 'x\ty\n1,5\t3\n2\t-4\n'],
    ['a decimal comma and three digits behind another', 'a.csv', 'x;y\n1,5;3,000\n2,000;-4,000\n'],
    ['a byte order mark', 'a.csv', '\uFEFFx,y\n1.5,3\n2,-4\n'],
    ['line ends of Windows', 'a.csv', 'x,y\r\n1.5,3\r\n2,-4\r\n'],
    ['line ends of both kinds', 'a.csv', 'x,y\r\n1.5,3\n2,-4\r\n'],
    ['line ends of old Macs', 'a.csv', 'x,y\r1.5,3\r2,-4\r'],
    ['the delimiter said, as Excel does', 'a.csv', 'sep=;\r\nx;y\r\n1,5;3\r\n2;-4\r\n'],
    ['a delimiter at the end of each row', 'a.csv', 'x,y\n1.5,3,\n2,-4,\n'],
    ['a delimiter at the end of each line', 'a.csv', 'x,y,\n1.5,3,\n2,-4,\n'],
    ['comments above and between', 'a.csv', '# measured on Monday\n# by Ann, Bob\nx,y\n1.5,3\n# restarted\n2,-4\n'],
    ['comments of Matlab', 'a.txt', '% x and y\nx,y\n1.5,3\n2,-4\n'],
    ['the names in a comment, as NumPy writes them', 'a.txt', '# x y\n1.5 3\n2 -4\n'],
    ['spaces around cells', 'a.csv', 'x , y\n 1.5 , 3\n2,   -4 \n'],
    ['quotes around everything', 'a.csv', '"x","y"\n"1.5","3"\n"2","-4"\n'],
    ['quotes behind a space', 'a.csv', 'x, "y"\n1.5, "3"\n2, "-4"\n'],
    ['line breaks in quotes', 'a.csv', 'x,note,y\n1.5,"one\ntwo, ""three""",3\n2,"",-4\n'],
    ['empty lines, and lines of delimiters', 'a.csv', 'x,y\n\n1.5,3\n   \n2,-4\n,\n,\n'],
    ['columns in another order, and more of them', 'a.csv', 'who,y,x\nann,3,1.5\nbob,-4,2\n'],
    ['numbers with exponents and signs', 'a.csv', 'x,y\n+15e-1,.3e1\n2.,−4\n'],
    ['UTF-16 of Windows', 'a.csv', utf16('x\ty\r\n1,5\t3\r\n2\t-4\r\n')],
    ['UTF-16, the other way round', 'a.csv', utf16('x,y\n1.5,3\n2,-4\n', { big: true })],
    ['UTF-16 without a mark', 'a.csv', utf16('x,y\n1.5,3\n2,-4\n', { mark: false })],
    ['letters of western Windows', 'a.csv', Uint8Array.from(Buffer.from('x,y,größe\n1.5,3,1\n2,-4,2\n', 'latin1'))],
    ['packed', 'a.csv.gz', gzipped('x,y\n1.5,3\n2,-4\n')],
    ['packed in two parts', 'a.csv.gz', Uint8Array.from([...gzipped('x,y\n1.5,3\n'), ...gzipped('2,-4\n')])],
    ['packed, under a name that does not say so', 'a.csv', gzipped('x,y\n1.5,3\n2,-4\n')],
    ['JSON by name', 'a.json', '{"x": [1.5, 2], "y": [3, -4]}'],
    ['JSON in rows', 'a.json', '[{"x": 1.5, "y": 3}, {"y": -4, "x": 2, "who": {"name": "ann"}}]'],
    ['JSON a line', 'a.jsonl', '{"x": 1.5, "y": 3}\n\n{"y": -4, "x": 2}\n'],
    ['JSON a line, in a file called json', 'a.json', '{"x": 1.5, "y": 3}\n{"y": -4, "x": 2}\n'],
    ['JSON whose numbers are texts', 'a.json', '[{"x": "1.5", "y": "3"}, {"x": "2", "y": "-4"}]'],
    ['JSON with texts for numbers, by name', 'a.json', '{"x": ["1.5", "2"], "y": [3, -4]}'],
    ['JSON that is packed', 'a.json.gz', gzipped('{"x": [1.5, 2], "y": [3, -4]}')],
    ['row names of R, between spaces', 'a.txt', '"x" "y"\n"1" 1.5 3\n"2" 2 -4\n'],
    ['row names of R', 'a.csv', 'x,y\n"ann",1.5,3\n"b, c",2,-4\n'],
    ['JSON in a file called csv', 'a.csv', '{"x": [1.5, 2], "y": [3, -4]}'],
    ['rows of JSON in a file called csv', 'a.csv', ' [ {"x": 1.5, "y": 3}, {"y": -4, "x": 2}]'],
    ['lines of JSON in a file called txt', 'a.txt', '{"x": 1.5, "y": 3}\n{"y": -4, "x": 2}\n'],
    ['a table in a file called json', 'a.json', 'x,y\n1.5,3\n2,-4\n'],
    ['lines of JSON with empty ones between, in a file called json', 'a.json', '\n{"x": 1.5, "y": 3}\n\n{"y": -4, "x": 2}\n'],
    ['NPZ in a file called csv', 'a.csv', XY_NPZ],
    ['NPZ in a file called npy', 'a.npy', XY_NPZ],
    ['a table without a telling name', 'standard input', 'x;y\n1.5;3\n2;-4\n'],
    ['JSON without a telling name', 'standard input', ' {"x": [1.5, 2], "y": [3, -4]}'],
    ['packed lines of JSON without a telling name', 'standard input', gzipped('{"x": 1.5, "y": 3}\n{"y": -4, "x": 2}\n')],
  ])('%s', async (_, name, content) => {
    for (const piece of [undefined, 3]) expect((await valuesIn(XY, name, content, {}, piece)).values).toEqual({ x, y });
  });

  const ONE = 'data x : [n]; minimize sum(x)';
  const NAMED = { X: ['length, in "cm"'] };

  test.each<[string, string, string, Reading, number[]]>([
    ['a delimiter that is found nowhere else', ONE, 'x\n1,5\n2,5\n', { delimiter: 'semicolon' }, [1.5, 2.5]],
    ['a delimiter by its sign', ONE, 'x:y\n1:2\n3:4\n', { delimiter: ':' }, [1, 3]],
    ['tabs by their name', ONE, 'x\ty, z\n1\t2,5\n3\t4,5\n', { delimiter: 'tab' }, [1, 3]],
    ['tabs as one types them', ONE, 'x\ty\n1\t2\n', { delimiter: '\\t' }, [1]],
    ['a decimal comma that could separate thousands', ONE, 'x;y\n1,234;2\n', { decimal: 'comma' }, [1.234]],
    ['points, though all could separate thousands', ONE, 'x;y\n1.234;2,5\n', { decimal: 'point' }, [1.234]],
    ['lines that are empty below one column', ONE, 'x\r\n1\r\n2\r\n\r\n\r\n', {}, [1, 2]],
    ['numbers as names', ONE, '2020,2021\n1,2\n3,4\n', { map: { x: ['2021'] } }, [2, 4]],
    ['numbers as names in quotes', ONE, '"1","2"\n3,4\n', { map: { x: ['2'] } }, [4]],
    ['columns counted, though numbers stand there', ONE, '2,1\n3,4\n', { map: { x: ['2'] } }, [1, 4]],
    ['columns of quoted names', 'data X : [n, 1]; minimize sum(X)', '"length, in ""cm""",y\n1,2\n', { map: NAMED }, [1]],
    [
      'a name in two lines',
      'data X : [n, 1]; minimize sum(X)',
      '"length\r\n in cm",y\r\n1,2\r\n',
      { map: { X: ['length in cm'] } },
      [1],
    ],
  ])('%s', async (_, source, content, reading, expected) => {
    for (const piece of [undefined, 1, 5]) {
      const { values } = await valuesIn(source, 'a.csv', content, reading, piece);
      expect([Object.values(values)[0]].flat(2)).toEqual(expected);
    }
  });

  test('megabytes within quotes', async () => {
    const content = `x,note\n1,"${'line, ""line""\n'.repeat(1e5)}"\n2,\n`;
    expect((await valuesIn(ONE, 'a.csv', content, {}, 1 << 16)).values.x).toEqual([1, 2]);
  });

  test('rows left out that lack a value are counted: NA, infinite, delimiters alone', async () => {
    const { values, warnings } = await valuesIn(XY, 'a.csv', 'x,y\n1,2\ninf,3\n,\nNA,3\n5,1e999\n6,7\n,\n', { missing: 'drop' });
    expect(values).toEqual({ x: [1, 6], y: [2, 7] });
    expect(warnings).toEqual(['a.csv: 4 of 6 rows left out, which lack a value']);
  });

  const MATRIX = 'data X : [n, 2], y : [n]; minimize sum(X) + sum(y)';

  test.each<[string, string, string, Record<string, unknown>, string]>([
    [
      'null and words within rows',
      MATRIX,
      '{"X": [[1, 2], [3, null], ["NA", 6], [7, 8]], "y": [1, 2, 3, 4]}',
      {
        X: [
          [1, 2],
          [7, 8],
        ],
        y: [1, 4],
      },
      '2 of 4',
    ],
    ['a gap in the vector beside', MATRIX, '{"X": [[1, 2], [3, 4]], "y": [null, 2]}', { X: [[3, 4]], y: [2] }, '1 of 2'],
    [
      'infinite numbers',
      MATRIX,
      '{"X": [[1, "Infinity"], [3, 4], [1, 1e999]], "y": [1, 2, 3]}',
      { X: [[3, 4]], y: [2] },
      '2 of 3',
    ],
    [
      'examples along the second axis',
      'data X : [2, n], y : [n]; minimize sum(X) + sum(y)',
      '{"X": [[1, null, 3], [4, 5, 6]], "y": [1, 2, 3]}',
      {
        X: [
          [1, 3],
          [4, 6],
        ],
        y: [1, 3],
      },
      '1 of 3',
    ],
    [
      'as many features as examples, and what is no example',
      'data X : [d, n], y : [n], S : [d, d]; minimize sum(X) + sum(y) + sum(S)',
      '{"X": [[1, null], [3, 4]], "y": [1, 2], "S": [[7, 8], [9, 1]]}',
      {
        X: [[1], [3]],
        y: [1],
        S: [
          [7, 8],
          [9, 1],
        ],
      },
      '1 of 2',
    ],
    ['a matrix alone', 'data X : [n, d]; minimize sum(X)', '{"X": [[1, null], [3, 4]]}', { X: [[3, 4]] }, '1 of 2'],
    [
      'labels beside it',
      'data X : [n, 2], Y : [n, 2] onehot cols; minimize sum(X) + sum(Y)',
      '{"X": [[1, 2], [3, null], [5, 6]], "Y": ["a", "b", "b"]}',
      {
        X: [
          [1, 2],
          [5, 6],
        ],
        Y: [
          [1, 0],
          [0, 1],
        ],
      },
      '1 of 3',
    ],
  ])('examples of arrays left out: %s', async (_, source, content, expected, count) => {
    const { values, warnings } = await valuesIn(source, 'a.json', content, { missing: 'drop' });
    expect(values).toEqual(expected);
    expect(warnings).toEqual([`a.json: ${count} rows left out, which lack a value`]);
  });

  test('one column alone', async () => {
    expect((await valuesIn('data x : [n]; minimize sum(x)', 'a.csv', 'x\n1.5\n2\n')).values.x).toEqual([1.5, 2]);
  });
});

describe('comments that have as many cells as a row are told of', () => {
  const COLOURS = 'data x : [n], y : [n], C : [n, 2] onehot cols from c; minimize sum(x)';
  const one = (line: number, sign = '#') =>
    `a.csv: line ${line} begins with ${sign} and is left out as a comment, though it has as many cells as a row: put its first cell in quotes, or delete the line`;
  const two = (count: number, line: number) =>
    `a.csv: ${count} lines that begin with # are left out as comments, line ${line} first, though they have as many cells as a row: put their first cells in quotes, or delete the lines`;

  test.each<[string, string, string[]]>([
    ['a colour', 'c,x,y\nred,1,2\n#000,3,4\nblue,5,6\n', [one(3)]],
    ['the last line, without an end', 'c,x,y\nred,1,2\nblue,5,6\n#000,3,4', [one(4)]],
    ['several', 'c,x,y\n#fff,1,2\nred,1,2\n# by Ann, Bob\n#000,3,4\nblue,5,6\n', [two(2, 2)]],
    ['a delimiter at the end of each row', 'c,x,y\nred,1,2,\n#000,3,4,\nblue,5,6,\n', [one(3)]],
    ['behind quotes', 'c,x,y\n"re\nd",1,2\n#000,3,"4"\nblue,5,6\n', [one(4)]],
    ['per cent', '% c\nc,x,y\nred,1,2\n%1,3,4\nblue,5,6\n', [one(4, '%')]],
    ['the delimiter said', 'sep=;\nc;x;y\nred;1;2\n#000;3;4\nblue;5;6\n', [one(4)]],
    ['spaces', 'c x y\nred 1 2\n#000  3 4\nblue 5 6\n', [one(3)]],
    ['old Macs', 'c,x,y\rred,1,2\r#000,3,4\rblue,5,6\r', [one(3)]],
    ['in quotes it is none', 'c,x,y\nred,1,2\n"#000",1,2\n', []],
    ['within quotes', 'c x y\nred 1 2\n"a\n#000 3 4" 5 6\n', []],
    ['words', 'c x y\nred 1 2\n# begun again\nblue 5 6\n', []],
    ['above the header', '# a,b,c\nc,x,y\nred,1,2\nblue,5,6\n', []],
    ['other lines', 'c,x,y\nred,1,2\n# on Monday\n# a, b\n# a, b, c, d\nblue,5,6\n', []],
  ])('%s', async (_, content, told) => {
    for (const piece of [undefined, 3]) expect((await valuesIn(COLOURS, 'a.csv', content, {}, piece)).warnings).toEqual(told);
    const warnings: string[] = [];
    const { inputs } = elaborate(parse(COLOURS));
    await surveyed(inputs, 'a.csv', inMemory({ 'a.csv': content }), {}, (text) => warnings.push(text));
    expect(warnings).toEqual(told);
  });

  test.each<[string, string[]]>([
    ['x\n1\n# restarted\n2\n', []],
    ['x\n1\n#3\n2\n', [one(3)]],
  ])('one column: %j', async (content, told) => {
    expect((await valuesIn('data x : [n]; minimize sum(x)', 'a.csv', content)).warnings).toEqual(told);
  });

  test.each([',', ' '])('where all rows are such, they are none: %j', async (sign) => {
    const content = 'c,x,y\n#fff,1,2\n#000,3,4\n'.replaceAll(',', sign);
    expect(await refusal(COLOURS, 'a.csv', content)).toEqual({
      message: 'a.csv has no rows below its header but lines that begin with #, which are comments',
      hint: 'a first cell that begins with # stands in quotes',
    });
  });
});

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
