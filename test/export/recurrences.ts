/** Recurrences of all kinds: several states, several lags, both ways, matrices, what starts them learned. */
export const recurrences: Readonly<Record<string, string>> = {
  'a plain recurrent net': `data X : [T, 2] = [[1, 2], [0.3, -1], [0.5, 0.2]], y : [T] = [0.1, 0.5, -0.2]
param W : [3, 3] ~ normal(0, 0.5), U : [3, 2] ~ normal(0, 0.5), b : [3] = 0.1, v : [3] = [0.3, 0.2, -0.5], h0 : [3] = 0.2
h[0] = h0
h[t=1:T] = tanh(W·h[t-1] + U·X[t] + b)
minimize Cost = mean((h·v − y).^2)`,
  'gated units': `data X : [T, 2] = [[1, 2], [0.3, -1], [0.5, 0.2]], y : [T] = [0.1, 0.5, -0.2]
param Wz : [3, 3] ~ normal(0, 0.5), Uz : [3, 2] ~ normal(0, 0.5), Wr : [3, 3] ~ normal(0, 0.5), Ur : [3, 2] ~ normal(0, 0.5)
param W : [3, 3] ~ normal(0, 0.5), U : [3, 2] ~ normal(0, 0.5), v : [3] = [0.3, 0.2, -0.5]
h[0] = zeros(3)
z[t=1:T] = σ(Wz·h[t-1] + Uz·X[t])
r[t=1:T] = σ(Wr·h[t-1] + Ur·X[t])
n[t=1:T] = tanh(W·(r[t] ⊙ h[t-1]) + U·X[t])
h[t=1:T] = (1 − z[t]) ⊙ n[t] + z[t] ⊙ h[t-1]
minimize Cost = mean((h·v − y).^2)`,
  'two lags': `data y : [T] = [0.1, 0.5, -0.2, 0.4]
param a = 0.3, b = -0.4, x0 = 0.5, x1 = 0.7
h[0] = x0
h[-1] = x1
h[t=1:T] = sin(a*h[t-1] + b*h[t-2])
minimize Cost = mean((h − y).^2)`,
  'two lags of two states': `data y : [T] = [0.1, 0.5, -0.2, 0.4]
param a = 0.3, b = -0.4, W : [2, 2] = [[0.1, 0.2], [0.3, 0.4]]
h[0] = ones(2)
h[-1] = zeros(2)
k[0] = a
k[t=1:T] = sin(k[t-1]) + b*sum(h[t-2])
h[t=1:T] = tanh(W·h[t-1] + k[t])
minimize Cost = mean((k + h·[1; 2] − y).^2)`,
  'back and forth': `data y : [T] = [0.1, 0.5, -0.2, 0.4]
param a = 0.3, c = 0.2
h[T+1] = 1
h[t=1:T] = tanh(a*h[t+1] + c*y[t])
g[0] = 2
g[t=1:T] = h[t]*g[t-1] + a
minimize Cost = mean((h + g − y).^2)`,
  'states that are matrices': `data X : [T, 2, B] = [[[1, 2, 3], [3, 0.2, 0.1]], [[0.3, -1, 0.1], [0.3, 0.2, -1]]]
param W : [3, 3] ~ normal(0, 0.5), U : [3, 2] ~ normal(0, 0.5), V : [3, 3] ~ normal(0, 0.3)
H[0] = zeros(3, B)
C[0] = ones(3, B)
I[t=1:T] = σ(W·H[t-1] + U·X[t])
C[t=1:T] = I[t] ⊙ C[t-1] + tanh(V·H[t-1])
H[t=1:T] = I[t] ⊙ tanh(C[t])
minimize Cost = mean(H.^2)`,
  'a pendulum in steps': `data y : [n] = [0.3, 0.2, 0.1, -0.1]
param g = 9.81, θ0 = 0.3
const dt = 0.1
θ[0] = θ0
ω[0] = 0
ω[t=1:n] = ω[t-1] − dt·g·sin(θ[t-1])
θ[t=1:n] = θ[t-1] + dt·ω[t]
minimize S = sum((θ − y).^2)`,
  'layers of them': `data x : [T] = [1, -1, 0.5], y : [T] = [0, 1, 0.2]
param W : [2, 2] ~ normal(0, 0.5), u : [2] = [0.3, 0.1], V : [2, 2] ~ normal(0, 0.5), w : [2] = [1, -1]
h[0] = zeros(2)
h[t=1:T] = tanh(W·h[t-1] + u·x[t])
k[0] = h[T]
k[t=1:T] = tanh(V·k[t-1] + h[t])
minimize Cost = mean((k·w − y).^2) + h[T]'·h[T]`,
};
