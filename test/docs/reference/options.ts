import { commands, globalOptions } from '../../../src/app/commands.ts';
import * as api from '../../../src/index.ts';
import { type Signature, signatures } from '../../../src/options/signatures.ts';
import type { Option } from '../../../src/options/tables.ts';
import { code, table } from './markdown.ts';

const all: readonly (readonly [string, Signature])[] = Object.entries(signatures);

const callOf = ({ name, parameters, options }: Signature): string => {
  const places = parameters.map((p) => (p.optional ? `${p.name}?` : p.name));
  return `${name}(${[...places, ...(options ? ['options?'] : [])].join(', ')})`;
};

const optionNames = ({ options = {} }: Signature): string => Object.keys(options).map(code).join(' ');

const isFunction = (key: string): boolean => Object.hasOwn(api, key);

/** What a method belongs to. */
const OWNERS: readonly (readonly [string, object])[] = [
  ['Derivation', api.Derivation.prototype],
  ['what its `compile` gives', api.CompiledDerivation.prototype],
  ['what its `plan` gives', api.Plan.prototype],
  ['Expression', api.Expression.prototype],
  ['Blocks', api.Blocks.prototype],
];

const ownerOf = ({ name }: Signature): string =>
  name === 'f'
    ? 'what `compile` gives'
    : OWNERS.filter(([, prototype]) => Object.hasOwn(prototype, name))
        .map(([owner]) => owner)
        .join(', ');

function tableOf(chosen: readonly Signature[], owned: boolean): string {
  const head = [...(owned ? ['of'] : []), 'call', 'gives', 'options'];
  return table(
    head,
    chosen.map((s) => [...(owned ? [ownerOf(s)] : []), code(callOf(s)), s.words, optionNames(s)]),
  );
}

/** Each option once: those of one name and one record are one. */
function optionTable(): string {
  const rows = new Map<Option, string>();
  for (const [, { options = {} }] of all) {
    for (const [name, option] of Object.entries(options as Record<string, Option>)) rows.set(option, name);
  }
  return table(
    ['option', 'is', 'if left out', 'what it does'],
    [...rows].map(([{ kind, words, default: left }, name]) => [
      code(name),
      kind.expected,
      left === undefined ? '' : code(JSON.stringify(left)),
      words,
    ]),
  );
}

function rowsOf(options: (typeof commands)[number]['options']): string {
  const rows = options.map(({ flags, description, argChoices, defaultValue }) => [
    code(flags),
    [description, argChoices && `one of ${argChoices.join(', ')}`].filter(Boolean).join('; '),
    defaultValue === undefined || Array.isArray(defaultValue) ? '' : code(String(defaultValue)),
  ]);
  return table(['option', 'what it does', 'if left out'], rows);
}

const commandTable = ({ name, summary, options }: (typeof commands)[number]): string =>
  `### ${code(`gradus ${name}`)}\n\n${summary[0]!.toUpperCase()}${summary.slice(1)}.\n\n${rowsOf(options)}`;

export function optionsPart(): string {
  return `## The API

### Functions

${tableOf(
  all.filter(([key]) => isFunction(key)).map(([, s]) => s),
  false,
)}

### Methods

${tableOf(
  all.filter(([key]) => !isFunction(key)).map(([, s]) => s),
  true,
)}

### Options

${optionTable()}

## The command line

Exit status: 0 done, 1 a wrong source, wrong data or no room for what is written, 2 wrong usage, 3 a check that fails or a run that diverged; of a run
that is stopped 130 (Ctrl-C), 143 (SIGTERM) or 129 (SIGHUP).

### Every command

${rowsOf(globalOptions())}

${commands.map(commandTable).join('\n\n')}`;
}
