import { GradusError } from '../../../src/language/diagnostics.ts';
import type { Inputs } from '../../../src/numeric/binding.ts';
import { type Box, boxGraph, type Quantity } from '../../../src/report/boxes.ts';
import { quantifier, startOf, type Value } from '../../../src/report/values.ts';
import type { Numbers, Reading, Tasks } from '../engine/protocol.ts';
import { operationsOf } from './model.ts';
import { linesWithin, type Room, roomOf } from './room.ts';

const SEED = 1;

/** What every box of the graph is worth where training starts, and its gradient; undefined where an input has no value. */
export function numbers({ at = {}, ...reading }: Tasks['numbers']['ask']): Numbers | undefined {
  const { model } = operationsOf(reading);
  const start = startOf(model, at, SEED);
  return start && numbering(reading)(start.inputs);
}

/** The same for inputs that change. */
export function numbering(reading: Reading): (inputs: Inputs) => Numbers | undefined {
  const { model, name, wrt } = operationsOf(reading);
  try {
    const { boxes } = boxGraph(model, name, []);
    const rooms = new Map(boxes.map((box) => [box, roomOf(box, model)]));
    const find = quantifier(model, boxes, wrt);
    return (inputs) => quietly(() => ({ of: reading.source, boxes: linesOf(find(inputs), rooms) }));
  } catch (error) {
    if (error instanceof GradusError) return () => undefined;
    throw error;
  }
}

const linesOf = (found: ReadonlyMap<Box, Quantity>, rooms: ReadonlyMap<Box, Room>): Numbers['boxes'] =>
  Object.fromEntries(
    [...found].map(([box, { value, gradient }]) => {
      const lines = (one: Value | undefined): string[] => (one === undefined ? [] : linesWithin(one, rooms.get(box)!));
      return [box.id, { value: lines(value), ...(gradient !== undefined && { gradient: lines(gradient) }) }];
    }),
  );

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof GradusError) return undefined;
    throw error;
  }
}
