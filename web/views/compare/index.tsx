export { Compare as default } from './View.tsx';
