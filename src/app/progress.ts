import type { Progress } from '../descend/index.ts';
import { jsonText } from '../numeric/json.ts';
import { showNumber } from '../numeric/value-text.ts';
import type { ProgressLine } from '../session/progress.ts';
import type { Io } from './io.ts';

/** A run shorter than this shows nothing. */
const PATIENCE = 300;
/** Between two lines where nothing can be redrawn. */
const SPARSE = 10_000;
/** How fast a run is follows from as many looks, so many milliseconds apart. */
const LOOK_BACK = 50;
const LOOK = 100;

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
  const started = performance.now();
  const line = new progress.SingleBar(
    {
      ...{ format: say('epoch {value}/{total} {bar} cost {cost}  {seen}{pace}'), stream },
      ...{ hideCursor: true, barsize: 20, fps: 10, forceRedraw: true },
    },
    progress.Presets.shades_classic,
  );
  let state: 'waiting' | 'drawn' | 'over' = 'waiting';
  // By itself where the process is interrupted.
  line.on('stop', () => {
    state = 'over';
  });
  const pace = new Pace();
  return {
    show({ epoch, epochs, cost, validation, metrics }) {
      const now = performance.now();
      const rate = pace.at(epoch, now);
      if (now - started < PATIENCE) return;
      const left = rate && progress.Format.TimeFormat(Math.ceil((epochs - epoch) / rate), { autopaddingChar: '' }, 1);
      const payload = {
        cost: showNumber(cost, 4),
        seen: seenText(validation, metrics, say),
        pace: rate ? say(`${grouped(rate)} epochs/s  ${left}`) : '',
      };
      if (state === 'waiting') {
        line.start(epochs, epoch, payload);
        state = 'drawn';
      } else line.update(epoch, payload);
    },
    aside(write) {
      if (state === 'drawn') stream.write('\r\u001b[K');
      write();
      if (state === 'drawn') line.render();
    },
    stop() {
      if (state === 'drawn') line.stop();
    },
  };
}

/** Epochs a second, as far back as is looked; a run that is resumed has done some before. */
class Pace {
  private readonly times: { readonly epoch: number; readonly at: number }[] = [];

  /** @returns undefined as long as it is not known */
  at(epoch: number, now: number): number | undefined {
    const { times } = this;
    if (!(now - (times.at(-1)?.at ?? Number.NEGATIVE_INFINITY) < LOOK)) times.push({ epoch, at: now });
    if (times.length > LOOK_BACK) times.shift();
    const first = times[0]!;
    return epoch > first.epoch && now > first.at ? (1000 * (epoch - first.epoch)) / (now - first.at) : undefined;
  }
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
