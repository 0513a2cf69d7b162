export { Gallery as default } from './View.tsx';
