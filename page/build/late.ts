import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Parts of the engine that a first derivation does not need, each a chunk of its own. Who is outside of a part sees functions
 * in place of its modules' own: `page/src/worker/late.ts` says what they do until it has come.
 */

const SRC = resolve(import.meta.dirname, '../../src');
const RUNTIME = resolve(import.meta.dirname, '../src/worker/late.ts');

/** Folders, and files; what is listed is called by functions only, or is filled before anything reads it. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  /** Why a source is wrong, and what its writer may have meant. */
  explaining: [
    'language/elsewhere/absent.ts',
    'language/elsewhere/calls.ts',
    'language/elsewhere/comments.ts',
    'language/elsewhere/constants.ts',
    'language/elsewhere/declared.ts',
    'language/elsewhere/index.ts',
    'language/elsewhere/statements.ts',
    'language/elsewhere/sums.ts',
    'language/complain.ts',
    'elaborate/unknown-function.ts',
    'elaborate/arity.ts',
  ],
  /** Values of functions that few models have, and what numbers say. */
  evaluating: [
    'operators/kernels/bessel.ts',
    'operators/kernels/carlson.ts',
    'operators/kernels/elliptic.ts',
    'operators/kernels/erf-derivatives.ts',
    'operators/kernels/erf.ts',
    'operators/kernels/fresnel.ts',
    'operators/kernels/gamma.ts',
    'operators/kernels/incomplete-gamma.ts',
    'operators/kernels/integrals.ts',
    'operators/kernels/lambert.ts',
    'operators/kernels/polygamma.ts',
    'operators/kernels/polylog.ts',
    'operators/kernels/zeta.ts',
    'operators/linear-algebra.ts',
    'render/values.ts',
    'render/formats/values-latex.ts',
    'render/formats/zeros.ts',
  ],
  /** What few models are made of. */
  seldom: [
    'elaborate/derivative-forms.ts',
    'facts/bands.ts',
    'graph/entry.ts',
    'graph/step.ts',
    'operators/blocks.ts',
    'operators/cofactors.ts',
    'operators/dimensions.ts',
    'operators/extremum.ts',
    'reading/cases.ts',
    'simplify/structure.ts',
  ],
  /** Told in place of English. */
  chinese: ['language/chinese/index.ts', 'derivation/words/zh.ts'],
};

/** What a part exports that is no function: it is empty until it has come, and nothing reads it before. */
const RECORDS: Readonly<Record<string, string>> = {
  'language/chinese/index.ts': 'chinese = late.filled("language/chinese/index.ts", "chinese", [])',
  'derivation/words/zh.ts': 'chinese = late.filled("derivation/words/zh.ts", "chinese", {})',
};

/** What runs programs comes after a derivation anyway, and has the modules as they are. */
const LATER = /\/src\/(?:compile|verify|numeric)\//;

const partOf = new Map(
  Object.entries(PARTS).flatMap(([part, files]) => files.map((file) => [resolve(SRC, file), part] as const)),
);

const PROXY = '\0late:';
const PART = 'virtual:late-part/';
const KEEPER = 'virtual:late/';

/** The functions that a module exports: `const f = (…` and `const f = made(…` too. Who imports anything else is told by the build. */
function functionsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [
    ...text.matchAll(/^export (?:async )?function\*? (\w+)/gm),
    ...text.matchAll(/^export const (\w+)(?:: [^=\n]*)? =\s+(?:\(|(?!new\b)[a-z]\w*(?:\(| =>))/gm),
  ].map(([, name]) => name!);
}

function proxyOf(file: string, part: string): string {
  const short = file.slice(SRC.length + 1);
  const key = JSON.stringify(short);
  const names = functionsOf(file).map(
    (name) => `export function ${name}(...given) { return late.get(${key}).${name}(...given); }`,
  );
  const lines = RECORDS[short] === undefined ? names : [`export const ${RECORDS[short]};`];
  return [`import { late } from ${JSON.stringify(KEEPER + part)};`, ...lines].join('\n');
}

export const late = (): Plugin => ({
  name: 'late',
  enforce: 'pre',
  async resolveId(source, importer) {
    if (source.startsWith(PART) || source.startsWith(KEEPER)) return `\0${source}`;
    if (!importer || !source.startsWith('.') || importer.startsWith(PROXY)) return undefined;
    const file = resolve(importer, '..', source);
    const part = partOf.get(file);
    return part === undefined || partOf.get(importer) === part || LATER.test(importer) ? undefined : PROXY + file;
  },
  load(id) {
    if (id.startsWith(PROXY)) {
      const file = id.slice(PROXY.length);
      return proxyOf(file, partOf.get(file)!);
    }
    if (id.startsWith(`\0${KEEPER}`)) {
      const part = id.slice(KEEPER.length + 1);
      const fetch = `() => import(${JSON.stringify(PART + part)})`;
      return `import { Late } from ${JSON.stringify(RUNTIME)};\nexport const late = new Late(${fetch});`;
    }
    if (id.startsWith(`\0${PART}`)) {
      const files = PARTS[id.slice(PART.length + 1)]!;
      const lines = files.map((file, k) => `import * as part${k} from ${JSON.stringify(resolve(SRC, file))};`);
      return `${lines.join('\n')}\nexport const parts = { ${files.map((file, k) => `${JSON.stringify(file)}: part${k}`).join(', ')} };`;
    }
    return undefined;
  },
});
