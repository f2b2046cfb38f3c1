import type { Download } from './files.ts';

/**
 * Pictures of the page as files. Whatever is an image to those who listen is one: an SVG, a canvas, or several of them on
 * one another. It is called after its figure, and says itself what it shows.
 */

export interface PictureFound {
  readonly name: string;
  readonly label: string;
  readonly element: Element;
}

export function picturesHere(): PictureFound[] {
  const found = [...document.querySelectorAll('main svg.picture, main [role="img"]')].filter(isWhole);
  const names = new Map<string, number>();
  return found.map((element) => {
    const base = nameOf(element);
    const count = (names.get(base) ?? 0) + 1;
    names.set(base, count);
    return { name: count === 1 ? base : `${base}-${count}`, label: labelOf(element), element };
  });
}

/** Small ones among many others are no pictures of their own, and what is not shown has nothing to show. */
const isWhole = (element: Element): boolean => {
  if (element.matches('svg.picture')) return true;
  const { width, height } = element.getBoundingClientRect();
  return Math.min(width, height) >= SMALLEST && !element.parentElement?.closest('[role="img"], svg.picture');
};
const SMALLEST = 90;

function nameOf(element: Element): string {
  if (element.matches('svg.picture')) return 'graph';
  return element.closest('figure, section')?.classList.item(0) ?? 'picture';
}

const labelOf = (element: Element): string =>
  element.querySelector(':scope > title')?.textContent ?? element.getAttribute('aria-label') ?? '';

/** What a picture looks like here it looks like anywhere: these come from the page's style. */
const LOOKS = [
  ...[
    'fill',
    'fill-opacity',
    'stroke',
    'stroke-width',
    'stroke-dasharray',
    'stroke-linejoin',
    'stroke-opacity',
    'vector-effect',
    'opacity',
  ],
  ...['font-family', 'font-size', 'font-weight', 'font-style', 'text-anchor', 'dominant-baseline', 'paint-order', 'white-space'],
  ...['visibility', 'display'],
];
/** On the phone the pane may be hidden; the picture in it is not. */
const AROUND = new Set(['visibility', 'display']);
const SVG = 'http://www.w3.org/2000/svg';

interface Size {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** By its own units, or as large as it is shown. */
function sizeOf(picture: Element): Size {
  if (picture instanceof SVGSVGElement) {
    const { x, y, width, height } = picture.viewBox.baseVal ?? { x: 0, y: 0, width: 0, height: 0 };
    if (width > 0) return { x, y, width, height };
    return { x: 0, y: 0, width: picture.width.baseVal.value, height: picture.height.baseVal.value };
  }
  const { width, height } = picture.getBoundingClientRect();
  return { x: 0, y: 0, width, height };
}

/** A copy that needs no style besides itself. */
function dressed(picture: SVGSVGElement): SVGSVGElement {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  const originals = [picture, ...picture.querySelectorAll<SVGElement>('*')];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  for (const [k, original] of originals.entries()) {
    const looks = getComputedStyle(original);
    const kept = LOOKS.filter((property) => original !== picture || !AROUND.has(property));
    copies[k]!.setAttribute('style', kept.map((property) => `${property}:${looks.getPropertyValue(property)}`).join(';'));
    for (const name of ['class', 'role', 'tabindex', 'aria-label', 'aria-current']) copies[k]!.removeAttribute(name);
  }
  return copy;
}

const made = (name: string, attributes: Readonly<Record<string, string | number>>): SVGElement => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
};

/** Canvases, drawings and words that lie on one another, as one drawing. */
function layered(picture: Element): SVGElement[] {
  const frame = picture.getBoundingClientRect();
  return [...picture.querySelectorAll('canvas, svg, span')].flatMap((part): SVGElement[] => {
    const { left, top, width, height, bottom } = part.getBoundingClientRect();
    const place = { x: left - frame.left, y: top - frame.top, width, height };
    if (part instanceof HTMLCanvasElement)
      return [made('image', { ...place, href: part.toDataURL(), preserveAspectRatio: 'none' })];
    if (part instanceof SVGSVGElement) {
      const copy = dressed(part);
      for (const [key, value] of Object.entries(place)) copy.setAttribute(key, String(value));
      return [copy];
    }
    const looks = getComputedStyle(part);
    const words = made('text', { x: place.x, y: bottom - frame.top - height / 4, fill: looks.color });
    words.setAttribute('style', `font:${looks.font}`);
    words.textContent = part.textContent;
    return [words];
  });
}

/** A picture as SVG that stands for itself. */
export function svgText(picture: Element): string {
  const size = sizeOf(picture);
  const { x, y, width, height } = size;
  const whole = picture instanceof SVGSVGElement ? dressed(picture) : (made('svg', {}) as SVGSVGElement);
  whole.setAttribute('xmlns', SVG);
  whole.setAttribute('viewBox', `${x} ${y} ${width} ${height}`);
  whole.setAttribute('width', String(width));
  whole.setAttribute('height', String(height));
  if (!(picture instanceof SVGSVGElement)) whole.append(...layered(picture));
  whole.prepend(made('rect', { ...size, style: `fill:${getComputedStyle(document.body).backgroundColor}` }));
  return new XMLSerializer().serializeToString(whole);
}

/** Sharp on any screen, and no larger than a canvas may be. */
const SCALE = 3;
const LARGEST = 8000;

async function png(picture: Element): Promise<Blob> {
  const { width, height } = sizeOf(picture);
  const scale = Math.min(SCALE, LARGEST / Math.max(width, height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(picture))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.ceil(width * scale), Math.ceil(height * scale)];
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  const data = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!data) throw new Error('no picture could be drawn');
  return data;
}

/** A picture as a file of a kind. */
export async function pictureFile({ name, element }: PictureFound, kind: 'svg' | 'png'): Promise<Download> {
  const data = kind === 'png' ? await png(element) : new Blob([svgText(element)], { type: 'image/svg+xml' });
  return { name: `${name}.${kind}`, data };
}
