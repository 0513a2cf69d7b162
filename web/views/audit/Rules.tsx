import type { ReactNode } from 'react';
import type { ModuleAudit } from '../../../engine/api/index.ts';
import { Icon } from '../../components/Icon.tsx';
import { auditText as text } from '../../lib/messages/audit.ts';
import { format } from '../../lib/messages.ts';
import { Part } from './Part.tsx';

/** The module's invariants in words, each held against its own state. */
export function Rules({
  audit,
  height,
}: {
  readonly audit: ModuleAudit | null;
  readonly height: number;
}): ReactNode {
  return (
    <Part title={text.rules} aside={format(text.rulesAbout, { height })}>
      {audit?.invariants.length === 0 && <p className="text-sm text-ink-2">{text.noRules}</p>}
      <ul className="flex flex-col gap-1.5">
        {audit?.invariants.map(({ name, statement, holds, detail }) => (
          <li key={name} className="flex gap-2 text-sm" data-holds={holds}>
            <span className={`mt-0.5 shrink-0 ${holds ? 'text-ok' : 'text-bad'}`}>
              <Icon name={holds ? 'check' : 'cross'} size={15} />
              <span className="sr-only">{holds ? text.holds : text.broken}: </span>
            </span>
            <span className="min-w-0 text-pretty">
              {statement}
              {detail !== undefined && <span className="block text-bad wrap-anywhere">{detail}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}
