"""Texts whose values are known: by hand, from tables, from the definitions. The evaluator is believed once they hold."""

from mpmath import isfinite, mp, mpf

from arrays import NoValue, array, data_of, shape_of
from evaluate import Scope
from judge import Case
from read import Unreadable, read

A = array((2, 3), [mpf(x) for x in (1, 2, 3, 4, 5, 6)])
S = array((2, 2), [mpf(x) for x in (2, 1, 1, 3)])
U = array((3,), [mpf(x) for x in (1, -2, 4)])
R = array((1, 3), [mpf(x) for x in (1, 0, 2)])
K = array((2, 2, 3), [mpf(x) for x in range(1, 13)])
VALUES = {"A": A, "S": S, "u": U, "r": R, "K": K, "x": mpf(3), "y": mpf(-2), "n": mpf(3), "m": mpf(2)}

# Text, shape, entries.
KNOWN = [
    # What binds how tightly.
    ("2 + 3*4 - 6/3", (), [12]),
    ("-x^2", (), [-9]),
    ("2^3^2", (), [512]),
    ("2^-1", (), ["0.5"]),
    ("8/2/2", (), [2]),
    ("2x^2 + 2(x + 1)", (), [26]),
    ("x > 2 and not y > 0 ? 1 : 5", (), [1]),
    ("y > 0 or x < 0 ? 1 : x == 3 ? 7 : 8", (), [7]),
    ("5.*x - 1e-1*x", (), ["14.7"]),
    ("x² + |y|", (), [11]),
    # Vectors, rows, matrices.
    ("u'*u", (), [21]),
    ("u*r", (3, 3), [1, 0, 2, -2, 0, -4, 4, 0, 8]),
    ("r*u", (), [9]),
    ("A*u", (2,), [9, 18]),
    ("A'", (3, 2), [1, 4, 2, 5, 3, 6]),
    ("u'", (1, 3), [1, -2, 4]),
    ("uᵀ·u − 2·x", (), [15]),
    ("A ⊙ A ⊘ A", (2, 3), [1, 2, 3, 4, 5, 6]),
    ("A.*r", (2, 3), [1, 0, 6, 4, 0, 12]),
    ("A + [10; 20]", (2, 3), [11, 12, 13, 24, 25, 26]),
    ("2*A./[1; 2] - 1", (2, 3), [1, 3, 5, 3, 4, 5]),
    ("u.^2", (3,), [1, 4, 16]),
    ("S^2", (2, 2), [5, 5, 5, 10]),
    ("5*S^-1", (2, 2), [3, -1, -1, 2]),
    ("5*inv(S)", (2, 2), [3, -1, -1, 2]),
    ("S \\ [5; 5]", (2,), [2, 1]),
    ("det(S)", (), [5]),
    ("logdet(S) - log(5)", (), [0]),
    ("det(u*u')", (), [0]),
    ("tr(S)", (), [5]),
    ("diag(S)", (2,), [2, 3]),
    ("diag([1, 2])", (2, 2), [1, 0, 0, 2]),
    ("eye(2) + ones(2, 2) + zeros(2, 2)", (2, 2), [2, 1, 1, 2]),
    ("vec(A)", (6,), [1, 4, 2, 5, 3, 6]),
    ("reshape(A, 3, 2)", (3, 2), [1, 2, 3, 4, 5, 6]),
    ("kron([1, 2], u)", (6,), [1, -2, 4, 2, -4, 8]),
    ("S ⊗ r", (2, 6), [2, 0, 4, 1, 0, 2, 1, 0, 2, 3, 0, 6]),
    ("outer(u, [1, 2])", (3, 2), [1, 2, -2, -4, 4, 8]),
    ("cholesky([4, 2; 2, 10])", (2, 2), [2, 0, 1, 3]),
    # Literals, entries, blocks.
    ("[x, y]", (2,), [3, -2]),
    ("[x; y]", (2,), [3, -2]),
    ("[1, 2; 3, 4]", (2, 2), [1, 2, 3, 4]),
    ("[[1, 2], [3, 4]]", (2, 2), [1, 2, 3, 4]),
    ("[S, [7; 8]]", (2, 3), [2, 1, 7, 1, 3, 8]),
    ("[u'; r]", (2, 3), [1, -2, 4, 1, 0, 2]),
    ("concat(u, [9])", (4,), [1, -2, 4, 9]),
    ("concat(S, S, cols)", (2, 4), [2, 1, 2, 1, 1, 3, 1, 3]),
    ("A[2, 3]", (), [6]),
    ("A[2]", (3,), [4, 5, 6]),
    ("A[:, 2]", (2,), [2, 5]),
    ("A[1, 2:3]", (2,), [2, 3]),
    ("u[2:n]", (2,), [-2, 4]),
    ("K[2, 1]", (3,), [7, 8, 9]),
    ("K[:, :, 3]", (2, 2), [3, 6, 9, 12]),
    # Reductions and their axes.
    ("sum(A)", (), [21]),
    ("sum(A, rows)", (1, 3), [5, 7, 9]),
    ("sum(A, cols)", (2,), [6, 15]),
    ("sum(A, m)", (1, 3), [5, 7, 9]),
    ("mean(A, cols)", (2,), [2, 5]),
    ("prod(u)", (), [-8]),
    ("max(A, rows)", (1, 3), [4, 5, 6]),
    ("max(x, y)", (), [3]),
    ("min(u)", (), [-2]),
    ("norm([3, 4])", (), [5]),
    ("norm(2*S)^2", (), [60]),
    ("norm1(u)", (), [7]),
    ("var([1, 3])", (), [1]),
    ("std([1, 5])", (), [2]),
    ("dot(u, u)", (), [21]),
    ("logsumexp([log(1), log(2), log(5)]) - log(8)", (), [0]),
    ("softmax([log(1), log(3)])", (2,), ["0.25", "0.75"]),
    ("sum(softmax(A, rows), rows)", (1, 3), [1, 1, 1]),
    ("sum(softmax(A, cols), cols)", (2,), [1, 1]),
    # Index notation.
    ("sum[k](u[k]*k)", (), [9]),
    ("sum[i, j](A[i, j]*u[j])", (), [27]),
    ("prod[i=1:4](i)", (), [24]),
    ("max[j](A[2, j])", (), [6]),
    ("C[i, j] = sum[k](A[i, k]*A[j, k]); C - A*A'", (2, 2), [0, 0, 0, 0]),
    ("T[i=1:2, j=1:3] = i == 1 ? 10*j : 0; T", (2, 3), [10, 20, 30, 0, 0, 0]),
    ("D[i] = u[n - i + 1]; D", None, None),
    ("D[i=1:n] = u[n - i + 1]; D", (3,), [4, -2, 1]),
    ("Z[i=1:n] = where(i > 1, u[i - 1], 0); Z", (3,), [0, 1, -2]),
    ("sum[i](where(i > 1, u[i]*u[i - 1], 0))", (), [-10]),
    ("sum[i, j](softmax[j](K[1, i, j])*1) ", (), [2]),
    # Recurrences, forwards, backwards, through one another.
    ("h[0] = 1; h[t=1:4] = 2*h[t - 1]; h", (4,), [2, 4, 8, 16]),
    ("F[0] = 0; F[1] = 1; F[i=2:6] = F[i - 1] + F[i - 2]; F[6] + F[1]", (), [9]),
    ("M[4] = 0; M[t=1:3] = u[t] + M[t + 1]; M", (3,), [3, 2, 4]),
    ("a[0] = 1; b[t=1:3] = 2*a[t - 1]; a[t=1:3] = b[t] + 1; a", (3,), [3, 7, 15]),
    ("h[0] = [1; 2]; h[t=1:2] = S*h[t - 1]; h", (2, 2), [4, 7, 15, 25]),
    # Definitions and functions.
    ("t = x + 1; t2 = t^2; t2 - t", (), [12]),
    ("f(z, w) = z*w + 1; f(2, f(x, y))", (), [-9]),
    ("mse([1, 2], [3, 2])", (), [2]),
    ("kl([0, 1], [0.5, 0.5]) - log(2)", (), [0]),
    # Functions at points where tables tell their values.
    ("sigmoid(0) + relu(y) + step(x) + hardtanh(x)", (), ["2.5"]),
    ("round(2.5) + round(-2.5) + round(3.5)", (), [4]),
    ("gamma(5) + beta(2, 3)*12", (), [25]),
    ("cbrt(-8) + nthRoot(-32, 5)", (), [-4]),
    ("mod(-1, 3)", (), [2]),
    ("atan2(0, -1) - pi", (), [0]),
    ("6*polylog(2, 1) - pi^2", (), [0]),
    ("trigamma(1) - pi^2/6", (), [0]),
    ("lambertw(e)", (), [1]),
    ("uppergamma(1, 2) - exp(-2)", (), [0]),
    ("asech(1/cosh(2)) + acot(1/2) - atan(2)", (), [2]),
    ("sec(pi/3) + csc(pi/6) + cot(pi/4)", (), [5]),
    ("erf(1/2) + erfc(1/2) + hypot(3, 4)", (), [6]),
    ("log(8, 2) + log2(8) + log10(1000)", (), [9]),
    ("digamma(2) - digamma(1)", (), [1]),
    ("gelu(1) - (1 + erf(1/sqrt(2)))/2 + silu(1)*(1 + exp(-1))", (), [1]),
    # What has no value.
    ("log(y)", (), None),
    ("sqrt(y)", (), None),
    ("(-8)^(1/3)", (), None),
    ("1/0", (), None),
    ("where(y > 0, log(y), 4)", (), [4]),
    ("A*A", None, None),
    ("inv(u*u')", (3, 3), None),
    ("inv(A)", None, None),
    ("diag(r)", None, None),
    ("u[4]", None, None),
    ("A + r'", None, None),
]

# Source, shapes, name, its derivative, a claim, the verdict.
JUDGED = [
    ("x^2*sin(x)", {}, "x", "2*x*sin(x) + x^2*cos(x)", "x*(2*sin(x) + x*cos(x))", "equal"),
    ("x^2*sin(x)", {}, "x", "2*x*sin(x) + x^2*cos(x)", "x*(2*sin(x) - x*cos(x))", "unequal"),
    ("atan(x)-x+x^3/3", {}, "x", "1/(1+x^2)-1+x^2", "x^4/(1+x^2)", "equal"),
    ("x^20*y^20", {}, "x", "20*x^19*y^20", "(20+1e-25)*x^19*y^20", "unequal"),
    ("log(x)", {}, "x", "1/x", "exp(-log(x))", "equal"),
    ("log(x)", {}, "x", "1/x", "1/sqrt(-x)", "nowhere"),
    ("mean(x)", {"x": ["n"]}, "x", "ones(n)/n", "ones(n)/2", "unequal"),
    ("(x > 0 ? x : y)/(y > 0 ? x : 2)", {}, "y", "x > 0 ? 0 : 1/(y > 0 ? x : 2)", "x > 0 ? 0 : 1/(y > 0 ? x : 3)", "unequal"),
    ("norm(A*x)^2", {"A": ["m", "n"], "x": ["n"]}, "x", "2*A'*A*x", "2*(x'*A'*A)'", "equal"),
    ("norm(A*x)^2", {"A": ["m", "n"], "x": ["n"]}, "x", "2*A'*A*x", "2*x'*A'*A", "unequal"),
    ("data v : [k] = [3, 4]; param w = 1; minimize sum(v)*w", {}, "w", "sum(v)", "7", "data"),
]


def failures():
    mp.dps = 60
    found = []
    for text, shape, entries in KNOWN:
        try:
            scope = Scope(read(text), VALUES)
            value = scope.value(scope.objective)
            told = shape_of(value), [mp.nstr(x, 15) for x in data_of(value)]
            if entries is None:
                right = not all(isfinite(x) for x in data_of(value))
            else:
                right = told[0] == shape and all(abs(x - mpf(y)) < mpf(10) ** -50 for x, y in zip(data_of(value), entries))
        except (NoValue, Unreadable) as e:
            told, right = str(e), shape is None
        if not right:
            found.append(f"{text}: {told}")
    for source, shapes, name, derivative, claim, verdict in JUDGED:
        case = Case(source, shapes, name, derivative, 1)
        told = case.differences()[0], case.judge(claim)[0]
        if told != ("right", verdict):
            found.append(f"{claim} for {derivative}: {told}")
    return found
