import { useState } from 'react';
import type { ModuleAudit, Progress } from '../../../engine/api/index.ts';
import { type Asked, useAsked } from './useAsked.ts';

/** A module's audit after a block, as it stands or as if one entry had been changed in secret; and how far its root has come. */
export function useAudit(
  blockId: string,
  module: string,
  altered: string | undefined,
): Asked<ModuleAudit> & { readonly progress: Progress | null } {
  const [progress, setProgress] = useState<Progress | null>(null);
  const asked = useAsked(`${blockId} ${module} ${altered ?? ''}`, (engine, isWanted) => {
    setProgress(null);
    return engine.auditModule(
      blockId,
      module,
      (heard) => {
        if (isWanted()) setProgress(heard);
      },
      altered,
    );
  });
  return { ...asked, progress };
}
