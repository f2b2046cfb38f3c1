/** Whole numbers and texts as the binary format of WebAssembly writes them. */

export function unsigned(value: number, out: number[]): void {
  let rest = value;
  while (rest >= 0x80) {
    out.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  out.push(rest);
}

/** @param value of at most 32 bits */
export function signed(value: number, out: number[]): void {
  let rest = value | 0;
  while (rest < -64 || rest > 63) {
    out.push((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  out.push(rest & 0x7f);
}

/** Five bytes, whatever the number: for one that is known only later. */
export function padded(value: number): number[] {
  return [0, 7, 14, 21, 28].map((shift, k) => ((value >>> shift) & 0x7f) | (k < 4 ? 0x80 : 0));
}

export function text(value: string, out: number[]): void {
  const bytes = new TextEncoder().encode(value);
  unsigned(bytes.length, out);
  out.push(...bytes);
}

const view = new DataView(new ArrayBuffer(8));

export function double(value: number, out: number[]): void {
  view.setFloat64(0, value, true);
  for (let k = 0; k < 8; k++) out.push(view.getUint8(k));
}

export function single(value: number, out: number[]): void {
  view.setFloat32(0, value, true);
  for (let k = 0; k < 4; k++) out.push(view.getUint8(k));
}
