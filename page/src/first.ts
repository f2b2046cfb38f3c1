/** What a first visitor sees: the OR gate, the smallest network of the tutorials. */
export const FIRST = `data  X : [2, m] = [[0,0,1,1], [0,1,0,1]]
data  Y : [1, m] = [[0,1,1,1]]
param W : [1, 2] = [[0.1, 0.6]],  b = 0
Z = W·X + b
A = σ(Z)
minimize Cost = sum((A − Y).^2) / (2m)
`;
