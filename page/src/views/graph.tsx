import { computed, signal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { atIndices } from '../../../src/report/svg.ts';
import { LINE, PADDING } from '../engine/measures.ts';
import type { GraphArrow, GraphBox, GraphPicture, Row } from '../engine/protocol.ts';
import { beside, current, isLeftBehind, isOutdated, moveTo, numbers, pointed, sheet } from '../model.ts';
import { words } from '../words/index.ts';
import { Outdated } from './outdated.tsx';

/** Drawing functions is loaded where there is one to draw. */
const curvePane = signal<ComponentType | undefined>(undefined);

const isGraphOutdated = computed(() => isOutdated.value || isLeftBehind.value);

export function GraphPane(): JSX.Element {
  const w = words.value;
  const { isCurve } = sheet.value ?? {};
  const graph = beside.value?.graph;
  useEffect(() => {
    if (isCurve)
      void import('./curve.tsx').then(({ CurvePane }) => {
        curvePane.value = CurvePane;
      });
  }, [isCurve]);
  const CurvePane = curvePane.value;
  return (
    <section class="pane graph" aria-labelledby="graph-title">
      <h2 id="graph-title">
        {w.graph} <Outdated when={isGraphOutdated} />
      </h2>
      {isCurve && CurvePane && <CurvePane />}
      {graph && (
        <>
          {graph.width > WIDE && (
            <button
              type="button"
              class="enlarge"
              aria-pressed={isLarge.value}
              aria-label={w.enlarge}
              title={w.enlarge}
              onClick={() => (isLarge.value = !isLarge.value)}
            >
              ⤢
            </button>
          )}
          <div class="sight">
            <Picture picture={graph} />
          </div>
        </>
      )}
    </section>
  );
}

/** How far a picture shrinks, so that all of its width is seen at once, and grows; and how far it shrinks for its height. */
const [LEAST, MOST, LOW] = [0.5, 1.15, 0.68];
/** A picture that is wider may be too small to be read in a narrow pane. */
const WIDE = 400;

/** Whether a picture is shown in its own size, to be moved about. */
const isLarge = signal(false);

function Picture({ picture }: { readonly picture: GraphPicture }): JSX.Element {
  const at = current.value;
  const { width, height, boxes, arrows } = picture;
  const drawing = useRef<SVGSVGElement>(null);
  // Of a picture that is wider than its pane the middle is seen first, then what is looked at.
  useEffect(() => {
    const sight = drawing.current!.parentElement!;
    // With the frame that lays it out anyway.
    const frame = requestAnimationFrame(() => {
      sight.scrollLeft = (sight.scrollWidth - sight.clientWidth) / 2;
    });
    return () => cancelAnimationFrame(frame);
  }, [width, isLarge.value]);
  const before = useRef(at);
  useEffect(() => {
    if (before.current !== at)
      drawing.current!.querySelector('.box.current')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    before.current = at;
  }, [at]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: its boxes are buttons, so it is no image; a picture has no fieldset
    <svg
      ref={drawing}
      class="picture"
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      style={{
        minWidth: `${width * (isLarge.value ? 1 : LEAST)}px`,
        maxWidth: `${width * MOST}px`,
        maxHeight: `max(100cqh - 4.2rem, ${height * (isLarge.value ? 1 : LOW)}px)`,
      }}
    >
      <title>{words.value.graphOf(sheet.value?.objective ?? '')}</title>
      <defs>
        {(['forward', 'back', 'rest'] as const).map((kind) => (
          <marker
            key={kind}
            id={`head-${kind}`}
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path class={`head ${kind}`} d="M0,0L10,5L0,10z" />
          </marker>
        ))}
      </defs>
      {arrows.map((arrow) => (
        <Arrow key={`${arrow.from} ${arrow.to}`} arrow={arrow} way={wayOf(arrow, at)} />
      ))}
      {arrows.map((arrow) => (
        <Slope key={`${arrow.from} ${arrow.to}`} arrow={arrow} />
      ))}
      {boxes.map((box) => (
        <Box key={box.id} box={box} isCurrent={at?.name === box.id} direction={at?.direction} />
      ))}
    </svg>
  );
}

/** Values flow into what is computed; what arrives flows back to what is derived by. */
function wayOf({ from, to }: GraphArrow, at: Row | undefined): 'forward' | 'back' | 'rest' {
  if (!at) return 'rest';
  if (at.direction === 'forward') return to === at.name ? 'forward' : 'rest';
  return from === at.name ? 'back' : 'rest';
}

const Arrow = ({
  arrow: { path, isNext },
  way,
}: {
  readonly arrow: GraphArrow;
  readonly way: 'forward' | 'back' | 'rest';
}): JSX.Element => (
  <g class={`arrow ${way}${isNext ? ' next' : ''}`}>
    <path d={path} {...(way === 'back' ? { 'marker-start': 'url(#head-back)' } : { 'marker-end': `url(#head-${way})` })} />
  </g>
);

/** A letter of a slope, a lower one, and what is free around it. */
const [LETTER, LOWERED, AROUND] = [6.6, 5, 3];

/** The local slope of an arrow, on a ground of its own: no arrow runs through it. */
function Slope({ arrow: { at, slope } }: { readonly arrow: GraphArrow }): JSX.Element | null {
  if (!at || !slope) return null;
  const half = atIndices(slope).reduce((sum, part, k) => sum + [...part].length * (k % 2 === 0 ? LETTER : LOWERED), 0) / 2;
  return (
    <g>
      <rect class="ground" x={at.x - half - AROUND} y={at.y - 9} width={2 * (half + AROUND)} height="19" />
      <text class="slope" x={at.x} y={at.y + 4} text-anchor="middle">
        <Lowered text={slope} />
      </text>
    </g>
  );
}

/** A formula whose indices stand lower: `X_jk`. */
const Lowered = ({ text }: { readonly text: string }): JSX.Element => (
  <>
    {atIndices(text).map((part, k) =>
      k % 2 === 0 ? (
        part
      ) : (
        <tspan key={`${k} ${part}`} class="low" dy="3">
          {part}
          <tspan dy="-3">{'\u200b'}</tspan>
        </tspan>
      ),
    )}
  </>
);

interface BoxProps {
  readonly box: GraphBox;
  readonly isCurrent: boolean;
  readonly direction: Row['direction'] | undefined;
}

function Box({ box, isCurrent, direction }: BoxProps): JSX.Element {
  const { id, name, shown, kind, formula, shape, x, y, width, height } = box;
  // Until those of this picture are there, it has none.
  const worth = numbers.value?.of === beside.value?.of.source ? numbers.value?.boxes[id] : undefined;
  let line = y + PADDING - 5;
  const next = (): number => (line += LINE);
  const select = (): void => {
    const all = sheet.peek()?.rows ?? [];
    const wanted = all.findIndex((row) => row.name === name && row.direction === (direction ?? 'back'));
    const found = wanted >= 0 ? wanted : all.findIndex((row) => row.name === name);
    if (found >= 0) moveTo(found);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture has no elements of buttons
    <g
      class={`box ${kind} ${isCurrent ? `current ${direction}` : ''} ${name !== '' && pointed.value === name ? 'pointed' : ''}`}
      role="button"
      tabindex={0}
      onPointerEnter={() => (pointed.value = name)}
      onPointerLeave={() => (pointed.value = undefined)}
      onClick={select}
      onKeyDown={({ key }) => key === 'Enter' && select()}
    >
      <rect x={x} y={y} width={width} height={height} rx="7" />
      {name !== '' && (
        <>
          <text class="name" x={x + PADDING} y={next()}>
            {shown}
          </text>
          <text class="shape" x={x + width - PADDING} y={line} text-anchor="end">
            {shape}
          </text>
        </>
      )}
      {formula !== '' && (
        <text class="formula" x={x + PADDING} y={next()}>
          {/ = /.test(formula) ? '' : '= '}
          <Lowered text={formula} />
        </text>
      )}
      {worth?.value.map((text, k) => (
        <text key={k} class="numbers" x={x + PADDING} y={next()}>
          {text}
        </text>
      ))}
      {box.hasGradient &&
        worth?.gradient?.map((text, k) => (
          <text key={k} class="numbers gradient" x={x + PADDING} y={next() + 4}>
            {text}
          </text>
        ))}
    </g>
  );
}
