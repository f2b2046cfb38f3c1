/**
 * What an option of the whole command line says, and the arguments without it: it may stand anywhere, and is needed before
 * the arguments are read, since they may be what is wrong. What is no value, or is said twice, stays to be refused.
 */
export function globalChoice<T extends string>(
  name: string,
  words: readonly T[],
  argv: readonly string[],
): { readonly choice: T | undefined; readonly argv: readonly string[] } {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const places = argv.flatMap((arg, k) => (k < end && (arg === `--${name}` || arg.startsWith(`--${name}=`)) ? [k] : []));
  const at = places[0] ?? -1;
  const joined = argv[at]?.startsWith(`--${name}=`) ?? false;
  const text = joined ? argv[at]!.slice(name.length + 3) : argv[at + 1];
  const choice = words.find((word) => word === text);
  if (places.length !== 1 || choice === undefined) return { choice: undefined, argv };
  return { choice, argv: argv.filter((_, k) => k !== at && (joined || k !== at + 1)) };
}
