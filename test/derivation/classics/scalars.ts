import type { Classic } from './classic.ts';

const STEWART = 'Stewart, Calculus, Early Transcendentals';

const by = (name: string, source: string, book: string, x: string, order?: number): Classic => ({
  name,
  source,
  book: book.startsWith('§') ? `${STEWART}, ${book}` : book,
  wrt: ['x'],
  says: { x },
  ...(order !== undefined && { order }),
});

/** Scalars of every textbook of calculus, by x. */
export const scalars: readonly Classic[] = [
  by('a power', 'x^5', '§3.1, the power rule', '5*x^4'),
  by('a root', 'sqrt(x)', '§3.1', '1/(2*sqrt(x))'),
  by('a product', 'x^2*sin(x)', '§3.3, example 1', '2*x*sin(x) + x^2*cos(x)'),
  by('a quotient', 'sin(x)/x', '§3.2, the quotient rule', '(x*cos(x) - sin(x))/x^2'),
  by('a quotient of polynomials', '(x^2 + 1)/(x^2 - 1)', '§3.2, the quotient rule', '-4*x/(x^2 - 1)^2'),
  by('a chain', 'sin(x^2)', '§3.4, example 2', '2*x*cos(x^2)'),
  by('a chain of a power', '(x^3 + 1)^10', '§3.4, the power rule with the chain rule', '30*x^2*(x^3 + 1)^9'),
  by('a root of a sum', 'sqrt(x^2 + 1)', '§3.4, example 1', 'x/sqrt(x^2 + 1)'),
  by('the tangent', 'tan(x)', '§3.3, its square of the secant written out', '1 + tan(x)^2'),
  by('an exponential', 'a^x', '§3.4, (5)', 'a^x*ln(a)'),
  by('a power of itself', 'x^x', '§3.6, example 8', 'x^x*(ln(x) + 1)'),
  by('a power with a moving exponent', 'x^sin(x)', '§3.6, logarithmic differentiation', 'x^sin(x)*(cos(x)*ln(x) + sin(x)/x)'),
  by('a logarithm of a sine', 'ln(sin(x))', '§3.6, example 2', 'cot(x)'),
  by('a logarithm of an absolute value', 'ln(|x|)', '§3.6, example 6', '1/x'),
  by('an inverse tangent', 'arctan(x)', '§3.5', '1/(1 + x^2)'),
  by('an inverse sine', 'arcsin(x)', '§3.5', '1/sqrt(1 - x^2)'),
  by('the bell', 'exp(-x^2/2)', 'Bishop, Pattern Recognition and Machine Learning, (1.46), its slope', '-x*exp(-x^2/2)'),
  by('an absolute value', '|x|', '§2.8, example 5', 'x > 0 ? 1 : x < 0 ? -1 : 0'),
  by('a rectifier', 'max(0, x)', 'Goodfellow, Bengio, Courville, Deep Learning, 6.3.1', 'x > 0 ? 1 : x < 0 ? 0 : 1/2'),
  by('a choice', 'x < 0 ? x^2 : x^3', '§1.1, piecewise defined functions, with §3.1', 'x < 0 ? 2*x : 3*x^2'),
  by('the logistic function', '1/(1 + exp(-x))', 'Bishop, Pattern Recognition and Machine Learning, (4.88)', 'σ(x)*(1 - σ(x))'),
  by('the hyperbolic tangent', 'tanh(x)', '§3.11', '1 - tanh(x)^2'),
  by('softplus', 'ln(1 + exp(x))', 'Goodfellow, Bengio, Courville, Deep Learning, (3.41)', 'σ(x)'),
  by('a second derivative', 'x*sin(x)', '§3.3, with §2.8', '2*cos(x) - x*sin(x)', 2),
  by('a second derivative of a logarithm', 'ln(x)', '§3.6', '-1/x^2', 2),
  by('a second derivative of the bell', 'exp(-x^2)', '§4.5, curves', '2*exp(-x^2)*(2*x^2 - 1)', 2),
];
