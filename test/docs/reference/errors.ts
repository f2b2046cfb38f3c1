import type { ErrorCode } from '../../../src/index.ts';
import * as api from '../../../src/index.ts';
import { code, fenced } from './markdown.ts';

interface Told {
  /** When it is thrown. */
  readonly words: string;
  /** JavaScript that ends with such an error, thrown or returned; none where only the command line has it. */
  readonly example?: string;
}

/** An entry for each code, which the type demands. */
export const errors: Readonly<Record<ErrorCode, Told>> = {
  syntax: { words: 'the text cannot be read, or means two things', example: "derive('a/2x')" },
  name: { words: 'a name or a function is not known, used too early, or given twice', example: "derive('x + sinn(x)')" },
  shape: { words: 'shapes do not fit', example: "derive('W*x', 'x', { shapes: { W: [2, 3], x: [2] } })" },
  argument: { words: 'an argument or an option is not as it should be', example: "derive('x^2', 'x', { oder: 2 })" },
  data: { words: 'a value is missing, misshapen, or breaks a fact', example: "compile('x + y')({ x: 1 })" },
  domain: { words: 'there is no point at which a check could be made', example: "check('log(-1 - x^2)')" },
  unsupported: { words: 'it means something, but is not done', example: "derive('A^100', 'A', { shapes: { A: ['n', 'n'] } })" },
  limit: { words: 'it would take more memory than is allowed', example: "compile('ones(100000, 100000)')()" },
  diverged: {
    words: 'training ran away: `train` does not throw it, but returns it',
    example: "(await train('param w = 1; minimize w^2', {}, { lr: 5 })).error",
  },
  engine: {
    words: 'on the command line: another engine could not be started, or a process of it ended',
  },
  usage: {
    words: 'a request that does not fit the model; on the command line, wrong options',
    example: "train('param w = 1; data x : [n] = [1, 2]; minimize sum((w*x).^2)', {}, { batch: 1, batchAxis: 'k' })",
  },
};

/** Runs JavaScript over the names of the API, and gives the error that it ends with. */
export async function errorOf(example: string): Promise<api.GradusError> {
  const names = Object.keys(api);
  const run = new Function(...names, `return (async () => ${example})()`);
  const end = await run(...Object.values(api)).catch((error: unknown) => error);
  if (end instanceof api.GradusError) return end;
  throw new Error(`${example} ends with ${String(end)}`);
}

export async function errorsPart(): Promise<string> {
  const entries = await Promise.all(
    Object.entries(errors).map(async ([name, { words, example }]) => {
      const told = `### ${code(name)}\n\n${words[0]!.toUpperCase()}${words.slice(1)}.`;
      if (example === undefined) return told;
      const { code: found, message, hint } = await errorOf(example);
      if (found !== name) throw new Error(`${example} gives the code ${found}, not ${name}`);
      const said = `// ${message}${hint ? `\n// hint: ${hint}` : ''}`;
      return `${told}\n\n${fenced(`${example};\n${said}`, 'js')}`;
    }),
  );
  return `## Errors

The only error is \`GradusError\`: \`code\`, \`message\`, \`span\` (where in the source), \`hint\` (what would fit), and
\`format(source)\`, which draws the line and the place.

${entries.join('\n\n')}`;
}
