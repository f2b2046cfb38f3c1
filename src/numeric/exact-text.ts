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

  text(text: string): this {
    for (let k = 0; k < text.length; k++) this.take(text.charCodeAt(k));
    return this.take(text.length);
  }

  numbers(numbers: ArrayLike<number>): this {
    const words = new Uint32Array(Float64Array.from(numbers).buffer);
    for (const word of words) this.take(word);
    return this.take(numbers.length);
  }

  toString(): string {
    return [this.low, this.high].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  }

  private take(word: number): this {
    this.low = Math.imul(this.low ^ word, 0x01000193);
    this.high = Math.imul(this.high ^ (word + 0x9e3779b9), 0x01000193) ^ (this.low >>> 15);
    return this;
  }
}
