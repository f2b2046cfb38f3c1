/** Bytes being written, with numbers and texts as the binary format of WebAssembly has them. */
export class Bytes {
  private data = new Uint8Array(256);
  private end = 0;

  get length(): number {
    return this.end;
  }

  /** What was written. */
  get written(): Uint8Array {
    return this.data.subarray(0, this.end);
  }

  byte(value: number): void {
    if (this.end === this.data.length) this.grow(1);
    this.data[this.end++] = value;
  }

  bytes(...values: number[]): void {
    for (const value of values) this.byte(value);
  }

  append({ written }: Bytes): void {
    if (this.end + written.length > this.data.length) this.grow(written.length);
    this.data.set(written, this.end);
    this.end += written.length;
  }

  unsigned(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  /** @param value of at most 32 bits */
  signed(value: number): void {
    let rest = value | 0;
    while (rest < -64 || rest > 63) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    this.byte(rest & 0x7f);
  }

  /** Room for a number that is known only later. */
  reserve(): number {
    const at = this.end;
    for (let k = 0; k < WIDE; k++) this.byte(0);
    return at;
  }

  /** The number, in the room that was reserved for it. */
  fill(at: number, value: number): void {
    for (let k = 0; k < WIDE; k++) this.data[at + k] = ((value >>> (7 * k)) & 0x7f) | (k < WIDE - 1 ? 0x80 : 0);
  }

  /** A text after its length. */
  text(value: string): void {
    const encoded = new TextEncoder().encode(value);
    this.unsigned(encoded.length);
    for (const byte of encoded) this.byte(byte);
  }

  word(value: number): void {
    for (let k = 0; k < 32; k += 8) this.byte((value >>> k) & 0xff);
  }

  double(value: number): void {
    view.setFloat64(0, value, true);
    for (let k = 0; k < 8; k++) this.byte(view.getUint8(k));
  }

  single(value: number): void {
    view.setFloat32(0, value, true);
    for (let k = 0; k < 4; k++) this.byte(view.getUint8(k));
  }

  private grow(more: number): void {
    const larger = new Uint8Array(2 * (this.data.length + more));
    larger.set(this.data);
    this.data = larger;
  }
}

/** Bytes that a number of 32 bits may take. */
const WIDE = 5;

const view = new DataView(new ArrayBuffer(8));
