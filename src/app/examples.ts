import type { Voice } from '../session/speech.ts';

/** What the help of each command ends with: lines that can be typed as they stand, with what they show. */
export interface Example {
  readonly line: string;
  readonly shows: string;
}

/** By the name of the command; the help on everything has none. */
export const examples: Readonly<Record<string, readonly Example[]>> = {
  '': [
    { line: "gradus derive 'x^2*sin(x)'", shows: 'a derivative, step by step' },
    { line: "gradus train 'param w = 1; minimize (w - 3)^2'", shows: 'a model, trained' },
    { line: 'gradus help sin', shows: 'all that is known about a function' },
  ],
  derive: [
    { line: "gradus derive 'x^2*sin(x)'", shows: 'the product rule, applied and checked' },
    { line: "gradus derive 'a*x^2 + b*x' --wrt x --detail full", shows: 'by one name, with the reasons' },
    {
      line: "gradus derive 'sum(sigmoid(W*x))' --wrt W --shape W=2,n --shape x=n --format latex",
      shows: 'by a matrix, as LaTeX',
    },
    {
      line: "gradus derive 'data x : [m]; param w; minimize sum((w*x).^2)/m' --parallel m",
      shows: 'whether the examples can be split over devices',
    },
  ],
  train: [
    { line: "gradus train 'param w = 1; minimize (w - 3)^2' --epochs 100", shows: 'the derivation, then the minimum' },
    { line: "gradus train 'param w = 1; minimize (w - 3)^2' --lr 0.5 --json", shows: 'the result as JSON' },
  ],
  check: [
    { line: "gradus check 'x^2*sin(x)'", shows: 'the derivative against differences' },
    { line: "gradus check 'x^2*sin(x)' --claim 'x: 2x*sin(x) + x^2*cos(x)'", shows: 'whether yours is right' },
  ],
  eval: [
    { line: "gradus eval 'x^2 + y' --set x=3 --set y=1/2", shows: '9.5' },
    { line: "gradus eval 'A*x' --set 'A=[1, 2; 3, 4]' --set 'x=[1, 1]' --json", shows: 'a product, as JSON' },
  ],
  export: [
    { line: "gradus export 'param w = 1; minimize (w - 3)^2' --to numpy", shows: 'a program with its derivative, in NumPy' },
    { line: "gradus export 'param w = 1; minimize (w - 3)^2' --to jax --precision f32", shows: 'in JAX, single precision' },
  ],
  page: [
    { line: 'gradus page', shows: 'the page in the browser' },
    { line: "gradus page 'param w = 1; minimize (w - 3)^2'", shows: 'with a model of yours' },
    { line: 'gradus page --no-open --port 8000', shows: 'only served, on a port of your choice' },
  ],
  help: [
    { line: 'gradus help sin', shows: 'a function: its value, its derivative, where it holds' },
    { line: 'gradus help shape', shows: 'a kind of error, and the way out' },
    { line: 'gradus help functions', shows: 'every function, a line each' },
  ],
  completion: [
    { line: 'gradus completion bash', shows: 'in ~/.bashrc, after bash-completion: eval "$(gradus completion bash)"' },
    { line: 'gradus completion zsh', shows: 'in ~/.zshrc, after compinit: source <(gradus completion zsh)' },
    { line: 'gradus completion fish', shows: 'in config.fish: gradus completion fish | source' },
  ],
};

/** The examples as the help shows them. */
export function examplesText(name: string, { say }: Voice): string {
  const lines = examples[name]!.flatMap(({ line, shows }) => [`  ${line}`, `      ${say(shows)}`]);
  return ['', say('Examples:'), ...lines].join('\n');
}
