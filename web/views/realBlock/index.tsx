export { default } from './View.tsx';
