/** What vite.config.ts makes. */
declare module 'virtual:derivation.css';
declare module 'virtual:pictures.css';
declare module 'virtual:late/*' {
  export const late: import('./worker/late.ts').Late;
}
