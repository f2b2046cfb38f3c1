import { describe, expect, it } from 'vitest';
import type { Exported } from '../../src/export/dialect.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { Tensor } from '../../src/numeric/tensor.ts';
import { exportedOf } from './c-exported.ts';
import { agrees, type Said } from './c-run.ts';
import { functions, sources } from './c-sources.ts';
import { type Example, examples } from './examples.ts';
import { referenced } from './referenced.ts';
import { unusual } from './unusual.ts';

/** Of an example with more numbers the interpreter takes long. */
const MOST_NUMBERS = 20_000;

const isSmall = ({ given }: Example): boolean =>
  Object.values(given).every((value) => !(value instanceof Tensor) || value.data.length < MOST_NUMBERS);

interface Language {
  readonly name: string;
  /** @throws GradusError `unsupported` for what it cannot be told */
  readonly print: (model: Exported) => unknown;
  readonly run: (models: readonly Exported[]) => readonly Said[];
  /** Of the corpus every so many sources. */
  readonly part?: number;
  /** So many models there must be. */
  readonly least: number;
  readonly skipped?: boolean;
}

/**
 * Every example, every function and the corpus in another language, held against ours.
 * @returns the functions that the language cannot be told, by name
 */
export function everyModel({ name, print, run, part = 1, least, skipped = false }: Language): () => string[] {
  const refused = new Set<string>();
  const printable = ([, model]: readonly [string, Exported]): boolean => {
    try {
      print(model);
      return true;
    } catch (error) {
      if (!(error instanceof GradusError) || error.code !== 'unsupported') throw error;
      refused.add(error.message.split(' ')[0]!);
      return false;
    }
  };
  const all: readonly (readonly [string, Exported])[] = [
    ...examples.filter(isSmall).map(({ name: own, text, given }) => [own, exportedOf(text, { given })] as const),
    ...Object.entries(unusual).map(([own, text]) => [own, exportedOf(text)] as const),
    ...functions().filter(printable),
    ...referenced.map(([own, text]) => [`${own} of the reference`, exportedOf(text)] as const).filter(printable),
    ...sources()
      .filter((_, k) => k % part === part >> 1)
      .filter(printable),
  ];
  describe.skipIf(skipped)(`every model in ${name}`, () => {
    let ran: readonly Said[] | undefined;
    const said = (k: number): Said => {
      ran ??= run(all.map(([, model]) => model));
      return ran[k]!;
    };

    it('are many', { timeout: 600_000 }, () => {
      expect(all.length).toBeGreaterThan(least);
      expect(said(0)).toBeDefined();
    });

    it.each(all.map(([source], k) => [source, k] as const))('%s', (_, k) => {
      agrees(all[k]![1], said(k));
    });
  });
  return () => [...refused].sort();
}
