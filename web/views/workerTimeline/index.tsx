export { WorkerTimeline as default } from './View.tsx';
