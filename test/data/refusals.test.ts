import { describe, expect, test } from 'vitest';
import { gzipped, refusal, valuesIn } from './reading.ts';

/** Small files with what is the matter with them: each is refused with its place. */

const XY = 'data x : [n], y : [n]; minimize sum(x + y)';

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
    ['signs that are no units', 'a.csv', 'x,y\n---,---\n1,2\n', 'a.csv, line 2: x is “---”, not a number', ''],
    ['digits that are none', 'a.csv', 'x,y\n１,２\n1,2\n', 'a.csv, line 2: x is “１”, not a number', ''],
    ['a half', 'a.csv', 'x,y\n½,½\n1,2\n', 'a.csv, line 2: x is “½”, not a number', ''],
    ['a word in the first row', 'a.csv', 'x,y\nabc,2\n1,2\n', 'a.csv, line 2: x is “abc”, not a number', ''],
    [
      'a row of units in brackets, beside words',
      'a.csv',
      'x,who,y\n[m/s²],,%\n1,ann,2\n',
      'a.csv, line 2: x is “[m/s²]”, not a number',
      'a row of units? begin its line with #',
    ],
    ['no examples', 'a.json', '{"x": [], "y": []}', 'a.json has no examples: x is empty'],
    [
      'NaN as Python writes it',
      'a.json',
      '{"x": [1, "NaN"],\n"y": [1, NaN]}',
      'a.json, line 2 is not JSON: NaN is no number there',
      'write null where a value is missing, or the text "NaN"',
    ],
    [
      'infinite as Python writes it',
      'a.jsonl',
      '{"x": 1, "y": 2}\n{"x": -Infinity, "y": 2}\n',
      'a.jsonl, line 2 is not JSON: -Infinity is no number there',
      'write null where a value is missing, or the text "-Infinity"',
    ],
    [
      'a list in a row of JSON',
      'a.jsonl',
      '{"x": [1, 2], "y": 3}\n',
      'a.jsonl, line 1: x is “a list”, not a number',
      'a row has a number for each name: {"x1": 0, "x2": 1}; arrays stand by name: {"X": [[0, 1]]}',
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
    [
      'one column of decimal commas',
      'a.csv',
      'x\n1,5\n',
      'a.csv, line 2: 2 cells, where line 1 has 1',
      'a decimal comma? --delimiter semicolon --decimal comma',
    ],
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
    if (hint !== undefined) expect(found.hint ?? '').toBe(hint);
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

describe('an array that is none is refused with its file and its place', () => {
  const FIX = 'fill it in, or leave out the example that it belongs to with --missing drop';
  test.each<[string, string, string?]>([
    ['[[1, 2], [3, "NaN"]]', 'a.json: X[2,2] is NaN', FIX],
    ['[[1, 2], [3, null]]', 'a.json: X[2,2] is missing', FIX],
    ['[[1, "n/a"], [3, 4]]', 'a.json: X[1,2] is missing (n/a)', FIX],
    ['[[1, "-Infinity"], [3, 4]]', 'a.json: X[1,2] is not finite (-Infinity)', FIX],
    ['[[1, 1e999], [3, 4]]', 'a.json: X[1,2] is not finite (Infinity)', FIX],
    ['[[1, true], [3, 4]]', 'a.json: the value of X has true at [1, 2], not a number', 'write 1 and 0'],
    ['[[1, 2], [3]]', 'a.json: the value of X is ragged: the list at [2] has 1 entries, the first has 2'],
    ['[[1, 2], [3, [4]]]', 'a.json: the value of X has a list at [2, 2], not a number'],
    ['true', 'a.json: the value of X is true, not a number or an array of numbers', 'write 1 and 0'],
    ['{"of": 1}', 'a.json: the value of X is an object, not a number or an array of numbers'],
  ])('%s', async (value, message, hint) => {
    expect(await refusal('data X : [n, 2]; minimize sum(X)', 'a.json', `{"X": ${value}}`)).toEqual({ message, hint });
  });

  const FILL = 'fill it in: along which axis the examples of the file lie cannot be told';
  test.each([
    [
      'two lengths',
      'data X : [n, 2], Z : [m, 2]; minimize sum(X) + sum(Z)',
      '{"X": [[1, null], [3, 4]], "Z": [[1, 2]]}',
      'X[1,2]',
    ],
    [
      'what is no example',
      'data y : [n], S : [2, 2]; minimize sum(y) + sum(S)',
      '{"y": [1, 2], "S": [[1, null], [3, 4]]}',
      'S[1,2]',
    ],
  ])('examples that cannot be left out: %s', async (_, source, content, entry) => {
    expect(await refusal(source, 'a.json', content, { missing: 'drop' })).toEqual({
      message: `a.json: ${entry} is missing`,
      hint: FILL,
    });
  });
});
