import type { TrainResult } from '../descend/index.ts';
import { GradusError } from '../language/diagnostics.ts';
import { jsonText } from '../numeric/json.ts';

/** What was learned as the JSON that `--params` and `--data` read: arrays by name. */
export const parametersText = ({ params }: Pick<TrainResult, 'params'>): string => `${jsonText({ params })}\n`;

/**
 * The values of parameters in a file of JSON: what `--save` writes, what `train --json` prints, or arrays by name.
 * @throws GradusError `data` for anything else
 */
export function parametersIn(text: string, file: string): Record<string, unknown> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new GradusError('data', `${file} is not JSON`, {
      hint: 'parameters are what train --save FILE or train --json writes',
    });
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new GradusError('data', `${file} does not hold parameters by name`);
  const { params = content } = content as { params?: object };
  return params as Record<string, unknown>;
}
