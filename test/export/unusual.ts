/** Names, values and shapes that are easily forgotten; each is checked as a whole, differences included. */
export const unusual: Readonly<Record<string, string>> = {
  'a symmetric matrix of one entry': 'param D : [1, 1] symmetric = [[2]]\nminimize sum(D*3)^2',
  'names that end in a line, beside those that do not': `data X : [3] = [1, 2, 3]
param w_ = 0.5, w = 2, b__ = 0.1
Z_ = w_*X + w
minimize Cost_ = sum(Z_.^2)*b__`,
  'names that Python has for itself': `const slice : [2] = [1, 2], KeyError = 2, isinstance = 3, repr = 4
data x : [5] = [1, 2, 3, 4, 5], lambda = 2
param k : [2] = [1, 2], class = 1, loss = 2
y[i=1:4] = sum[j=1:2](k[j]*slice[j]*x[i + j - 1])
minimize L = sum(y.^2)*KeyError*isinstance + repr*class^2*loss*lambda`,
  'names that JavaScript has for itself': `data arguments = 2, eval = 1
param __proto__ = 1, constructor = 4, this = 3, toString = 2
minimize L = this^2*constructor + __proto__^3*toString*arguments*eval`,
  'names that constants of a program might have': `data numbers : [2] = [1, 2], numbers_2 = 3
param w : [2] = [1, 3]
f = w.*[0.5; 0.25] + numbers + [3; 4]*numbers_2
minimize L = sum(f.^2)`,
  'names that are spelled alike': `const λ : [2] = [1, 2], μ : [2] = [4, 3]
data lambda : [2] = [5, 7], mu = 2
param w : [2] = [1, 3]
minimize L = sum((w.*λ + lambda).^2.*μ) + mu*sum(w)`,
  'names that C has for itself': `data int : [3] = [1, 2, 3], EOF = 3
const start : [3] = [1, 2, 3], slope : [3] = [1, 0, 1]
param struct = 0.5, real = 2, y0 = 0.1, errno = 1
minimize L = sum((struct*int + real*start).^2) + y0*errno*EOF + sum(slope)*real`,
  'parameters that nothing depends on': `data x : [4] = [0.5, 1.5, 2.5, 3.2]
param a = 1.3, b : [1] = [2.6], c : [2] = 1, d : [1, 1] = [[4.2]]
minimize L = a^2 + sum(floor(b)) + sum(round(d)) + sum(x)*a`,
  'a gradient that is a size': `data x : [n] = [1, 2, 3]
param a = 2, b : [1] = [1]
minimize L = n*a + (n + 1)*sum(b)*sum(x)`,
  'the determinant of a matrix without an inverse': `param A : [3, 3] = [[1, 2, 3], [4, 5, 6], [7, 8, 9]], B : [2, 2] = [[1, 2], [2, 4]]
minimize L = det(A) + sum(A.^2) + det(B)`,
  'cofactors, with an inverse and without': `param A : [3, 3] = [[1, 2, 3], [4, 5, 6], [7, 8, 10]], B : [3, 3] = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
param C : [2, 2] = [[0, 0], [0, 0]], D : [4, 4] = [[1, 2, 0, 0], [2, 4, 0, 0], [0, 0, 1, 1], [0, 0, 3, 3]], E : [2, 2] = [[1, 2], [2, 4]], F : [1, 1] = [[2]]
f(M) = sum(cofactor(M).*(M + 1))
minimize L = f(A) + f(B) + f(C) + f(D) + f(E) + f(F)`,
  'arrays without entries': `data x : [m] = [2]
param w : [2] = [2, 1], z : [m - 1] ~ zeros
minimize L = sum(z.^2) + sum((w[1]*z + 1).^2) + sum(w.^2)*sum(x)`,
  'data without rows': `data X : [n, 2] = zeros(0, 2), y : [n] = zeros(0)
param w : [2] = [1, 2]
minimize L = sum((X*w - y).^2) + sum(w.^2)`,
  'branches that are not taken': `data x : [6] = [-800, -2, 0, 0.001, 2, 800], p : [3] = [0, 0.25, 1]
param w = 1.5, a = 0.5
minimize L = sum(where(w*x > 0, 1, exp(w*x))) + sum(where(x > 0, log(w*x), a)) + sum(where(x != 0, w./x, a^2)) + sum(xlogy(p, w*p)) + sum(where(a > 0, x*a, sqrt(x)*w))/1e3`,
  'the largest and the smallest, squared': `param w : [3] = [0.7, 0.1, -0.3], A : [2, 3] = [[0.7, 0.1, -0.3], [0.1, 1.1, 1.1]]
minimize L = max(w)^2 + min(w)^2 + sum(max(A, rows).^2) + sum(min(A, columns).^2)`,
  'symmetric matrices': `data S : [n, n] symmetric = [[2, 1], [1, 3]]
param A : [n, n] symmetric = [[1, 0.2], [0.2, 2]], B : [6, 6] symmetric ~ normal(0, 1), C : [n, n] = [[1, 2], [3, 4]]
minimize tr(A*S*A) + logdet(A)*2 + sum((A*C).^2) + sum(B.^3) + C[1,2]*B[1,3]`,
  'sinc at 0 and beside it': `param x : [5] = [0, 1e-9, 1e-3, 1, 20]
minimize L = sum(sinc(x).*[1; 2; 3; 4; 5])`,
  'triangles of several diagonals': `param A : [3, 3] = [[1, 2, 3], [4, 5, 6], [7, 8, 10]]
minimize L = sum(triu(A).^2) + sum(tril(A, -1).^3) + sum(triu(A, 1).^2) + sum(tril(A).^2)`,
  'a small number, of which there is a logarithm': `data x : [4] = [0.001, 0.002, 0.0015, 0.0005]
param s positive = 1e-3
minimize NLL = 4*log(s) + sum(x.^2)/(2*s^2)`,
  'parameters in units of their own, and large factors': `data x : [3] = [1, 2, 3]
param h = 6.626e-34, k = 1e300, w : [2] = [1e-300, 2e-20], v : [30] ~ normal(0, 1), b = 1e-9
minimize L = sum((sin(h/1e-34*x) + tanh(k/1e300) + sin(w[1]/1e-300)*cos(w[2]/1e-20)).^2)*1e-5 + sin(1e9*b)^2 + 1e-5*sum(v.^2)`,
  'likelihoods far out': `data z : [5] = [-800, -40, 0.3, 40, 800], y : [5] = [1, 0, 0.25, 1, 0]
param a = 1, c = 0.5
p = σ(a*z)
minimize L = -mean(log(y.*p + (1 - y).*(1 - p)))/100 - log(1 - exp(-exp(c - 30))) - log(c*exp(a) + 2)`,
  'at a kink, and beside many': `data X : [6, 2] = [[1, 2], [3, -4], [-0.001, 1], [0.5, 0.0002], [-1, 0.3], [2, 0]]
param W : [2, 5] = [[1, -1, 0.001, 0.7, 0.3], [0.5, 0.002, 1, -0.2, -0.4]], v : [5] = [1, -2, 0.5, 1, 1], c = 1e-7
minimize L = mean((relu(X*W)*v - 1).^2) + abs(c)`,
  'gradients that stop': `data x : [2] = [1, -2]
param a = 0.5, b = 2, θ : [2, 3] ~ normal(0, 1)
q = θ'*x
t = stop_gradient(softmax(q))
minimize L = (a - stop_gradient(b*a + stop_gradient(a)*b))^2 + sum((q - t).^2)*stop_gradient(b)`,
  'gradients that stop at all': `param a = 0.5, b = 2
maximize L = stop_gradient(a*b)*a`,
  'gradients that stop in the steps of recurrences': `param a = 0.5, w : [2] = [0.4, 0.7]
h[0] = 1
h[t=1:3] = a*stop_gradient(h[t-1]) + w[1]
v[0] = zeros(2)
v[t=1:3] = a*w + stop_gradient(v[t-1])
u[0] = 0
u[t=1:3] = a*u[t-1] + v[t,1] + stop_gradient(h[t]*w[2])*u[t-1]
minimize L = sum(h)^2 + sum(v)*a + u[3]^2*stop_gradient(u[2])`,
  'batches that are normalised': `data X : [m, 3] = [[1, 2, -1], [0.5, -0.3, 2], [3, 1, 0], [-2, 0.1, 0.7], [0.2, 0.2, 1]], y : [m] = [1, 0, 1, 0, 1]
param W : [3, 4] ~ normal(0, 0.5), γ : [4] = 1, β : [4] = 0.1, v : [4] ~ normal(0, 1), d = 0
Z = X*W
N = (Z - mean(Z, rows))./sqrt(mean((Z - mean(Z, rows)).^2, rows) + 1e-5)
p = σ(relu(N.*γ' + β')*v + d)
minimize L = bce(p, y)`,
  'a state of which the last entry counts alone': `data X : [T, B, 2] = [[[1, 2], [3, 4], [0, 1]], [[0.1, 0.2], [0.3, 0.4], [0.5, 1]]]
param W : [2, 3] ~ normal(0, 0.5), U : [3, 3] ~ normal(0, 0.5), v : [3] ~ normal(0, 1)
H[0] = zeros(B, 3)
H[t=1:T] = tanh(X[t]*W + H[t-1]*U)
o = H[T]*v
minimize L = mean(o.^2)`,
};
