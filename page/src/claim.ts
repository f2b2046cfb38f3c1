import { computed, effect, signal } from '@preact/signals';
import { EngineError, Stopped } from './engine/client.ts';
import type { ClaimAnswer, Reading } from './engine/protocol.ts';
import { derived, sheet, trials } from './model.ts';
import { ofModel } from './of-model.ts';

/** A derivative that a person writes, judged as it is typed: the newest only. */

export const claim = ofModel('');
export const judgement = signal<ClaimAnswer | undefined>(undefined);
/** Whether judging takes so long that one may want to end it. */
export const isJudging = signal(false);

/** What can be judged: every quantity that the derivation comes by. */
export const targets = computed<readonly string[]>(() => {
  const back = sheet.value?.rows.filter(({ direction }) => direction === 'back').map(({ name }) => name) ?? [];
  return [...new Set(back.length > 0 ? back : (sheet.value?.wrt ?? []))];
});
const chosen = ofModel('');
/** The first parameter, until another is chosen. */
export const target = computed<string>(() => {
  if (targets.value.includes(chosen.value)) return chosen.value;
  return targets.value.find((name) => sheet.value?.wrt.includes(name)) ?? targets.value.at(-1) ?? '';
});
export const choose = (name: string): void => {
  chosen.value = name;
};

/** A pause in typing after which a claim is judged. */
const PAUSE = 160;
/** A judgement that takes longer is ended where a newer one waits for it. */
const STUCK = 2500;

interface Claimed extends Reading {
  readonly target: string;
  readonly claim: string;
}

const asked = computed<Claimed | undefined>(() => {
  const text = claim.value.trim();
  return derived.value && text !== '' && target.value !== ''
    ? { ...derived.value, target: target.value, claim: text }
    : undefined;
});

let begun: { readonly claimed: Claimed; readonly since: number } | undefined;

async function judge(): Promise<void> {
  const wanted = asked.peek();
  if (!wanted) return;
  if (begun) {
    if (performance.now() - begun.since > STUCK) trials.stop();
    return;
  }
  begun = { claimed: wanted, since: performance.now() };
  const slow = setTimeout(() => {
    isJudging.value = true;
    if (asked.peek() !== wanted) trials.stop();
  }, STUCK);
  try {
    const answer = await trials.ask('claim', wanted);
    if (asked.peek() === wanted) judgement.value = answer;
  } catch (error) {
    if (!(error instanceof EngineError || error instanceof Stopped)) throw error;
    if (asked.peek() === wanted) judgement.value = error instanceof EngineError ? unread(error) : undefined;
  } finally {
    clearTimeout(slow);
    isJudging.value = false;
    begun = undefined;
    if (asked.peek() !== wanted) void judge();
  }
}

const unread = ({ trouble: { message, hint } }: EngineError): ClaimAnswer => ({
  verdict: 'none',
  headline: message,
  lines: hint ? [hint] : [],
});

/** Ends a judgement that takes too long. */
export const stopJudging = (): void => trials.stop();

/** Begins to judge. Gives what ends that. */
export function judging(): () => void {
  return effect(() => {
    if (!asked.value) {
      judgement.value = undefined;
      return;
    }
    const timer = setTimeout(() => void judge(), PAUSE);
    return () => clearTimeout(timer);
  });
}
