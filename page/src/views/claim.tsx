import { signal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { choose, claim, isJudging, judgement, judging, stopJudging, target, targets } from '../claim.ts';
import type { LineProps } from '../editor/line.tsx';
import type { ClaimAnswer } from '../engine/protocol.ts';
import { isHidden, sheet } from '../model.ts';
import { claimWords } from '../words/claim.ts';
import { words } from '../words/index.ts';
import { Html } from './html.tsx';
import { Outdated } from './outdated.tsx';

/** The line that is edited comes with the editor; until then there is a plain field. */
const line = signal<{ readonly Line: ComponentType<LineProps>; readonly cursor: number | undefined } | undefined>(undefined);

/** Where the claim is wrong: what was typed may begin with spaces. */
function wrongPlace() {
  const { place, headline } = judgement.value ?? {};
  const lead = claim.peek().length - claim.peek().trimStart().length;
  return place && { from: place.from + lead, to: place.to + lead, message: headline ?? '' };
}

/** A derivative that a person wrote, judged as it is typed. */
export function ClaimBox(): JSX.Element {
  const w = words.value;
  useEffect(judging, []);
  useEffect(() => {
    void import('../editor/line.tsx').then(({ Line }) => {
      const { activeElement: plain } = document;
      const cursor = plain instanceof HTMLInputElement ? (plain.selectionStart ?? undefined) : undefined;
      line.value = { Line, cursor };
    });
  }, []);
  return (
    <form class="claim" onSubmit={(event) => event.preventDefault()}>
      <h3>
        {w.mine} {judgement.value && <Outdated />}
      </h3>
      <div class="said">
        <label>
          <span class="sr">{w.claimOf}</span>
          <select
            value={target.value}
            disabled={targets.value.length === 0}
            onChange={({ currentTarget }) => choose(currentTarget.value)}
          >
            {targets.value.map((name) => (
              <option key={name} value={name}>
                {writtenTarget(name)}
              </option>
            ))}
          </select>
        </label>
        <span aria-hidden="true">=</span>
        {line.value ? (
          <line.value.Line text={claim} wrong={wrongPlace} label={() => words.value.claimHint} cursor={line.value.cursor} />
        ) : (
          <input
            type="text"
            aria-label={w.claimHint}
            placeholder={w.claimHint}
            spellcheck={false}
            autocapitalize="off"
            value={claim.value}
            onInput={({ currentTarget }) => (claim.value = currentTarget.value)}
          />
        )}
      </div>
      <Judgement />
      <button
        type="button"
        aria-pressed={isHidden.value}
        disabled={!sheet.value}
        onClick={() => (isHidden.value = !isHidden.value)}
      >
        {isHidden.value ? w.show : w.hide}
      </button>
    </form>
  );
}

/** `∂Cost/∂W` of what is derived by, `dZ` of what arrives on the way. */
const writtenTarget = (name: string): string => {
  const { wrt = [], objective = '' } = sheet.value ?? {};
  return wrt.includes(name) ? `∂${objective}/∂${name}` : `d${name}`;
};

const Lines = ({ texts }: { readonly texts: readonly string[] }): JSX.Element => (
  <>
    {texts.map((text) => (
      <p key={text}>{text}</p>
    ))}
  </>
);

/** What kind of slip it is, and what would be right: who tries alone is told that on request. */
const Answer = ({ found: { slip, answer } }: { readonly found: ClaimAnswer }): JSX.Element => (
  <>
    {slip && <p>{slip}</p>}
    {answer &&
      (isHidden.value ? (
        <details>
          <summary>{claimWords.value.answer}</summary>
          <Lines texts={answer} />
        </details>
      ) : (
        <Lines texts={answer} />
      ))}
  </>
);

const MARKS = { right: '✓', wrong: '✗', none: '…' } as const;

function Judgement(): JSX.Element {
  const w = words.value;
  const found = judgement.value;
  return (
    <div class={`judged ${found?.verdict ?? ''}`} role="status">
      {found && (
        <>
          <p class="headline">
            <span class="mark" aria-hidden="true">
              {MARKS[found.verdict]}
            </span>
            {found.formula ? (
              <>
                <span class="sr">{found.headline}</span>
                <Html class="formula" html={found.formula} />
              </>
            ) : (
              <span>{found.headline}</span>
            )}
          </p>
          <Lines texts={found.lines} />
          <Answer found={found} />
        </>
      )}
      {isJudging.value && (
        <p>
          {w.stuck}{' '}
          <button type="button" aria-label={claimWords.value.stop} onClick={stopJudging}>
            ■
          </button>
        </p>
      )}
    </div>
  );
}
