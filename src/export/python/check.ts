import type { Exported } from '../dialect.ts';
import { DIFFERENCES, MOST, SAID } from '../differences.ts';
import { keptOf } from '../kept.ts';
import type { PythonLibrary } from './language.ts';

/** The functions that compare the gradients with others: what `--check` does. */
export function checkFunctions({ precision, held, params }: Exported, library: PythonLibrary): string[] {
  const lengths = DIFFERENCES[precision];
  const symmetric = keptOf(params).flatMap((kept) => (kept.symmetric ? kept.name : []));
  const list = `(${symmetric.map((name) => `${JSON.stringify(name)},`).join(' ')})`;
  const isSymmetric = symmetric.length > 0 ? `name in ${list}` : undefined;
  return [
    AGREEMENT,
    slopeAtZero(lengths),
    offDifferences(lengths, library, isSymmetric),
    check(precision, held !== undefined, library, isSymmetric),
  ];
}

type Lengths = (typeof DIFFERENCES)[keyof typeof DIFFERENCES];

const AGREEMENT = `\
def agreement(found, wanted, least):
    """How far two arrays differ, relative to the larger of them, and to the least that counts."""
    found, wanted = np.array(found.tolist()), np.array(wanted.tolist())
    size = max(np.max(np.abs(found), initial=0.0), np.max(np.abs(wanted), initial=0.0), least)
    return float(np.max(np.abs(found - wanted), initial=0.0) / size)`;

const slopeAtZero = ({ first, ratio, levels, beside }: Lengths): string => `\
def slope_at_zero(f):
    """The derivative of f at 0, as differences of several lengths agree on it, and beside it."""
    found, spread, rough, better = np.nan, np.inf, np.nan, np.nan
    for step in [${first} / ${ratio}**k for k in range(${levels})]:
        rough, before = (f(step) - f(-step)) / (2 * step), rough
        better, last = rough + (rough - before) / ${ratio ** 2 - 1}, better
        if abs(better - last) < spread:
            found, spread = better, abs(better - last)
        if spread <= 1e-10 * abs(found):
            break
    sides = (f(${beside}) - f(0.0)) / ${beside}, (f(0.0) - f(-${beside})) / ${beside}
    return found, min(sides), max(sides)`;

/** @param isSymmetric the condition that a parameter is declared so */
const offDifferences = ({ bound }: Lengths, library: PythonLibrary, isSymmetric?: string): string => `\
def off_differences(objective, params, data, name, own, least):
    """How far a gradient is from differences, by ${MOST} entries at most and by all together."""
    start = np.array(params[name].tolist(), dtype=np.float64)
    own = np.array(own.tolist(), dtype=np.float64)
    ways = []
    places = {round(k * (start.size - 1) / ${MOST - 1}) for k in range(${MOST})}
    for place in sorted(places) if start.size > 0 else []:
        way = np.zeros(start.size)
        way[place] = max(1.0, abs(start.flat[place]))
        ways.append(way.reshape(start.shape))
    if start.size > ${MOST}:
        signs = np.where(np.arange(start.size) * 0.618 % 1 < 0.5, 1.0, -1.0)
        ways.append(signs.reshape(start.shape))
${
  isSymmetric === undefined
    ? ''
    : `    if ${isSymmetric}:
        # An entry moves with that across the diagonal.
        ways = [(way + way.T) / 2 for way in ways]
`
}
    def along(way):
        """By how much the loss changes along a way: as the gradient says, and as differences do."""

        def moved(t):
            point = ${library.array('start + t * way')}
            return float(objective({**params, name: point}, data))

        return [np.sum(own * way), *slope_at_zero(moved)]

    def gap(slopes):
        return abs(slopes[0] - slopes[1]) / max(abs(slopes[0]), abs(slopes[1]), 1e-307)

    slopes = []
    for way in ways:
        plain = along(way)
        if not gap(plain) <= ${bound} and np.any(start):
            # What is small may be so by its unit: then steps of 1 are too long.
            finer = along(np.sign(way) * np.minimum(np.abs(way), np.abs(start)))
            plain = finer if not gap(plain) <= gap(finer) else plain
        slopes.append(plain)
    size = max([least, *(abs(found) for _, found, _, _ in slopes if np.isfinite(found))])
    worst = 0.0
    for given, found, low, high in slopes:
        # At a kink either side will do.
        error = abs(given - found) / size
        slack = ${bound} * size
        if not (error < ${bound} or low - slack <= given <= high + slack):
            worst = max(worst, np.nan_to_num(error, nan=np.inf))
        elif error < ${bound}:
            worst = max(worst, error)
    return worst`;

/** @param isHeld whether differences move an objective of their own */
function check(precision: Exported['precision'], isHeld: boolean, library: PythonLibrary, isSymmetric?: string): string {
  const { bound } = DIFFERENCES[precision];
  const auto = library.autodiff;
  return [
    'def check():',
    `    """The gradients against differences${auto ? ' and automatic differentiation' : ''}; whether all agree."""`,
    '    params, data = initial_parameters(), example_data()',
    ...(isHeld
      ? [
          `    own, holding = ${library.compiled('gradients')}(params, data), ${library.compiled('loss_holding')}`,
          '',
          '    def objective(moved, data):',
          '        return holding(moved, params, data)',
          '',
        ]
      : [`    objective, own = ${library.compiled('loss')}, ${library.compiled('gradients')}(params, data)`]),
    ...(auto ? auto.map((line) => `    ${line}`) : []),
    '    least = max(1e-3 * abs(float(objective(params, data))), 1e-307)',
    '    good = True',
    '    for name in params:',
    '        with np.errstate(all="ignore"):',
    '            error = off_differences(objective, params, data, name, own[name], least)',
    `        good = good and error < ${bound}`,
    `        print(f"{name}: ${SAID.off} {error:.1e}")`,
    ...(auto
      ? [
          '        scale = max(1.0, np.max(np.abs(np.array(params[name].tolist())), initial=0.0))',
          ...(isSymmetric === undefined
            ? []
            : [`        if ${isSymmetric}:`, '            found[name] = (found[name] + found[name].T) / 2']),
          '        error = agreement(own[name], found[name], 1e-3 * least / scale)',
          `        good = good and error < ${precision === 'f64' ? '1e-9' : '1e-3'}`,
          `        print(f"{name}: ${SAID.offOwn} {error:.1e}")`,
        ]
      : []),
    `    print("${SAID.agree}" if good else "${SAID.wrong}")`,
    '    return good',
  ].join('\n');
}
