import type { ApiError, ApiResult } from '../../../engine/api/index.ts';
import { embedText } from '../../lib/messages/embed.ts';
import { format } from '../../lib/messages.ts';
import { useScenario } from '../../store/openedScenario.ts';
import { usePlayback } from '../../store/playback.ts';
import { asError } from '../../store/refusals.ts';
import { useRuns } from '../../store/runs.ts';
import { session } from '../../store/session.ts';
import { type HostMessage, INTERFACE_VERSION, isAddressed, readHostMessage } from './hostMessages.ts';
import { messageBudget } from './messageBudget.ts';
import { stageState } from './stageState.ts';

/** Messages of a host that are served in a second. */
const MOST_MESSAGES = 60;
/** The state is told at most so often while it changes. */
const STATE_EVERY_MS = 200;

/**
 * The door between this page and the one it is embedded in: `README.md` here describes it. Only the parent window is heard,
 * and answers go to the origin that asked. Answers how to say that the page is ready.
 */
export function openHostDoor(): { ready(): void } {
  const host = window.parent;
  if (host === window) return { ready: () => {} };
  const budget = messageBudget(MOST_MESSAGES, 1000);
  /** Who asked last, hence who is told of changes; nobody before somebody asked. */
  let origin: string | null = null;
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const post = (type: string, content: object, to: string): void => {
    // A page of no origin (a file, a sandbox) cannot be named; it is still the parent alone that gets this.
    host.postMessage({ switchyard: INTERFACE_VERSION, type, ...content }, to === 'null' ? '*' : to);
  };
  const refuse = ({ code, message }: ApiError, to: HostMessage['type'] | null, whom: string): void =>
    post('error', { code, message, to }, whom);
  const tell = (whom: string): void => {
    const state = stageState();
    told = JSON.stringify(state);
    post('state', state, whom);
  };
  const tellChange = (): void => {
    timer = undefined;
    if (origin !== null && JSON.stringify(stageState()) !== told) tell(origin);
  };
  const changed = (): void => {
    if (origin !== null && timer === undefined) timer = setTimeout(tellChange, STATE_EVERY_MS);
  };
  usePlayback.subscribe(changed);
  useRuns.subscribe(changed);
  useScenario.subscribe(changed);

  const onMessage = (event: MessageEvent<unknown>): void => {
    if (event.source !== host) return;
    if (!isAddressed(event.data)) return;
    const whom = event.origin;
    const granted = budget.spend(performance.now());
    if (granted === 'refused') {
      const message = format(embedText.errors.flood, { most: MOST_MESSAGES });
      refuse({ code: 'embed/too_many', message }, null, whom);
    }
    if (granted !== 'granted') return;
    const read = readHostMessage(event.data);
    if (!read.ok) {
      refuse(read.error, read.to, whom);
      return;
    }
    const message = read.value;
    origin = whom;
    obey(message).then(
      (answer) => (answer.ok ? tell(whom) : refuse(answer.error, message.type, whom)),
      (thrown) => refuse(asError(thrown), message.type, whom),
    );
  };
  window.addEventListener('message', onMessage);
  return { ready: () => post('ready', { version: INTERFACE_VERSION }, '*') };
}

const DONE: ApiResult<null> = { ok: true, value: null };

/** Does what a sound message asks for. */
async function obey(message: HostMessage): Promise<ApiResult<unknown>> {
  const { errors } = embedText;
  if (message.type === 'state') return DONE;
  if (useRuns.getState().run === null) return refused('embed/not_ready', errors.notReady);
  if (useScenario.getState().opening !== null) return refused('embed/busy', errors.busy);
  const { playing } = usePlayback.getState();
  switch (message.type) {
    case 'load':
      return session.openText(message.text, { quiet: true });
    case 'play':
      if (!playing) session.togglePlay();
      return DONE;
    case 'pause':
      if (playing) session.togglePlay();
      return DONE;
    case 'seek':
      return seek(message.permille, message.height);
  }
}

async function seek(permille: number, height?: number): Promise<ApiResult<unknown>> {
  const { run, history } = useRuns.getState();
  if (height !== undefined && height !== run?.height) {
    const block = history?.blocks.find((node) => node.height === height && node.branch === run?.branch);
    if (block === undefined) {
      const { blocks } = stageState();
      return refused('embed/no_such_block', format(embedText.errors.noBlock, { height, blocks }));
    }
    await session.seekBlock(block.blockId);
  }
  const { durationUs, seekTo } = usePlayback.getState();
  seekTo((permille / 1000) * durationUs);
  return DONE;
}

function refused(code: string, message: string): ApiResult<never> {
  return { ok: false, error: { code, message } };
}
