import type { Progress } from '../descend/index.ts';

/** Shows a run as it goes. */
export interface ProgressLine {
  show(progress: Progress): void;
  /** Writes something else to where it is drawn. */
  aside?(write: () => void): void;
  stop(): void;
}

/** A curve in eight heights: where the cost was over the run. */
export function sparkline(history: ArrayLike<number>, width = 8): string {
  const points = Array.from({ length: Math.min(width, history.length) }, (_, k, count = Math.min(width, history.length)) =>
    count === 1 ? history[0]! : history[Math.round((k * (history.length - 1)) / (count - 1))]!,
  );
  const least = Math.min(...points);
  const range = Math.max(...points) - least;
  if (!(range > 0 && Number.isFinite(range))) return '';
  return points.map((x) => '▁▂▃▄▅▆▇█'[Math.round((7 * (x - least)) / range)]).join('');
}
