export { Verdict as default } from './View.tsx';
