import { occurring, withAbsent } from '../../../src/api/absent.ts';
import { namesToDerive } from '../../../src/api/names.ts';
import { Swept } from '../../../src/api/swept.ts';
import { elaborate } from '../../../src/elaborate/elaborate.ts';
import { warningsTold } from '../../../src/language/diagnostics.ts';
import { parse } from '../../../src/language/parser.ts';
import { speechOf } from '../../../src/language/speech.ts';
import type { Source } from '../../../src/language/tree.ts';
import type { Model } from '../../../src/model/model.ts';
import type { Reading } from '../engine/protocol.ts';
import { withNamedOperations } from './operations.ts';

interface Read {
  readonly source: string;
  readonly lang: string;
  readonly parsed: Source;
  readonly model: Model;
  swept?: Swept;
  operations?: Swept;
}

let last: Read | undefined;

/** The model of a source: the one before is kept, as several tasks ask about it. @throws GradusError as `check` */
export function modelOf({ source, lang }: Pick<Reading, 'source' | 'lang'>): Model {
  if (last?.source !== source || last.lang !== lang) {
    const parsed = parse(source);
    const model = elaborate(parsed);
    last = { source, lang, parsed, model: { ...model, lang, warnings: warningsTold(model.warnings, speechOf(lang)) } };
  }
  return last.model;
}

/** The tree of a source that has a model. @throws GradusError as `check` */
export function treeOf(reading: Pick<Reading, 'source' | 'lang'>): Source {
  modelOf(reading);
  return last!.parsed;
}

/** The model, derived by what its source says. @throws GradusError as `derive` */
export function sweptOf(reading: Pick<Reading, 'source' | 'lang'>): Swept {
  const model = modelOf(reading);
  const read = last!;
  const wrt = wrtOf(model);
  read.swept ??= new Swept(withAbsent(model, wrt), wrt);
  return read.swept;
}

/** Of an expression of several names nobody says by which: a page tells the derivative by each. */
function wrtOf(model: Model): readonly string[] {
  const inputs = [...model.inputs.values()];
  const there = occurring(model);
  const free = inputs.filter(({ role, name }) => role === 'free' && there.has(name)).map(({ name }) => name);
  return free.length > 1 && !inputs.some(({ role }) => role === 'param') ? free : namesToDerive(model, undefined);
}

/** The same with the operations of a bare expression named: what the graph shows. */
export function operationsOf(reading: Pick<Reading, 'source' | 'lang'>): Swept {
  const swept = sweptOf(reading);
  const read = last!;
  const named = withNamedOperations(swept.model, swept.wrt);
  read.operations ??= named === swept.model ? swept : new Swept(named, swept.wrt);
  return read.operations;
}

/** What was left half done is done again. */
export function forget(): void {
  last = undefined;
}
