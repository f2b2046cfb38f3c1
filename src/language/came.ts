/** A value in a word or two, as it came: `the text "a"`, `an empty list`, `NaN`. */
export function came(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `the text ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`;
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    case 'bigint':
      return `${value}n`;
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
      if (isRecord(value)) return ofClass(value) ?? (Object.keys(value).length === 0 ? 'an empty object' : 'an object');
      return `a ${Object.prototype.toString.call(value).slice(8, -1)}`;
    default:
      return Object.is(value, -0) ? '-0' : String(value);
  }
}

/** What is an object by a name of its own. */
function ofClass(value: object): string | undefined {
  const of: unknown = value.constructor;
  const name = typeof of === 'function' && of !== Object ? of.name : '';
  return /^[A-Z]\w*$/.test(name) ? `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}` : undefined;
}

/** An object with values by name: no list, no function, no Map, nothing built in. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && !Array.isArray(value) && Object.prototype.toString.call(value) === '[object Object]';
