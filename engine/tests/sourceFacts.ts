/** What the rules of the house need to know about a source file, read from its syntax tree. */

import { posix } from 'node:path';
import { parseSync } from 'vite';
import type { ImportKind } from './importRules.ts';

export interface Import {
  /** A path from the repository's root for a relative import, else the specifier of a package. */
  to: string;
  kind: ImportKind;
}

export interface SourceFacts {
  imports: Import[];
  /** Names used that the file does not declare, and members as `Math.random` or `.localeCompare`. */
  globals: Set<string>;
  usesAny: boolean;
}

interface Node {
  type: string;
  [key: string]: unknown;
}

export function readFacts(path: string, text: string): SourceFacts {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const facts: SourceFacts = { imports: [], globals: new Set(), usesAny: false };
  const declared = new Set<string>();

  const visit = (node: Node, place: Place): void => {
    const found = importOf(node);
    if (found !== undefined) facts.imports.push({ ...found, to: resolve(path, found.to) });
    if (node.type === 'TSAnyKeyword') facts.usesAny = true;
    if (node.type === 'Identifier' && place === 'binding') declared.add(String(node.name));
    if (node.type === 'Identifier' && place === 'use') facts.globals.add(String(node.name));
    const member = memberOf(node);
    if (member !== undefined) facts.globals.add(member.full).add(`.${member.name}`);
    for (const [key, child] of Object.entries(node)) {
      for (const item of Array.isArray(child) ? child : [child]) {
        if (isNode(item)) visit(item, placeOf(node, key, place));
      }
    }
  };

  visit(program as unknown as Node, 'use');
  for (const name of declared) facts.globals.delete(name);
  return facts;
}

/** What an identifier does where it stands: use a name, introduce one, or only label a part of something. */
type Place = 'use' | 'binding' | 'label';

const bindings = new Set(['CatchClause.param', 'TSParameterProperty.parameter']);

function placeOf(parent: Node, key: string, place: Place): Place {
  if (key === 'typeAnnotation' || key === 'typeArguments') return 'use';
  if (key === 'params' || key === 'id' || bindings.has(`${parent.type}.${key}`)) return 'binding';
  if (parent.type.startsWith('Import') && key === 'local') return 'binding';
  if (key === 'key' || key === 'property') {
    return parent.computed === true ? 'use' : 'label';
  }
  if (key === 'imported' || key === 'exported' || key === 'label' || key === 'qualifier') return 'label';
  const pattern = /Pattern$|^RestElement$|^Property$/.test(parent.type);
  const inside = place === 'binding' && pattern;
  return inside && `${parent.type}.${key}` !== 'AssignmentPattern.right' ? 'binding' : 'use';
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function importOf(node: Node): Import | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration': {
      const to = literal(node.source);
      const typeOnly = node.importKind === 'type' || node.exportKind === 'type';
      return to === undefined ? undefined : { to, kind: typeOnly ? 'type' : 'value' };
    }
    case 'ImportExpression':
      return { to: literal(node.source) ?? '(a computed import)', kind: 'value' };
    case 'TSImportType': {
      const to = literal(node.source) ?? literal(node.argument);
      return to === undefined ? undefined : { to, kind: 'type' };
    }
    case 'NewExpression': {
      const [first, second] = node.arguments as Node[];
      const callee = node.callee as Node;
      if (callee.name !== 'URL' || second === undefined || memberOf(second)?.name !== 'url') return undefined;
      return { to: literal(first) ?? '(a computed URL)', kind: 'url' };
    }
    default:
      return undefined;
  }
}

/** A specifier without Vite's `?worker` and the like, relative to the repository's root when it is a path. */
function resolve(from: string, specifier: string): string {
  const bare = specifier.replace(/\?.*$/, '');
  if (bare.startsWith('/')) return bare.slice(1);
  return bare.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from), bare)) : bare;
}

function literal(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'TSLiteralType') return literal(node.literal);
  return typeof node.value === 'string' ? node.value : undefined;
}

function memberOf(node: Node): { full: string; name: string } | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  const property = node.property as Node;
  const name = node.computed === true ? literal(property) : String(property.name);
  if (name === undefined) return undefined;
  const object = node.object as Node;
  return { full: `${object.type === 'Identifier' ? String(object.name) : ''}.${name}`, name };
}
