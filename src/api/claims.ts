import { GradusError } from '../language/diagnostics.ts';
import { byName, canonicalName } from '../language/names.ts';
import { listed } from '../language/visible.ts';
import type { Model } from '../model/model.ts';
import { namesToDerive } from './names.ts';

/**
 * Claims as people write them: under no name where there is one to derive by, `dW` for the derivative by W, and the whole
 * equation, `dW = 2*W`, `∂Cost/∂W = …`.
 * @throws GradusError `argument` for a text under no name where there are several
 */
export function claimsByName(
  model: Model,
  given: Readonly<Record<string, string>>,
  wrt?: string | readonly string[],
): Readonly<Record<string, string>> {
  const claims = byName(given, model.inputs.keys());
  return Object.fromEntries(
    Object.entries(claims).map(([key, text]) => {
      const name = key === '' ? undefined : named(model, key);
      return name === undefined ? Object.entries(single(model, text, wrt))[0]! : [name, rightSide(model, name, text)];
    }),
  );
}

function single(model: Model, text: string, wrt: string | readonly string[] | undefined): Readonly<Record<string, string>> {
  const [, left] = EQUATION.exec(text) ?? [];
  const said = left === undefined ? undefined : derivedBy(model, left);
  const names = said === undefined ? namesOf(model, wrt, text) : [said];
  return { [names[0]!]: rightSide(model, names[0]!, text) };
}

function namesOf(model: Model, wrt: string | readonly string[] | undefined, text: string): readonly string[] {
  const inputs = [...model.inputs.values()].filter((input) => input.role === 'param' || input.role === 'free');
  const names = wrt === undefined && inputs.length > 1 ? inputs.map((input) => input.name) : namesToDerive(model, wrt);
  if (names.length === 1) return names;
  throw new GradusError('argument', 'there are several names that the claim may be about', {
    hint: `say which of ${listed(names)}: { ${names[0]}: ${JSON.stringify(text)} }, or --claim ${JSON.stringify(`${names[0]}: ${text}`)}`,
  });
}

const EQUATION = /^\s*([^=<>!;\n]+?)\s*=(?!=)\s*/u;
const QUOTIENT = /^[d∂]\s*[\p{L}_][\p{L}\p{M}\p{N}_]*\s*\/\s*[d∂]\s*([\p{L}_][\p{L}\p{M}\p{N}_]*)$/u;

/** What a left side is the derivative by: W of `dW`, `∂Cost/∂W` and W itself. */
function derivedBy(model: Model, left: string): string | undefined {
  const plain = canonicalName(left);
  const by = QUOTIENT.exec(plain)?.[1] ?? plain;
  const name = named(model, by);
  return model.inputs.has(name) || name !== by ? name : undefined;
}

/** `dW` is the derivative by W where nothing else has that name; `dZ` the adjoint of a definition. */
function named({ inputs, graph, definitions }: Model, key: string): string {
  const by = key.slice(1);
  if (inputs.has(key) || !/^[d∂]/.test(key) || graph.names.has(key)) return key;
  return inputs.has(by) && !definitions.some((d) => d.name === by) ? by : key;
}

/** Without the left side of an equation that says what the claim is about. */
function rightSide(model: Model, name: string, text: string): string {
  const match = EQUATION.exec(text);
  const isOfName = match && derivedBy(model, match[1]!) === name && !text.includes(';');
  return isOfName && text.length > match[0].length ? text.slice(match[0].length) : text;
}
