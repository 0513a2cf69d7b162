export { ModuleLanes as default } from './View.tsx';
