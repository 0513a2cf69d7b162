import { IconButton } from '../components/Button.tsx';
import { formatNumber, formatUs } from '../lib/format.ts';
import { realBlockText } from '../lib/messages/realBlock.ts';
import { shell } from '../lib/messages/shell.ts';
import { format } from '../lib/messages.ts';
import { useImported } from '../store/importedBlock.ts';
import { usePlayback } from '../store/playback.ts';
import { useRuns } from '../store/runs.ts';
import { session } from '../store/session.ts';
import { byHand } from './story/director.ts';

/** Play, pause, and the steps; a hand on any of them ends the story. */
export function Transport() {
  const playing = usePlayback((state) => state.playing);
  const ready = useRuns((state) => state.run !== null);
  const alone = useImported((state) => state.imported !== null);
  return (
    <div role="toolbar" aria-label={shell.transport} className="flex items-center">
      <IconButton
        icon="previousBlock"
        label={shell.previousBlock}
        disabled={!ready}
        onClick={byHand(() => session.previousBlock())}
      />
      <IconButton
        icon="stepBack"
        label={shell.stepBack}
        disabled={!ready}
        onClick={byHand(() => session.step(-1))}
      />
      <IconButton
        icon={playing ? 'pause' : 'play'}
        label={playing ? shell.pause : shell.play}
        look="accent"
        disabled={!ready}
        className="mx-1 rounded-full"
        onClick={byHand(session.togglePlay)}
      />
      <IconButton
        icon="stepForward"
        label={shell.stepForward}
        disabled={!ready}
        onClick={byHand(() => session.step(1))}
      />
      <IconButton
        icon="nextBlock"
        label={alone ? realBlockText.noNextBlock : shell.nextBlock}
        disabled={!ready || alone}
        onClick={byHand(() => session.nextBlock())}
      />
      <Speed ready={ready} />
    </div>
  );
}

function Speed({ ready }: { readonly ready: boolean }) {
  const slowdown = usePlayback((state) => state.slowdown);
  const durationUs = usePlayback((state) => state.durationUs);
  const title = format(shell.slowMotionTitle, {
    real: formatUs(durationUs),
    shown: formatUs(durationUs * slowdown),
  });
  return (
    <div className="ml-1 flex items-center">
      <IconButton
        icon="minus"
        label={shell.slower}
        size={13}
        disabled={!ready}
        onClick={() => session.changeSpeed(1)}
      />
      <span className="w-[10.5em] text-center text-xs text-ink-2 max-xl:w-auto" title={title}>
        {slowdown > 1 ? format(shell.slowMotion, { factor: grouped(slowdown) }) : shell.realTime}
      </span>
      <IconButton
        icon="plus"
        label={shell.faster}
        size={13}
        disabled={!ready}
        onClick={() => session.changeSpeed(-1)}
      />
    </div>
  );
}

function grouped(factor: number): string {
  return factor >= 1000
    ? formatNumber(factor).replace(/\B(?=(\d{3})+$)/g, ',')
    : formatNumber(factor).replace(/\.0+$/, '');
}
