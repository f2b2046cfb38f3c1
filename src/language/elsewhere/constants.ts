/** Numbers by their names in Mathematica, SymPy and spreadsheets, which are names like others here. */
const CONSTANTS: Readonly<Record<string, string>> = { Pi: 'pi', PI: 'pi', E: 'e', Infinity: 'inf', oo: 'inf' };

const LETTERS = '[\\p{L}\\p{N}\\p{M}_]';
const alone = (name: string, behind = ''): RegExp => new RegExp(`(?<!${LETTERS})${name}(?!${LETTERS})${behind}`, 'gu');

/** What is raised to something that is no number: an energy is squared, and e is not. */
const RAISED = alone('E', '(?=\\s*\\.?\\^\\s*[^\\s\\d])');

/** The number that a name of a text is elsewhere; undefined where the name may well be its own. */
export const constantElsewhere = (name: string, text: string): string | undefined =>
  Object.hasOwn(CONSTANTS, name) && (name !== 'E' || text.search(RAISED) >= 0) ? CONSTANTS[name] : undefined;

/** A text with the numbers as they are written here. */
export const withConstants = (text: string): string =>
  Object.entries(CONSTANTS).reduce(
    (result, [name, here]) => (constantElsewhere(name, text) ? result.replace(alone(name), here) : result),
    text,
  );
