/** What the page says. */
export interface PageWords {
  readonly tagline: string;
  readonly model: string;
  readonly steps: string;
  readonly graph: string;
  readonly graphOf: (name: string) => string;
  readonly enlarge: string;
  readonly train: string;
  readonly forward: string;
  readonly back: string;
  readonly previous: string;
  readonly next: string;
  readonly play: string;
  readonly pause: string;
  readonly arrives: string;
  readonly slope: string;
  readonly passes: string;
  readonly matrices: string;
  readonly indices: string;
  readonly notation: string;
  readonly mine: string;
  readonly claimOf: string;
  readonly claimHint: string;
  readonly hide: string;
  readonly show: string;
  readonly verdictRight: string;
  readonly verdictWrong: string;
  readonly checking: string;
  readonly language: string;
  readonly theme: string;
  readonly themes: { readonly system: string; readonly light: string; readonly dark: string };
  readonly outdated: string;
  readonly loading: string;
  /** Of a first model that is wrong. */
  readonly waiting: string;
  readonly stuck: string;
  readonly fix: string;
  readonly source: string;
}

export const en: PageWords = {
  tagline: 'Type a loss. See it derived, checked and trained.',
  model: 'Model',
  steps: 'Steps',
  graph: 'Graph',
  graphOf: (name) => `The graph of ${name}: values flow down, gradients flow up`,
  enlarge: 'In its own size',
  train: 'Train',
  forward: 'Forward',
  back: 'Backward',
  previous: 'One step back',
  next: 'One step on',
  play: 'Play',
  pause: 'Pause',
  arrives: 'arrives',
  slope: 'local slope',
  passes: 'passes on',
  matrices: 'Matrices',
  indices: 'Indices',
  notation: 'Notation',
  mine: 'Is mine right?',
  claimOf: 'The derivative by',
  claimHint: 'your derivative',
  hide: 'Hide the derivation',
  show: 'Show the derivation',
  verdictRight: 'Derivatives agree with differences',
  verdictWrong: 'Derivatives do not agree with differences',
  checking: 'Checking against differences …',
  language: 'Language',
  theme: 'Theme',
  themes: { system: 'Auto', light: 'Light', dark: 'Dark' },
  outdated: 'of an earlier text',
  loading: 'Deriving …',
  waiting: 'The derivation stands here as soon as the model can be read.',
  stuck: 'This takes long.',
  fix: 'Take this',
  source: 'The model, as mathematics',
};
