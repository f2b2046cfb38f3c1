import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { isOutdated } from '../model.ts';
import { words } from '../words/index.ts';
import { GraphPane } from './graph.tsx';
import { Header } from './header.tsx';
import { ModelPane } from './model.tsx';
import { StepsPane } from './steps.tsx';
import { TrainPane } from './train.tsx';

type Tab = 'model' | 'steps' | 'graph' | 'train';
const TABS: readonly Tab[] = ['model', 'steps', 'graph', 'train'];

/** Which pane a narrow screen shows. */
const tab = signal<Tab>('steps');

export function Page(): JSX.Element {
  return (
    <>
      <Header />
      <main class="panes" data-tab={tab.value} data-outdated={isOutdated.value || undefined}>
        <ModelPane />
        <StepsPane />
        <GraphPane />
        <TrainPane />
      </main>
      <nav class="tabs" aria-label={words.value.steps}>
        {TABS.map((name) => (
          <button key={name} type="button" aria-pressed={tab.value === name} onClick={() => (tab.value = name)}>
            {words.value[name]}
          </button>
        ))}
      </nav>
    </>
  );
}
