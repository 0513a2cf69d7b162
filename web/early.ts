import { startEngineEarly } from './engineClient/engineWorker.ts';

// The engine's code loads beside the page's, not after it. Where the page is not isolated it may load again first
// (app/hosting/isolation.ts), and must not start anything before.
if (crossOriginIsolated) startEngineEarly();

await import('./main.tsx');
