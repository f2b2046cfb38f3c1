const known = new Map<string, bigint | undefined>();

/** The inverse of a modulo m, if they have no common factor. The same few are asked for again and again. */
export function inverseModulo(a: bigint, m: bigint): bigint | undefined {
  const key = `${a}/${m}`;
  if (!known.has(key)) known.set(key, euclid(a, m));
  return known.get(key);
}

function euclid(a: bigint, m: bigint): bigint | undefined {
  let [r, next, t, following] = [m, a % m, 0n, 1n];
  while (next !== 0n) {
    const quotient = r / next;
    [r, next] = [next, r - quotient * next];
    [t, following] = [following, t - quotient * following];
  }
  return r === 1n ? ((t % m) + m) % m : undefined;
}
