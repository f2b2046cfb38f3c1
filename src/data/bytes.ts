import { GradusError } from '../language/diagnostics.ts';

/**
 * How a file is opened, piece by piece: from a disk, from standard input, from memory.
 * @throws GradusError `data` for a file that cannot be read
 */
export type Open = (file: string) => AsyncIterable<Uint8Array>;

/** Bytes whose beginning has been looked at, and is still to come. */
interface Begun {
  readonly head: Uint8Array;
  /** Whether the head is all there is. */
  readonly whole: boolean;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Bytes with so many of them at hand, or as many as there are. */
export async function begun(source: AsyncIterable<Uint8Array>, count: number): Promise<Begun> {
  const iterator = source[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let length = 0;
  let whole = false;
  while (length < count) {
    const { value, done } = await iterator.next();
    if (done) {
      whole = true;
      break;
    }
    pieces.push(value);
    length += value.length;
  }
  const head = joined(pieces);
  return { head, whole, bytes: rest() };

  async function* rest(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      while (!whole) {
        const { value, done } = await iterator.next();
        if (done) return;
        yield value;
      }
    } finally {
      await iterator.return?.();
    }
  }
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const all = new Uint8Array(pieces.reduce((n, piece) => n + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

export async function all(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return joined(pieces);
}

/** How a kind of file begins. */
export const startsWith = (head: Uint8Array, ...signature: readonly number[]): boolean =>
  signature.every((byte, k) => head[k] === byte);

/**
 * What is packed by gzip, unpacked; anything else as it is.
 * @throws GradusError `data`, while it is read, for a file that is damaged or ends too early
 */
export async function unpacked(source: AsyncIterable<Uint8Array>, file: string): Promise<AsyncIterable<Uint8Array>> {
  const { head, bytes } = await begun(source, 2);
  return startsWith(head, 0x1f, 0x8b) ? inflated(bytes, file) : bytes;
}

async function* inflated(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream('gzip');
  const writer = stream.writable.getWriter();
  // What goes wrong with the bytes themselves is told as it is; what the reader meets then follows from it.
  let broken: unknown;
  const fed = feed().catch(() => {});
  const reader = stream.readable.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      yield value as Uint8Array;
    }
    await fed;
  } catch (error) {
    if (broken !== undefined) throw broken;
    throw damaged(file, error);
  } finally {
    await reader.cancel().catch(() => {});
  }

  async function feed(): Promise<void> {
    try {
      for await (const piece of bytes) await writer.write(piece as Uint8Array<ArrayBuffer>);
    } catch (error) {
      if (error instanceof GradusError) broken = error;
      await writer.abort(error).catch(() => {});
      return;
    }
    await writer.close();
  }
}

function damaged(file: string, error: unknown): GradusError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const cause = error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? error.cause.code : undefined;
  const early = [code, cause].includes('Z_BUF_ERROR') || /unexpected end|incomplete|truncated/i.test(String(error));
  return new GradusError('data', early ? `${file} ends before what it packs does` : `${file} is packed by gzip, and damaged`, {
    hint: 'copy it again: gzip -t tells whether a file is whole',
  });
}
