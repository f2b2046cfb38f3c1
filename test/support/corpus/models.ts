import type { Source } from '../corpus.ts';

/** Models: sources that declare their names. */
export const modelTexts: readonly string[] = [
  'data X : [2, m]\ndata Y : [1, m]\nparam W : [1, 2]\nparam b = 0\nminimize Cost = sum((σ(W*X + b) - Y).^2)/(2*m)',
  'data X : [2, m]\ndata Y : [1, m]\nparam W1 : [3, 2]\nparam b1 : [3] = 0\nparam W2 : [1, 3]\nparam b2 = 0\nA1 = σ(W1*X + b1)\nA2 = σ(W2*A1 + b2)\nminimize Cost = sum((A2 - Y).^2)/(2*m)',
  'data X : [d, m]\ndata Y : [k, m]\nparam W1 : [h, d]\nparam b1 : [h]\nparam W2 : [k, h]\nparam b2 : [k]\nZ1 = W1*X + b1\nA1 = tanh(Z1)\nZ2 = W2*A1 + b2\nminimize J = -sum(Y.*log_softmax(Z2, rows))/m',
  'data t : [m]\ndata y : [m]\nparam A = 1\nparam k positive = 1\nparam c = 0\nf = A*exp(-k*t) + c\nminimize L = mean((f - y).^2)',
  "data X : [m, d]\ndata y : [m]\nparam w : [d]\nparam b = 0\nr = X*w + b - y\nminimize L = r'*r/m",
  "data S : [n, n] symmetric\nparam x : [n]\nminimize R = x'*S*x/(x'*x)",
  "param S : [n, n] symmetric\ndata x : [n]\nmaximize L = logdet(S) - x'*S*x",
  'data x : [T]\ndata y : [T]\nparam a = 0.5\nparam b = 1\nh[0] = 0\nh[t=1:T] = tanh(a*h[t-1] + b*x[t])\nminimize L = mean((h - y).^2)',
  'data X : [T, 2]\ndata y : [T]\nparam W : [3, 3]\nparam U : [3, 2]\nparam v : [3]\nh[0] = zeros(3)\nh[t=1:T] = tanh(W*h[t-1] + U*X[t])\nminimize L = mean((h*v - y).^2)',
  "data A : [n, m]\nparam U : [n, k]\nparam V : [m, k]\nT = A - U*V'\nminimize t = sum(T.^2)",
  'data X : [n, d]\nparam C : [k, d]\nD[i,j] = sum[a]((X[i,a] - C[j,a])^2)\nminimize L = sum[i](min[j](D[i,j]))',
  'const g = 9.81\nparam v = 10\nparam θ = 0.5\nR = v^2*sin(2*θ)/g\nmaximize R',
  'data x : [n]\nparam μ = 0\nparam s positive = 1\nz = (x - μ)/s\nminimize L = sum(z.^2)/2 + n*log(s)',
  'data X : [h, w]\nparam F : [3, 3]\nparam b = 0\nZ[i=1:h-2, j=1:w-2] = sum[p=1:3, q=1:3](X[i+p-1, j+q-1]*F[p,q]) + b\nA = relu(Z)\nminimize L = mean(A.^2)',
  'data X : [b, n, d]\nparam Wq : [d, k]\nparam Wk : [d, k]\nQ[b,i,a] = sum[c](X[b,i,c]*Wq[c,a])\nK[b,i,a] = sum[c](X[b,i,c]*Wk[c,a])\nP[b,i,j] = softmax[j](sum[a](Q[b,i,a]*K[b,j,a])/sqrt(k))\nO[b,i,c] = sum[j](P[b,i,j]*X[b,j,c])\nminimize L = mean((O - X).^2)',
  'data y : [m]\nparam p : [k]\nparam T : [m, k]\nt = T*p\nt2 = exp(t)\nT2 = t2/sum(t2)\nminimize L = -sum(y.*log(T2))',
  'data x\ndata y\nparam i = 1\nparam j = 2\nu = i*x + j\nv = u^2 - i*j\nminimize L = (v - y)^2',
  'data n0 : [n]\nparam k : [n]\nA[i,j] = k[i]*n0[j]\nB = A*A\nminimize L = tr(B) + sum(A)',
];

/** The same with all that they declare; the parameters are what they are derived by. */
export const modelSources: readonly Source[] = modelTexts.map((source) => ({ kind: 'models', source, wrt: [], shapes: {} }));
