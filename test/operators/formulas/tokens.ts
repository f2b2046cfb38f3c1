/** A formula of a rule as signs: `(uᵖ)′ = p·uᵖ⁻¹`. Raised and lowered runs are tokens, their signs in plain. */

export interface Token {
  readonly kind: 'number' | 'name' | 'raised' | 'lowered' | 'sign';
  readonly text: string;
}

const RAISED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁺+⁻−⁽(⁾)ᵃaᵇbᵖpᵘuᵛvⁿnᵀTᵂWˣx'.matchAll(/(.)(.)/gu)].map(([, a, b]) => [a!, b!]),
);
const LOWERED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'₀0₁1₂2₃3₊+₋−ᵢiⱼjₖkₗlₙnₚp'.matchAll(/(.)(.)/gu)].map(([, a, b]) => [a!, b!]),
);

const run = (signs: Readonly<Record<string, string>>): string => `[${Object.keys(signs).join('')}]+`;
const TOKEN = new RegExp(
  `(?<number>\\d+|½)|(?<name>[A-Za-z_][A-Za-z0-9_]*|(?![ΣΠ])[Α-ω])|(?<raised>${run(RAISED)})|(?<lowered>${run(LOWERED)})|(?<sign>\\S)`,
  'gu',
);

export function tokens(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map(({ groups = {} }): Token => {
    const [kind, found] = Object.entries(groups).find(([, part]) => part !== undefined) as [Token['kind'], string];
    const plain = kind === 'raised' ? RAISED : kind === 'lowered' ? LOWERED : undefined;
    return { kind, text: plain ? [...found].map((sign) => plain[sign]!).join('') : found };
  });
}
