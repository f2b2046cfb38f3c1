/** Arrays of numbers as text that gives back every bit, −0 and NaN too. */

const CHUNK = 0x8000;

export function exactText(numbers: Float64Array | Float32Array): string {
  const bytes = new Uint8Array(Float64Array.from(numbers).buffer);
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

/** @returns undefined for a text that is none */
export function exactNumbers(text: unknown): Float64Array | undefined {
  if (typeof text !== 'string') return undefined;
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  if (binary.length % 8 !== 0) return undefined;
  return new Float64Array(Uint8Array.from(binary, (letter) => letter.charCodeAt(0)).buffer);
}

/** A number that tells texts and arrays of numbers apart: Fowler, Noll and Vo's hash (FNV-1a), twice over. */
export class Fingerprint {
  private low = 0x811c9dc5;
  private high = 0x9dc5811c;

  /** One that goes on from what another was. */
  static from(text: string): Fingerprint {
    const going = new Fingerprint();
    [going.low, going.high] = [text.slice(0, 8), text.slice(8)].map((half) => Number.parseInt(half, 16)) as [number, number];
    return going;
  }

  text(text: string): this {
    const letters = new Int32Array(Math.min(CHUNK, text.length));
    for (let at = 0; at < text.length; at += CHUNK) {
      const count = Math.min(CHUNK, text.length - at);
      for (let k = 0; k < count; k++) letters[k] = text.charCodeAt(at + k);
      this.take(letters.subarray(0, count));
    }
    return this.take(Int32Array.of(text.length));
  }

  numbers(numbers: ArrayLike<number>): this {
    const { buffer, byteOffset, length } = numbers instanceof Float64Array ? numbers : Float64Array.from(numbers);
    const words = new Int32Array(buffer, byteOffset, 2 * length);
    return this.take(words).take(Int32Array.of(length));
  }

  toString(): string {
    return [this.low, this.high].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  }

  private take(words: Int32Array): this {
    // Not in the fields: each number that is put there would be an object.
    let { low, high } = this;
    for (let k = 0; k < words.length; k++) {
      const word = words[k]!;
      low = Math.imul(low ^ word, 0x01000193);
      high = Math.imul(high ^ ((word + 0x9e3779b9) | 0), 0x01000193) ^ (low >>> 15);
    }
    this.low = low;
    this.high = high;
    return this;
  }
}
