export { Inspector as default } from './View.tsx';
