import { type ReactNode, useId } from 'react';
import type { LaneReport } from '../../../engine/api/index.ts';
import { moduleColour, moduleGlyph } from '../../lib/colours.ts';
import { auditText as text } from '../../lib/messages/audit.ts';

export interface ModuleChoiceProps {
  readonly lanes: readonly LaneReport[];
  readonly chosen: string;
  onChoose(module: string): void;
}

/** Which module is audited: radio buttons in a row, each with its module's shape. */
export function ModuleChoice({ lanes, chosen, onChoose }: ModuleChoiceProps): ReactNode {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={text.modules} className="flex flex-wrap gap-1.5">
      {lanes.map(({ module, lane, title }) => (
        <label
          key={module}
          className="relative inline-flex items-center gap-1.5 rounded-full border border-line px-2.5 py-0.5 text-sm whitespace-nowrap text-ink-2 transition-colors hover:border-line-strong hover:text-ink has-checked:border-line-strong has-checked:bg-surface-3 has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            checked={module === chosen}
            onChange={() => onChoose(module)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          <span aria-hidden="true" style={{ color: moduleColour(module, lane) }}>
            {moduleGlyph(module, lane)}
          </span>
          {title}
        </label>
      ))}
    </div>
  );
}
