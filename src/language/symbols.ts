/** Signs that few keyboards have, by what LaTeX calls them: `\alpha` and Tab. */
export const SYMBOLS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    (
      'alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ ' +
      'sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω'
    )
      .match(/\S+ \S+/g)!
      .map((pair) => pair.split(' ')),
  ),
  partial: '∂',
  cdot: '·',
  odot: '⊙',
  oslash: '⊘',
  otimes: '⊗',
  sum: 'Σ',
  prod: 'Π',
  top: 'ᵀ',
  infty: '∞',
};
