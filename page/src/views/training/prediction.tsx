import { scaleLinear } from 'd3-scale';
import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import { useEffect, useRef } from 'preact/hooks';
import { shownTicks } from '../../../../src/report/numbers.ts';
import type { ClassPlane, Curve, Plane } from '../../engine/training.ts';
import { begun, frame } from '../../training/run.ts';
import { trainingWords } from '../../words/training.ts';
import { useWidth } from './costs.tsx';
import { Mark } from './mark.tsx';
import { painted } from './paint.ts';
import { stroke } from './stroke.ts';
import { told } from './told.ts';

/** What the model says over its features. */
export function Prediction(): JSX.Element | null {
  const scene = begun.value?.scene;
  if (!scene) return null;
  if (scene.kind === 'plane') return <PlaneFigure plane={scene} />;
  return scene.kind === 'classes' ? <ClassesFigure plane={scene} /> : <CurveFigure scene={scene} />;
}

function PlaneFigure({ plane }: { readonly plane: Plane }): JSX.Element {
  const w = trainingWords.value;
  const label = w.boundaryOf(plane.output, told(plane.changes));
  return (
    <figure class="boundary">
      <div class="frame" role="img" aria-label={`${w.boundary}: ${label}`}>
        <Picture cells={plane.cells} bytes={frame.value?.shares} />
        <svg viewBox={`0 0 ${plane.cells} ${plane.cells}`} aria-hidden="true">
          <path class="edge" d={frame.value?.edge} />
          <Points plane={plane} />
        </svg>
        <span class="axis across">{plane.names[0]}</span>
        <span class="axis up">{plane.names[1]}</span>
      </div>
      <figcaption>{label}</figcaption>
    </figure>
  );
}

/** The region of each class, with the examples. */
function ClassesFigure({ plane }: { readonly plane: ClassPlane }): JSX.Element {
  const w = trainingWords.value;
  const label = w.regionsOf(plane.output);
  const { cells, names } = plane;
  return (
    <figure class="boundary">
      <div class="frame" role="img" aria-label={`${w.boundary}: ${label}`}>
        <svg viewBox={`0 0 ${cells} ${cells}`} aria-hidden="true">
          {frame.value?.regions?.map((region, kind) => (
            <path key={kind} class={`region k${kind}`} d={region} />
          ))}
          <ClassPoints plane={plane} />
        </svg>
        <span class="axis across">{names[0]}</span>
        <span class="axis up">{names[1]}</span>
      </div>
      <figcaption>{label}</figcaption>
    </figure>
  );
}

const ClassPoints = memo(({ plane: { cells, points, ...plane } }: { readonly plane: ClassPlane }): JSX.Element => {
  const x = scaleLinear(plane.x, [0, cells]);
  const y = scaleLinear(plane.y, [cells, 0]);
  const size = sizeFor(points.length);
  return (
    <>
      {points.map((point, k) => (
        <Mark key={k} kind={point.kind} x={x(point.x)} y={y(point.y)} size={size} />
      ))}
    </>
  );
});

/** Many are drawn small. */
const sizeFor = (count: number): number => (count > 150 ? 0.45 : count > 40 ? 0.6 : 1);

/** Each neuron of the hidden layers over the plane. */
export function Neurons(): JSX.Element | null {
  const w = trainingWords.value;
  const { scene, layers = [] } = begun.value ?? {};
  const neurons = frame.value?.neurons ?? [];
  if (!scene || scene.kind === 'curve' || layers.length === 0) return null;
  let first = 0;
  return (
    <div class="layers">
      <h3>{w.neurons}</h3>
      {layers.map(({ name, neurons: count }) => {
        const from = first;
        first += count;
        return (
          <div key={name} class="layer">
            <span class="name">{name}</span>
            <div class="neurons">
              {Array.from({ length: count }, (_, k) => (
                <span key={k} class="neuron" role="img" aria-label={w.neuron(name, k + 1)}>
                  <Picture cells={scene.small} bytes={neurons[from + k]} />
                </span>
              ))}
            </div>
          </div>
        );
      })}
    </div>
  );
}

/** Cells from one class to the other, smoothed. */
function Picture({ cells, bytes }: { readonly cells: number; readonly bytes: Uint8Array | undefined }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (bytes && canvas.current) painted(canvas.current, cells, bytes);
  });
  return <canvas ref={canvas} width={cells} height={cells} />;
}

/** Discs and squares that stand on a corner; they stay where they are while the rest moves. */
const Points = memo(({ plane }: { readonly plane: Plane }): JSX.Element => {
  const { cells, points } = plane;
  const x = scaleLinear(plane.x, [0, cells]);
  const y = scaleLinear(plane.y, [cells, 0]);
  const size = sizeFor(points.length);
  return (
    <>
      {points.map((point, k) => {
        const [px, py] = [x(point.x), y(point.y)];
        return point.isHigh ? (
          <path
            key={k}
            class="point high"
            d={`M${px},${py - 1.3 * size}l${1.3 * size},${1.3 * size}l${-1.3 * size},${1.3 * size}l${-1.3 * size},${-1.3 * size}Z`}
          />
        ) : (
          <circle key={k} class="point low" cx={px} cy={py} r={size} />
        );
      })}
    </>
  );
});

const HEIGHT = 190;
const [LEFT, RIGHT, TOP, BOTTOM] = [46, 14, 8, 22];

function CurveFigure({ scene }: { readonly scene: Curve }): JSX.Element {
  const w = trainingWords.value;
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const fitted = frame.value?.fitted ?? scene.before;
  const ys = [...scene.points.map((p) => p.y), ...fitted].filter(Number.isFinite);
  const x = scaleLinear([scene.xs[0]!, scene.xs.at(-1)!], [LEFT, width - RIGHT]);
  const y = scaleLinear([Math.min(...ys), Math.max(...ys)], [HEIGHT - BOTTOM, TOP]).nice(4);
  const path = (values: readonly number[]): string => stroke(values.map((value, k) => [x(scene.xs[k]!), clamped(y(value))]));
  const label = w.fitOf(scene.names[1]);
  return (
    <figure class="fitted" ref={place}>
      <svg width={width} height={HEIGHT} role="img" aria-label={`${w.fit}: ${label}`}>
        {y.ticks(4).map((value, k, all) => (
          <g key={value}>
            <line class="grid" x1={LEFT} x2={width - RIGHT} y1={y(value)} y2={y(value)} />
            <text x={LEFT - 6} y={y(value) + 4} text-anchor="end">
              {shownTicks(all)[k]}
            </text>
          </g>
        ))}
        {x.ticks(5).map((value, k, all) => (
          <text key={value} x={x(value)} y={HEIGHT - 5} text-anchor="middle">
            {shownTicks(all)[k]}
          </text>
        ))}
        {scene.points.map((point, k) => (
          <circle key={k} class="point low" cx={x(point.x)} cy={y(point.y)} r="3" />
        ))}
        <path class="earlier" d={path(scene.before)} />
        <path class="fit" d={path(fitted)} />
      </svg>
      <figcaption>{label}</figcaption>
    </figure>
  );
}

/** A beginning that is far off ends at the edge. */
const clamped = (at: number): number => (Number.isFinite(at) ? Math.max(-500, Math.min(HEIGHT + 500, at)) : at);
