import { unreachable } from '../../base/assert.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Intervention } from '../../types/consensus.ts';
import type { MessageMove } from '../../types/consensusLog.ts';
import { settle } from './disk.ts';
import { EVENT, emptyEvent } from './eventQueue.ts';
import type { Block } from '../contract.ts';
import type { Simulation } from './simulation.ts';

/** The messages whose way it changed. */
type Done = Result<readonly MessageMove[]>;

/** Does something to the world; answers whose way it changed. Changes nothing when it fails. */
export function intervene(world: Simulation, intervention: Intervention): Done {
  if ('node' in intervention && world.nodes[intervention.node] === undefined) {
    return unknownNode(intervention.node, world.nodes.length);
  }
  switch (intervention.kind) {
    case 'crash':
      return crash(world, intervention.node, intervention.loseUnsynced);
    case 'restart':
      if (world.nodes[intervention.node]!.up) {
        return fail('consensus/node_runs', `Node ${intervention.node} runs: stop it first.`, intervention);
      }
      world.restore(intervention.node);
      return ok([]);
    case 'slow':
      world.links.slowDown(intervention.node, intervention.permille);
      return ok([]);
    case 'cut':
      return cut(world, intervention.groups);
    case 'heal':
      world.links.cut(undefined);
      return ok([]);
    case 'lie':
      return lie(world, intervention);
    case 'lyingDisk': {
      const node = world.nodes[intervention.node]!;
      node.disk.lies = true;
      node.faulty = true;
      return ok([]);
    }
    case 'delayMessage':
    case 'dropMessage':
    case 'duplicateMessage':
    case 'nextStep':
      return meddle(world, intervention);
    default:
      return unreachable(intervention);
  }
}

function crash(world: Simulation, number: number, loseUnsynced: boolean): Done {
  const node = world.nodes[number]!;
  if (!node.up) return fail('consensus/node_is_down', `Node ${number} is down already.`, { node: number });
  settleDecisions(world, number, loseUnsynced);
  settle(node.disk, loseUnsynced, world.nowUs);
  // What has not left it yet never will.
  const unsent = [...world.queue.waiting()].filter(
    ({ type, from, departsUs }) => type === EVENT.message && from === number && departsUs > world.nowUs,
  );
  for (const { number: event, envelope } of unsent) {
    world.queue.remove(event);
    if (envelope >= 0) world.envelopes.release(envelope);
  }
  return ok(unsent.map(({ number: event }) => ({ number: event, arrivesUs: -1 })));
}

/** Decisions that are being written: they are made if what was written stays, and else they never were. */
function settleDecisions(world: Simulation, number: number, loseUnsynced: boolean): void {
  const undone = [...world.queue.waiting()].filter(
    ({ type, node, life }) => type === EVENT.decided && node === number && life === world.nodes[number]!.life,
  );
  undone.sort((a, b) => a.number - b.number);
  for (const { number: event, body } of undone) {
    world.queue.remove(event);
    if (!loseUnsynced) world.decide(number, body as Block);
  }
  world.nodes[number]!.up = false;
}

function cut(world: Simulation, groups: readonly (readonly number[])[]): Done {
  const seen = new Set<number>();
  for (const node of groups.flat()) {
    if (world.nodes[node] === undefined) return unknownNode(node, world.nodes.length);
    if (seen.has(node)) {
      return fail('consensus/node_twice', `Node ${node} stands in two groups of the cut.`, { node });
    }
    seen.add(node);
  }
  world.links.cut(groups);
  return ok([]);
}

function lie(world: Simulation, { node: number, lies }: Extract<Intervention, { kind: 'lie' }>): Done {
  const unknown = lies.find((one) => !world.protocol.lies.includes(one));
  if (unknown !== undefined) {
    return fail(
      'consensus/unknown_lie',
      `In ${world.protocol.title} nobody can lie by “${unknown}”: choose ${world.protocol.lies.join(', ')}.`,
      { lie: unknown },
    );
  }
  const node = world.nodes[number]!;
  node.lies = new Set(lies);
  if (lies.length > 0) node.faulty = true;
  world.protocol.setLies(node.state, node.lies);
  return ok([]);
}

type Meddling = Extract<Intervention, { event: number }>;

function meddle(world: Simulation, intervention: Meddling): Done {
  const event = emptyEvent();
  const { event: number } = intervention;
  const isMessage = intervention.kind !== 'nextStep';
  // A disk cannot be hurried.
  const found = world.queue.find(number, event) && event.type !== EVENT.decided;
  if (!found || (isMessage && event.type !== EVENT.message)) {
    return fail('consensus/not_waiting', `No ${isMessage ? 'message' : 'event'} ${number} is under way.`, {
      event: number,
    });
  }
  if (intervention.kind === 'nextStep') {
    world.queue.move(number, world.nowUs, true);
    return ok(event.type === EVENT.message ? [{ number, arrivesUs: world.nowUs }] : []);
  }
  if (intervention.kind === 'delayMessage') {
    const arrivesUs = event.atUs + intervention.byUs;
    world.queue.move(number, arrivesUs, false);
    return ok([{ number, arrivesUs }]);
  }
  if (intervention.kind === 'dropMessage') {
    world.queue.remove(number);
    if (event.envelope >= 0) world.envelopes.release(event.envelope);
    return ok([{ number, arrivesUs: -1 }]);
  }
  world.duplicate(event);
  return ok([]);
}

function unknownNode(node: number, nodes: number): Result<never> {
  return fail('consensus/unknown_node', `There is no node ${node}: they are numbered 0 to ${nodes - 1}.`, {
    node,
  });
}
