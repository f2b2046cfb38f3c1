import type { Swept } from '../../../src/api/swept.ts';
import { documentOf } from '../../../src/derivation/compose.ts';
import type {
  Block,
  DerivationDocument,
  Derived,
  DocumentOptions,
  Equation,
  ToldStep,
} from '../../../src/derivation/document.ts';
import type { Flow } from '../../../src/derivation/flows.ts';
import { wordsOf } from '../../../src/derivation/words/index.ts';
import { elaborate } from '../../../src/elaborate/elaborate.ts';
import { GradusError } from '../../../src/language/diagnostics.ts';
import { parse } from '../../../src/language/parser.ts';
import type { Expr, Source, Statement } from '../../../src/language/tree.ts';
import type { Model } from '../../../src/model/model.ts';
import { equationLatex, equationLine, formulaLatex } from '../../../src/render/formats/equation-latex.ts';
import { stepHead, stepReasons } from '../../../src/render/formats/html-steps.ts';
import { typeset } from '../../../src/render/katex.ts';
import { latexExpr, printLatex } from '../../../src/render/latex.ts';
import { shapeText } from '../../../src/render/shape-text.ts';
import { notationOf } from '../../../src/report/notation.ts';
import type { Answer, Opened, Reading, Row, Shaped, Sheet, Stream, Tasks, Trouble } from '../engine/protocol.ts';
import { hintHere } from './hints.ts';
import { NotLoaded } from './late.ts';
import { forget, modelOf, operationsOf, sweptOf, treeOf } from './model.ts';
import { troubleOf } from './trouble.ts';

/** A source read and derived, as the page shows it; or what is wrong with it. */
export function answer(reading: Reading): Answer {
  let shapes: readonly Shaped[] = [];
  try {
    const model = modelOf(reading);
    shapes = shapesIn(model, treeOf(reading));
    const { swept, operations, notation, told } = toldOf(reading);
    return {
      sheet: {
        notation,
        objective: swept.name,
        wrt: swept.wrt,
        shapes,
        warnings: model.warnings.map(({ message, hint = '', span }): Trouble => {
          // It is told in the language already.
          const here = hintHere(hint, reading.lang, (text) => text);
          return { message, ...(here && { hint: here }), ...(span && { from: span.start, to: span.end }) };
        }),
        rows: rowsOf(told, operations),
        learned: [...model.inputs.values()].flatMap(({ role, name }) => (role === 'param' ? [name] : [])),
        isTrainable: model.objective?.sense !== 'none' && [...model.inputs.values()].some(({ role }) => role === 'param'),
        isCurve: swept.front.length === 0 && model.inputs.size === 1 && [...model.inputs.values()][0]!.shape.length === 0,
      },
    };
  } catch (error) {
    if (error instanceof NotLoaded) {
      forget();
      throw error;
    }
    return { trouble: troubleOf(error, reading.lang), shapes: shapes.length > 0 ? shapes : shapesBefore(reading.source, error) };
  }
}

/** What is told of a source. */
interface Told {
  readonly reading: Reading;
  readonly swept: Swept;
  /** The same with the operations of a bare expression named: what rows and graph show. */
  readonly operations: Swept;
  readonly notation: Sheet['notation'];
  /** What the operations come to, worked out as far as it was asked for. */
  readonly derived: Derived;
  readonly told: DerivationDocument;
}

/** What rows tell. */
const ROWS = new Set(['formulas', 'derivation'] as const);

let last: Told | undefined;

/** The one before is kept: its steps are opened one by one. */
export function toldOf(reading: Reading): Told {
  if (
    last &&
    last.reading.source === reading.source &&
    last.reading.lang === reading.lang &&
    last.reading.notation === reading.notation
  )
    return last;
  const swept = sweptOf(reading);
  const options = optionsOf(reading);
  const operations = operationsOf(reading);
  const derived = operations.derived(options.words);
  const told = documentOf(derived, options, ROWS);
  last = { reading, swept, operations, notation: options.notation, derived, told };
  return last;
}

/** How a page tells a derivation. */
export const optionsOf = ({ notation, ...reading }: Reading): DocumentOptions & Pick<Sheet, 'notation'> => ({
  detail: 'full',
  notation: notationOf(treeOf(reading), notation),
  conventions: true,
  words: wordsOf(reading),
});

/** What a step says when it is opened: what flows along each arrow, and why; undefined for what is no step. */
export function opened({ id, ...reading }: Tasks['opened']['ask']): Opened | undefined {
  const { told, operations } = toldOf(reading);
  const step = blocksOf(told, 'steps')
    .flatMap(({ steps }) => steps)
    .find((one) => one.id === id);
  if (!step) return undefined;
  const name = quantityOf(step.target, operations.name);
  const streams = told.flows.filter(({ by }) => by === name).map(streamOf);
  return { id, streams, reasons: stepReasons(step, told.names, told.words).join('\n') };
}

const formula = (expr: Expr): string => typeset(latexExpr(expr));

const streamOf = ({ of, by, arrives, slope, passes, where = [] }: Flow): Stream => ({
  of,
  by,
  ...(arrives && { arrives: formula(arrives) }),
  ...(slope && { slope: formula(slope) }),
  passes: [formula(passes), ...where.map((statement) => typeset(printLatex([statement])))].join(',&ensp;'),
});

/** A source that is wrong in its third line has shapes in the first two. */
const MOST_FAULTS = 4;

/** The shapes that the lines before a fault give. */
function shapesBefore(source: string, error: unknown): readonly Shaped[] {
  let [text, fault] = [source, error];
  for (let k = 0; k < MOST_FAULTS; k++) {
    if (!(fault instanceof GradusError) || !fault.span) return [];
    text = text.slice(0, text.lastIndexOf('\n', Math.max(0, fault.span.start - 1)) + 1);
    if (text.trim() === '') return [];
    try {
      const tree = parse(text);
      return shapesIn(elaborate(tree), tree);
    } catch (next) {
      fault = next;
    }
  }
  return [];
}

/** The names that lines give a shape, where they stand. */
function shapesIn(model: Model, { statements }: Source): Shaped[] {
  const shapes = new Map([...model.inputs.values(), ...model.definitions].map(({ name, shape }) => [name, shape]));
  const text = ({ name }: { readonly name: string }): string | undefined => {
    const shape = shapes.get(name);
    return shape && shapeText(shape, wordsOf(model));
  };
  return statements.flatMap((statement: Statement) => {
    if (!('name' in statement) || statement.name === undefined) return [];
    const shape = text({ name: statement.name });
    return shape === undefined ? [] : [{ name: statement.name, shape, from: statement.span.start, to: statement.span.end }];
  });
}

const blocksOf = <K extends Block['kind']>({ sections }: DerivationDocument, kind: K) =>
  sections.flatMap(({ blocks }) => blocks.filter((b): b is Extract<Block, { kind: K }> => b.kind === kind));

const set = (tex: string): string => typeset(`\\displaystyle ${tex}`);

/** Forward the definitions, then back the steps. */
function rowsOf(document: DerivationDocument, { name: objective }: Swept): Row[] {
  const { words } = document;
  const forward = blocksOf(document, 'definitions').flatMap(({ rows }) =>
    rows.map(
      ({ target, shape, formula: f, whole }: Equation): Row => ({
        id: target,
        name: target,
        direction: 'forward',
        formula: set(whole ? formulaLatex(f) : equationLine(equationLatex(target, f))),
        shape: shapeText(shape, words),
      }),
    ),
  );
  const back = blocksOf(document, 'steps').flatMap(({ steps }) =>
    steps.map(
      (step: ToldStep): Row => ({
        id: step.id,
        name: quantityOf(step.target, objective),
        direction: 'back',
        formula: stepHead(step),
        shape: shapeText(step.shape, words),
        label: step.label,
      }),
    ),
  );
  return [...forward, ...back];
}

/** Z of `dZ`, W of `∂Cost/∂W`. */
function quantityOf(target: string, objective: string): string {
  const by = `∂${objective}/∂`;
  return target.startsWith(by) ? target.slice(by.length) : target.replace(/^[dδ]/, '');
}
