import { signal } from '@preact/signals';
import type { JSX, TargetedKeyboardEvent, TargetedPointerEvent } from 'preact';
import { type DrawnPoint, drawn, drawnClasses } from '../../training/data.ts';
import { dataWords } from '../../words/data.ts';
import { Mark, Sign } from './mark.tsx';

/** A plane from −1 to 1 in both directions, and a cross that keys move. */

const SIDE = 200;
const STRIDE = 0.05;
/** So far the pointer moves before it leaves another point. */
const APART = 0.09;

const target = signal(0);
const cross = signal({ x: 0, y: 0 });
let last: DrawnPoint | undefined;

const within = (x: number): number => Math.max(-1, Math.min(1, Math.round(100 * x) / 100));
const [across, up] = [(x: number) => ((x + 1) / 2) * SIDE, (y: number) => ((1 - y) / 2) * SIDE];

function put(x: number, y: number): void {
  last = { x: within(x), y: within(y), target: target.peek() };
  drawn.value = [...drawn.peek(), last];
}

function placeOf(event: TargetedPointerEvent<HTMLDivElement>): { x: number; y: number } {
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
  return { x: (2 * (event.clientX - left)) / width - 1, y: 1 - (2 * (event.clientY - top)) / height };
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

function press(event: TargetedKeyboardEvent<HTMLDivElement>): void {
  const { key, shiftKey } = event;
  const move = MOVES[key];
  const { x, y } = cross.peek();
  if (move) {
    const stride = STRIDE * (shiftKey ? 4 : 1);
    cross.value = { x: within(x + stride * move[0]), y: within(y + stride * move[1]) };
  } else if (key === 'Enter' || key === ' ') put(x, y);
  else if (Number(key) >= 1 && Number(key) <= drawnClasses.peek()) target.value = Number(key) - 1;
  else if (key === 'Backspace') drawn.value = drawn.peek().slice(0, -1);
  else return;
  event.preventDefault();
}

/** Points of two classes or more, drawn by pointer or by keys. */
export function DrawPlane(): JSX.Element {
  const w = dataWords.value;
  const points = drawn.value;
  const kinds = Array.from({ length: drawnClasses.value }, (_, kind) => kind);
  const counts = kinds.map((kind) => points.filter((point) => point.target === kind).length);
  const { x, y } = cross.value;
  return (
    <div class="draw">
      <div
        class="pad"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: points are drawn on it by keys
        tabIndex={0}
        role="application"
        aria-label={w.plane}
        aria-describedby="draw-hint draw-count"
        onKeyDown={press}
        onPointerDown={(event) => {
          event.currentTarget.focus();
          event.currentTarget.setPointerCapture(event.pointerId);
          const at = placeOf(event);
          put(at.x, at.y);
        }}
        onPointerMove={(event) => {
          if (!event.currentTarget.hasPointerCapture(event.pointerId) || !last) return;
          const at = placeOf(event);
          if (Math.hypot(at.x - last.x, at.y - last.y) > APART) put(at.x, at.y);
        }}
      >
        <svg viewBox={`0 0 ${SIDE} ${SIDE}`} aria-hidden="true">
          <path class="grid" d={`M0,${SIDE / 2}H${SIDE}M${SIDE / 2},0V${SIDE}`} />
          {points.map((point, k) => (
            <Mark key={k} kind={point.target} x={across(point.x)} y={up(point.y)} size={4.4} />
          ))}
          <path class="cross" d={`M${across(x) - 6},${up(y)}h12M${across(x)},${up(y) - 6}v12`} />
        </svg>
      </div>
      <div class="tools">
        <div class="classes">
          {kinds.map((kind) => (
            <button
              key={kind}
              type="button"
              aria-pressed={target.value === kind}
              onClick={() => {
                target.value = kind;
              }}
            >
              <Sign kind={kind} /> {w.classOf(kind)}
            </button>
          ))}
        </div>
        <div class="classes">
          <button
            type="button"
            disabled={points.length === 0}
            onClick={() => {
              drawn.value = points.slice(0, -1);
            }}
          >
            {w.undo}
          </button>
          <button
            type="button"
            disabled={points.length === 0}
            onClick={() => {
              drawn.value = [];
            }}
          >
            {w.clear}
          </button>
        </div>
        <p class="hint" id="draw-hint">
          {w.draw}
        </p>
        <p id="draw-count" role="status">
          {w.pointsOf(counts)}
        </p>
      </div>
    </div>
  );
}
