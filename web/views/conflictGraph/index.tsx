import { lazy } from 'react';

/** The conflict graph of the run on stage; loaded when first shown. */
export default lazy(() => import('./View.tsx'));
