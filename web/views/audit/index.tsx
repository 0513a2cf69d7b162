export { Audit as default } from './View.tsx';
