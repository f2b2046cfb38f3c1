/** What vite.config.ts makes. */
declare module 'virtual:derivation.css';
