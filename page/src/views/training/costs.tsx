import { scaleLinear, scaleLog } from 'd3-scale';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { shownTicks } from '../../../../src/report/numbers.ts';
import { sheet } from '../../model.ts';
import { kept } from '../../training/kept.ts';
import { epochs, frame, isRunning } from '../../training/run.ts';
import { trainingWords } from '../../words/training.ts';
import { stroke } from './stroke.ts';

type Points = readonly (readonly [number, number])[];

const HEIGHT = 150;
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 18, 8, 22];
/** Costs that differ by more than this factor need a logarithmic scale. */
const WIDE = 20;

/** The cost over the epochs, with those of the runs that are kept. */
export function CostCurves(): JSX.Element {
  const w = trainingWords.value;
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const own = finite(frame.value?.curve);
  const validation = finite(frame.value?.validation);
  const others = kept.value.map((run) => ({ ...run, curve: finite(run.curve) }));
  const all = [own, validation, ...others.map(({ curve }) => curve)];
  const costs = all.flatMap((points) => points.map(([, cost]) => cost));
  const [least, most] = [Math.min(...costs), Math.max(...costs)];
  const logarithmic = least > 0 && most / least > WIDE;
  const longest = Math.max(1, ...all.map((points) => points.at(-1)?.[0] ?? 0));
  // While it runs, the axis is as long as the run will be.
  const end = isRunning.value ? Math.max(longest, epochs.value) : longest;
  const x = scaleLinear([0, end], [LEFT, width - RIGHT]);
  const range = [HEIGHT - BOTTOM, TOP];
  const y = logarithmic ? scaleLog([least, most], range) : scaleLinear(roomFor(least, most), range).nice(4);
  const path = (points: Points): string => stroke(points.map(([epoch, cost]) => [x(epoch), y(cost)]));
  const name = sheet.value?.objective || w.cost;
  const up = ticksOf(y, logarithmic);
  const labels = shownTicks(up, 2);
  return (
    <figure class="costs" ref={place}>
      <svg width={width} height={HEIGHT} role="img" aria-label={w.curveOf(name, logarithmic)}>
        {up.map((value, k) => (
          <g key={value}>
            <line class="grid" x1={LEFT} x2={width - RIGHT} y1={y(value)} y2={y(value)} />
            <text x={LEFT - 6} y={y(value) + 4} text-anchor="end">
              {labels[k]}
            </text>
          </g>
        ))}
        {x.ticks(Math.max(2, width / 110)).map((value) => (
          <text key={value} x={x(value)} y={HEIGHT - 5} text-anchor="middle">
            {value}
          </text>
        ))}
        {others.map(({ id, curve }) => (
          <path key={id} class={`run run-${id}`} d={path(curve)} />
        ))}
        {validation.length > 0 && <path class="run validation" d={path(validation)} />}
        <path class="run now" d={path(own)} />
        {own.length === 1 && <circle class="run-start" cx={x(own[0]![0])} cy={y(own[0]![1])} r="3.5" />}
      </svg>
      <figcaption>
        {w.curveOf(name, logarithmic)}
        {validation.length > 0 && (
          <span class="key">
            <svg width="22" height="8" aria-hidden="true">
              <path class="run validation" d="M0,4H22" />
            </svg>
            {w.validation}
          </span>
        )}
      </figcaption>
    </figure>
  );
}

/** A cost that is no number, or infinite, has no place. */
const finite = (points: Points = []): Points => points.filter(([, cost]) => Number.isFinite(cost));

const roomFor = (least: number, most: number): [number, number] => {
  if (!Number.isFinite(least)) return [0, 1];
  if (most > least) return [least > 0 && least < most / 2 ? 0 : least, most];
  return [least - 0.5 * Math.abs(least || 1), most + 0.5 * Math.abs(most || 1)];
};

/** Powers of ten where there are several. */
function ticksOf(scale: { ticks(count?: number): number[] }, logarithmic: boolean): number[] {
  const all = scale.ticks(4);
  if (!logarithmic) return all;
  const powers = all.filter((t) => Math.abs(Math.log10(t) - Math.round(Math.log10(t))) < 1e-9);
  const shown = powers.length > 1 ? powers : all;
  const every = Math.ceil(shown.length / 5);
  return shown.filter((_, k) => k % every === 0);
}

/** How wide an element is; what is in a hidden tab has no width yet. */
export function useWidth(place: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(360);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      const found = Math.round(entry?.contentRect.width ?? 0);
      if (found > 0) setWidth(found);
    });
    watch.observe(place.current!);
    return () => watch.disconnect();
  }, []);
  return width;
}
