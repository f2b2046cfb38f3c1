import { signal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { Stopped } from '../engine/client.ts';
import type { ClaimAnswer } from '../engine/protocol.ts';
import { derived, isHidden, sheet, trials } from '../model.ts';
import { words } from '../words/index.ts';

const target = signal('');
const claim = signal('');
const answer = signal<ClaimAnswer | undefined>(undefined);
/** A pause in typing after which a claim is judged. */
const PAUSE = 180;

/** A derivative that a person wrote, judged as it is typed. */
export function ClaimBox(): JSX.Element {
  const w = words.value;
  const names = [...new Set(sheet.value?.rows.filter((row) => row.direction === 'back').map(({ name }) => name))];
  const chosen = names.includes(target.value) ? target.value : (names.at(-1) ?? '');
  useSignalEffect(() => {
    const [reading, text, by] = [derived.value, claim.value.trim(), target.value || chosen];
    if (!reading || text === '' || by === '') {
      answer.value = undefined;
      return;
    }
    const timer = setTimeout(async () => {
      try {
        const found = await trials.ask('claim', { ...reading, target: by, claim: text });
        if (claim.peek().trim() === text) answer.value = found;
      } catch (error) {
        if (!(error instanceof Stopped)) throw error;
      }
    }, PAUSE);
    return () => clearTimeout(timer);
  });
  return (
    <form class="claim" onSubmit={(event) => event.preventDefault()}>
      <h3>{w.mine}</h3>
      <div class="line">
        <label>
          <span class="sr">{w.claimOf}</span>
          <select value={chosen} onChange={({ currentTarget }) => (target.value = currentTarget.value)}>
            {names.map((name) => (
              <option key={name} value={name}>
                ∂{name}
              </option>
            ))}
          </select>
        </label>
        <span aria-hidden="true">=</span>
        <input
          type="text"
          aria-label={w.claimHint}
          placeholder={w.claimHint}
          spellcheck={false}
          autocapitalize="off"
          value={claim.value}
          onInput={({ currentTarget }) => (claim.value = currentTarget.value)}
        />
      </div>
      <p class={`judged ${answer.value?.verdict ?? ''}`} role="status">
        {answer.value?.sentence}
      </p>
      <button type="button" aria-pressed={isHidden.value} onClick={() => (isHidden.value = !isHidden.value)}>
        {isHidden.value ? w.show : w.hide}
      </button>
    </form>
  );
}
