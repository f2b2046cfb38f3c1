import type { JSX, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Opened, Row, Section, Stream } from '../engine/protocol.ts';
import { beside, isHidden, isLeftBehind, isStale, moveTo, opened, pointed, position, sheet, trouble } from '../model.ts';
import { notation } from '../settings.ts';
import { words } from '../words/index.ts';
import { Html } from './html.tsx';
import { Outdated } from './outdated.tsx';
import { Transport } from './transport.tsx';

/** Milliseconds without an edit. */
const REST = 400;

export function StepsPane(): JSX.Element {
  const w = words.value;
  const shown = sheet.value;
  const sections = beside.value?.sections ?? [];
  return (
    <section class="pane steps" aria-labelledby="steps-title">
      <div class="bar">
        <h2 id="steps-title">
          {w.steps} <Outdated />
        </h2>
        <Transport />
        <label class="notation">
          <span class="sr">{w.notation}</span>
          <select
            value={shown?.notation ?? 'matrix'}
            onChange={({ currentTarget }) => (notation.value = currentTarget.value as typeof notation.value)}
          >
            <option value="matrix">{w.matrices}</option>
            <option value="index">{w.indices}</option>
          </select>
        </label>
      </div>
      {!shown && <p class="hint">{trouble.value ? w.waiting : w.loading}</p>}
      {shown && (
        <div class={`derivation ${isStale.value ? 'stale' : ''}`}>
          {shown.isCurve && !isHidden.value && <Parts sections={sections} />}
          <Rows title={w.forward} rows={shown.rows} direction="forward" />
          {isHidden.value ? (
            <p class="hint">
              <button type="button" onClick={() => (isHidden.value = false)}>
                {w.show}
              </button>
            </p>
          ) : (
            <>
              <Rows title={w.back} rows={shown.rows} direction="back" />
              {!shown.isCurve && <Parts sections={sections} />}
            </>
          )}
        </div>
      )}
    </section>
  );
}

/** What is wider than the pane can be moved by keys. It is measured when edits rest: that costs a layout. */
function useMoved<E extends HTMLElement>(selector: string, shown: unknown): RefObject<E | null> {
  const place = useRef<E>(null);
  useEffect(() => {
    // Who is gone has no place any more; Preact ends the effects of what is gone a frame later.
    const parts = place.current!;
    const rest = setTimeout(() => {
      for (const formula of parts.querySelectorAll<HTMLElement>(selector))
        if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0;
    }, REST);
    return () => clearTimeout(rest);
  }, [shown]);
  return place;
}

/** What the document says besides: of a function of one number, its textbook's derivation, which comes first. */
function Parts({ sections }: { readonly sections: readonly Section[] }): JSX.Element {
  const place = useMoved<HTMLDivElement>('p.formula, .closed > p', sections);
  return (
    <div ref={place}>
      {sections.map(({ id, title, body }) => (
        <section key={id} class="part">
          <h3>
            {title} <Outdated when={isLeftBehind} />
          </h3>
          <Html as="div" html={body} />
        </section>
      ))}
    </div>
  );
}

interface RowsProps {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly direction: Row['direction'];
}

function Rows({ title, rows, direction }: RowsProps): JSX.Element | null {
  if (!rows.some((row) => row.direction === direction)) return null;
  return (
    <>
      <h3 class={direction}>{title}</h3>
      <ol class={`rows ${direction}`}>
        {rows.map((row, at) => row.direction === direction && <Line key={`${direction} ${row.id}`} row={row} at={at} />)}
      </ol>
    </>
  );
}

/** Arrows go from row to row, with the focus; Home and End to the first and the last. */
function moved(event: KeyboardEvent): void {
  const far = sheet.peek()?.rows.length ?? 0;
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -far, End: far }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  moveTo(position.peek() + by);
  const rows = (event.currentTarget as HTMLElement).closest('.derivation')?.querySelectorAll<HTMLElement>('.row .head');
  rows?.[position.peek()]?.focus();
}

/** A row; the one that is looked at is open. */
function Line({ row, at }: { readonly row: Row; readonly at: number }): JSX.Element {
  const isCurrent = position.value === at;
  const written = isCurrent ? sheet.value?.notation : undefined;
  const item = useRef<HTMLLIElement>(null);
  const before = useRef(written);
  useEffect(() => {
    // Not where the page begins: only what is moved to, or written otherwise among rows of other heights, is brought into sight.
    if (written && written !== before.current) item.current?.scrollIntoView({ block: 'nearest' });
    before.current = written;
  }, [written]);
  return (
    <li
      ref={item}
      class={`row${isCurrent ? ' current' : ''}${pointed.value === row.name ? ' pointed' : ''}`}
      aria-current={isCurrent ? 'step' : undefined}
      onPointerEnter={() => (pointed.value = row.name)}
      onPointerLeave={() => (pointed.value = undefined)}
    >
      <div class="across">
        <button type="button" class="head" aria-expanded={isCurrent} onClick={() => moveTo(at)} onKeyDown={moved}>
          <Html class="formula" html={row.formula} />
          <span class="notes">
            {row.label && <span class="rule">{row.label}</span>}
            <span class="shape">{row.shape}</span>
          </span>
        </button>
      </div>
      {isCurrent && opened.value?.id === row.id && <Reasons opened={opened.value} />}
    </li>
  );
}

function Reasons({ opened: { streams, reasons } }: { readonly opened: Opened }): JSX.Element {
  const place = useMoved<HTMLDivElement>('.working .right', reasons);
  return (
    <div class="reasons" ref={place}>
      <Streams streams={streams} />
      <Html as="div" html={reasons} />
    </div>
  );
}

/** What arrives, the local slope, and what is passed on, along each arrow. */
function Streams({ streams }: { readonly streams: readonly Stream[] }): JSX.Element | null {
  const w = words.value;
  if (streams.length === 0) return null;
  return (
    <div class="streams">
      {streams.map(({ of, by, arrives, slope, passes }) => (
        <dl key={of} class="stream" aria-label={`${of} → ${by}`}>
          <dt class="arrow">
            {of} → {by}
          </dt>
          <dd>
            {arrives && (
              <span class="piece">
                <span class="label">{w.arrives}</span> <Html class="formula" html={arrives} />
              </span>
            )}
            {slope && (
              <span class="piece">
                <span class="label">{w.slope}</span> <Html class="formula" html={slope} />
              </span>
            )}
            <span class="piece">
              <span class="label">{w.passes}</span> <Html class="formula" html={passes} />
            </span>
          </dd>
        </dl>
      ))}
    </div>
  );
}
