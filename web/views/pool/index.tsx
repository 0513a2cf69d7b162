import { lazy } from 'react';

/** The pools of the exchange on their curves; loaded when first shown. */
export default lazy(() => import('./View.tsx'));
