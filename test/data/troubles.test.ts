import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Reading } from '../../src/data/assemble.ts';
import { gzipped, refusal, utf16, valuesIn } from './reading.ts';

/** Small files with what is usually the matter with them: each is read rightly, or refused with its place. */

const XY = 'data x : [n], y : [n]; minimize sum(x + y)';
const x = [1.5, 2];
const y = [3, -4];

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

  test('one column alone', async () => {
    expect((await valuesIn('data x : [n]; minimize sum(x)', 'a.csv', 'x\n1.5\n2\n')).values.x).toEqual([1.5, 2]);
  });
});

describe('refused with its place', () => {
  test.each<[string, string, string | Uint8Array, string, string?]>([
    ['a word among numbers', 'a.csv', 'x,y\n1,2\n3,four\n', 'a.csv, line 3: y is “four”, not a number'],
    [
      'after comments and line breaks',
      'a.csv',
      '# c\nx,y,z\n1,2,"a\nb"\n# c\n\n3,four,\n',
      'a.csv, line 7: y is “four”, not a number',
    ],
    [
      'a row of units',
      'a.csv',
      'x,y\nm,s\n1,2\n3,4\n',
      'a.csv, line 2: x is “m”, not a number',
      'a row of units? begin its line with #',
    ],
    [
      'thousands',
      'a.csv',
      'x;y\n1;2\n1,234;3\n',
      'a.csv, line 3: x is “1,234”, not a number',
      'a decimal comma or a thousands separator? write 1234 or 1.234',
    ],
    [
      'thousands and a point',
      'a.csv',
      'x,y\n"1,234.5",2\n',
      'a.csv, line 2: x is “1,234.5”, not a number',
      'leave the thousands separators out',
    ],
    [
      'a comma among points',
      'a.csv',
      'x;y\n1.5;2\n1,5;3\n',
      'a.csv, line 3: x is “1,5”, not a number',
      'the other numbers have a decimal point: write it so here too',
    ],
    [
      'a point among commas',
      'a.csv',
      `x;y\n${'1,5;2\n'.repeat(200)}1.5;3\n`,
      'a.csv, line 202: x is “1.5”, not a number',
      'the other numbers have a decimal comma: write it so here too',
    ],
    [
      'per cent',
      'a.csv',
      'x,y\n12%,2\n',
      'a.csv, line 2: x is “12%”, not a number',
      'leave the percent sign out, and divide by 100 where shares are meant',
    ],
    ['money', 'a.csv', 'x,y\n$12.50,2\n', 'a.csv, line 2: x is “$12.50”, not a number', 'leave the sign of the currency out'],
    [
      'a date',
      'a.csv',
      'x,y\n2024-01-31,2\n',
      'a.csv, line 2: x is “2024-01-31”, not a number',
      'dates and times are no numbers: count days or seconds from a first one',
    ],
    ['a unit', 'a.csv', 'x,y\n1,2\n5 cm,2\n', 'a.csv, line 3: x is “5 cm”, not a number', 'leave the unit out'],
    [
      'a number of programmers',
      'a.csv',
      'x,y\n0x1f,2\n',
      'a.csv, line 2: x is “0x1f”, not a number',
      'write it in decimal digits',
    ],
    [
      'an exponent of Fortran',
      'a.dat',
      'x y\n1.5D+3 2\n',
      'a.dat, line 2: x is “1.5D+3”, not a number',
      'write the exponent with e: 1.5e3',
    ],
    ['truth', 'a.csv', 'x,y\ntrue,2\n', 'a.csv, line 2: x is “true”, not a number', 'write 1 and 0'],
    [
      'words alone',
      'a.csv',
      'x,y\nann,2\nbob,3\n',
      'a.csv, line 2: x is “ann”, not a number',
      'words are classes: data x : [n, k] onehot cols',
    ],
    ['a long text', 'a.csv', `x,y\n1,2\n${'z'.repeat(100)},2\n`, `a.csv, line 3: x is “${'z'.repeat(40)}…”, not a number`],
    [
      'an empty cell',
      'a.csv',
      'x,y\n1,2\n3,\n',
      'a.csv, line 3: y is missing',
      'fill it in, or leave its row out with --missing drop',
    ],
    [
      'NA, and more of it',
      'a.csv',
      'x,y\n1,2\nNA,3\n4,?\nnan,null\n',
      'a.csv, line 3: x is missing (NA)',
      'fill it in, or leave out with --missing drop the 3 rows that lack a value',
    ],
    ...['inf', '-Infinity', '+INF', '∞', '1e400', '-1.#INF'].map((word): [string, string, string, string] => [
      `an infinite number: ${word}`,
      'a.csv',
      `x,y\n1,2\n3,${word}\n`,
      `a.csv, line 3: y is not finite (${word})`,
    ]),
    ...['NaN', '-nan', 'nan(ind)', '1.#QNAN', '#DIV/0!', '#N/A', 'NULL', 'n/a'].map((word): [string, string, string, string] => [
      `no number: ${word}`,
      'a.csv',
      `x,y\n1,2\n3,${word}\n`,
      `a.csv, line 3: y is missing (${word})`,
    ]),
    ['a row of delimiters alone', 'a.csv', 'x,y\n1,2\n,\n5,6\n', 'a.csv, line 3: x is missing'],
    [
      'a negative number of accountants',
      'a.csv',
      'x,y\n(5),2\n',
      'a.csv, line 2: x is “(5)”, not a number',
      'write the minus in front: -5',
    ],
    ['a fraction', 'a.csv', 'x,y\n1/2,2\n', 'a.csv, line 2: x is “1/2”, not a number', 'write the quotient as a decimal: 0.5'],
    [
      'thousands of Switzerland',
      'a.csv',
      "x;y\n1'234.5;2\n",
      "a.csv, line 2: x is “1'234.5”, not a number",
      'leave the thousands separators out',
    ],
    [
      'thousands of India',
      'a.csv',
      'x;y\n1,23,456;2\n',
      'a.csv, line 2: x is “1,23,456”, not a number',
      'leave the thousands separators out',
    ],
    [
      'an exponent of Fortran without its letter',
      'a.dat',
      'x y\n1.5+105 2\n',
      'a.dat, line 2: x is “1.5+105”, not a number',
      'write the exponent with e: 1.5e3',
    ],
    [
      'a date in words',
      'a.csv',
      'x,y\n31 Jan 2024,2\n',
      'a.csv, line 2: x is “31 Jan 2024”, not a number',
      'dates and times are no numbers: count days or seconds from a first one',
    ],
    ['JSON with an infinite number', 'a.json', '{"x": [1, 2], "y": [1, 1e400]}', 'a.json, entry 2: y is not finite (Infinity)'],
    ['JSON with NaN as a text', 'a.json', '{"x": [1, "NaN"], "y": [1, 2]}', 'a.json, entry 2: x is missing (NaN)'],
    [
      'a row too short',
      'a.csv',
      'x,y\n1,2\n3\n',
      'a.csv, line 3: 1 cell, where line 1 has 2',
      'a cell without a value is left empty: 1,,2',
    ],
    [
      'a row too long',
      'a.csv',
      'x,y\n1,2\n1,5,3\n',
      'a.csv, line 3: 3 cells, where line 1 has 2',
      'a comma within a cell stands in quotes: "1,5"; or let ; separate the cells',
    ],
    [
      'a title',
      'a.csv',
      'Results of Monday\nx,y\n1,2\n',
      'a.csv, line 2: 2 cells, where line 1 has 1',
      'what stands above the names of the columns is a comment: begin its lines with #',
    ],
    ['one column of decimal commas', 'a.csv', 'x\n1,5\n', 'a.csv, line 2: 2 cells, where line 1 has 1'],
    ['two columns of one name', 'a.csv', 'x,y,x\n1,2,3\n', 'a.csv has two columns x'],
    [
      'no header',
      'a.csv',
      '1,2\n3,4\n',
      'a.csv has no header',
      'its first line names the columns: x,y; or they are counted: --map x=1 --map y=2',
    ],
    ['nothing', 'a.csv', '', 'a.csv is empty'],
    ['nothing but a mark and lines', 'a.csv', '\uFEFF\n\n', 'a.csv is empty'],
    ['a header alone', 'a.csv', 'x,y\n', 'a.csv has no rows below its header'],
    [
      'other columns',
      'a.csv',
      'a,b\n1,2\n',
      'no column of a.csv is an input of this source',
      'it has a, b; say what they fill: --map x=a',
    ],
    ['quotes never closed', 'a.csv', 'x,y\n1,2\n"3,4\n5,6\n', 'a.csv, line 3: the quotes that begin here are never closed'],
    [
      'quotes never closed, after other lines',
      'a.csv',
      'x,y\n1,2\n\n# c\n1,"2\n3"\n\n"3,4\n5,6\n',
      'a.csv, line 8: the quotes that begin here are never closed',
    ],
    [
      'something behind quotes',
      'a.csv',
      'x,y\n"1"2,3\n',
      'a.csv, line 2: something stands behind the quotes of a cell',
      'quotes within quotes are written twice: "5"" pipe"',
    ],
    [
      'quotes in the middle',
      'a.csv',
      'x,y\n5" pipe,3\n',
      'a.csv, line 2: quotes stand in the middle of a cell',
      'a cell with quotes in it is written "5"" pipe"',
    ],
    [
      'what is no text',
      'a.csv',
      Uint8Array.from([80, 78, 71, 0, 0, 0, 1, 2, 0, 7]),
      'a.csv holds no text',
      'tables are text: CSV, TSV, JSON; arrays come as NPY and NPZ',
    ],
    [
      'a packed file cut off',
      'a.csv.gz',
      gzipped('x,y\n1,2\n'.repeat(99)).slice(0, -12),
      'a.csv.gz ends before what it packs does',
      'copy it again: gzip -t tells whether a file is whole',
    ],
    [
      'a packed file damaged',
      'a.csv.gz',
      gzipped('x,y\n1,2\n').map((byte, k) => (k === 12 ? byte ^ 255 : byte)),
      'a.csv.gz is packed by gzip, and damaged',
    ],
    ['JSON cut off', 'a.json', '{"x": [1,\n2', 'a.json, line 2 is not JSON: '],
    ['JSON of nothing', 'a.json', ' \n', 'a.json is empty'],
    ['JSON of a list', 'a.json', '[1, 2]', 'a.json does not hold an object'],
    ['JSON with a word', 'a.json', '{"x": [1, "two"], "y": [1, 2]}', 'a.json, entry 2: x is “two”, not a number'],
    ['JSON with nothing in a list', 'a.json', '{"x": [1, 2], "y": [1, null]}', 'a.json, entry 2: y is missing'],
    ['JSON with a nested row', 'a.json', '[{"x": 1, "y": {"value": 2}}]', 'a.json, entry 1: y is “an object”, not a number'],
    ['lines of JSON without a key', 'a.jsonl', '{"x": 1, "y": 3}\n{"x": 2}\n', 'a.jsonl, line 2: y is missing'],
    ['lines of JSON that are none', 'a.jsonl', '{"x": 1, "y": 3}\n\n{"x": 2,\n', 'a.jsonl, line 3 is not JSON: '],
    [
      'a line of JSON that is a list',
      'a.jsonl',
      '[1, 2]\n',
      'a.jsonl, line 1 is a list, not an object',
      'each line is a row: {"x": 0, "y": 1}',
    ],
  ])('%s', async (_, name, content, message, hint) => {
    const found = await refusal(XY, name, content);
    expect(found.message.slice(0, message.length)).toBe(message);
    if (!/: $/.test(message)) expect(found.message).toBe(message);
    if (hint) expect(found.hint).toBe(hint);
  });
});

describe('what is no value is no class either', () => {
  const LABELS = 'data x : [n], Y : [n, k] onehot cols; minimize sum(x)';
  test.each([
    ['', 'Y is missing'],
    ['NA', 'Y is missing (NA)'],
    ['NaN', 'Y is missing (NaN)'],
    ['-Infinity', 'Y is not finite (-Infinity)'],
    ['1.5', 'Y is 1.5, which is no class'],
    ['12345678901234567891', 'Y is 12345678901234567000, which is no class'],
  ])('“%s”', async (word, message) => {
    expect((await refusal(LABELS, 'a.csv', `x,Y\n1,a\n2,${word}\n`)).message).toBe(`a.csv, line 3: ${message}`);
  });

  test('words that look like numbers are classes beside words', async () => {
    const { classes } = await valuesIn(LABELS, 'a.csv', 'x,Y\n1,2\n2,two\n3,0x2\n4,2nd\n');
    expect(classes.Y).toEqual(['0x2', '2', '2nd', 'two']);
  });
});

test('one column: an empty line is a row without a value', async () => {
  expect((await refusal('data x : [n]; minimize sum(x)', 'a.csv', 'x\n1\n\n3\n')).message).toBe('a.csv, line 3: x is missing');
});

test('a delimiter that is none', async () => {
  const { message, hint } = await refusal(XY, 'a.csv', 'x,y\n1,2\n', { delimiter: 'ab' });
  expect(message).toBe('the delimiter "ab" can separate no cells');
  expect(hint).toContain('semicolon');
});

test('an array with a NaN within is refused with its place', async () => {
  const source = 'data X : [n, 2]; minimize sum(X)';
  expect((await refusal(source, 'a.json', '{"X": [[1, 2], [3, "NaN"]]}')).message).toBe('a.json: X[2,2] is NaN');
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
    ['half.npy', V, [1.5, -0.25, 65504, 2 ** -24, Infinity]],
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

  test.each([
    ['objects.npy', 'X.npy holds Python objects, not numbers'],
    ['texts.npy', 'X.npy holds texts, not numbers'],
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
  });
});
