import type { TrainOptions } from '../../../src/descend/index.ts';
import { isSolver, optimizers } from '../../../src/descend/optimizers/index.ts';
import { DEFAULTS } from '../../../src/descend/options.ts';
import { optionsOf } from '../../../src/options/check.ts';
import { flag } from '../../../src/options/kinds.ts';
import { signatures } from '../../../src/options/signatures.ts';
import { type Option, training } from '../../../src/options/tables.ts';
import { voiceOf } from '../../../src/session/speech.ts';
import type { Tasks } from '../engine/protocol.ts';
import type { Method, Offer, Plan, RunOption } from '../engine/training.ts';

/** What a run may be asked for, as the records and the table of options tell it. */

/** The other options are of files, of programs and of machines, or have a place of their own on the page. */
const OFFERED = [
  'batchAxis',
  ...(['schedule', 'gamma', 'every', 'warmup', 'clip', 'weightDecay'] as const),
  ...(['validation', 'patience', 'fix', 'shuffle', 'scale'] as const),
] satisfies readonly (keyof TrainOptions)[];

type Say = (text: string) => string;

export function offer({ lang }: Tasks['offer']['ask']): Offer {
  const { say } = voiceOf(lang);
  return { methods: methods(say), options: OFFERED.map((name) => told(name, training[name], say)) };
}

function methods(say: Say): Method[] {
  return optimizers.map((method): Method => {
    const rate = isSolver(method) ? method.rate : (method.rate ?? DEFAULTS.lr);
    return {
      name: method.name,
      help: say(method.help),
      ...(rate !== undefined && { rate }),
      isSolver: isSolver(method),
      options: Object.entries(method.options ?? {}).map(([name, { default: usual, below, whole, words }]) => ({
        name,
        default: usual,
        ...(below !== undefined && { below }),
        ...(whole && { whole }),
        words: say(words),
      })),
    };
  });
}

function told(name: string, { kind, words, default: usual }: Option, say: Say): RunOption {
  const { choices, typed } = kind;
  const isNumber = typed?.placeholder === 'n' || typed?.placeholder === 'x';
  return {
    name,
    words: say(words),
    form: choices ? 'choice' : kind === flag ? 'flag' : isNumber ? 'number' : 'text',
    ...(choices && { choices }),
    ...(usual !== undefined && { usual: String(usual) }),
  };
}

/** @throws GradusError `argument` for what an option cannot be */
export function trainOptions({ optimizer, lr, epochs, seed, batch, options, more }: Plan): TrainOptions {
  const typed = OFFERED.flatMap((name) => {
    const value = more[name];
    if (value === undefined) return [];
    return [[name, value === true ? true : training[name].kind.typed?.read(value)] as const];
  });
  const own = { optimizer, epochs, seed, ...(lr !== undefined && { lr }), ...(batch !== undefined && { batch }) };
  return optionsOf<TrainOptions>(signatures.train, { ...Object.fromEntries(typed), ...options, ...own });
}
