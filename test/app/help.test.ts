import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/app/commands.ts';
import { examples } from '../../src/app/examples.ts';
import { lemmaOf } from '../../src/derivation/lemma.ts';
import { derive } from '../../src/index.ts';
import { operators } from '../../src/operators/index.ts';
import { errorHelp, shellLine } from '../../src/session/help/errors.ts';
import { functionHelp, functionNames } from '../../src/session/help/function.ts';
import { topics } from '../../src/session/help/topics.ts';
import { gradus, numbers } from './harness.ts';

/** The arguments of a line, as a shell reads them. */
const words = (line: string): string[] =>
  execFileSync('sh', ['-c', `gradus() { printf '%s\\0' "$@"; }; ${line}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

const help = async (topic: string): Promise<string> => (await gradus(['help', topic])).out;

describe('the examples of the help', () => {
  test.each(['', ...commands.map(({ name }) => name), 'help', 'completion'])('of %j stand at its end', async (name) => {
    const { out } = await gradus(name === '' ? ['--help'] : [name, '--help']);
    const [, tail] = out.split('\nExamples:\n');
    expect(examples[name]!.length).toBeGreaterThanOrEqual(2);
    for (const { line } of examples[name]!) expect(tail).toContain(`  ${line}\n`);
  });

  const lines = Object.values(examples).flat();
  test.each(lines.filter(({ line }) => !/completion|gradus page/.test(line)))('$line works', async ({ line }) => {
    const { status, out, err } = await gradus(words(line));
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).not.toBe('');
  });
});

test.each([
  [['derive', 'x*y'], 'see gradus derive --help'],
  [['derive', 'x', '--what'], 'see gradus derive --help'],
  [['train', 'param w; minimize w', '--epochs', 'x'], 'see gradus train --help'],
  [['check'], 'see gradus check --help'],
  [['solve'], 'see gradus --help'],
  [['help', 'sni'], 'see gradus help --help'],
])('wrong usage %j ends with where the help is', async (argv, line) => {
  const { status, err } = await gradus(argv);
  expect(status).toBe(2);
  expect(err.trimEnd().split('\n').at(-1)).toBe(line);
});

describe('the help on a function', () => {
  test('says its value, derivative, domain, spellings and lemma', async () => {
    const text = await help('logistic');
    for (const label of ['arguments', 'spellings', 'notation', 'value', 'derivative', 'domain', 'range', 'why', 'lemma'])
      expect(text).toMatch(new RegExp(`^ {2}${label}`, 'm'));
    expect(await help('relu')).toContain('has a kink at x = 0');
    expect(await help('log')).toContain('log(x) needs x > 0');
    expect(await help('mse')).toContain('mse(a, y) = mean((a - y).^2)');
  });

  test.each(['sin', 'det', 'softmax', 'mse', 'besselj', 'solve', 'hypot'])('%s has a value that eval gives too', async (name) => {
    const [, call, value] = /^ {2}value +(.*) = (.*)$/m.exec(await help(name))!;
    const { out } = await gradus(['eval', call!, '--digits', '10']);
    expect(numbers(value!)).toEqual(numbers(out));
  });

  test('shows a value of every function that takes arrays or numbers', () => {
    const without = functionNames.filter((name) => !/^ {2}value {2}/m.test(functionHelp(name)!.join('\n')));
    expect(without).toEqual([]);
  });

  test.each(operators.filter((o) => !o.internal && /^\p{L}/u.test(o.name)).map((o) => [o.name, o] as const))(
    '%s has what its record says',
    async (name, operator) => {
      const text = await help(name);
      expect(text).toContain(operator.rule.why);
      expect(text).toMatch(/^ {2}value {2}/m);
      expect(text.includes('\n  lemma\n')).toBe(lemmaOf(operator) !== undefined);
      for (const spelling of operator.spellings ?? []) expect(text).toContain(spelling);
    },
  );
});

describe('the help on errors', () => {
  test.each(Object.entries(errorHelp))('the example of %s gives it', async (code, { example, means, wayOut }) => {
    expect(words(shellLine(example))).toEqual([...example]);
    const { err } = await gradus([...example, '--json']);
    expect(JSON.parse(err.trim().split('\n').at(-1)!).error.code).toBe(code);
    for (const topic of [code, `E-${code}`]) {
      const text = await help(topic);
      for (const part of [means, wayOut, shellLine(example)]) expect(text).toContain(part);
    }
  });

  test('no topic has two meanings', () => {
    expect(new Set(topics).size).toBe(topics.length);
    for (const { name } of commands) expect(topics).not.toContain(name);
  });
});

describe('the help on what is no name of a function', () => {
  test.each([
    ['batch', /^ {2}--batch <n> .*examples in a step/],
    ['--batch-size', /^ {2}--batch <n> /],
    ['resume', /^ {2}--resume <file> /],
    ['learning rate', /^ {2}--lr <x> /],
    ['learningRate', /^ {2}--lr <x> /],
    ['scale', /^ {2}--scale /],
    ['scaling', /^ {2}--scale /],
    ['csv', /^ {2}--data <file> /],
    ['onehot', /^ {2}onehot /],
    ['confidence', /^ {2}--errors <kind> /],
    ['weights', /^ {2}--weight-decay <x> /],
    ['early stopping', /^ {2}--patience <n> /],
    ['overfitting', /^ {2}--validation <x> /],
    ['lm', /^ {2}--optimizer <name> .*\n {2}--optimizer levenberg-marquardt/],
    ['nag', /--optimizer nesterov/],
    ['exponential', /--schedule <name>/],
    ['standard errors', /^ {2}--errors <kind> [\s\S]*docs\/training\.md: Fits with their errors/],
    ['predictions', /docs\/training\.md: Afterwards .*predictions for new/],
    ['minimize', /^ {2}minimize Cost = /],
    ['param', /param W : /],
    ['loss', /^ {2}mse /],
    ['missing values', /^ {2}--missing <what> /],
    ['mini batch of zebras', /^ {2}--batch <n> /],
    ['xavier', /^ {2}xavier .*fan in/],
    ['trainer', /trainer\(source, data\?, options\?\)/],
  ])('%s finds it', async (topic, wanted) => {
    const { status, out, err } = await gradus(['help', ...topic.split(' ')]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(wanted);
    expect(out.split('\n').length).toBeLessThan(30);
  });

  test('stands below the page of what bears the same name', async () => {
    expect(await help('clip')).toMatch(/^clip\n[\s\S]*\n {2}why .*\n\n {2}--clip <x> +shorten gradients/);
    expect(await help('cosine')).toMatch(/^cos\n[\s\S]*\n\n {2}--schedule <name> /);
    expect(await help('sin')).not.toContain('--');
  });

  test.each(commands.flatMap(({ options }) => options.map((option) => [option.long!] as const)))('has %s', async (flag) => {
    expect(await help(flag)).toMatch(new RegExp(`^ {2}(-o, )?${flag}\\b`, 'm'));
  });

  test('is in Chinese without pages that are not', async () => {
    const { out } = await gradus(['--lang', 'zh', 'help', '学习率']);
    expect(out).toContain('--lr <x>');
    expect(out).not.toContain('docs/');
  });

  test('says that there is none of what nothing speaks of', async () => {
    const { status, err } = await gradus(['help', 'zebra']);
    expect(status).toBe(2);
    expect(err).toContain('there is no help on zebra\n  hint: ask with another word; the functions');
  });
});

test('an unknown topic gets the nearest', async () => {
  expect((await gradus(['help', 'sni'])).err).toContain('did you mean sin?');
  expect((await gradus(['help', 'E-shpae'])).err).toContain('did you mean shape?');
  expect((await gradus(['help', 'derve'])).err).toContain('did you mean derive?');
  expect((await gradus(['help', 'derive'])).out).toBe((await gradus(['derive', '--help'])).out);
});

describe('messages as JSON', () => {
  test('have a code, a message, a span and a hint', async () => {
    const { out, err, status } = await gradus(['derive', 'sine(x)', '--json']);
    expect({ out, status }).toEqual({ out: '', status: 1 });
    expect(JSON.parse(err)).toEqual({
      error: { code: 'name', message: 'unknown function sine', span: { start: 0, end: 4 }, hint: expect.any(String) },
    });
    expect((await gradus(['derive', 'sine(x)', '--format', 'json'])).err).toBe(err);
  });

  test.each([[['eval', '--json']], [['eval', 'x', '--jsno', '--json']], [['solve', '--json']]])(
    'of wrong usage too: %j',
    async (argv) => {
      const { status, err } = await gradus(argv);
      expect(status).toBe(2);
      expect(JSON.parse(err)).toEqual({
        error: { code: 'usage', message: expect.not.stringContaining('error:'), span: null, hint: expect.any(String) },
      });
    },
  );

  test('a claim that cannot be read comes with the text that its span points into', async () => {
    const { err } = await gradus(['check', 'x^2', '--claim', 'x: 2*', '--json']);
    expect(JSON.parse(err).error).toMatchObject({ code: 'syntax', text: '2*' });
  });

  test('derive --json is the format json', async () => {
    const { out } = await gradus(['derive', 'x^2', '--json']);
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(derive('x^2'))));
    expect((await gradus(['derive', 'x^2', '--json', '--format', 'latex'])).status).toBe(2);
  });
});
