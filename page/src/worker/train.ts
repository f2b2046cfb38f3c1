import { type Led, lead } from '../../../src/descend/leading.ts';
import type { TrainResult } from '../../../src/descend/result.ts';
import { GradusError } from '../../../src/language/diagnostics.ts';
import { meaningOf } from '../../../src/language/meaning.ts';
import type { Inputs } from '../../../src/numeric/binding.ts';
import { jsonText } from '../../../src/numeric/json.ts';
import { thinned } from '../../../src/report/curve.ts';
import { valueLines } from '../../../src/report/numbers.ts';
import { type Start, startOf } from '../../../src/report/values.ts';
import { voiceOf } from '../../../src/session/speech.ts';
import type { Tasks } from '../engine/protocol.ts';
import type { BeginAsk, Begun, Ending, Frame } from '../engine/training.ts';
import { blamed } from './at-option.ts';
import type { Painter } from './cells.ts';
import { dataFor } from './data.ts';
import { hintHere } from './hints.ts';
import { modelOf } from './model.ts';
import { numbering } from './numbers.ts';
import { trainOptions } from './offer.ts';
import { painterOf } from './scenes.ts';
import { surfaceOf, Trail } from './trail.ts';
import { troubleOf } from './trouble.ts';

/** Milliseconds between two frames, and where little is to move on the screen. */
const FRAME = 33;
const CALM = 500;
/** What is drawn may take this share of the time beside the steps. */
const DRAWING = 1 / 3;
/** A run begins slowly, where most happens: so many milliseconds can be followed, by so many epochs; then it goes as fast as it can. */
const FOLLOWED = 1000;
const PACE = 16_000;
const MOST_LINES = { rows: 8, columns: 8 };

/** The run at hand. */
interface Course {
  readonly ask: BeginAsk;
  readonly led: Led;
  readonly start: Start;
  readonly painter: Painter | undefined;
  readonly numbers: ReturnType<typeof numbering>;
  readonly trail: Trail;
  /** A call that leads it ends when another one does. */
  turn: number;
  ended: TrainResult | undefined;
}

let course: Course | undefined;

/** Ends the run that there was, and sets another up. @throws GradusError as `train` */
export async function begin(ask: BeginAsk): Promise<Begun> {
  if (course) {
    course.turn++;
    course.led.release();
    course = undefined;
  }
  const model = modelOf(ask);
  const { inputs: data, instead } = await dataFor(model, ask.given);
  const led = blamed(ask.plan.more, (more) => lead(model, data, trainOptions({ ...ask.plan, more })));
  const { suggestion } = led;
  if (ask.plan.lr === undefined && suggestion !== undefined) led.setRate(suggestion);
  const start = startOf(model, data, ask.plan.seed)!;
  const painter = painterOf(model, start);
  const trail = new Trail(led);
  course = { ask, led, start, painter, numbers: numbering(ask), trail, turn: 0, ended: undefined };
  const { name, reason } = led.optimizer;
  return {
    optimizer: name,
    ...(reason && { reason: voiceOf(ask.lang).say(reason) }),
    rate: led.rate,
    ...(suggestion !== undefined && { suggestion }),
    ...(instead && { instead: troubleOf(instead, ask.lang) }),
    ...(painter && { scene: painter.scene }),
    layers: painter?.layers.map((layer) => ({ name: layer.name, neurons: layer.neurons })) ?? [],
    frame: await frameOf(course),
  };
}

/** Lets what was asked in the meantime come in: messages are heard between two tasks. */
const heard = (): Promise<void> =>
  new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(undefined);
  });

const waited = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** Epochs that may be done so many milliseconds after a run went on, however many are wanted. */
function followed(milliseconds: number): number {
  const share = milliseconds / FOLLOWED;
  return share < 1 ? Math.ceil(PACE * share * share) : Number.POSITIVE_INFINITY;
}

/** Goes on, and tells frames, until the epochs are done, the run ends, or something else is asked of it. */
export async function advance({ epochs, isCalm }: Tasks['advance']['ask'], tell: (frame: Frame) => void): Promise<Frame> {
  const run = course;
  if (!run) throw new GradusError('usage', 'there is no run to go on with');
  const { led } = run;
  const turn = ++run.turn;
  const [from, begun] = [led.epochs, performance.now()];
  const between = isCalm ? CALM : FRAME;
  let drawing = 0;
  while (led.epochs < from + epochs && !run.ended && run.turn === turn) {
    const started = performance.now();
    const wanted = isCalm ? epochs : Math.min(epochs, followed(started + between - begun));
    const milliseconds = Math.max(between - drawing, drawing * (1 / DRAWING - 1), 4);
    run.ended = await run.trail.goOn(Math.max(led.epochs + 1, from + wanted), started + milliseconds);
    if (led.epochs >= from + epochs || run.ended) break;
    const trained = performance.now();
    tell(await frameOf(run));
    drawing = performance.now() - trained;
    const left = between - (performance.now() - started);
    if (left > 2) await waited(left);
    else await heard();
  }
  const isDone = run.turn === turn && (run.ended !== undefined || led.epochs >= from + epochs);
  return frameOf(run, isDone, epochs > 1);
}

/** The call that leads the run answers with the frame where it stops. */
export async function pause(): Promise<undefined> {
  if (course) course.turn++;
}

export async function setRate({ rate }: Tasks['rate']['ask']): Promise<undefined> {
  course?.led.setRate(rate);
}

/** What a run of this source has come to; arrays are nested lists. */
export async function learned({ source }: Tasks['learned']['ask']): Promise<Tasks['learned']['answer']> {
  if (!course || meaningOf(course.ask.source).join('\n') !== meaningOf(source).join('\n')) return undefined;
  const { led, start } = course;
  const plain = (values: Inputs): Inputs => JSON.parse(jsonText(values)) as Inputs;
  return { parameters: plain(led.params), inputs: plain({ ...start.inputs, ...led.params }) };
}

/** The cost over two parameters, those that moved most unless others are wanted, with the way so far. */
export async function surface(ask: Tasks['surface']['ask']): Promise<Tasks['surface']['answer']> {
  return course && surfaceOf(modelOf(course.ask), course.start, course.trail, ask);
}

/**
 * @param isDone whether the run is at the end of what it was asked for, and is to be judged
 * @param isWhole whether that was a run, not a step
 */
async function frameOf({ led, ask, numbers, painter, start, ended }: Course, isDone = false, isWhole = true): Promise<Frame> {
  const { params } = led;
  const inputs: Inputs = { ...start.inputs, ...params };
  const cost = await led.cost();
  const found = numbers(inputs);
  const { validation, metrics } = led;
  return {
    epoch: led.epochs,
    cost,
    rate: led.rate,
    curve: [...thinned(led.history), [led.epochs, cost]],
    ...(validation && { validation: thinned(validation).map(([epoch, found]) => [epoch + 1, found] as const) }),
    metrics,
    parameters: Object.entries(params).map(([name, value]) => ({ name, lines: valueLines(value, MOST_LINES) })),
    ...(found && { numbers: found }),
    ...painter?.paint(inputs),
    ...(isDone && { ended: endingOf(ended ?? (await led.result()), ask.lang, isWhole) }),
  };
}

function endingOf({ stopped, best, error, warnings }: TrainResult, lang: BeginAsk['lang'], isWhole: boolean): Ending {
  const { say } = voiceOf(lang);
  return {
    // A led run has no end of its own: it has done the epochs that it was asked for.
    stopped: stopped === 'aborted' && isWhole ? 'epochs' : stopped,
    ...(best !== undefined && { best }),
    messages: error
      ? [troubleOf(error, lang)]
      : warnings.map(({ message, hint = '' }) => {
          const here = hintHere(hint, lang, say);
          return { message: say(message), ...(here && { hint: here }) };
        }),
  };
}
