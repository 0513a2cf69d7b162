export { Share as default } from './View.tsx';
