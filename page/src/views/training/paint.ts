import { effect } from '@preact/signals';
import { theme } from '../../settings.ts';

/** Cells as pixels, from the colour of the lower class over the paper's to that of the higher. */

const LEVELS = 256;
/** So strong a colour is at its end. */
const STRONGEST = 0.62;

let palette: Uint8ClampedArray | undefined;
const fresh = (): void => {
  palette = undefined;
};
effect(() => {
  theme.value;
  fresh();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', fresh);

type Colour = readonly [number, number, number];

/** A colour of the theme as the browser has worked it out. */
function colourOf(name: string): Colour {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const [r = 0, g = 0, b = 0] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(Number);
  probe.remove();
  return [r, g, b];
}

function paletteNow(): Uint8ClampedArray {
  if (palette) return palette;
  const [low, middle, high] = [colourOf('--value'), colourOf('--raised'), colourOf('--gradient')];
  palette = new Uint8ClampedArray(4 * LEVELS);
  for (let k = 0; k < LEVELS; k++) {
    const side = (2 * k) / (LEVELS - 1) - 1;
    const strength = STRONGEST * Math.min(1, Math.abs(side)) ** 0.8;
    const end = side < 0 ? low : high;
    for (let c = 0; c < 3; c++) palette[4 * k + c] = middle[c]! + strength * (end[c]! - middle[c]!);
    palette[4 * k + 3] = 255;
  }
  return palette;
}

export function painted(canvas: HTMLCanvasElement, side: number, bytes: Uint8Array): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const colours = paletteNow();
  const image = context.createImageData(side, side);
  for (let k = 0; k < bytes.length; k++) {
    const at = 4 * bytes[k]!;
    image.data[4 * k] = colours[at]!;
    image.data[4 * k + 1] = colours[at + 1]!;
    image.data[4 * k + 2] = colours[at + 2]!;
    image.data[4 * k + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
