import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { isOutdated } from '../model.ts';
import { words } from '../words/index.ts';

/** Beside the title of a pane: what it shows belongs to a text that is not there any more. What is wrong is said at the text. */
export const Outdated = ({ when = isOutdated }: { readonly when?: ReadonlySignal<boolean> }): JSX.Element | null =>
  when.value ? <span class="outdated">{words.value.outdated}</span> : null;
