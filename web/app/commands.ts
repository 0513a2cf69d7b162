import { galleryText } from '../lib/messages/gallery.ts';
import { helpText, paletteText, shell } from '../lib/messages/shell.ts';
import { realBlockText } from '../lib/messages/realBlock.ts';
import { shareText } from '../lib/messages/share.ts';
import { format } from '../lib/messages.ts';
import { useImported } from '../store/importedBlock.ts';
import { PANELS, usePreferences } from '../store/preferences.ts';
import { useRuns } from '../store/runs.ts';
import { useSelection } from '../store/selection.ts';
import { session, useSession } from '../store/session.ts';
import { useWorkbench } from '../store/workbench.ts';
import { chooseFile } from './opening/chooseFile.ts';
import { useOverlay } from './overlay.ts';
import { replayStory, takeOver } from './story/director.ts';

export interface Command {
  readonly id: string;
  readonly title: string;
  readonly keys?: string;
  run(): unknown;
}

/** Everything that can be done by name. A number typed also finds transactions and blocks. */
export function commandsFor(query: string): readonly Command[] {
  const typed = query.trim().toLowerCase();
  const number = /(\d{1,7})$/.exec(typed)?.[1];
  const all = number === undefined ? fixed() : [...numbered(Number(number)), ...fixed()];
  const words = typed.split(/\s+/).filter((word) => word !== '');
  return all.filter((command) => {
    const title = command.title.toLowerCase();
    return words.every((word) => title.includes(word));
  });
}

function numbered(number: number): readonly Command[] {
  const { run, history } = useRuns.getState();
  const found: Command[] = [];
  if (run !== null && number < run.transactions.length) {
    found.push({
      id: 'tx',
      title: format(paletteText.goToTx, { tx: number }),
      run: () => {
        useSelection.getState().selectTx(number);
        usePreferences.getState().setInspectorShown(true);
      },
    });
  }
  const block = history?.blocks.find(
    (node) => node.height === number && node.branch === history.current.branch,
  );
  if (block !== undefined && number > 0) {
    found.push({
      id: 'block',
      title: format(paletteText.goToBlock, { height: number }),
      run: () => session.seekBlock(block.blockId),
    });
  }
  if (number <= 100 && useImported.getState().imported === null) found.push(hot(number));
  return found;
}

const hot = (percent: number): Command => ({
  id: `hot ${percent}`,
  title: format(paletteText.hot, { percent }),
  run: () => session.changeTraffic({ hotPermille: percent * 10 }),
});

function fixed(): readonly Command[] {
  const {
    theme,
    present,
    knobsShown,
    inspectorShown,
    setTheme,
    setPresent,
    setKnobsShown,
    setInspectorShown,
    togglePanel,
  } = usePreferences.getState();
  return [
    { id: 'play', title: shell.play, keys: helpText.shortcuts[0][0], run: session.togglePlay },
    { id: 'previous', title: shell.previousBlock, keys: 'Shift ←', run: () => session.previousBlock() },
    // A real block stands alone, has no pools and no traffic, and takes no transactions.
    ...(useImported.getState().imported === null
      ? [
          { id: 'next', title: shell.nextBlock, keys: 'Shift →', run: () => session.nextBlock() },
          { id: 'split', title: paletteText.split, run: () => session.splitPool(0, 4) },
          hot(0),
          hot(90),
          { id: 'craft', title: shell.craft, run: () => useWorkbench.getState().openCraft() },
        ]
      : [{ id: 'leave', title: realBlockText.leave, run: () => session.startOver() }]),
    { id: 'open', title: realBlockText.open, run: chooseFile },
    { id: 'compare', title: shell.compare, run: () => useWorkbench.getState().openCompare() },
    { id: 'audit', title: shell.audit, run: () => useWorkbench.getState().openAudit() },
    { id: 'share', title: shareText.button, keys: 'S', run: () => useWorkbench.getState().openShare() },
    { id: 'benchmark', title: shell.benchmark, run: () => useWorkbench.getState().openBenchmark() },
    { id: 'gallery', title: galleryText.title, run: () => useWorkbench.getState().openGallery() },
    { id: 'story', title: paletteText.story, run: replayStory },
    ...PANELS.map((panel, at) => ({
      id: `panel ${panel}`,
      title: format(paletteText.togglePanel, { panel: shell.panel[panel] }),
      keys: String(at + 1),
      run: () => togglePanel(panel),
    })),
    { id: 'speed', title: paletteText.autoSpeed, run: () => session.automaticSpeed() },
    ...(['dark', 'light', 'system'] as const)
      .filter((choice) => choice !== theme)
      .map((choice) => ({
        id: `theme ${choice}`,
        title: format(paletteText.theme, { theme: shell.themeNames[choice] }),
        run: () => setTheme(choice),
      })),
    { id: 'present', title: paletteText.present, run: () => setPresent(!present) },
    { id: 'knobs', title: paletteText.toggleKnobs, run: () => setKnobsShown(!knobsShown) },
    { id: 'inspector', title: paletteText.toggleInspector, run: () => setInspectorShown(!inspectorShown) },
    { id: 'help', title: shell.help, keys: '?', run: () => useOverlay.getState().open('help') },
    ...(useSession.getState().failure === null
      ? []
      : [{ id: 'restart', title: shell.restart, run: session.restart }]),
  ];
}

/** Runs a command that a person chose: the story gives way. */
export function runCommand(command: Command): void {
  if (command.id !== 'story') takeOver();
  useOverlay.getState().close();
  void command.run();
}
