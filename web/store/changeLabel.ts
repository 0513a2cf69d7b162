import type { ExecutionSettings, TrafficSettings } from '../../engine/api/index.ts';
import { changeLabels } from '../lib/messages/engine.ts';
import { format } from '../lib/messages.ts';

/** What these knobs say in `traffic`, in a few words: "hot share 80 %". */
export function trafficLabel(traffic: TrafficSettings, knobs: Partial<TrafficSettings>): string {
  const names = Object.keys(knobs) as (keyof TrafficSettings)[];
  return names
    .map((name) => {
      if (name === 'shares') return changeLabels.shares;
      const value = traffic[name] ?? 0;
      return format(changeLabels[name], { value: name.endsWith('Permille') ? value / 10 : value });
    })
    .join(', ');
}

/** What these knobs say in `execution`: "2 real cores". */
export function executionLabel(execution: ExecutionSettings, knobs: Partial<ExecutionSettings>): string {
  const names = Object.keys(knobs) as (keyof ExecutionSettings)[];
  return names
    .map((name) =>
      name === 'cores'
        ? format(changeLabels.cores, { value: execution.cores.count, kind: execution.cores.kind })
        : format(changeLabels[name], { value: execution[name] }),
    )
    .join(', ');
}
