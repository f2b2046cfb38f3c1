import type { Progress } from '../descend/index.ts';
import { jsonText } from '../numeric/json.ts';
import { showNumber } from '../numeric/value-text.ts';
import type { ProgressLine } from '../session/progress.ts';
import type { Io } from './io.ts';

/** A run shorter than this shows nothing. */
const PATIENCE = 300;
/** Between two lines where nothing can be redrawn. */
const SPARSE = 10_000;

const silent: ProgressLine = { show() {}, stop() {} };

/** An object a line on standard error, for programs. */
export const jsonLines = (io: Pick<Io, 'err'>): ProgressLine => ({
  show: (progress) => io.err(`${jsonText(progress)}\n`),
  stop() {},
});

/** A bar on a terminal, now and then a line elsewhere, nothing where quiet is asked for. */
export async function progressLine(
  screen: NodeJS.WritableStream | undefined,
  note: (text: string) => void,
  quiet: boolean,
  say: (text: string) => string,
): Promise<ProgressLine> {
  if (quiet) return silent;
  return screen ? bar(screen, say) : sparse(note, say);
}

async function bar(stream: NodeJS.WritableStream, say: (text: string) => string): Promise<ProgressLine> {
  const { default: progress } = await import('cli-progress');
  const format = 'epoch {value}/{total} {bar} cost {cost}  {seen}{rate} epochs/s  {eta_formatted}';
  const started = performance.now();
  const line = new progress.SingleBar(
    { format: say(format), stream, hideCursor: true, barsize: 20, fps: 10, etaBuffer: 50 },
    progress.Presets.shades_classic,
  );
  let shown = false;
  return {
    show({ epoch, epochs, cost, validation, metrics }) {
      const elapsed = performance.now() - started;
      if (elapsed < PATIENCE) return;
      const payload = {
        cost: showNumber(cost, 4),
        seen: seenText(validation, metrics, say),
        rate: grouped((1000 * epoch) / elapsed),
      };
      if (!shown) line.start(epochs, epoch, payload);
      else line.update(epoch, payload);
      shown = true;
    },
    stop() {
      if (shown) line.stop();
    },
  };
}

/** `validation 0.31  accuracy 0.97  ` */
function seenText(validation: number | undefined, metrics: Progress['metrics'], say: (text: string) => string): string {
  const told = [
    ...(validation === undefined ? [] : [[say('validation'), validation] as const]),
    ...Object.entries(metrics ?? {}),
  ];
  return told.map(([name, value]) => `${name} ${showNumber(value, 4)}  `).join('');
}

function sparse(note: (text: string) => void, say: (text: string) => string): ProgressLine {
  let last = performance.now();
  return {
    show({ epoch, epochs, cost, validation, metrics }) {
      if (performance.now() - last < SPARSE) return;
      last = performance.now();
      const told = `${showNumber(cost, 4)}  ${seenText(validation, metrics, say)}`.trimEnd();
      note(`epoch ${epoch}/${epochs}  cost ${told}`);
    },
    stop() {},
  };
}

/** 412 000, with narrow spaces. */
const grouped = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
