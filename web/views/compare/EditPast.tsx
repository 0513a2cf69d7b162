import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { BlockRun, HistoryTree, SettingLimits } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { format } from '../../lib/messages.ts';
import { compareMessages as text } from '../../lib/messages/compare.ts';
import { latestRunOf } from '../../store/runCache.ts';
import { useRuns } from '../../store/runs.ts';
import { session, useSession } from '../../store/session.ts';
import { blocksByBranch } from './blockChoice.ts';
import { parseSetting, SETTINGS, type SettingName, settingIn, shownSetting } from './pastSetting.ts';

/** Makes a past block again with another traffic setting: a branch appears, both futures stay. */
export function EditPast({
  history,
  run,
  onMade,
}: {
  readonly history: HistoryTree;
  readonly run: BlockRun;
  readonly onMade: (oldBlockId: string, newBlockId: string) => void;
}): ReactNode {
  const id = useId();
  const limits: SettingLimits = useSession((state) => state.description?.limits) ?? {};
  const [blockId, setBlockId] = useState(run.blockId);
  const [name, setName] = useState<SettingName>('hotPermille');
  const [value, setValue] = useState('');
  const [message, setMessage] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const before = latestRunOf(blockId)?.traffic ?? (blockId === run.blockId ? run.traffic : undefined);

  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const parsed = parseSetting(name, value, limits);
    if (!parsed.ok) return setMessage(parsed.message);
    if (before !== undefined && settingIn(before, name) === parsed.value)
      return setMessage(text.editUnchanged);
    setMessage(null);
    setBusy(true);
    try {
      // The session edits the block on stage, so the past block goes there first.
      if (useRuns.getState().run?.blockId !== blockId) await session.seekBlock(blockId);
      if (useRuns.getState().run?.blockId !== blockId) return;
      await session.changeTraffic({ [name]: parsed.value });
      const made = useRuns.getState().run;
      if (made !== null && made.blockId !== blockId) onMade(blockId, made.blockId);
    } finally {
      setBusy(false);
    }
  };
  const select =
    'h-9 w-full min-w-0 rounded-2 border border-line bg-surface-0 px-2 text-ink text-sm hover:border-line-strong';
  return (
    <section className="border-line border-t px-5 py-4">
      <h3 className="text-ink-3 text-xs">{text.editTitle}</h3>
      <p className="mt-1 mb-3 max-w-prose text-ink-2 text-sm">{text.editHint}</p>
      <form
        noValidate
        onSubmit={(event) => void make(event)}
        className="grid grid-cols-2 items-end gap-2 sm:grid-cols-[1.4fr_1fr_0.8fr_auto]"
      >
        <Labelled id={`${id}-block`} label={text.editBlock}>
          <select
            id={`${id}-block`}
            value={blockId}
            onChange={(event) => setBlockId(event.target.value)}
            className={select}
          >
            {blocksByBranch(history).map(({ branch, blocks }) => (
              <optgroup key={branch.id} label={format(text.branch, { label: branch.label })}>
                {blocks
                  .filter((block) => block.height > 0)
                  .map((block) => (
                    <option key={block.blockId} value={block.blockId}>
                      {format(text.block, { height: block.height, branch: branch.label })}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        </Labelled>
        <Labelled id={`${id}-setting`} label={text.editSetting}>
          <select
            id={`${id}-setting`}
            value={name}
            onChange={(event) => setName(event.target.value as SettingName)}
            className={select}
          >
            {SETTINGS.map((setting) => (
              <option key={setting} value={setting}>
                {text.editSettings[setting]}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled id={`${id}-value`} label={`${text.editValue}, ${text.editUnits[name]}`}>
          <input
            id={`${id}-value`}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            placeholder={
              before ? format(text.editNow, { value: shownSetting(name, settingIn(before, name)) }) : ''
            }
            value={value}
            aria-invalid={message !== null}
            aria-describedby={`${id}-message`}
            onChange={(event) => {
              setValue(event.target.value);
              setMessage(null);
            }}
            className={`${select} ${message === null ? '' : 'border-bad'}`}
          />
        </Labelled>
        <Button type="submit" icon="branch" disabled={busy} className="h-9">
          {busy ? text.editBusy : text.editGo}
        </Button>
      </form>
      <p id={`${id}-message`} role="status" className="mt-1.5 min-h-4 text-bad text-xs">
        {message}
      </p>
    </section>
  );
}

function Labelled({
  id,
  label,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-ink-3 text-xs">
        {label}
      </label>
      {children}
    </div>
  );
}
