import { GradusError } from '../language/diagnostics.ts';
import type { Numbers, Precision } from './executable.ts';
import type { Slot } from './expression.ts';
import type { Program } from './program.ts';

/** Where everything lies that a program computes with: found before a target takes the program. */
export interface Layout {
  readonly precision: Precision;
  /** Numbers in all, those between the areas included. */
  readonly length: number;
  /** In the order in which they lie. */
  readonly areas: readonly Area[];
  /** The area of each buffer, which has a label where the model has a name for it; temporaries that are not needed at the same time have one together. */
  readonly areaOf: ReadonlyMap<Slot, Area>;
}

/** A part of the memory. */
export interface Area {
  readonly id: number;
  readonly offset: number;
  readonly length: number;
  readonly role: Slot['role'];
}

/** An area begins where a line of the cache does. */
const ALIGNMENT = 64;

export const bytesOf = (precision: Precision): number => (precision === 'f32' ? 4 : 8);

export function layoutOf({ slots, memory }: Program, precision: Precision): Layout {
  const line = ALIGNMENT / bytesOf(precision);
  const areaOf = new Map<Slot, Area>();
  let offset = 0;
  const areas = slots.map((slot) => {
    const area: Area = { id: slot.id, offset, length: slot.length, role: slot.role };
    areaOf.set(slot, area);
    offset += Math.ceil(slot.length / line) * line;
    return area;
  });
  for (const [tenant, home] of memory ?? []) areaOf.set(tenant, areaOf.get(home)!);
  return { precision, length: offset, areas, areaOf };
}

/** Memory that a program computes in; it stays where it is. */
export interface Block {
  readonly buffer: ArrayBuffer;
}

/** @throws GradusError `limit` for more than there is memory */
export function reserved(layout: Layout): Block {
  try {
    return { buffer: new ArrayBuffer(layout.length * bytesOf(layout.precision)) };
  } catch {
    throw noMemory(layout);
  }
}

export const noMemory = ({ length }: Layout): GradusError =>
  new GradusError('limit', `there is no memory for arrays of ${length} entries together`);

/** A view of the block for each area of a layout, in their order. */
export function viewsOf({ precision, areas }: Layout, { buffer }: Block): Numbers[] {
  const made = precision === 'f32' ? Float32Array : Float64Array;
  return areas.map((area) => new made(buffer, area.offset * bytesOf(precision), area.length));
}
