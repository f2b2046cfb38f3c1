import type { Exported } from '../dialect.ts';
import { SAID } from '../differences.ts';
import { keptOf } from '../kept.ts';
import { checkFunctions } from './check.ts';
import { keptInPython } from './kept.ts';
import type { PythonLibrary } from './language.ts';

/** The end of the file: what it does when it is run. */
export function mainText(exported: Exported, library: PythonLibrary): string {
  const cost = exported.name.replace(/["\\]/g, '');
  const isUphill = exported.model.objective?.sense === 'maximize';
  const kept = keptOf(exported.params);
  return [
    ...checkFunctions(exported, library),
    ...(kept.length > 0 ? [keptInPython(kept, library)] : []),
    train(cost, isUphill ? '+' : '-', library, kept.length > 0),
    main(cost, library.autodiff ? 'others' : 'differences'),
    START,
  ].join('\n\n\n');
}

/**
 * @param sign which way the parameters go along the slopes
 * @param isKept whether something is declared of them that a step could undo
 */
const train = (cost: string, sign: '+' | '-', library: PythonLibrary, isKept: boolean): string => `\
def train(epochs, lr):
    """Gradient descent from the initial parameters; what was learned."""
    params, data = initial_parameters(), example_data()
    step = ${library.compiled('value_and_gradients')}
    for epoch in range(epochs + 1):
        value, slopes = step(params, data)
        if epoch % max(1, epochs // 10) == 0 or epoch == epochs:
            print(f"epoch {epoch}: ${withoutBraces(cost)} = {float(value):.6g}")
            if not np.isfinite(float(value)):
                sys.exit("${cost} ${SAID.endless}")
        if epoch < epochs:
            ${isKept ? 'moved' : 'params'} = {name: value ${sign} lr * slopes[name] for name, value in params.items()}
${isKept ? '            params = within(moved, params)\n' : ''}    return params`;

/** In an f-string braces are code. */
const withoutBraces = (text: string): string => text.replace(/[{}]/g, '');

/** @param others what the gradients are compared with */
const main = (cost: string, others: string): string => `\
def main():
    parser = argparse.ArgumentParser(description="Check the gradients of the model, or train it.")
    parser.add_argument("--check", action="store_true", help="compare the gradients with ${others}")
    parser.add_argument("--train", action="store_true", help="gradient descent, then the parameters")
    parser.add_argument("--epochs", type=int, default=1000)
    parser.add_argument("--lr", type=float, default=0.1)
    given = parser.parse_args()
    if given.epochs < 0:
        parser.error("--epochs must not be negative")
    if given.check and not check():
        sys.exit(1)
    if given.train:
        with np.errstate(all="ignore"):
            learned = train(given.epochs, given.lr)
        for name, value in learned.items():
            print(f"{name} = {np.asarray(value).tolist()}")
    if not given.check and not given.train:
        print("${cost} =", float(loss(initial_parameters(), example_data())))`;

const START = `\
if __name__ == "__main__":
    try:
        main()
    except NotImplementedError as error:
        sys.exit(str(error))`;
