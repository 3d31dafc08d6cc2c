import { readJson } from '../text/json.ts';
import type { ModuleFacts, Value } from '../facts/module-facts.ts';
import { assignmentsTo } from '../facts/module-index.ts';
import type { ProgramGraph } from './program-graph.ts';
import { isRecord } from './resolve/tsconfig.ts';

/** How a program is started, as far as files beside the sources say. */
export interface Start {
  /** The source that Node is started with. */
  readonly script: string;
  /** The file that says so, for messages: `ecosystem.config.js`. */
  readonly by: string;
  /** PM2's cluster mode: several processes that share their listening sockets (PM2 docs, "Cluster Mode"). */
  readonly clustered: boolean;
}

export interface Deployment {
  readonly starts: readonly Start[];
  /** Values of an environment variable that some start sets. */
  environment(name: string): readonly string[];
}

/** An app of an ecosystem file, or what a command line comes to. */
interface App {
  readonly script: string | null;
  readonly mode: string | null;
  readonly instances: string | null;
  /** Names and values; one app may set a name differently for several stages. */
  readonly environment: readonly (readonly [name: string, value: string])[];
}

const known = new WeakMap<ProgramGraph, Deployment>();

const ecosystemModule = /(?:^|\/)(?:ecosystem|pm2|process(?:es)?)(?:[.-][\w.-]*)?\.config\.[cm]?js$/;

/**
 * PM2 ecosystem files, scripts of package.json, Procfile, Dockerfile and systemd units, as evidence of how many
 * processes run a source and with what environment. Everything in them is untrusted; nothing is executed.
 */
export function deploymentOf(graph: ProgramGraph): Deployment {
  let found = known.get(graph);
  if (!found) known.set(graph, (found = readDeployment(graph)));
  return found;
}

function readDeployment(graph: ProgramGraph): Deployment {
  const starts: Start[] = [];
  const variables = new Map<string, Set<string>>();
  const add = (app: App, by: string): void => {
    for (const [name, value] of app.environment) variables.set(name, (variables.get(name) ?? new Set()).add(value));
    const path = app.script?.replace(/^\.\//, '');
    const script = path ? graph.resolve(`./${path}`, by) : null;
    // PM2 docs: `exec_mode` is fork by default, and cluster as soon as `instances` is given.
    const clustered = app.mode !== null ? /^cluster/.test(app.mode) : app.instances !== null;
    if (script !== null) starts.push({ script, by, clustered: clustered && app.instances !== '1' });
  };
  for (const file of graph.files) if (ecosystemModule.test(file)) for (const app of appsOfModule(graph.module(file))) add(app, file);
  for (const [directory, { scripts }] of graph.project.packageJsons) {
    if (!isRecord(scripts)) continue;
    for (const command of Object.values(scripts)) if (typeof command === 'string') for (const app of appsOfCommand(command)) add(app, directory === '.' ? 'package.json' : `${directory}/package.json`);
  }
  for (const [file, text] of graph.project.deploymentFiles) for (const app of appsOfText(file, text)) add(app, file);
  return { starts, environment: name => [...(variables.get(name) ?? [])] };
}

function appsOfText(file: string, text: string): App[] {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (name.endsWith('.json')) {
    const json: unknown = readJson(text);
    const apps = isRecord(json) && Array.isArray(json['apps']) ? json['apps'] : Array.isArray(json) ? json : [json];
    return apps.flatMap(app => (isRecord(app) ? [appOfRecord(app)] : []));
  }
  const lines = text.replace(/\\\r?\n/g, ' ').split(/\r?\n/);
  if (name.startsWith('Procfile')) return lines.flatMap(line => appsOfCommand(line.replace(/^[\w-]+:/, '')));
  if (name.endsWith('.service')) {
    return lines.flatMap(line => {
      const [, key, value = ''] = /^(ExecStart|Environment)=(.*)$/.exec(line.trim()) ?? [];
      return key === 'ExecStart' ? appsOfCommand(value) : key === 'Environment' ? [{ ...nothing, environment: words(value).flatMap(assignment) }] : [];
    });
  }
  return lines.flatMap(line => {
    const [, instruction, value = ''] = /^\s*(CMD|ENTRYPOINT|RUN|ENV)\s+(\S.*)?$/i.exec(line) ?? [];
    if (!instruction || /^RUN$/i.test(instruction)) return [];
    if (/^ENV$/i.test(instruction)) {
      const pairs = value.includes('=') ? words(value).flatMap(assignment) : [value.split(/\s+(.*)/, 2) as [string, string]];
      return [{ ...nothing, environment: pairs }];
    }
    const list: unknown = value.startsWith('[') ? readJson(value) : null;
    return appsOfCommand(Array.isArray(list) ? list.filter(word => typeof word === 'string').join(' ') : value);
  });
}

const nothing: App = { script: null, mode: null, instances: null, environment: [] };

/** Words of a command line, without their quotes. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare = '']) => double ?? single ?? bare);
}

function assignment(text: string): [string, string][] {
  const [, name, value = ''] = /^\s*(?:export\s+)?([A-Z_][A-Z0-9_]*)=(.*)$/.exec(text) ?? [];
  return name ? [[name, value.trim().replace(/^(["'])(.*)\1$/, '$2')]] : [];
}

/** What `pm2 start app.js -i max`, `UV_THREADPOOL_SIZE=8 node app.js` and the like start; several commands are joined by `&&`, `;` or `|`. */
function appsOfCommand(line: string): App[] {
  return line.split(/&&|\|\|?|;/).map(command => {
    let script: string | null = null;
    let instances: string | null = null;
    const list = words(command);
    const tool = list.findIndex(word => /(?:^|\/)(?:pm2|pm2-runtime|pm2-docker|node|nodejs)$/.test(word));
    const environment = list.slice(0, tool < 0 ? list.length : tool).flatMap(assignment);
    const isPm2 = tool >= 0 && /pm2/.test(list[tool]!);
    for (let at = tool + 1; tool >= 0 && at < list.length; at++) {
      const word = list[at]!;
      if (isPm2 && /^(?:-i|--instances)$/.test(word)) instances = list[++at] ?? 'max';
      else if (isPm2 && /^(?:-i|--instances=?)\S+$/.test(word)) instances = word.replace(/^(?:-i|--instances=?)/, '');
      else if (!word.startsWith('-') && script === null && /[./\w-]\.[cm]?[jt]s$/.test(word) && !ecosystemModule.test(word)) script = word;
    }
    return { script, mode: isPm2 ? null : 'fork', instances, environment };
  });
}

function appOfRecord(app: Record<string, unknown>): App {
  const text = (key: string): string | null => (typeof app[key] === 'string' || typeof app[key] === 'number' ? String(app[key]) : null);
  const environments = Object.keys(app).filter(key => /^env/.test(key)).map(key => app[key]);
  return {
    script: text('script'), mode: text('exec_mode') ?? text('execMode'), instances: text('instances'),
    environment: environments.flatMap(env => (isRecord(env) ? Object.entries(env).map(([name, value]): [string, string] => [name, String(value)]) : [])),
  };
}

/** The apps that `module.exports = { apps: [ … ] }` lists, from the literals of the module. */
function appsOfModule(module: ModuleFacts): App[] {
  const objectOf = (value: Value | undefined): ModuleFacts['objects'][number] | null => {
    if (value?.k === 'obj') return module.objects[value.obj] ?? null;
    if (value?.k !== 'var') return null;
    const assigned = assignmentsTo(module, value.var);
    return assigned.length === 1 ? objectOf(assigned[0]!.value) : null;
  };
  const exported = objectOf(module.exports.find(({ name }) => name === '=' || name === 'default')?.value) ?? null;
  const apps = exported?.array ? exported : objectOf(exported?.properties.find(({ name }) => name === 'apps')?.value ?? namedApps(module));
  return (apps?.properties ?? []).flatMap(({ value }) => {
    const app = objectOf(value);
    return app ? [appOfRecord(plain(module, app, objectOf))] : [];
  });
}

/** `exports.apps = …` or `export const apps = …`. */
function namedApps(module: ModuleFacts): Value | undefined {
  const assigned = module.assignments.find(one => one.to === 'property' && one.name === 'apps' && (one.object.k === 'exports' || (one.object.k === 'global' && one.object.name === 'exports')));
  return assigned?.value ?? module.exports.find(({ name }) => name === 'apps')?.value;
}

/** The texts and numbers of an object literal, and of the objects in it. */
function plain(module: ModuleFacts, { properties, constants }: ModuleFacts['objects'][number], objectOf: (value: Value) => ModuleFacts['objects'][number] | null, depth = 0): Record<string, unknown> {
  const record: Record<string, unknown> = { ...constants };
  for (const { name, value } of properties) {
    const object = depth < 2 ? objectOf(value) : null;
    if (value.k === 'string') record[name] = value.value;
    else if (object) record[name] = plain(module, object, objectOf, depth + 1);
  }
  return record;
}
