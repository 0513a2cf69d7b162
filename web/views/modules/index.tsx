export { Modules as default } from './View.tsx';
