import { gzipSync } from 'node:zlib';
import { assembled, type Reading } from '../../src/data/assemble.ts';
import type { Open } from '../../src/data/bytes.ts';
import { dataFile } from '../../src/data/read.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { parse } from '../../src/language/parser.ts';
import { bind } from '../../src/numeric/binding.ts';

/** Files that exist nowhere but here, in pieces of so many bytes. */
export const inMemory = (files: Readonly<Record<string, string | Uint8Array>>, piece = Number.POSITIVE_INFINITY): Open =>
  async function* (file) {
    const content = files[file]!;
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  };

/** What a data file gives the names of a model, as nested arrays; `warnings`, and the classes. */
export async function valuesIn(
  source: string,
  name: string,
  content: string | Uint8Array,
  reading: Reading = {},
  piece?: number,
): Promise<{
  values: Record<string, number | number[] | number[][]>;
  warnings: string[];
  classes: Record<string, readonly string[]>;
}> {
  const model = elaborate(parse(source));
  const file = await dataFile(name, inMemory({ [name]: content }, piece), reading);
  const warnings: string[] = [];
  const found = assembled(model.inputs, [file], reading, (text) => warnings.push(text));
  const { sizes, values } = bind(model, found.inputs);
  const nested = [...values].map(([key, data]) => {
    const shape = model.inputs.get(key)!.shape.map((dim) => (typeof dim === 'number' ? dim : sizes.get(String(dim))!));
    const flat = Array.from(data);
    if (shape.length === 0) return [key, flat[0]!] as const;
    if (shape.length === 1) return [key, flat] as const;
    return [key, Array.from({ length: shape[0]! }, (_, k) => flat.slice(k * shape[1]!, (k + 1) * shape[1]!))] as const;
  });
  return { values: Object.fromEntries(nested), warnings, classes: { ...found.classes } };
}

/** The message that a file is refused with, and its hint. */
export async function refusal(...args: Parameters<typeof valuesIn>): Promise<{ message: string; hint: string | undefined }> {
  try {
    await valuesIn(...args);
  } catch (error) {
    if (!(error instanceof GradusError)) throw error;
    return { message: error.message, hint: error.hint };
  }
  throw new Error(`${args[1]} is accepted`);
}

export const gzipped = (text: string): Uint8Array => new Uint8Array(gzipSync(text));

/** A text in sixteen bits a letter. */
export function utf16(text: string, { big = false, mark = true } = {}): Uint8Array {
  const bytes = Buffer.from(mark ? `\uFEFF${text}` : text, 'utf16le');
  return new Uint8Array(big ? bytes.swap16() : bytes);
}
