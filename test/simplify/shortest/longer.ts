/** Why a form is longer than the shortest that is known. */
const DOMAIN = 'the shorter form has no value where a base is 0, and the derivative has one';
const RELATION = 'a power of a sum with a root in it is not seen once the square of the root has been put in';
const FRACTIONS = 'partial fractions are shorter; one fraction is what exercises give';
const HYPERBOLIC = 'no e⁻ˣ stands beside eˣ: a source in exponentials is answered in exponentials';
const TANH = '1 − tanh² is what the derivative of tanh is known as where networks are derived';
const LOGISTIC = 'a source that speaks of exponentials only is answered in them, not by sigmoid or softmax';
const TIE = 'at a tie max shares: half of the slope goes to each side, which the shorter form leaves out';
const TERMS = 'B·x + Bᵀ·x is read term by term, in matrix and in index notation alike';
const CROSSED = 'sums of products are read as such: whether a factor is a vector that stretches the names do not tell';
const ANGLES = 'no formula of angles leads there without making other derivatives longer';

/**
 * The derivatives that are more than a fifth longer than the shortest form, by how much, and why. One that has become short
 * is taken off the list.
 */
export const longer: ReadonlyMap<string, readonly [ratio: number, why: string]> = new Map([
  ['(x-a)^m*(x-b)^n by x', [1.35, DOMAIN]],
  ['x^a*(1-x)^b by x', [1.43, DOMAIN]],
  ['(1+1/x)^x by x', [1.3, DOMAIN]],
  ['A*L^a*K^(1-a) by L', [1.37, DOMAIN]],
  ['(x+sqrt(x^2+1))^2 by x', [1.5, RELATION]],
  ['atan(x+sqrt(1+x^2)) by x', [2.56, RELATION]],
  ['tr(A*diag(x)*B) by x', [1.51, CROSSED]],
  ['x^2/(x+1) by x', [1.23, FRACTIONS]],
  ['x/(1+x/(1+x)) by x', [1.27, FRACTIONS]],
  ['log(x^2-3*x+2) by x', [1.37, FRACTIONS]],
  ['(exp(x)-1)/(exp(x)+1) by x', [1.84, HYPERBOLIC]],
  ['atan(exp(x)) by x', [1.5, HYPERBOLIC]],
  ['1/(exp(h/(k*T))-1) by T', [1.39, HYPERBOLIC]],
  ['sin(x)*sin(2*x) by x', [1.42, ANGLES]],
  ['log(sin(x)+cos(x)) by x', [1.38, ANGLES]],
  ['asinh(tan(x)) by x', [1.4, ANGLES]],
  ['tanh(x)^2 by x', [1.23, TANH]],
  ['tanh(a*x) by x', [1.25, TANH]],
  ['x^2*y + x*y^2 by x', [1.29, 'polynomials stay sums of monomials: 2xy + y², not y(2x + y)']],
  ['log(1+exp(z))-y*z by z', [2.25, LOGISTIC]],
  ['max(0, 1-y*z) by z', [1.45, TIE]],
  ['max(0, d-a+b) by a', [1.23, TIE]],
  ['max(q*(y-a), (q-1)*(y-a)) by a', [1.45, TIE]],
  ['max(0, abs(a-y)-c) by a', [1.34, TIE]],
  [
    "tr(inv(X'*C*X)*(X'*B*X)) by X",
    [1.27, 'a symmetric factor of a summed product stands either way round, so two equal terms do not meet'],
  ],
  ["tr(X'*B*X) by X", [1.34, TERMS]],
  ["tr(X*B*X') by X", [1.34, TERMS]],
  ["tr(B*X*X') by X", [1.34, TERMS]],
  ["x'*B*x by x", [1.34, TERMS]],
  ["x'*A*x+b'*x by x", [1.25, TERMS]],
]);
