import { assembled } from '../data/assemble.ts';
import { dataFile, isDataFile } from '../data/read.ts';
import { GradusError, warningText } from '../language/diagnostics.ts';
import { listed } from '../language/visible.ts';
import { bind } from '../numeric/binding.ts';
import { jsonText } from '../numeric/json.ts';
import { type Answer, type Call, type Files, type ReplCommand, said, told } from './answer.ts';
import { entriesOf, sourceOf, taken } from './entries.ts';
import { Misfit, typedError } from './misfit.ts';
import { emptyState, modelOf, type ReplState, sessionModel, voiceOfState } from './state.ts';
import { parameterValues } from './training.ts';

/** The file that a command names. @throws Misfit if it names none */
function fileOf({ state, line, rest }: Call): string {
  const file = rest.replace(/^(["'])(.*)\1$/, '$2');
  if (file !== '') return file;
  if (state.file !== undefined) return state.file;
  throw typedError(line, new GradusError('usage', 'which file?', { hint: ':load model.grad, :save model.grad' }));
}

/** @throws Misfit where the session has no files */
function filesOf({ host, line }: Call): Files {
  if (host.files) return host.files;
  throw typedError(line, new GradusError('unsupported', 'there are no files here'));
}

/** Reads a model, in place of what was there, or data for it. */
async function load(call: Call): Promise<Answer> {
  const file = fileOf(call);
  if (isDataFile(file) && !/\.txt$/i.test(file)) return loadData(call, file);
  const text = (await filesOf(call).read(file)).replace(/^\uFEFF/, '').trimEnd();
  try {
    const model = modelOf(text);
    const entries = text.trim() === '' ? [] : entriesOf(text).map(taken);
    const { settings } = call.state;
    const state = { entries, given: {}, learned: {}, costs: emptyState.costs, settings, file, before: call.state };
    const names = [...model.inputs.keys(), ...model.definitions.map(({ name }) => name)];
    return said(state, `  ${names.length > 0 ? listed(names) : 'an expression'}, from ${file}`);
  } catch (error) {
    if (error instanceof GradusError) throw new Misfit(error, text, false, file);
    throw error;
  }
}

async function loadData(call: Call, file: string): Promise<Answer> {
  const { state } = call;
  const model = sessionModel(state);
  const warnings: string[] = [];
  const data = await dataFile(file, (name) => filesOf(call).open(name));
  const values = assembled(model.inputs, [data], {}, (text) => warnings.push(text)).inputs;
  const given = { ...state.given, ...values };
  // What a file gives replaces what was learned.
  const learned = Object.fromEntries(Object.entries(state.learned).filter(([name]) => !Object.hasOwn(values, name)));
  bind(model, { ...given, ...learned });
  const { say, speech } = voiceOfState(state);
  return told(
    { ...state, given, learned, costs: emptyState.costs, before: state },
    ...warnings.map((message) => warningText({ message: say(message) }, '', undefined, speech)),
    say(`  ${listed(Object.keys(values))}, from ${file}`),
  );
}

/** Writes the source, or as JSON the values of the parameters. */
async function save(call: Call): Promise<Answer> {
  const { state } = call;
  const file = fileOf(call);
  const values = /\.json$/i.test(file);
  const text = values ? await parametersText(state) : sourceOf(state.entries);
  try {
    filesOf(call).write(file, `${text}\n`);
  } catch (error) {
    if (!(error instanceof GradusError)) throw error;
    throw typedError(call.line, error);
  }
  const learned = !values && Object.keys(state.learned).length > 0;
  const note = learned ? [`  The model as it is written; :save FILE.json keeps what was learned.`] : [];
  return said(values ? state : { ...state, file }, `  written to ${file}`, ...note);
}

async function parametersText(state: ReplState): Promise<string> {
  return jsonText(await parameterValues(state));
}

export const files: readonly ReplCommand[] = [
  {
    name: 'load',
    argument: 'FILE',
    help: 'a model; from .csv, .json, .npz values for its names',
    completion: 'files',
    run: load,
  },
  {
    name: 'save',
    argument: 'FILE',
    help: 'the model; to a .json file, the values of its parameters',
    completion: 'files',
    run: save,
  },
];
