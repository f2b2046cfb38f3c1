/** What a function is given in a struct: how it is declared, and what it is where the work is shared. */
export interface Given {
  /** `double *` */
  readonly type: string;
  readonly name: string;
  readonly value: string;
}

/** The functions of shared work, and the lines of the statement that has it done. */
export interface Shared {
  readonly text: string;
  readonly call: readonly string[];
}

/** A nest that is a function: its parameters, then the sums that it adds to by pointers, then `from` and `to`. */
interface SharedNest {
  readonly name: string;
  readonly given: readonly Given[];
  readonly sums: readonly string[];
  readonly real: string;
  readonly index: string;
  readonly extent: number;
}

/**
 * A sum is taken in so many parts, whoever takes them, which are added in their order: the same bits for any number of threads,
 * of which there is work for as many.
 */
const PARTS = 8;

export function sharedNest({ name, given, sums, real, index, extent }: SharedNest): Shared {
  const args = given.map((one) => `g->${one.name}`);
  if (sums.length === 0) return shared(name, given, [`  ${name}(${[...args, 'from', 'to'].join(', ')});`], extent);
  const fields = sums.map((sum): Given => ({ type: `${real} *`, name: sum, value: `${sum}_parts` }));
  const border = (part: string) => `(${index})((long)${extent} * ${part} / ${PARTS})`;
  const lines = [
    '  for (int part = from; part < to; part++) {',
    ...sums.map((sum) => `    ${real} ${sum} = 0;`),
    `    ${name}(${[...args, ...sums.map((sum) => `&${sum}`), border('part'), border('(part + 1)')].join(', ')});`,
    ...sums.map((sum) => `    g->${sum}[part] = ${sum};`),
    '  }',
  ];
  const { text, call } = shared(name, [...given, ...fields], lines, PARTS);
  const parts = sums.map((sum) => `${real} ${sum}_parts[${PARTS}];`);
  const added = sums.map((sum) => `for (int part = 0; part < ${PARTS}; part++) ${sum} += ${sum}_parts[part];`);
  return { text, call: [...parts, ...call, ...added] };
}

/** A routine over `count` cells: of each array a share of them. */
export function sharedRoutine(
  name: string,
  routine: string,
  arrays: readonly (Given & { readonly cell: number })[],
  numbers: readonly number[],
  count: number,
): Shared {
  const args = arrays.map((one) => `g->${one.name} + from * ${one.cell}L`);
  return shared(name, arrays, [`  ${routine}(${[...args, 'to - from', ...numbers].join(', ')});`], count);
}

function shared(name: string, given: readonly Given[], lines: readonly string[], count: number): Shared {
  const text = [
    `struct ${name}_given {`,
    ...given.map(({ type, name: field }) => `  ${type}${type.endsWith('*') ? '' : ' '}${field};`),
    '};',
    '',
    `static void ${name}_turns(const void *all, int from, int to) {`,
    `  const struct ${name}_given *const g = all;`,
    ...lines,
    '}',
    '',
  ].join('\n');
  const values = given.map(({ value }) => value).join(', ');
  return {
    text,
    call: [`const struct ${name}_given given = {${values}};`, `share(threads, ${name}_turns, &given, ${count});`],
  };
}
