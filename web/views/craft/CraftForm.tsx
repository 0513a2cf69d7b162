import { type FormEvent, type ReactNode, useId, useMemo, useState } from 'react';
import type { EngineDescription } from '../../../engine/api/index.ts';
import { craftMessages as text } from '../../lib/messages/craft.ts';
import { useSelection } from '../../store/selection.ts';
import { session, useSession } from '../../store/session.ts';
import { type CraftRequest, useWorkbench } from '../../store/workbench.ts';
import { ArgumentField, type Counts } from './ArgumentField.tsx';
import {
  type DraftForm,
  draftOf,
  emptyForm,
  findTransaction,
  formOf,
  placeOf,
  type RowTexts,
} from './draftForm.ts';
import { Envelope } from './Envelope.tsx';
import { FieldFrame } from './FieldFrame.tsx';
import { Foot } from './Foot.tsx';
import { KindPicker } from './KindPicker.tsx';
import { type Landed, LandingReport } from './LandingReport.tsx';
import { craftedIndex } from './landing.ts';
import { Picker } from './Picker.tsx';
import { messageOf, useCheck } from './useCheck.ts';

function firstForm(description: EngineDescription, { draft }: CraftRequest): DraftForm | null {
  if (draft !== undefined) {
    const transaction = findTransaction(description, draft.module, draft.name);
    if (transaction !== undefined) return formOf(draft, transaction);
  }
  const module = description.modules.find((candidate) => candidate.transactions.length > 0);
  const transaction = module?.transactions[0];
  return module === undefined || transaction === undefined ? null : emptyForm(module.id, transaction);
}

/** The form itself: generated from the schema, checked by the engine as it is filled in, then sent. */
export function CraftForm({
  description,
  request,
}: {
  readonly description: EngineDescription;
  readonly request: CraftRequest;
}): ReactNode {
  const [form, setForm] = useState(() => firstForm(description, request));
  const [landed, setLanded] = useState<Landed | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const counts = useCounts();
  const transaction = form && findTransaction(description, form.module, form.name);
  const draft = useMemo(() => (form && transaction ? draftOf(form, transaction) : null), [form, transaction]);
  const check = useCheck(draft);
  if (form === null || !transaction || draft === null) {
    return <p className="px-5 py-6 text-ink-2 text-sm">{text.waiting}</p>;
  }

  const { edit } = request;
  const close = (): void => useWorkbench.getState().close();
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // Whoever is faster than the check is answered by the engine, which checks what it is sent anyhow.
    if (sending || check.state === 'wrong') return;
    setSending(true);
    setFailure(null);
    try {
      const answer =
        edit === undefined
          ? await session.submitDraft(draft)
          : await session.editTransaction(edit.blockId, edit.index, draft);
      if (answer.ok) {
        const index = edit?.index ?? craftedIndex(answer.value);
        if (index >= 0) useSelection.getState().selectTx(index);
        setLanded({ run: answer.value, index, oldBlockId: edit?.blockId });
      } else setFailure(answer.error.message);
    } catch (thrown) {
      setFailure(messageOf(thrown));
    } finally {
      setSending(false);
    }
  };
  if (landed !== null) {
    return (
      <LandingReport
        landed={landed}
        onShow={close}
        onAnother={() => setLanded(null)}
        onCompare={() =>
          useWorkbench.getState().openCompare({
            ...(landed.oldBlockId === undefined ? {} : { leftBlockId: landed.oldBlockId }),
            rightBlockId: landed.run.blockId,
          })
        }
      />
    );
  }

  const place = check.state === 'wrong' ? placeOf(check.error.data) : undefined;
  const errorAt = (where: string): string | undefined =>
    check.state === 'wrong' && where === place ? check.error.message : undefined;
  const setArgument = (name: string, value: string | readonly RowTexts[]): void =>
    setForm({ ...form, args: { ...form.args, [name]: value } });
  return (
    <form noValidate onSubmit={(event) => void send(event)} className="text-ink">
      <div className="flex flex-col gap-5 px-5 py-4">
        <p className="text-ink-3 text-sm">
          {edit === undefined ? text.introNew : text.introEdit}
          {request.note !== undefined && <span className="text-ink"> {request.note}.</span>}
        </p>
        <KindPicker
          description={description}
          module={form.module}
          name={form.name}
          onPick={(module, kind) => setForm(emptyForm(module, kind, form))}
        />
        <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
          <Sender
            form={form}
            counts={counts}
            error={errorAt('sender')}
            onChange={(sender) => setForm({ ...form, sender })}
          />
          {transaction.fields.map((field) => (
            <div key={field.name} className={field.kind === 'list' ? 'sm:col-span-2' : ''}>
              <ArgumentField
                field={field}
                place={`args.${field.name}`}
                value={form.args[field.name] ?? ''}
                counts={counts}
                errorAt={errorAt}
                onChange={(value) => setArgument(field.name, value)}
              />
            </div>
          ))}
        </div>
        <Envelope form={form} errorAt={errorAt} onChange={setForm} />
      </div>
      <Foot
        check={check}
        failure={failure}
        sending={sending}
        edit={edit !== undefined}
        known={place !== undefined}
      />
    </form>
  );
}

function useCounts(): Counts {
  const genesis = useSession((state) => state.settings?.genesis);
  return { account: genesis?.accounts ?? 0, asset: genesis?.assets ?? 0, pool: genesis?.pools ?? 0 };
}

function Sender({
  form,
  counts,
  error,
  onChange,
}: {
  readonly form: DraftForm;
  readonly counts: Counts;
  readonly error: string | undefined;
  readonly onChange: (sender: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <FieldFrame id={id} label={text.sender} hint={text.senderHint} error={error}>
      <Picker
        id={id}
        label={text.sender}
        of="account"
        count={counts.account}
        value={form.sender}
        wrong={error !== undefined}
        describedBy={`${id}-hint`}
        onChange={onChange}
      />
    </FieldFrame>
  );
}
