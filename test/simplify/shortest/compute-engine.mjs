/**
 * The forms that compute-engine gives to the derivatives of this folder, as JSON on standard output. It is no dependency:
 *
 *     npm i --prefix FOLDER @cortex-js/compute-engine@0.140.0
 *     node compute-engine.mjs FOLDER textbook.json losses.json
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { parse } from 'mathjs';

const [folder, ...files] = process.argv.slice(2);
const PACKAGE = 'node_modules/@cortex-js/compute-engine/dist/esm-min/compute-engine.js';
const { ComputeEngine } = await import(resolve(folder, PACKAGE));
const engine = new ComputeEngine();

const HEADS = {
  exp: (u) => ['Exp', u],
  log: (u) => ['Ln', u],
  log2: (u) => ['Divide', ['Ln', u], ['Ln', 2]],
  log10: (u) => ['Divide', ['Ln', u], ['Ln', 10]],
  sqrt: (u) => ['Sqrt', u],
  cbrt: (u) => ['Root', u, 3],
  abs: (u) => ['Abs', u],
  sigma: (u) => ['Divide', 1, ['Add', 1, ['Exp', ['Negate', u]]]],
  ...Object.fromEntries(
    Object.entries({ asin: 'Arcsin', acos: 'Arccos', atan: 'Arctan', asinh: 'Arsinh', acosh: 'Arcosh', atanh: 'Artanh' }).map(
      ([name, head]) => [name, (u) => [head, u]],
    ),
  ),
  ...Object.fromEntries(
    ['sin', 'cos', 'tan', 'cot', 'sec', 'csc', 'sinh', 'cosh', 'tanh'].map((name) => [
      name,
      (u) => [name[0].toUpperCase() + name.slice(1), u],
    ]),
  ),
};
const OPERATORS = { '+': 'Add', '-': 'Subtract', '*': 'Multiply', '/': 'Divide', '^': 'Power' };

class Unknown extends Error {}

/** A letter of the source, apart from the engine's own names: e, i, N. */
const letter = (name) => (name === 'pi' ? 'Pi' : `v_${name}`);

function read(node) {
  switch (node.type) {
    case 'ParenthesisNode':
      return read(node.content);
    case 'ConstantNode':
      return node.value;
    case 'SymbolNode':
      return letter(node.name);
    case 'OperatorNode':
      if (node.args.length === 1) return ['Negate', read(node.args[0])];
      if (OPERATORS[node.op]) return [OPERATORS[node.op], ...node.args.map(read)];
      break;
    case 'FunctionNode':
      if (node.fn.name === 'diff') return derivative(read(node.args[0]), node.args[1].name);
      if (HEADS[node.fn.name]) return HEADS[node.fn.name](...node.args.map(read));
      break;
  }
  throw new Unknown(node.toString());
}

const derivative = (f, name) => engine.box(['D', f, letter(name)]).evaluate().json;

const NAMES = { Ln: 'log', Arcsin: 'asin', Arccos: 'acos', Arctan: 'atan', Arsinh: 'asinh', Arcosh: 'acosh', Artanh: 'atanh' };
const KNOWN = [
  'Exp',
  'Sqrt',
  'Abs',
  'Sin',
  'Cos',
  'Tan',
  'Cot',
  'Sec',
  'Csc',
  'Sinh',
  'Cosh',
  'Tanh',
  'Coth',
  'Sech',
  'Csch',
  'Sign',
];

function write(json) {
  if (typeof json === 'number') return json < 0 ? `(${json})` : String(json);
  if (typeof json === 'string') {
    if (json === 'Pi') return 'pi';
    if (json === 'ExponentialE') return 'e';
    if (json === 'Half') return '1/2';
    if (json.startsWith('v_')) return json.slice(2);
    throw new Unknown(json);
  }
  if (!Array.isArray(json)) return write(Number(json.num));
  const [head, ...args] = json;
  const texts = args.map((a) => (typeof a === 'string' && a !== 'Half' ? write(a) : `(${write(a)})`));
  const [first, second] = texts;
  switch (head) {
    case 'Add':
      return texts.join('+');
    case 'Multiply':
      return texts.join('*');
    case 'Rational':
    case 'Divide':
      return `${first}/${second}`;
    case 'Subtract':
      return `${first}-${second}`;
    case 'Negate':
      return `-${first}`;
    case 'Power':
      return args[0] === 'ExponentialE' ? `exp(${write(args[1])})` : `${first}^${second}`;
    case 'Square':
      return `${first}^2`;
    case 'Root':
      if (args[1] === 3) return `cbrt(${write(args[0])})`;
      return `${first}^(1/${second})`;
  }
  const name = NAMES[head] ?? (KNOWN.includes(head) ? head.toLowerCase() : undefined);
  if (name === undefined) throw new Unknown(JSON.stringify(json));
  return `${name}(${args.map(write).join(',')})`;
}

const WAYS = [
  (e) => e,
  (e) => e.simplify(),
  (e) => engine.box(['Expand', e]).evaluate(),
  (e) => engine.box(['ExpandAll', e]).evaluate(),
  (e) => engine.box(['Factor', e]).evaluate(),
  (e) => engine.box(['Together', e]).evaluate(),
  (e) => engine.box(['Factor', e]).evaluate().simplify(),
  (e) => engine.box(['Together', e]).evaluate().simplify(),
];

function forms(source, wrt) {
  const found = new Set();
  try {
    const boxed = engine.box(derivative(read(parse(source.replaceAll('σ', 'sigma'))), wrt));
    for (const way of WAYS) {
      try {
        found.add(write(way(boxed).json));
      } catch (error) {
        if (!(error instanceof Unknown)) process.stderr.write(`${source}: ${error}\n`);
      }
    }
  } catch (error) {
    process.stderr.write(`${source}: ${error}\n`);
  }
  return [...found].sort((a, b) => a.length - b.length);
}

/** Seconds that a derivative may take: some never end. */
const LIMIT = 10;

/** The answers from one question on, as far as a thread comes; a question that takes too long is passed over. */
const answered = (questions, from, answers) =>
  new Promise((next) => {
    const worker = new Worker(fileURLToPath(import.meta.url), { argv: [folder], workerData: questions.slice(from) });
    let at = from;
    let timer;
    const leave = () => {
      clearTimeout(timer);
      worker.terminate().then(() => next(at + 1));
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(leave, LIMIT * 1000);
    };
    wait();
    worker.on('error', leave);
    worker.on('message', (found) => {
      const [source, wrt] = questions[at++];
      if (found.length > 0) answers[`${source} by ${wrt}`] = found;
      if (at === questions.length) leave();
      else wait();
    });
  });

if (isMainThread) {
  const questions = files
    .flatMap((file) => Object.values(JSON.parse(readFileSync(file, 'utf8'))).flat())
    .filter(([, , , shapes]) => !shapes);
  const answers = {};
  for (let at = 0; at < questions.length; ) at = await answered(questions, at, answers);
  process.stdout.write(`${JSON.stringify(answers, undefined, 1)}\n`);
  process.exit();
}
for (const [source, wrt] of workerData) parentPort.postMessage(forms(source, wrt));
