import { emptyState, evaluateLine } from '../../session/evaluate.ts';

/** What a first derivation needs is compiled while the user reads the greeting, so that it answers as fast as others. */
export function warmUp(): void {
  const model = 'data X : [2, m] = [[0, 1]; [1, 0]]; param W : [1, 2] = [[1, 2]]; Z = W·X; minimize C = sum(σ(Z).^2)/(2m)';
  const { state } = evaluated(model);
  evaluated('d C / d W', state);
  evaluated('d/dx x^2*sin(x)');
}

function evaluated(line: string, state = emptyState) {
  const answer = evaluateLine(state, line);
  return answer instanceof Promise ? { state } : answer;
}
