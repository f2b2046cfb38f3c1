import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Kind } from '../options/kinds.ts';
import type { Option as Entry } from '../options/tables.ts';

/** `batchAxis` is `--batch-axis`. */
const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What a command says otherwise than the table. */
interface Own<T> {
  readonly words?: string;
  /** Undefined: what is not said on the command line is not handed on, and the API has its own default. */
  readonly default?: T | undefined;
}

/**
 * An option of the command line as the table of the API's options has it: the name, the words, what it may be, and what
 * holds where it is left out.
 */
export function fromTable<T>(name: string, { kind, words, default: left }: Entry<T>, own: Own<T> = {}): Option {
  const placeholder = kind.typed ? ` <${kind.typed.placeholder}>` : '';
  const option = readAs(new Option(`--${dashed(name)}${placeholder}`, own.words ?? words), kind);
  const value = 'default' in own ? own.default : left;
  return value === undefined || kind.typed === undefined ? option : option.default(value);
}

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

/** The option with its values read and held against a kind. */
export function readAs(option: Option, { typed, choices, expected, wrong }: Kind<unknown>): Option {
  if (choices) return option.choices(choices);
  if (!typed) return option;
  return option.argParser((text) => {
    const value = typed.read(text);
    if (wrong(value)) throw new InvalidArgumentError(`${capital(expected)} is expected.`);
    return value;
  });
}

/** Options that add up; all others that take a value have one. */
const REPEATED = new Set(['claim', 'classes', 'data', 'map', 'set', 'shape']);

/** Lets no option that takes one value be given twice: which of them was meant, nobody can tell. */
export function refuseTwice(command: Command, options: readonly Option[]): void {
  const given = new Set<Option>();
  for (const option of options) {
    if (!option.required || REPEATED.has(option.attributeName())) continue;
    command.on(`option:${option.name()}`, () => {
      if (given.has(option)) command.error(`error: option '${option.flags}' is given twice`);
      given.add(option);
    });
  }
}
