import type { ExecutionSettings, TrafficSettings } from '../../engine/api/index.ts';
import { changeLabels } from '../lib/messages/engine.ts';
import { knobs } from '../lib/messages/knobs.ts';
import { format } from '../lib/messages.ts';

/** What changed knobs say in `traffic`, in a few words: "hot share 80 %". */
export function trafficLabel(traffic: TrafficSettings, changed: Partial<TrafficSettings>): string {
  const names = Object.keys(changed) as (keyof TrafficSettings)[];
  return names
    .map((name) => {
      if (name === 'shares') return changeLabels.shares;
      const value = traffic[name] ?? 0;
      return format(changeLabels[name], { value: name.endsWith('Permille') ? value / 10 : value });
    })
    .join(', ');
}

/** What changed knobs say in `execution`: "2 real cores", "executor Block-STM". */
export function executionLabel(execution: ExecutionSettings, changed: Partial<ExecutionSettings>): string {
  const names = Object.keys(changed) as (keyof ExecutionSettings)[];
  return names
    .map((name) => {
      if (name === 'cores')
        return format(changeLabels.cores, { value: execution.cores.count, kind: execution.cores.kind });
      if (name === 'executor')
        return format(changeLabels.executor, { value: knobs.executor.options[execution.executor] });
      return format(changeLabels[name], { value: execution[name] });
    })
    .join(', ');
}
