import type { JSX } from 'preact';
import { lang, type Theme, theme } from '../settings.ts';
import { languages, words } from '../words/index.ts';
import { Doors } from './doors.tsx';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

export function Header(): JSX.Element {
  const w = words.value;
  return (
    <header class="top">
      <h1>
        <span class="brand">∇</span> <span class="word">gradus</span>
      </h1>
      <p class="tagline">{w.tagline}</p>
      <div class="choices">
        <Doors />
        <label>
          <span class="sr">{w.language}</span>
          <select value={lang.value} onChange={({ currentTarget }) => (lang.value = currentTarget.value as typeof lang.value)}>
            {Object.entries(languages).map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span class="sr">{w.theme}</span>
          <select value={theme.value} onChange={({ currentTarget }) => (theme.value = currentTarget.value as Theme)}>
            {THEMES.map((name) => (
              <option key={name} value={name}>
                {w.themes[name]}
              </option>
            ))}
          </select>
        </label>
      </div>
    </header>
  );
}
