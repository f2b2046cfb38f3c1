import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { Reading } from '../../src/data/assemble.ts';
import { npyBytes } from '../../src/data/npy-writer.ts';
import { Tensor } from '../../src/numeric/tensor.ts';
import { gzipped, utf16, valuesIn } from './reading.ts';

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
