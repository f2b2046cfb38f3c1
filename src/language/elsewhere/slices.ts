import { before } from './arguments.ts';
import type { Arrays } from './arrays.ts';
import { argumentsIn } from './calls.ts';
import { pattern } from './pattern.ts';

/** Parts of arrays where places count from 0, from the end, or by steps: `x[0]`, `x[:-1]`, `x[::2]`, `x[1:2:end]`. */

const SUBSCRIPTED = pattern('(?<![\\p{L}\\p{N}_])([\\p{L}_][\\p{L}\\p{N}_]*)((?:\\[[^[\\]]{1,60}\\])+)', 'gu');
const CHAIN = /\[([^[\]]*)\]/g;
const NUMBER = /^-?\d+$/;
/** A place that only who counts from 0 writes. */
const FROM_ZERO = /^(?:0|-\d+)$|^0\s*:|^-\d+\s*:|:\s*-\d+$|^[^:]*:[^:]*:/;

/** What a line takes by steps is an array, declared or not. */
export function withStepped(arrays: Arrays, line: string): Arrays {
  const stepped = [...line.matchAll(/(?<![\p{L}\p{N}_])([\p{L}_][\p{L}\p{N}_]*)\[[\w-]*:[\w-]*:[\w-]*\]/gu)].map(
    ([, name]) => name!,
  );
  const others = stepped.filter((name) => !arrays.has(name));
  return others.length === 0 ? arrays : new Map([...arrays, ...others.map((name) => [name, ['n']] as const)]);
}

interface Parts {
  readonly text: string;
  /** Definitions of parts that are no blocks. */
  readonly definitions: readonly string[];
}

/** A line with places as they count here; where none of them tells how it counts, it stays. */
export function withSlices(text: string, arrays: Arrays): Parts {
  const found = [...text.matchAll(SUBSCRIPTED())].filter(([, name]) => arrays.has(name!));
  const places = found.flatMap(([, , chain]) => placesIn(chain!));
  if (!places.some((place) => FROM_ZERO.test(place))) return { text, definitions: [] };
  const definitions: string[] = [];
  const result = text.replace(SUBSCRIPTED(), (whole: string, name: string, chain: string) => {
    const lengths = arrays.get(name);
    const own = placesIn(chain);
    if (!lengths || own.length > lengths.length) return whole;
    const stepped = own.length === 1 && own[0]!.split(':').length === 3 ? withStep(own[0]!, lengths[0]!) : undefined;
    if (stepped) {
      const part = `${name}_part${definitions.length > 0 ? definitions.length + 1 : ''}`;
      definitions.push(`${part}[i=1:${stepped.count}] = ${name}[${stepped.place}]`);
      return part;
    }
    const here = own.map((place, axis) => placeHere(place, lengths[axis]!));
    return here.some((place) => place === undefined) ? whole : `${name}[${here.join(', ')}]`;
  });
  return { text: result, definitions };
}

/** `A[0][1]` and `A[0, 1]` alike. */
const placesIn = (chain: string): readonly string[] => [...chain.matchAll(CHAIN)].flatMap(([, inside]) => argumentsIn(inside!));

/** A bound of a range counted from 0, as the number of entries before it. */
const bound = (written: string, length: string): string =>
  written.startsWith('-') ? before(length, Number(written.slice(1))) : written;

const oneMore = (count: string): string =>
  NUMBER.test(count)
    ? String(Number(count) + 1)
    : count.replace(/-(\d+)$/, (_, by: string) => (by === '1' ? '' : `-${Number(by) - 1}`));

function placeHere(place: string, length: string): string | undefined {
  if (NUMBER.test(place)) return oneMore(bound(place, length));
  const [from, to, ...more] = place.split(':').map((part) => part.trim()) as [string, string?, ...string[]];
  if (to === undefined) return place;
  if (more.length > 0 || ![from, to].every((part) => part === '' || NUMBER.test(part)))
    return more.length > 0 ? undefined : place;
  if (from === '' && to === '') return ':';
  return `${from === '' ? '1' : oneMore(bound(from, length))}:${to === '' ? length : bound(to, length)}`;
}

interface Stepped {
  readonly count: string;
  readonly place: string;
}

/** `::2`, `1::2`, `::-1` of Python, `1:2:end` and `end:-1:1` of MATLAB and Julia. */
function withStep(place: string, length: string): Stepped | undefined {
  const parts = place.split(':').map((part) => part.trim()) as [string, string, string];
  // Of three numbers the step is the smaller one.
  const counted = /end|^[1-9]\d*:-?\d+:\d+$/.test(place) && parts[1] !== '' && !(Number(parts[1]) > Number(parts[2]));
  const step = Number(counted ? parts[1] : parts[2] || '1');
  if (!Number.isInteger(step) || step === 0) return undefined;
  const [first, last] = counted
    ? ([parts[0], parts[2]] as const)
    : step > 0
      ? ([parts[0] === '' ? '1' : oneMore(bound(parts[0], length)), parts[1] === '' ? 'end' : bound(parts[1], length)] as const)
      : ([parts[0] === '' ? 'end' : oneMore(bound(parts[0], length)), parts[1] === '' ? '1' : bound(parts[1], length)] as const);
  if (step === -1)
    return (first === 'end' || first === length) && last === '1'
      ? { count: length, place: `${oneMore(length)}-i`.replace(/^(\D.*)-i$/, '$1+1-i') }
      : undefined;
  const from = Number(first);
  if (step < 0 || !Number.isInteger(from) || from < 1) return undefined;
  const size = last === 'end' ? length : last;
  const count = NUMBER.test(size)
    ? String(Math.floor((Number(size) - from) / step) + 1)
    : from <= step && last === 'end'
      ? `${length}/${step}`
      : undefined;
  const offset = from - step;
  return count === undefined ? undefined : { count, place: `${step}*i${offset === 0 ? '' : offset > 0 ? `+${offset}` : offset}` };
}
