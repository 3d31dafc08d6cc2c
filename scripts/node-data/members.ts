// Writes server/core/order/builtin-members/generated/members.ts: which names the built-in objects of each Node have.
//   node scripts/run.mjs scripts/node-data/members.ts
// A second run of the probe finds the values that are no constants: they differ.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { installNode } from '../lib/install-node.mjs';

type Property = readonly [key: string, kind: string, attributes: number, constant?: number | string | boolean | null, alias?: string | null];
interface Probe {
  readonly node: string;
  readonly objects: Readonly<Record<string, { readonly props: readonly Property[]; readonly isFunction: boolean; readonly nullPrototype: boolean; readonly parent?: string }>>;
  readonly aliases: Readonly<Record<string, string>>;
  readonly modules: readonly string[];
  readonly instances: Readonly<Record<string, readonly string[]>>;
  readonly options: Readonly<Record<string, readonly string[]>>;
  readonly failures: readonly string[];
}

const majors = [18, 20, 22, 24, 26];
const probe = (node: string): Probe => JSON.parse(execFileSync(node, ['--no-deprecation', '--no-warnings', resolve('scripts/node-data/members-probe.cjs')], { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, NODE_OPTIONS: '' }, stdio: ['ignore', 'pipe', 'ignore'] })) as Probe;

const probes: Probe[] = [];
for (const major of majors) {
  const node = await installNode(major);
  const [first, second] = [probe(node), probe(node)];
  for (const failure of first.failures) console.error(`Node ${major}: ${failure}`);
  const stable = Object.fromEntries(Object.entries(first.objects).map(([path, { props, ...rest }]) => {
    const other = new Map(second.objects[path]?.props.map(property => [property[0], property[3]]));
    return [path, { ...rest, props: props.map(property => (other.get(property[0]) === property[3] ? property : [property[0], property[1], property[2], undefined, property[4]] as Property)) }];
  }));
  probes.push({ ...first, objects: stable });
}

/** The versions in which something holds, as one character: bit 0 is the first major. */
const mask = (holds: (probe: Probe) => boolean): number => probes.reduce((bits, one, index) => (holds(one) ? bits | (1 << index) : bits), 0);
const digit = (bits: number): string => bits.toString(32);

/** The names of all versions in the order of the newest that has them. */
function merged(lists: readonly (readonly string[])[]): string[] {
  const result: string[] = [...(lists.at(-1) ?? [])];
  for (const list of [...lists].reverse().slice(1)) {
    let at = 0;
    for (const name of list) {
      const known = result.indexOf(name);
      if (known >= 0) at = known + 1;
      else result.splice(at++, 0, name);
    }
  }
  return result;
}

function encodeConstant(constant: Property[3]): string {
  return constant === undefined || constant === null ? '' : `(${encodeURIComponent(JSON.stringify(constant)).replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

const paths = new Set(probes.flatMap(one => Object.keys(one.objects)));

/** `name:f63v(2)=other.path`: kind, attributes, versions, length or constant, other path to its value. */
function line(path: string): string {
  const objects = probes.map(one => one.objects[path]?.props ?? []);
  const tokens = merged(objects.map(props => props.map(property => property[0]))).flatMap(name => {
    const variants = new Map<string, number>();
    for (const [index, props] of objects.entries()) {
      const property = props.find(one => one[0] === name);
      if (!property) continue;
      const [, kind, attributes, constant, alias] = property;
      const shape = `${kind}${attributes}|${encodeConstant(constant)}${alias === undefined || alias === null || !(paths.has(alias) || paths.has(`${alias}.prototype`)) || name === 'constructor' ? '' : `=${alias}`}`;
      variants.set(shape, (variants.get(shape) ?? 0) | (1 << index));
    }
    return [...variants].map(([shape, versions]) => `${name}:${shape.replace('|', digit(versions))}`);
  });
  const nullPrototype = mask(one => one.objects[path]?.nullPrototype === true);
  const parents = [...new Set(probes.map(one => one.objects[path]?.parent).filter(parent => parent !== undefined))].map(parent => `<${parent}:${digit(mask(one => one.objects[path]?.parent === parent))} `).join('');
  const functions = probes.some(one => one.objects[path]?.isFunction) ? '* ' : '';
  return `${functions}${parents}${nullPrototype > 0 ? `^${digit(nullPrototype)} ` : ''}${tokens.join(' ')}`;
}

function table(pick: (probe: Probe) => Readonly<Record<string, readonly string[]>>): Record<string, string> {
  const paths = [...new Set(probes.flatMap(one => Object.keys(pick(one))))].sort();
  return Object.fromEntries(paths.map(path => [path, merged(probes.map(one => pick(one)[path] ?? [])).map(name => `${name}:${digit(mask(one => pick(one)[path]?.includes(name) === true))}`).join(' ')]));
}

const rows = (record: Record<string, string>): string => Object.entries(record).map(([path, text]) => `  ${JSON.stringify(path)}: ${JSON.stringify(text)},`).join('\n');
const aliases = Object.fromEntries([...new Set(probes.flatMap(one => Object.keys(one.aliases)))].sort().map(id => [id, [...new Set(probes.map(one => one.aliases[id]).filter(Boolean))].at(-1)!]));
const modules = { modules: merged(probes.map(one => one.modules)).map(id => `${id}:${digit(mask(one => one.modules.includes(id)))}`).join(' ') };
const text = `// Generated by scripts/node-data/members.ts from Node ${probes.map(one => one.node.slice(1)).join(', ')}: do not edit.
// One row per object: \`name:kind attributes versions (length, or length|name, or constant) =path where its value is described\`.
// kind: f function, c constructor, o object, n number, s string, b boolean, u undefined, l null, y symbol, i bigint, a getter, A getter and setter, g and G those that give a function;
// attributes: 1 writable, 2 enumerable, 4 configurable; versions: bit 0 is the first of \`memberMajors\`, in base 32. \`*\`: a function; \`^\`: no prototype; \`<\`: the path of the prototype, where it is no usual one.

export const memberMajors: readonly number[] = ${JSON.stringify(majors)};

/** Own properties of built-in objects, by the path that leads to them. */
export const objectMembers: Readonly<Record<string, string>> = {
${rows(Object.fromEntries([...paths].sort().map(path => [path, line(path)])))}
};

/** Own properties of instances, by the path of their prototype, or \`%name%\` of a plain object. */
export const instanceMembers: Readonly<Record<string, string>> = {
${rows(table(one => one.instances))}
};

/** Names that functions read in a bag of options. */
export const readOptions: Readonly<Record<string, string>> = {
${rows(table(one => one.options))}
};

/** Modules that are reached by another path. */
export const moduleAliases: Readonly<Record<string, string>> = {
${rows(aliases)}
};

/** Modules of Node. */
export const moduleNames = ${JSON.stringify(modules.modules)};
`;
writeFileSync('server/core/order/builtin-members/generated/members.ts', text);
console.log(`${paths.size} objects, ${text.length} characters`);
