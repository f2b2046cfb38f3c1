import { describe, expect, test } from 'vitest';
import { surveyed } from '../../src/data/file-batches.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { parse } from '../../src/language/parser.ts';
import { inMemory, refusal, valuesIn } from './reading.ts';

/** Lines that begin with # below the header: comments, or rows whose first cell does. */

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
