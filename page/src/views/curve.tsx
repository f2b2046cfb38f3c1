import { signal, useSignalEffect } from '@preact/signals';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { shown, shownTicks } from '../../../src/report/numbers.ts';
import { heights } from '../../../src/report/plane.ts';
import type { Curves } from '../engine/protocol.ts';
import { derived, numbers, trials, whileOf } from '../model.ts';
import { curveWords } from '../words/curve.ts';
import { Html } from './html.tsx';

/** A function of one number with its derivatives, drawn, and a point that moves along it. */

const [WIDTH, HEIGHT] = [460, 300];
const FRAME = { left: 44, right: WIDTH - 10, top: 10, bottom: HEIGHT - 26 };
/** How wide a sign of a tick is. */
const SIGN = 6.6;
const HIGHEST = 6;

const order = signal(1);
const range = signal<readonly [number, number]>([-4, 4]);
const curves = signal<Curves | undefined>(undefined);
const point = signal(1);

export function CurvePane(): JSX.Element | null {
  const w = curveWords.value;
  useSignalEffect(() => {
    const reading = derived.value;
    const [from, to] = range.value;
    if (!reading) return;
    const ask = { ...reading, order: order.value, from, to };
    void (async () => {
      const found = await whileOf(reading, () => trials.ask('curves', ask));
      if (derived.peek() === reading && order.peek() === ask.order) curves.value = found;
    })();
  });
  useSignalEffect(() => {
    const [reading, at, by] = [derived.value, point.value, curves.value?.by];
    if (!reading || by === undefined) return;
    void (async () => {
      const found = await whileOf(reading, () => trials.ask('numbers', { ...reading, at: { [by]: at } }));
      if (derived.peek() === reading && point.peek() === at) numbers.value = found;
    })();
  });
  const drawn = curves.value;
  const legend = useRef<HTMLUListElement>(null);
  // What is wider than the pane can be moved by keys.
  useEffect(() => {
    for (const formula of legend.current?.querySelectorAll<HTMLElement>('.formula') ?? [])
      if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0;
  }, [drawn]);
  if (!drawn) return null;
  const [from, to] = range.value;
  return (
    <figure class="curve">
      <figcaption>
        <h3>{w.title}</h3>
        <label>
          {w.order}{' '}
          <select value={order.value} onChange={({ currentTarget }) => (order.value = Number(currentTarget.value))}>
            {Array.from({ length: HIGHEST }, (_, k) => (
              <option key={k} value={k + 1}>
                {k + 1}
              </option>
            ))}
          </select>
        </label>
      </figcaption>
      <Plane curves={drawn} />
      <label class="point">
        <span>
          {drawn.by} = {shown(point.value)}
        </span>
        <input
          type="range"
          aria-label={w.at(drawn.by)}
          min={from}
          max={to}
          step={(to - from) / 400}
          value={point.value}
          onInput={({ currentTarget }) => (point.value = Number(currentTarget.value))}
        />
      </label>
      <ul class="legend" ref={legend}>
        {drawn.curves.map(({ name, formula, values }, k) => (
          <li key={name} class={`c${k}`}>
            <span class="swatch" aria-hidden="true" />
            <span class="name">
              {name}({drawn.by})
            </span>
            <Html class="formula" html={formula} />
            <span class="worth">{shown(values[nearest(drawn.at, point.value)] ?? Number.NaN)}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

function Plane({ curves: { at, curves: drawn, by } }: { readonly curves: Curves }): JSX.Element {
  const [low, high] = heights(drawn.flatMap(({ values }) => values));
  const y = scaleLinear([low, high], [FRAME.bottom, FRAME.top]).nice();
  const up = y.ticks(6);
  const labels = shownTicks(up);
  const left = Math.max(FRAME.left, 12 + SIGN * Math.max(0, ...labels.map((text) => text.length)));
  const x = scaleLinear([at[0]!, at.at(-1)!], [left, FRAME.right]);
  const across = x.ticks(8);
  const [bottom, top] = y.domain() as [number, number];
  const path = line<number>(
    (_, k) => x(at[k]!),
    (value) => y(value),
  ).defined((value) => value >= bottom && value <= top);
  const k = nearest(at, point.value);
  return (
    <svg class="plane" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img">
      <title>{curveWords.value.describe(drawn.map(({ name }) => name).join(', '))}</title>
      {across.map((t, k) => (
        <g key={`x${t}`} class={t === 0 ? 'grid zero' : 'grid'}>
          <path d={`M${x(t)},${FRAME.top}V${FRAME.bottom}`} />
          <text x={x(t)} y={FRAME.bottom + 17} text-anchor="middle">
            {shownTicks(across)[k]}
          </text>
        </g>
      ))}
      {up.map((t, k) => (
        <g key={`y${t}`} class={t === 0 ? 'grid zero' : 'grid'}>
          <path d={`M${left},${y(t)}H${FRAME.right}`} />
          <text x={left - 6} y={y(t) + 4} text-anchor="end">
            {labels[k]}
          </text>
        </g>
      ))}
      <text class="axis" x={FRAME.right} y={FRAME.bottom - 5} text-anchor="end">
        {by}
      </text>
      {drawn.map(({ name, values }, n) => <path key={name} class={`line c${n}`} d={path([...values]) ?? ''} />).reverse()}
      <path class="cursor" d={`M${x(at[k]!)},${FRAME.top}V${FRAME.bottom}`} />
      {drawn.map(
        ({ name, values }, n) =>
          values[k]! >= bottom &&
          values[k]! <= top && <circle key={name} class={`c${n}`} cx={x(at[k]!)} cy={y(values[k]!)} r="4.5" />,
      )}
    </svg>
  );
}

const nearest = (at: readonly number[], value: number): number =>
  Math.max(0, Math.min(at.length - 1, Math.round(((value - at[0]!) / (at.at(-1)! - at[0]!)) * (at.length - 1))));
