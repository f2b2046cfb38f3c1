import { escapeHtml } from '../render/katex.ts';

/** SVG as text: there is no document where reports are written. */

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element. Numbers keep two decimals, a hundredth of a pixel. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === 'number' ? rounded(value) : escapeHtml(value)}"`],
  );
  return children.length === 0 ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${children.join('')}</${name}>`;
}

const rounded = (x: number): string => String(Math.round(x * 100) / 100);

/** The same in the data of a path, whose libraries print every digit. */
export const shortPath = (d: string | null): string => (d ?? '').replace(/-?\d+\.\d+/g, (x) => rounded(Number(x)));

export const text = (content: string, attributes: Attributes): string => element('text', attributes, escapeHtml(content));

/** How far below the line indices stand. */
const LOWERED = 3;

/** A formula taken apart at its indices, which are every second part: `X`, `jk`. */
export const atIndices = (content: string): string[] => content.split(/_([\p{L}\d]+)/u);

/** A formula in plain letters; what stands after `_` is lowered: `X_jk`. */
export function formulaText(content: string, attributes: Attributes): string {
  const spans = atIndices(content).map((part, k) => {
    if (k % 2 === 1) return element('tspan', { class: 'low', dy: LOWERED }, escapeHtml(part));
    if (k === 0 || part === '') return escapeHtml(part);
    return element('tspan', { dy: -LOWERED }, escapeHtml(part));
  });
  return element('text', attributes, ...spans);
}

export const group = (attributes: Attributes, ...children: readonly string[]): string =>
  element('g', attributes, children.join('\n'));

interface Picture {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What is seen, for those who do not see it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly body: string;
}

/** A picture that says what it is. */
export function picture({ id, title, description, width, height, body }: Picture): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      width: Math.ceil(width),
      height: Math.ceil(height),
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-description`,
    },
    element('title', { id: `${id}-title` }, escapeHtml(title)),
    element('desc', { id: `${id}-description` }, escapeHtml(description)),
    body,
  );
}

/** A picture with the sentence below it, which is HTML. */
export const figure = (svg: string, caption: string): string =>
  `<figure>\n<div class="picture">${svg}</div>\n<figcaption>${caption}</figcaption>\n</figure>`;

/** How many letters wide a text is: Chinese characters take two. */
export const letters = (content: string): number =>
  [...content].reduce((n, c) => n + (/[\u2e80-\u9fff\uff00-\uffef]/.test(c) ? 2 : 1), 0);

/** A name as pictures show it: `W1` as W₁, `theta` as it is. */
export const pictureName = (name: string): string =>
  name.replace(/(?<=\p{L})\d+(?![\p{L}\d])/gu, (digits) => [...digits].map((d) => '₀₁₂₃₄₅₆₇₈₉'[Number(d)]).join(''));
