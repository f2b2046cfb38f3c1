import { describe, expect, test } from 'vitest';
import { commands } from '../../src/app/commands.ts';
import { chinese } from '../../src/language/chinese/index.ts';
import { type Catalogue, Speech } from '../../src/language/speech.ts';
import { speaking } from '../../src/options/tables.ts';
import { chinese as ofCommands } from '../../src/session/chinese/index.ts';
import { type Text, textsIn } from '../support/texts.ts';

/** The catalogue has every text that the sources have for people, and no other. */

const catalogues: readonly Catalogue[] = [...chinese, ...ofCommands].map((made) => made());
const entries = catalogues.flatMap(({ messages, parts = {}, words = {} }) =>
  [messages, parts, words].flatMap((record) => Object.entries(record)),
);

/** Files whose texts are no messages, and why. */
const OTHERWISE: readonly (readonly [RegExp, string])[] = [
  [/^derivation\//, 'the words of derivations, a file a language'],
  [/^parallel\/words\//, 'the words of split models, a file a language'],
  [/^report\//, 'told in the words of derivations'],
  [/^render\/(formats|latex|text)/, 'markup'],
  [/^(simplify\/(?!collect|expand|known-sums)|stabilise\/)/, 'names of identities, for those who work on them'],
  [
    /^compile\/(bodies|special-bodies|formula|time-loop|targets\/(js|c\/(cofactors|functions|names|routines|sorting|special)|native\/(?!index)))/,
    'generated code',
  ],
  [/^export\/(differences|lacking|loops\/|python\/(?!printer)|c\/(?!numbers)|js\/(?!refused))/, 'generated code'],
  [/^verify\/(exact\/|special\/|probe)/, 'reasons why a point or a field does not tell: none is shown'],
  [/^app\/page\/server/, 'what browsers are told, in their protocol'],
  [/^options\/signatures/, 'the reference'],
  [/^mathjs\//, 'said among the messages of mathjs, which are English'],
];

/** Texts that are none for people, and why. */
const NONE: readonly (readonly [RegExp, string])[] = [
  [/^(apt-get|xcode-select|npm run) /, 'a command line'],
  [/^gradus \w+( '| --|$| \w+$| \{0\}$)/, 'a command line'],
  [/^--/, 'an option as it is typed'],
  [/^(param|data) [\w{]/, 'a source'],
  [
    /^\/\/ |^ *(const |static |double |long |int |return|typedef |real |for \()|^(routine|helper|special) \{0\}$|^\{0\}, where \{1\}$|^ that is updated$|^\{0\}(for|const) /,
    'generated code',
  ],
  [/^\w+\([^()]*\)$/, 'a call'],
  [/^<code/, 'markup'],
  [/^\[?(Blocks|CompiledDerivation|Derivation|compiled) |^blocks by |^\{0\} nodes$/, 'what a console shows of an object'],
  [
    /^(index|rest|declared|used) \{0\}$|^\{0\} now$|^learning rate$|^option \{0\}$|^steps done$|^(longest gradient|weight decay)$|^(moved|direction of) \{0\}$|^\{0\} held$|^gradient of \{0\}$|^\{0\} of (\{1\}|the solver)$/,
    'a name that no source can have',
  ],
];

const all = textsIn('src', (file) => !/^(language|session)\/chinese\//.test(file));
const lines = (text: string): string[] => text.split('\n').map((line) => line.trim());
const known = new Set(entries.flatMap(([english]) => [english, english.trim()]));

/** Two words side by side, or a word beside a hole. */
const WORDS = /(?<![\p{L}\p{N}_.\\/:-])\p{Ll}{2,}[,;:]? (?:[\p{Ll}`]|\{\d)|\{\d\}[,;:]? \p{Ll}{2,}(?![\p{L}\p{N}_(]* ?[=(:])/u;

/** The table of options is the API's too: its help prints what can be typed. */
const typed = [speaking.lang, ...commands.flatMap(({ options }) => options.map(({ description }) => ({ words: description })))];

const isTold = ({ file, template }: Text): boolean =>
  WORDS.test(template) &&
  !OTHERWISE.some(([files]) => files.test(file)) &&
  !NONE.some(([texts]) => texts.test(template)) &&
  (file !== 'options/tables.ts' || typed.some(({ words }) => words.includes(template)));

describe('the catalogue', () => {
  test('has every text', () => {
    const missing = all.filter(
      (text) =>
        isTold(text) && !known.has(text.template) && !lines(text.template).every((line) => known.has(line) || !WORDS.test(line)),
    );
    expect(missing.map(({ file, line, template }) => `${file}:${line} ${JSON.stringify(template)}`)).toEqual([]);
  });

  test('has no others', () => {
    const library = textsIn('node_modules/commander/lib', () => true, '.js');
    const there = new Set([...all, ...library].flatMap(({ template }) => [template, template.trim(), ...lines(template)]));
    expect(entries.map(([english]) => english).filter((english) => !there.has(english))).toEqual([]);
  });

  test('has each once', () => {
    const once = new Set<string>();
    const twice = entries.filter(([english]) => once.size === once.add(english).size);
    expect(twice.map(([english]) => english).filter((english) => !['scalar'].includes(english))).toEqual([]);
  });

  /** What an English plural takes, and Chinese does not. */
  const PLURAL =
    /argument\{\d\}|\{\d\} random \{\d\}|^After |^Converged after |had not converged after |^Undone|at the bound|has \{1\} \{2\}, not/;
  test.each(entries)('%j has the same holes', (english, there) => {
    const holes = (text: string) => [...new Set([...text.matchAll(/\{(\d)!?\}/g)].map(([, digit]) => digit))].sort();
    if (PLURAL.test(english)) expect(holes(english)).toEqual(expect.arrayContaining(holes(there)));
    else expect(holes(there)).toEqual(holes(english));
  });

  test('writes Chinese signs', () => {
    const wrong = entries.filter(([, there]) => /\p{Script=Han}[,;:?!](?!\S)|\p{Script=Han}[,;:?!]\p{Script=Han}/u.test(there));
    expect(wrong).toEqual([]);
  });
});

describe('a text is told by the template that it was made from', () => {
  const speech = new Speech(catalogues);
  test.each([
    ['there is no backend webgpu', '没有后端 webgpu'],
    ['the arrays have together 5,000 entries, more than 2', '各数组共有 5,000 个元素，超过 2'],
    ['column 2 of Y sums to 1.5, not to 1', 'Y 的第 2 列之和是 1.5，不是 1'],
    ['Y[1, 2] is −3, which is not positive', 'Y[1, 2] 是 −3，不是正数'],
    ['`)` stands where an operand was expected', '此处应为运算数，但这里是 `)`'],
    ['points is a whole number from 1 to 10,000, not NaN', 'points 应为从 1 到 10,000 的整数，而不是 NaN'],
    ['epochs is a whole number from 0 on, not the text "many"', 'epochs 应为从 0 起的整数，而不是文本 "many"'],
    ['equality is compared with ==; write x == y', '比较相等用 ==；请写 x == y'],
    [
      'these shapes do not stretch to one another: 2×1 and 3×1. A no longer fits, so b stays as it was',
      '这些形状不能广播：2×1 与 3×1。A 不再相容，所以 b 保持原样',
    ],
    [
      'the cost is not a number after epoch 3, at the learning rate 0.1: log(x − 2) is NaN: x − 2 is −1, y is 3',
      '第 3 轮之后代价是非数，学习率为 0.1：log(x − 2) 是 NaN：x − 2 是 −1，y 是 3',
    ],
    [
      "entry by entry they pair as Y', or with Y : [1, m]; the m×m table is written with indices: T[i,j] = …",
      "要逐元素配对，请写 Y'，或声明 Y : [1, m]；m×m 的表请用下标写：T[i,j] = …",
    ],
    ['say which: E, x; for the number write e^x', '请指明：E, x；表示该数请写 e^x'],
    ['equations are not solved; for the difference of both sides write x^2 - 4', '方程不会求解；两边之差请写 x^2 - 4'],
    [
      'a power is written ^, or .^ entry by entry; write param x : [n]; sum(x)',
      '幂写作 ^，逐元素的幂写作 .^；请写 param x : [n]; sum(x)',
    ],
    ['how slowly the mean of the gradients forgets: adam, adamw', '梯度平均值的衰减率：adam, adamw'],
    [
      'is added to the root below the line, of rmsprop 1e-8, adam 1e-8: adagrad, rmsprop, adam (default: 1e-10)',
      '加到分母的平方根上（其中 rmsprop 1e-8, adam 1e-8）：adagrad, rmsprop, adam（默认 1e-10）',
    ],
    ['epoch 3/40  cost 0.5  accuracy 0.97', '轮次 3/40  代价 0.5  accuracy 0.97'],
    ['momentum and nesterov have it: optimizer momentum', 'momentum 与 nesterov 有此选项：optimizer momentum'],
    ['smooth, with 3 numbers to learn', '代价光滑，共有 3 个数要学习'],
    ['run.json is the checkpoint of a run with clip none, not 1', 'run.json 是 clip 为无（而不是 1）的训练的检查点'],
    ['  written to there is no such file', '  已写入 there is no such file'],
    ['nobody says so', 'nobody says so'],
  ])('%s', (english, there) => {
    expect(speech.say(english)).toBe(there);
  });

  test('in no time, however long a text is', () => {
    const started = performance.now();
    for (const piece of ['x: ', ' is a or ', 'a and b to c: ', '; write ']) speech.say(piece.repeat(1000 / piece.length));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
