import type { ApiDescription, AsyncAlternative, BlockingKind, CallbackDescription, ClassReference } from './api.ts';
import type { Phase } from '../order/timeline.ts';

// The generated table is text: a line a function, so that a change of Node shows as a diff one can read, and
// modules that a program does not use are never decoded. Fields are separated by `|`, empty ones at the end are left out:
//
//   member|flags|callback|settles|since|until|alternative|returns|note|source
//
// flags: c constructor, b blocks, t thread pool, p promise, s schedules, w blocks without its callback, M measured, D documented,
// and the blocking kind in brackets. callback: position,queue,o(nce)|m(any),e(rror first). alternative: module,member,p(romise)|c(allback),
// = same signature. returns: module,Class. note and source are indices into `texts`.

/** What a generated file exports. */
export interface ApiTable {
  readonly modules: Readonly<Record<string, string>>;
  readonly texts: readonly string[];
  /** Lines `module|Class|base module|Base`. */
  readonly classes: string;
}

/** TypeScript text of the table. */
export function encodeTable(apis: readonly ApiDescription[], bases: readonly (readonly [string, string])[]): string {
  const texts: string[] = [];
  const intern = (text: string | undefined) => {
    if (text === undefined) return '';
    const index = texts.indexOf(text);
    return String(index >= 0 ? index : texts.push(text) - 1);
  };
  const modules = new Map<string, string[]>();
  for (const api of apis) {
    if (!modules.has(api.module)) modules.set(api.module, []);
    modules.get(api.module)!.push(encodeRow(api, intern));
  }
  const lines = (rows: readonly string[]) => `\`\n${rows.join('\n')}\n\``;
  return `export const modules: Readonly<Record<string, string>> = {
${[...modules].map(([name, rows]) => `  ${JSON.stringify(name)}: ${lines(rows)},`).join('\n')}
};

export const texts: readonly string[] = ${JSON.stringify(texts, null, 2)};

export const classes = ${lines(bases.map(([name, base]) => `${name}|${base}`.replaceAll('\t', '|')))};
`;
}

function encodeRow(api: ApiDescription, intern: (text: string | undefined) => string): string {
  const flags = [
    api.kind === 'constructor' && 'c',
    api.blocking && 'b',
    api.threadPool && 't',
    api.returnsPromise && 'p',
    api.schedules && 's',
    api.blockingWithoutCallback && 'w',
    api.evidence === 'measured' ? 'M' : api.evidence === 'documented' && 'D',
    api.blockingKind && `[${api.blockingKind}]`,
  ];
  const { callback, asyncAlternative: other } = api;
  const fields = [
    api.member,
    flags.filter(Boolean).join(''),
    callback ? [callback.position, callback.runsIn ?? '', callback.times[0], callback.errorFirst ? 'e' : ''].join(',') : '',
    api.settlesIn === undefined ? '' : (api.settlesIn ?? '?'),
    api.since ?? '',
    api.until ?? '',
    other ? [other.module, other.member, other.style[0], other.sameSignature ? '=' : ''].join(',') : '',
    api.returns ? `${api.returns.module},${api.returns.name}` : '',
    intern(api.note),
    intern(api.source),
  ];
  return fields.join('|').replace(/(?<!\|)\|+$/, '');
}

/** All rows of one module, in the order of the table. */
export function decodeModule(module: string, lines: string, texts: readonly string[]): ApiDescription[] {
  return lines
    .trim()
    .split('\n')
    .map(line => decodeRow(module, line.split('|'), texts));
}

function decodeRow(module: string, fields: readonly string[], texts: readonly string[]): ApiDescription {
  const [member = '', flags = '', callback, settles, since, until, alternative, returns, note, source] = fields;
  const [letters = '', kind] = flags.split(/[[\]]/);
  const has = (letter: string) => letters.includes(letter);
  return {
    module,
    member,
    kind: member.includes('#') ? 'method' : has('c') ? 'constructor' : 'function',
    blocking: has('b'),
    ...(kind && { blockingKind: kind as BlockingKind }),
    threadPool: has('t'),
    returnsPromise: has('p'),
    ...(settles && { settlesIn: settles === '?' ? null : (settles as Phase) }),
    ...(has('w') && { blockingWithoutCallback: true }),
    schedules: has('s'),
    ...(callback && { callback: decodeCallback(callback) }),
    ...(since && { since }),
    ...(until && { until }),
    ...(alternative && { asyncAlternative: decodeAlternative(alternative) }),
    ...(returns && { returns: decodeClass(returns) }),
    ...(note && { note: texts[Number(note)]! }),
    evidence: has('M') ? 'measured' : has('D') ? 'documented' : 'derived',
    ...(source && { source: texts[Number(source)]! }),
  };
}

function decodeCallback(text: string): CallbackDescription {
  const [position, runsIn, times, errorFirst] = text.split(',');
  return { position: Number(position), runsIn: runsIn ? (runsIn as Phase | 'sync') : null, times: times === 'm' ? 'many' : 'once', errorFirst: errorFirst === 'e' };
}

function decodeAlternative(text: string): AsyncAlternative {
  const [module, member, style, same] = text.split(',');
  return { module: module!, member: member!, style: style === 'p' ? 'promise' : 'callback', sameSignature: same === '=' };
}

function decodeClass(text: string): ClassReference {
  const [module, name] = text.split(',');
  return { module: module!, name: name! };
}
