import type { JSX } from 'preact';

/** Classes differ in form as in colour. Paths of radius 1 about the origin. */
const FORMS: readonly string[] = [
  'M-.9,0a.9,.9 0 1 0 1.8,0a.9,.9 0 1 0 -1.8,0Z',
  'M0,-1.2L1.2,0L0,1.2L-1.2,0Z',
  'M0,-1.1L1.05,.8H-1.05Z',
  'M-.85,-.85H.85V.85H-.85Z',
  'M-.4,-1.1H.4V-.4H1.1V.4H.4V1.1H-.4V.4H-1.1V-.4H-.4Z',
  'M0,1.1L1.05,-.8H-1.05Z',
  'M0,-1.1L1.05,-.35L.65,.9H-.65L-1.05,-.35Z',
];

interface MarkProps {
  /** The number of a class. */
  readonly kind: number;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** An example of a class. */
export const Mark = ({ kind, x, y, size }: MarkProps): JSX.Element => (
  <path class={`point k${kind}`} d={FORMS[kind]} transform={`translate(${x},${y}) scale(${size})`} />
);

/** The sign of a class beside its name. */
export const Sign = ({ kind }: { readonly kind: number }): JSX.Element => (
  <svg class="sign" width="14" height="14" viewBox="-1.4 -1.4 2.8 2.8" aria-hidden="true">
    <path class={`point k${kind}`} d={FORMS[kind]} />
  </svg>
);
