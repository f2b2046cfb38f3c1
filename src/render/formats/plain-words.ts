/** What stands around formulas, with ASCII signs only: rules, reasons, the names of derivatives. */
const ASCII: readonly (readonly [RegExp, string])[] = [
  [/∂/g, 'd'],
  [/×/g, 'x'],
  [/≥/g, '>='],
  [/≠/g, '!='],
  [/·/g, '*'],
  [/−/g, '-'],
  [/→/g, '->'],
  [/[…⋮]/g, '...'],
  [/σ/g, 'sigmoid'],
  [/′/g, "'"],
  [/ᵖ⁻¹/g, '^(p-1)'],
  [/ᵖ/g, '^p'],
  [/ᵘ/g, '^u'],
  [/½/g, '1/2'],
  [/√/g, 'sqrt '],
  [/Σ/g, 'sum'],
  [/²/g, '^2'],
  [/⁻ᶻ|ᶻ/g, '^z'],
];

export const plainWords = (text: string): string => ASCII.reduce((t, [sign, plain]) => t.replace(sign, plain), text);
