/** A transformer's source and shapes: pre-norm blocks of attention by heads and a two-layer perceptron, each part named. */
export interface Transformer {
  readonly source: string;
  readonly shapes: Readonly<Record<string, (number | string)[]>>;
  readonly wrt: readonly string[];
}

const WEIGHTS: Readonly<Record<string, (number | string)[]>> = {
  g: ['d'],
  c: ['d'],
  Wq: ['d', 'h', 'k'],
  Wk: ['d', 'h', 'k'],
  Wv: ['d', 'h', 'k'],
  Wo: ['h', 'k', 'd'],
  γ: ['d'],
  β: ['d'],
  W: ['d', 'p'],
  w: ['p'],
  U: ['p', 'd'],
  u: ['d'],
};

const block = (l: number): string => `
M${l}[b,t] = mean[x](X${l - 1}[b,t,x])
V${l}[b,t] = mean[x]((X${l - 1}[b,t,x] - M${l}[b,t])^2)
N${l}[b,t,x] = (X${l - 1}[b,t,x] - M${l}[b,t])/sqrt(V${l}[b,t] + 1e-5)*g${l}[x] + c${l}[x]
Q${l}[b,i,t,y] = sum[x](N${l}[b,t,x]*Wq${l}[x,i,y])
K${l}[b,i,t,y] = sum[x](N${l}[b,t,x]*Wk${l}[x,i,y])
R${l}[b,i,t,y] = sum[x](N${l}[b,t,x]*Wv${l}[x,i,y])
S${l}[b,i,t,s] = sum[y](Q${l}[b,i,t,y]*K${l}[b,i,s,y])/sqrt(k)
P${l}[b,i,t,s] = softmax[s](S${l}[b,i,t,s])
O${l}[b,i,t,y] = sum[s](P${l}[b,i,t,s]*R${l}[b,i,s,y])
A${l}[b,t,x] = X${l - 1}[b,t,x] + sum[i, y](O${l}[b,i,t,y]*Wo${l}[i,y,x])
μ${l}[b,t] = mean[x](A${l}[b,t,x])
ν${l}[b,t] = mean[x]((A${l}[b,t,x] - μ${l}[b,t])^2)
L${l}[b,t,x] = (A${l}[b,t,x] - μ${l}[b,t])/sqrt(ν${l}[b,t] + 1e-5)*γ${l}[x] + β${l}[x]
H${l}[b,t,z] = sum[x](L${l}[b,t,x]*W${l}[x,z]) + w${l}[z]
G${l} = relu(H${l})
X${l}[b,t,x] = A${l}[b,t,x] + sum[z](G${l}[b,t,z]*U${l}[z,x]) + u${l}[x]`;

export function transformer(layers: number): Transformer {
  const numbers = Array.from({ length: layers }, (_, k) => k + 1);
  const own = numbers.flatMap((l) => Object.entries(WEIGHTS).map(([name, shape]) => [`${name}${l}`, shape] as const));
  return {
    source: `${numbers.map(block).join('')}\nLoss = mean((X${layers} - Y).^2)`.trim(),
    shapes: { X0: ['m', 'n', 'd'], Y: ['m', 'n', 'd'], ...Object.fromEntries(own) },
    wrt: own.map(([name]) => name),
  };
}
