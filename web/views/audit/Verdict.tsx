import type { ReactNode } from 'react';
import type { ModuleAudit } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { auditText as text } from '../../lib/messages/audit.ts';
import { format } from '../../lib/messages.ts';
import { keyFromText, keyWords } from '../../lib/stateWords.ts';
import { getDescription } from '../../store/engine.ts';
import { changedField } from './cells.ts';

export interface VerdictProps {
  /** Null while it is made. */
  readonly audit: ModuleAudit | null;
  readonly title: string;
  onPutBack(): void;
}

/** What the audit found, in one sentence; and, where an entry was changed in secret, which one and what finds it. */
export function Verdict({ audit, title, onPutBack }: VerdictProps): ReactNode {
  const sound = audit?.rootMatches === true && audit.invariants.every(({ holds }) => holds);
  const altered = audit?.altered;
  const look = audit === null ? 'border-line' : sound ? 'border-ok/50' : 'border-bad';
  return (
    <div
      role="status"
      className={`flex min-h-14 items-center gap-3.5 rounded-2 border px-3.5 py-2.5 ${look}`}
    >
      <span
        className={`inline-flex size-7 shrink-0 items-center justify-center rounded-full border ${
          audit === null ? 'border-line text-ink-3' : sound ? 'border-ok/50 text-ok' : 'border-bad text-bad'
        }`}
      >
        <Icon name={audit === null ? 'more' : sound ? 'check' : 'cross'} size={16} />
      </span>
      <div className="min-w-0 flex-1 text-sm">
        {audit === null ? (
          <p className="text-ink-2">{format(text.asking, { module: title })}</p>
        ) : (
          <>
            <p className="font-semibold">
              {altered !== undefined ? text.alteredHead : sound ? text.soundHead : text.brokenHead}
            </p>
            {altered !== undefined && (
              <p className="text-ink-2">
                {format(text.altered, {
                  key: sentence(keyWords(keyFromText(altered.key), getDescription())),
                  ...changedField(altered.before, altered.after),
                })}
              </p>
            )}
            <p className="text-pretty text-ink-2">{foundOf(audit)}</p>
          </>
        )}
      </div>
      {altered !== undefined && (
        <Button icon="replay" onClick={onPutBack}>
          {text.putBack}
        </Button>
      )}
    </div>
  );
}

function foundOf({ invariants, rootMatches }: ModuleAudit): string {
  const broken = invariants.filter(({ holds }) => !holds).length;
  const rules = invariants.length === 1 ? text.rule : format(text.ruleMany, { count: invariants.length });
  if (broken === 0 && rootMatches) return text.sound;
  const found = [
    rootMatches ? text.sameRoot : text.brokenRoot,
    ...(broken > 0 ? [format(text.brokenRules, { rules, broken })] : []),
  ];
  return sentence(`${found.join('; ')}.`);
}

function sentence(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
