import type { Download } from './registry.ts';

/**
 * Pictures of the page as files. Every `svg.picture` and `[data-picture]` is one: its name is that of `data-picture`, what
 * it shows stands in its `<title>` or `aria-label`. A canvas is handed out as PNG only.
 */

export type PictureElement = SVGSVGElement | HTMLCanvasElement;

export interface PictureFound {
  readonly name: string;
  readonly label: string;
  readonly element: PictureElement;
}

export function picturesHere(): PictureFound[] {
  const found = document.querySelectorAll<PictureElement>('svg.picture, svg[data-picture], canvas[data-picture]');
  return [...found].map((element, k) => ({
    name: element.dataset.picture ?? (k === 0 ? 'graph' : `picture-${k + 1}`),
    label: element.querySelector('title')?.textContent ?? element.getAttribute('aria-label') ?? '',
    element,
  }));
}

/** What a picture looks like here it looks like anywhere: these come from the page's style. */
const LOOKS = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'stroke-opacity', 'opacity'],
  ...['font-family', 'font-size', 'font-weight', 'font-style', 'text-anchor', 'dominant-baseline', 'paint-order', 'white-space'],
  ...['visibility', 'display'],
];
/** On the phone the pane may be hidden; the picture in it is not. */
const AROUND = new Set(['visibility', 'display']);

/** An SVG that needs no style besides itself. */
export function svgText(picture: SVGSVGElement): string {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  const originals = [picture, ...picture.querySelectorAll<SVGElement>('*')];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  for (const [k, original] of originals.entries()) {
    const looks = getComputedStyle(original);
    const kept = LOOKS.filter((property) => original !== picture || !AROUND.has(property));
    copies[k]!.setAttribute('style', kept.map((property) => `${property}:${looks.getPropertyValue(property)}`).join(';'));
    for (const name of ['class', 'role', 'tabindex', 'aria-label', 'aria-current']) copies[k]!.removeAttribute(name);
  }
  const { width, height, x, y } = picture.viewBox.baseVal;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of Object.entries({ x, y, width, height })) ground.setAttribute(name, String(value));
  ground.setAttribute('style', `fill:${getComputedStyle(document.body).backgroundColor}`);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

const svgFile = (name: string, picture: SVGSVGElement): Download => ({
  name: `${name}.svg`,
  data: new Blob([svgText(picture)], { type: 'image/svg+xml' }),
});

/** Sharp on any screen, and no larger than a canvas may be. */
const SCALE = 3;
const LARGEST = 8000;

async function pngFile(name: string, picture: PictureElement): Promise<Download> {
  const canvas = picture instanceof HTMLCanvasElement ? picture : await drawn(picture);
  const data = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!data) throw new Error('no picture could be drawn');
  return { name: `${name}.png`, data };
}

async function drawn(picture: SVGSVGElement): Promise<HTMLCanvasElement> {
  const { width, height } = picture.viewBox.baseVal;
  const scale = Math.min(SCALE, LARGEST / Math.max(width, height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(picture))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.ceil(width * scale), Math.ceil(height * scale)];
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** A picture as a file of a kind. */
export async function pictureFile({ name, element }: PictureFound, kind: 'svg' | 'png'): Promise<Download> {
  if (kind === 'svg' && element instanceof SVGSVGElement) return svgFile(name, element);
  return pngFile(name, element);
}
