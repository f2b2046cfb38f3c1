import type { JSX } from 'preact';
import { ofModel } from '../../of-model.ts';
import { DATA_FILES } from '../../share/open.ts';
import { file, fileTrouble, map, missing, table, take, toggleColumn } from '../../training/data.ts';
import { dataWords } from '../../words/data.ts';

const pasted = ofModel('');

/** A table that was dropped, chosen or pasted, and which of its columns fill the model's names. */
export function TableMap(): JSX.Element {
  const w = dataWords.value;
  const [opened, found, trouble] = [file.value, table.value, fileTrouble.value];
  return (
    <div class="table-map">
      <p>
        {w.drop}{' '}
        <label class="choose">
          {w.choose}
          <input
            class="sr"
            type="file"
            accept={DATA_FILES}
            onChange={({ currentTarget }) => {
              const [chosen] = currentTarget.files ?? [];
              if (chosen) take(chosen.name, chosen);
              currentTarget.value = '';
            }}
          />
        </label>
      </p>
      {/* Another table closes it. */}
      <details key={opened?.id}>
        <summary>{w.paste}</summary>
        <textarea
          aria-label={w.paste}
          rows={4}
          spellcheck={false}
          value={pasted.value}
          onInput={({ currentTarget }) => {
            pasted.value = currentTarget.value;
          }}
        />
        <button type="button" disabled={pasted.value.trim() === ''} onClick={() => take(w.pastedName, new Blob([pasted.value]))}>
          {w.take}
        </button>
      </details>
      {opened && trouble && (
        <div role="status">
          <p class="bad">{trouble.message}</p>
          {trouble.hint && <p class="hint">{trouble.hint}</p>}
        </div>
      )}
      {opened && found && !trouble && (
        <>
          <p role="status">{w.rows(opened.name, String(found.rows))}</p>
          {found.inputs.length === 0 && <p class="hint">{w.noInputs}</p>}
          {found.inputs.map(({ name, shape }) => (
            <fieldset key={name}>
              <legend>
                <span class="sr">{w.columnsOf('')}</span>
                <b>{name}</b> <span class="shape">{shape}</span>
              </legend>
              {found.columns.map((column) => (
                <button
                  key={column.name}
                  type="button"
                  class="column"
                  aria-pressed={map.value?.[name]?.includes(column.name) ?? false}
                  onClick={() => toggleColumn(name, column.name)}
                >
                  {column.name}
                  {column.hasWords && <small> {w.words}</small>}
                  {column.missing > 0 && <small> {w.lacks(String(column.missing))}</small>}
                </button>
              ))}
            </fieldset>
          ))}
          {found.columns.some((column) => column.missing > 0) && (
            <label class="check">
              <input
                type="checkbox"
                checked={missing.value === 'drop'}
                onChange={({ currentTarget }) => {
                  missing.value = currentTarget.checked ? 'drop' : 'refuse';
                }}
              />{' '}
              {w.leaveOut}
            </label>
          )}
        </>
      )}
    </div>
  );
}
