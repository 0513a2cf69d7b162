import type { EngineDescription, FieldDescription, MachineInfo, ModuleDescription } from '../../api/index.ts';
import { SEMANTICS_VERSION } from '../../chain/digest.ts';
import type { Field, Fields, ModuleDefinition, ModuleSet, Table } from '../../moduleSdk/index.ts';
import { defaultSettings } from './defaultSettings.ts';
import { LIMITS } from './limits.ts';

/** What the page needs to know before it starts a chain. */
export function describeEngine(modules: ModuleSet, machine: MachineInfo): EngineDescription {
  return {
    semanticsVersion: SEMANTICS_VERSION,
    machine,
    limits: LIMITS,
    defaults: defaultSettings(machine),
    modules: modules.modules.map((module) => describeModule(modules, module)),
  };
}

function describeModule(modules: ModuleSet, module: ModuleDefinition): ModuleDescription {
  const playable = Object.entries(module.transactions).filter(
    ([, { genesisOnly, importedOnly, systemOnly }]) => !genesisOnly && !importedOnly && !systemOnly,
  );
  return {
    id: module.id,
    lane: module.lane,
    title: module.title,
    summary: module.summary,
    importedOnly: playable.length === 0,
    storage: module.storage ?? 'flatMap',
    needs: modules.modules.filter((other) => provides(other, module)).map(({ id }) => id),
    workloads: module.workloads.map(({ name }) => name),
    tables: (module.tables as readonly Table[]).map(({ name, partNames }) => ({ name, parts: partNames })),
    transactions: playable.map(([name, { summary, args }]) => ({
      name,
      summary,
      fields: describeFields(args.fields),
    })),
    invariants: module.invariants.map(({ name, statement }) => ({ name, statement })),
  };
}

/** Whether `other` provides something that `module` requires. */
function provides(other: ModuleDefinition, module: ModuleDefinition): boolean {
  return module.requires.some(({ name }) =>
    other.provides.some(({ capability }) => capability.name === name),
  );
}

function describeFields(fields: Fields): FieldDescription[] {
  return Object.entries(fields).map(([name, field]) => describeField(name, field));
}

function describeField(name: string, field: Field): FieldDescription {
  if (field.kind === 'integer') return { name, kind: 'integer', bits: field.bits, role: field.role };
  if (field.kind === 'bytes') return { name, kind: 'bytes', max: field.max };
  return { name, kind: 'list', max: field.max, item: describeFields(field.item.fields) };
}
