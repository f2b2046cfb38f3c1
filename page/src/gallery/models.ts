import points from '../../../examples/line.csv?raw';

/** The models of the gallery, in the order in which one learns from them. */

const sources = import.meta.glob<string>(['../../../examples/*.grad', '../../../examples/models/*.grad'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

const byName = new Map(Object.entries(sources).map(([path, text]) => [/([^/]+)\.grad$/.exec(path)![1]!, text]));

export interface GalleryModel {
  /** By which the words know it. */
  readonly id: string;
  readonly source: string;
}

export type GroupName = 'tutorial' | 'classics' | 'deep' | 'formulas';

const example = (id: string): GalleryModel => ({ id, source: withoutCommands(byName.get(id)!) });
const formula = (source: string): GalleryModel => ({ id: source, source: `${source}\n` });

/** What a terminal is told means nothing here. */
const withoutCommands = (text: string): string => text.replace(/^#\s+gradus .*\n/gm, '');

/** So many points of a table are written into the source. */
const MOST_POINTS = 20;

/** A model whose data lie in a table, with the first of them. */
function withPoints({ id, source }: GalleryModel): GalleryModel {
  const [names, ...rows] = points
    .trim()
    .split(/\r?\n/)
    .map((row) => row.split(','));
  const columns = names!.map((name, k) => [name, rows.slice(0, MOST_POINTS).map((row) => Number(row[k]).toFixed(2))] as const);
  const filled = columns.reduce(
    (text, [name, values]) => text.replace(new RegExp(`(\\b${name} : \\[n\\])`), `$1 = [${values.join(', ')}]`),
    source.replace(/^# The 100 points.*\n/m, ''),
  );
  return { id, source: filled.replace(/,\s+(ys : )/, '\ndata  $1') };
}

/** What nobody makes small, though it is derived: a best fit by where one measures has no use for training. */
function derivedAlone({ id, source }: GalleryModel): GalleryModel {
  return { id, source: source.replace(/^minimize (\w+)(.*)$/m, '$1$2\n$1') };
}

export const gallery: Readonly<Record<GroupName, readonly GalleryModel[]>> = {
  tutorial: [
    ...['or-first', 'or-gate', 'xor-neuron', 'xor-cross', 'xor-equal', 'xor-hidden', 'one-example'].map(example),
    withPoints(example('line')),
    ...['tanh-neuron', 'hot-cold', 'delta-rule', 'relu-rows'].map(example),
  ],
  classics: [
    derivedAlone(example('least-squares')),
    ...['ridge', 'logistic', 'softmax-regression', 'autoencoder', 'rnn', 'attention'].map(example),
  ],
  deep: [...['lstm', 'layer-norm', 'conv-net', 'k-means', 'physics', 'gradient-penalty'].map(example)],
  formulas: [
    ...['x^2*sin(x)', 'log(1 + exp(-x))', 'exp(-(x - μ)^2/(2v))'].map(formula),
    { id: 'quadratic', source: 'data  A : [n, n] = [[2, 1], [0, 3]]\nparam x : [n] = [1, −1]\nminimize f = xᵀ·A·x\n' },
    { id: 'logdet', source: 'param X : [n, n] = [[2, 1], [1, 3]]\nlogdet(X)\n' },
  ],
};

/** The line that a model is known by: what it makes small, or what it is. */
export function lineOf({ source }: GalleryModel): string {
  const lines = source.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const last = lines.at(-1)!;
  const objective =
    lines.find((line) => /^(?:minimize|maximize)\s/.test(line)) ?? lines.find((line) => line.startsWith(`${last} =`)) ?? last;
  return objective.replace(/^(?:minimize|maximize)\s+/, '');
}
