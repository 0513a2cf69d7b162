export { Benchmark as default } from './View.tsx';
