import { type FormEvent, type ReactNode, useId, useMemo, useState } from 'react';
import type { EngineDescription } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { format } from '../../lib/messages.ts';
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
import { FieldFrame } from './FieldFrame.tsx';
import { KindPicker } from './KindPicker.tsx';
import { type Landed, LandingReport } from './LandingReport.tsx';
import { craftedIndex } from './landing.ts';
import { NumberField } from './NumberField.tsx';
import { Picker } from './Picker.tsx';
import { type Check, messageOf, useCheck } from './useCheck.ts';

const GAS_BITS = 32;

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
    if (sending || check.state !== 'fine') return;
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

  const place = check.state === 'wrong' ? placeOf(check.error.data?.field) : undefined;
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

/** What every transaction carries besides its arguments; folded away, since the usual values do. */
function Envelope({
  form,
  errorAt,
  onChange,
}: {
  readonly form: DraftForm;
  readonly errorAt: (place: string) => string | undefined;
  readonly onChange: (form: DraftForm) => void;
}): ReactNode {
  const id = useId();
  const traffic = useSession((state) => state.settings?.traffic);
  const [open, setOpen] = useState(form.work !== '' || form.gasLimit !== '' || form.gasPrice !== '');
  const fields = [
    { name: 'work', label: text.work, hint: text.workHint, placeholder: String(traffic?.work ?? 0) },
    { name: 'gasLimit', label: text.gasLimit, hint: text.gasLimitHint, placeholder: text.usual },
    { name: 'gasPrice', label: text.gasPrice, hint: text.gasPriceHint, placeholder: text.usual },
  ] as const;
  const wrong = fields.some(({ name }) => errorAt(name) !== undefined);
  return (
    <details open={open || wrong} onToggle={(event) => setOpen(event.currentTarget.open)} className="group">
      <summary className="flex min-h-7 list-none items-center gap-1.5 text-ink-2 text-sm hover:text-ink [&::-webkit-details-marker]:hidden">
        <span aria-hidden="true" className="text-[0.6rem] text-ink-3 group-open:rotate-90">
          ▶
        </span>
        {text.more}
      </summary>
      <div className="mt-2 grid gap-x-4 gap-y-3 sm:grid-cols-3">
        {fields.map(({ name, label, hint, placeholder }) => (
          <NumberField
            key={name}
            id={`${id}-${name}`}
            label={label}
            hint={hint}
            bits={GAS_BITS}
            value={form[name]}
            placeholder={placeholder}
            error={errorAt(name)}
            withMax={false}
            onChange={(value) => onChange({ ...form, [name]: value })}
          />
        ))}
      </div>
    </details>
  );
}

function Foot({
  check,
  failure,
  sending,
  edit,
  known,
}: {
  readonly check: Check;
  readonly failure: string | null;
  readonly sending: boolean;
  readonly edit: boolean;
  /** The error stands at its field. */
  readonly known: boolean;
}): ReactNode {
  return (
    <div className="sticky bottom-0 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-t bg-surface-1 px-5 py-3">
      <p aria-live="polite" className="min-w-0 flex-1 text-ink-3 text-sm">
        {failure !== null ? (
          <span className="text-bad">{format(text.failed, { message: failure })}</span>
        ) : (
          <CheckLine check={check} known={known} />
        )}
      </p>
      <div className="flex items-center gap-3">
        {!edit && <span className="hidden text-ink-3 text-xs sm:inline">{text.sendHint}</span>}
        <Button
          type="submit"
          look="accent"
          disabled={sending || check.state !== 'fine'}
          className="min-h-9 px-4"
        >
          {sending ? text.sending : edit ? text.save : text.send}
        </Button>
      </div>
    </div>
  );
}

function CheckLine({ check, known }: { readonly check: Check; readonly known: boolean }): ReactNode {
  if (check.state === 'checking') return text.checking;
  if (check.state === 'fine') {
    return (
      <>
        <span aria-hidden="true" className="text-ok">
          ✓{' '}
        </span>
        {check.summary === '' ? text.fine : format(text.summary, { summary: check.summary })}
      </>
    );
  }
  return (
    <span className={known ? '' : 'text-bad'}>{format(text.wrong, { message: check.error.message })}</span>
  );
}
