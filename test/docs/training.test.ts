import { afterAll, describe, expect, it, test } from 'vitest';
import { CHOICES } from '../../src/descend/choose.ts';
import { DEFAULTS, optimizers, schedules } from '../../src/descend/index.ts';
import { train } from '../../src/index.ts';
import { blocksOf, Place, page, rowsOf } from '../support/snippets.ts';

/** docs/training.md says what the lists say, and runs as it stands. */

const text = page('docs/training.md');
const place = new Place('');
afterAll(() => place.remove());

/** The rows of the table in a section. */
const tableOf = (section: string): string[][] => rowsOf(text.split(`\n## ${section}\n`)[1]!.split('\n## ')[0]!).slice(1);

test('the optimizers', () => {
  const rows = optimizers.map((o) => {
    const options = Object.entries(o.options ?? {}).map(([name, option]) => `\`${name}\` ${option.default}`);
    return [
      `\`${o.name}\``,
      (o.spellings ?? []).map((name) => `\`${name}\``).join(', '),
      'begin' in o ? '' : String(o.rate ?? DEFAULTS.lr),
      options.join(', '),
      o.help,
    ];
  });
  expect(tableOf('Optimizers')).toEqual(rows);
});

test('the schedules', () => {
  const share = (rate: number) => String(Number(rate.toPrecision(3)));
  const rows = tableOf('Schedules');
  expect(rows.map(([name]) => name)).toEqual(Object.keys(schedules).map((name) => `\`${name}\``));
  for (const [k, schedule] of Object.values(schedules).entries()) {
    const rates = [0, 25, 50, 75].map((epoch) => share(schedule({ epoch, epochs: 100, gamma: undefined, every: 30 })));
    expect(rows[k]!.slice(2)).toEqual(rates);
  }
});

describe('what auto decides', () => {
  const rows = tableOf('What auto decides');

  test('every choice is told', () => {
    expect(rows).toHaveLength(CHOICES.length);
  });

  const unquoted = (cell: string) => cell.replaceAll('`', '');
  test.each(rows.map((row) => row.map(unquoted)))('%s', async (_, source, options, name, reason) => {
    const [, batch] = /--batch (\d+)/.exec(options!) ?? [];
    const [, clip] = /--clip (\d+)/.exec(options!) ?? [];
    const given = { ...(batch && { batch: Number(batch) }), ...(clip && { clip: Number(clip) }) };
    const { optimizer } = await train(source!, {}, { optimizer: 'auto', epochs: 1, ...given });
    expect(optimizer).toEqual({ name, reason });
  });
});

const blocks = blocksOf(text);
const commands = blocks.flatMap(({ language, text: lines, line }) =>
  language === 'sh' ? lines.split('\n').map((command, k) => [line + 1 + k, command] as const) : [],
);

test.each(commands)('line %d: %s', (_, command) => {
  const { status, out, err } = place.shell(command);
  expect({ status, err }).toEqual({ status: 0, err: expect.stringMatching(/^(the values are in \S+\n)?$/) });
  expect(out + err).not.toBe('');
});

it.each(blocks.filter(({ language }) => language === 'js').map((b) => [b.line, b.text] as const))(
  'the module in line %d',
  (_, module) => {
    expect(place.module(module)).toMatchObject({ status: 0, err: '' });
  },
);
