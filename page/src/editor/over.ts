import type { Transaction } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/**
 * What is typed over a selection replaces it in the text. A browser that does so in what it shows takes a second and more for each
 * hundred coloured signs.
 */
export const typedOver = EditorView.domEventHandlers({
  beforeinput({ inputType, data, isComposing }, view) {
    const selection = only(view);
    if (inputType !== 'insertText' || !data || isComposing || view.composing || !selection) return false;
    const replaced = (): Transaction =>
      view.state.update(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, selection.from, selection.to, data, replaced))) view.dispatch(replaced());
    return true;
  },
  // What is composed begins where the selection was. CodeMirror itself sees to selections of several lines.
  compositionstart(_, view) {
    const selection = only(view);
    if (selection && view.state.doc.lineAt(selection.from).to >= selection.to)
      view.dispatch({ changes: { from: selection.from, to: selection.to }, userEvent: 'input' });
    return false;
  },
});

/** The one part of the text that is selected. */
function only({ state }: EditorView) {
  const { main, ranges } = state.selection;
  return main.empty || ranges.length > 1 || state.readOnly ? undefined : main;
}
