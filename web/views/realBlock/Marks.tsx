import { useEffect, useState } from 'react';
import type { BlockRun, ImportCheck } from '../../../engine/api/index.ts';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { formatCount } from '../../lib/format.ts';
import { realBlockText as text } from '../../lib/messages/realBlock.ts';
import { format } from '../../lib/messages.ts';
import { getEngine } from '../../store/engine.ts';
import { useRuns } from '../../store/runs.ts';

interface Mark {
  readonly id: string;
  readonly holds: boolean | null;
  readonly words: string;
}

/** What the execution said of the file, and the executor of the oracle; never by colour alone. */
export function Marks({ run }: { readonly run: BlockRun }) {
  const check = useImportCheck(run.blockId);
  const ghost = useRuns((state) => state.ghost);
  const both = ghost !== null && ghost.blockId === run.blockId;
  const oracle = run.matchesOracle && (!both || ghost.matchesOracle);
  const marks: readonly Mark[] = [
    {
      id: 'oracle',
      holds: oracle,
      words: oracle ? (both ? text.marks.oracleBoth : text.marks.oracle) : text.marks.oracleNot,
    },
    ...(check === null
      ? [{ id: 'checking', holds: null, words: text.marks.checking }]
      : [...readsMarks(check), finalsMark(check)]),
  ];
  return (
    <ul aria-label={text.marks.title} className="flex flex-wrap gap-x-4 gap-y-0.5 pt-0.5 text-xs">
      {marks.map(({ holds, id, words }) => {
        const icon: IconName = holds === null ? 'more' : holds ? 'check' : 'cross';
        const look = holds === null ? 'text-ink-3' : holds ? 'text-ok' : 'text-bad';
        return (
          <li
            key={id}
            data-mark={id}
            data-holds={String(holds)}
            className={`flex items-center gap-1.5 ${look}`}
          >
            <Icon name={icon} size={12} />
            {words}
          </li>
        );
      })}
    </ul>
  );
}

/** Of a file that says nothing of reads there is nothing to say. */
function readsMarks({ leftOut, readsChecked, readsMatch }: ImportCheck): readonly Mark[] {
  const { reads, readsLeft, readsNot } = text.marks;
  if (!readsMatch) return [{ id: 'reads', holds: false, words: readsNot }];
  if (readsChecked > 0) {
    return [{ id: 'reads', holds: true, words: format(reads, { count: formatCount(readsChecked) }) }];
  }
  return leftOut === 0 ? [] : [{ id: 'reads', holds: null, words: readsLeft }];
}

function finalsMark({ finalValuesChecked, finalValuesMatch, leftOut }: ImportCheck): Mark {
  const { finals, finalsLeft, finalsNot } = text.marks;
  const values = { count: formatCount(finalValuesChecked), left: formatCount(leftOut) };
  const words = !finalValuesMatch ? finalsNot : format(leftOut === 0 ? finals : finalsLeft, values);
  return { id: 'finals', holds: finalValuesMatch, words };
}

/** The engine's check of a block, asked once a block; null until it has answered. */
function useImportCheck(blockId: string): ImportCheck | null {
  const [known, setKnown] = useState<{ readonly blockId: string; readonly check: ImportCheck } | null>(null);
  useEffect(() => {
    let wanted = true;
    getEngine()
      ?.checkImport(blockId)
      .then((answer) => {
        if (wanted && answer.ok) setKnown({ blockId, check: answer.value });
      })
      .catch(() => {});
    return () => {
      wanted = false;
    };
  }, [blockId]);
  return known?.blockId === blockId ? known.check : null;
}
