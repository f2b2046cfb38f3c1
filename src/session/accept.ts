import { GradusError } from '../language/diagnostics.ts';
import type { Model } from '../model/model.ts';
import { bind, type Inputs } from '../numeric/binding.ts';
import { checked } from './checked.ts';
import { demoted, type Entry, sourceOf, taken } from './entries.ts';
import { emptyState, modelOf, type ReplState, sessionModel } from './state.ts';

/** What came of taking statements up. */
interface Accepted {
  readonly state: ReplState;
  readonly model: Model;
  /** Free names that had to be declared, since the session now declares its names. */
  readonly declared: readonly string[];
  /** Names whose learned values no longer hold. */
  readonly forgotten: readonly string[];
}

/**
 * The session with more statements. A statement takes the place of the one that it redefines; otherwise it comes last,
 * or where the others need it. All statements of a line are taken, or none.
 * @throws Misfit with the place in what was typed, or with the statement that no longer fits
 */
export function accept(state: ReplState, line: string, more: readonly Entry[]): Accepted {
  const freeBefore = declares(state.entries) ? [] : freeNames(sessionModel(state));
  let entries: Entry[] = [...state.entries];
  let declared: string[] = [];
  if (more.some((e) => e.kind === 'declaration')) {
    declared = freeBefore.filter((name) => !more.some((e) => e.name === name));
    entries = [...declared.map(dataEntry), ...entries];
  }
  for (const entry of more) entries = withEntry(entries, entry);
  const model = checked(entries, line);
  const gone = (name: string) => !model.inputs.has(name) || more.some((e) => e.name === name);
  const given = without(state.given, gone);
  const kept = without(state.learned, gone);
  const learned = binds(model, { ...given, ...kept }) ? kept : {};
  return {
    state: { ...state, entries: entries.map(taken), given, learned, costs: emptyState.costs, before: state },
    model,
    declared,
    forgotten: Object.keys(state.learned).filter((name) => !Object.hasOwn(learned, name)),
  };
}

const without = (values: Inputs, gone: (name: string) => boolean): Inputs =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !gone(name)));

function binds(model: Model, values: Inputs): boolean {
  try {
    bind(model, values);
    return true;
  } catch (error) {
    if (error instanceof GradusError) return false;
    throw error;
  }
}

const declares = (entries: readonly Entry[]): boolean => entries.some((e) => e.kind === 'declaration');

export const freeNames = (model: Model): string[] =>
  [...model.inputs.values()].filter(({ role }) => role === 'free').map(({ name }) => name);

/** What declares a scalar that was free so far. */
export const dataEntry = (name: string): Entry => ({
  kind: 'declaration',
  name,
  word: 'data',
  text: `data ${name}`,
  before: '',
  after: '',
});

/** The first of the places for a statement at which everything fits; failing that, the place it should have. */
function withEntry(entries: readonly Entry[], entry: Entry): Entry[] {
  const places = placements(entry.kind === 'objective' && !isNamed(entries, entry) ? demoted(entries) : entries, entry);
  return places.find(fits) ?? places[0]!;
}

const isNamed = (entries: readonly Entry[], { name }: Entry): boolean =>
  entries.some((e) => e.kind === 'objective' && e.name !== undefined && e.name === name);

/** The sources that taking a statement up could make, most natural first. */
function placements(entries: readonly Entry[], entry: Entry): Entry[][] {
  const same = (e: Entry) => entry.name !== undefined && e.name === entry.name;
  const insert = (list: readonly Entry[], at: number) => [...list.slice(0, at), entry, ...list.slice(at)];
  const first = entries.findIndex(same);
  const rest = entries.filter((e) => !same(e));
  const places = first < 0 ? [] : [insert(rest, first)];
  // h[0] = … and h[t] = … together define h.
  if (entry.kind === 'entries') {
    const others = entries.filter((e) => !(same(e) && subscripts(e) === subscripts(entry)));
    if (others.some((e) => same(e) && e.kind === 'entries')) places.unshift(insert(others, entries.findLastIndex(same) + 1));
  }
  for (let at = rest.length; at >= 0; at--) places.push(insert(rest, at));
  return places;
}

const subscripts = ({ text }: Entry): string => text.slice(0, text.indexOf('=', text.indexOf(']'))).replace(/\s+/g, '');

function fits(entries: readonly Entry[]): boolean {
  try {
    modelOf(sourceOf(entries));
    return true;
  } catch (error) {
    if (error instanceof GradusError) return false;
    throw error;
  }
}
