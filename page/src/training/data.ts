import { batch, computed, effect, signal } from '@preact/signals';
import { EngineError, Stopped } from '../engine/client.ts';
import type { Trouble } from '../engine/protocol.ts';
import type { FileGiven, Given, TableAnswer, TrainingTasks } from '../engine/training.ts';
import { derived, sheet, source, trials } from '../model.ts';
import { ofModel } from '../of-model.ts';
import { given } from './run.ts';
import { examplesOf, SETS, type SetName, type SetOptions } from './sets.ts';

/** What is learned from: the model's own data, a table, points that are drawn, a classic set. */

export type DataKind = 'own' | 'file' | 'drawn' | SetName;
export const KINDS: readonly DataKind[] = ['own', 'file', 'drawn', ...(Object.keys(SETS) as SetName[])];

export const kind = ofModel<DataKind>('own');
export const isSet = (name: DataKind): name is SetName => Object.hasOwn(SETS, name);

/** How many classes the model has room for. */
const room = signal<TrainingTasks['classes']['answer']>(undefined);
const SOME = 3;
/** More cannot be told apart. */
const MOST = 7;
/** Classes that points may be drawn of: where there may be any number, one more than there are. */
export const drawnClasses = computed<number>(() => {
  if (room.value === undefined) return 2;
  const used = Math.max(...drawn.value.map(({ target }) => target), 0) + 1;
  return Math.min(MOST, room.value === 'any' ? Math.max(SOME, used + 1) : Math.max(2, room.value));
});

/** Of the set that is chosen; its own unless changed. */
export const setOptions = ofModel<Partial<SetOptions>>({});
export const settled = computed<SetOptions>(() => {
  const { count = 0, noise = 0 } = isSet(kind.value) ? SETS[kind.value] : {};
  const classes = typeof room.value === 'number' ? room.value : room.value === 'any' ? SOME : 2;
  return { count, noise, seed: 1, classes, ...setOptions.value };
});

export interface DrawnPoint {
  readonly x: number;
  readonly y: number;
  /** The number of its class. */
  readonly target: number;
}
export const drawn = ofModel<readonly DrawnPoint[]>([]);

/** The file at hand, the columns that were chosen from it, and what it holds. */
export const file = ofModel<Pick<FileGiven, 'id' | 'name' | 'content'> | undefined>(undefined);
export const map = ofModel<FileGiven['map'] | undefined>(undefined);
export const missing = ofModel<FileGiven['missing']>('refuse');
export const table = ofModel<TableAnswer | undefined>(undefined);
export const fileTrouble = ofModel<Trouble | undefined>(undefined);

/** What is given to the run; what is not there yet leaves the model's own. */
const wanted = computed<Given>(() => {
  const name = kind.value;
  if (isSet(name)) return { kind: 'points', ...examplesOf(name, settled.value) };
  if (name === 'drawn' && drawn.value.length > 0) {
    const points = drawn.value;
    return {
      kind: 'points',
      features: [points.map(({ x }) => x), points.map(({ y }) => y)],
      targets: points.map(({ target }) => target),
    };
  }
  if (name === 'file' && file.value && map.value) return { kind: 'file', ...file.value, map: map.value, missing: missing.value };
  return { kind: 'own' };
});

export function chooseKind(name: DataKind): void {
  batch(() => {
    kind.value = name;
    setOptions.value = {};
  });
}

let count = 0;

/** A file that was dropped, chosen or pasted. */
export function take(name: string, content: Blob): void {
  batch(() => {
    file.value = { id: ++count, name, content };
    map.value = undefined;
    table.value = undefined;
    missing.value = 'refuse';
    kind.value = 'file';
  });
}

/** Columns of a name, in the order of the table. */
export function toggleColumn(input: string, column: string): void {
  const now = map.peek() ?? {};
  const list = now[input] ?? [];
  const columns = table.peek()?.columns.map(({ name }) => name) ?? [];
  const next = list.includes(column) ? list.filter((name) => name !== column) : [...list, column];
  map.value = { ...now, [input]: columns.filter((name) => next.includes(name)) };
}

let watching = false;

export function watchData(): void {
  if (watching) return;
  watching = true;
  let key = '';
  effect(() => {
    const next = wanted.value;
    // The same data are no reason to begin again.
    const text = next.kind === 'file' ? '' : JSON.stringify(next);
    if (text !== '' && text === key) return;
    key = text;
    given.value = next;
  });
  effect(() => {
    const reading = derived.value;
    if (!reading || !sheet.value?.isTrainable) return;
    trials.ask('classes', reading).then(
      (found) => {
        if (derived.peek() === reading) room.value = found;
      },
      (error) => {
        if (!(error instanceof EngineError || error instanceof Stopped)) throw error;
      },
    );
  });
  effect(() => {
    const [reading, opened] = [derived.value, file.value];
    if (!reading || !opened) return;
    const ask = { ...reading, given: { kind: 'file', ...opened, map: {}, missing: 'refuse' } as const };
    trials.ask('table', ask).then(
      (found) => {
        if (file.peek() !== opened) return;
        batch(() => {
          table.value = found;
          fileTrouble.value = undefined;
          const before = map.peek();
          const same = before && found.inputs.every(({ name }) => Object.hasOwn(before, name));
          if (!same) map.value = Object.fromEntries(found.inputs.map(({ name, columns }) => [name, columns]));
        });
      },
      (error) => {
        if (error instanceof Stopped || file.peek() !== opened) return;
        if (!(error instanceof EngineError)) throw error;
        batch(() => {
          table.value = undefined;
          fileTrouble.value = error.trouble;
        });
      },
    );
  });
}

export const writeTrouble = ofModel<Trouble | undefined>(undefined);

/** Puts the data into the model's own lines. */
export async function write(): Promise<void> {
  const reading = derived.peek();
  if (!reading) return;
  try {
    const text = await trials.ask('written', { ...reading, given: given.peek() });
    batch(() => {
      writeTrouble.value = undefined;
      source.value = text;
      kind.value = 'own';
    });
  } catch (error) {
    if (error instanceof EngineError) writeTrouble.value = error.trouble;
    else if (!(error instanceof Stopped)) throw error;
  }
}
