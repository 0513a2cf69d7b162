export { Consensus as default } from './View.tsx';
