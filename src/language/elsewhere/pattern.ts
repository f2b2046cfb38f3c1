/** Made when it is first asked for: most programs never read a line of another language. */
export function whenAsked<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export const pattern = (source: string, flags: string): (() => RegExp) => whenAsked(() => new RegExp(source, flags));
