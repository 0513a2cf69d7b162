export { Craft as default } from './View.tsx';
