import type { Io } from '../../src/app/io.ts';
import { run } from '../../src/app/run.ts';

export interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export interface Terminal {
  /** What is on standard input. */
  readonly input?: string | Uint8Array;
  readonly inputIsTerminal?: boolean;
  readonly colors?: boolean;
}

/** Runs the command line in this process, its streams caught. */
export async function gradus(
  argv: readonly string[],
  { input = '', inputIsTerminal = false, colors = false }: Terminal = {},
): Promise<Outcome> {
  let out = '';
  let err = '';
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    input: async () => (typeof input === 'string' ? input : new TextDecoder().decode(input)),
    async *bytes() {
      yield typeof input === 'string' ? new TextEncoder().encode(input) : input;
    },
    inputIsTerminal,
    screen: undefined,
    colors: { out: colors, err: colors },
  };
  const status = await run(argv, io);
  return { status, out, err };
}

/** The numbers that a printed table gives a name, over all of its rows. The table comes last. */
export function printed(out: string, name: string): number[] {
  const lines = out.split('\n');
  const first = lines.findLastIndex((line) => new RegExp(`^\\s*${escaped(name)} += `).test(line));
  if (first < 0) throw new Error(`nothing printed for ${name} in:\n${out}`);
  const rows = [lines[first]!.slice(lines[first]!.indexOf('=') + 1)];
  for (let k = first + 1; /^\s+\[/.test(lines[k] ?? ''); k++) rows.push(lines[k]!);
  return numbers(rows.join(' '));
}

/** All numbers in a text. */
export const numbers = (text: string): number[] =>
  [...text.replace(/−/g, '-').matchAll(/(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?/g)].map(Number);

/** `Cost 0.0889 → 0.000528` as [0.0889, 0.000528]. */
export function costs(out: string): number[] {
  const line = out.split('\n').find((text) => text.includes(' → '));
  if (!line) throw new Error(`no costs in:\n${out}`);
  return numbers(line);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
