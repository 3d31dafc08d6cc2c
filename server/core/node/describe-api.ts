import type { ApiDescription } from './api.ts';
import type { ApiIndex } from './lookup.ts';
import { describeForHover } from './hover.ts';

/** What is known of a function that somebody names, such as `fs.statSync`, `setImmediate` or `express.Application.listen`; null where nothing is. */
export function findApiByName(index: ApiIndex, name: string): ApiDescription | null {
  const plain = plainName(name);
  const dot = plain.indexOf('.');
  const last = plain.lastIndexOf('.');
  if (dot < 0) return index.find('globals', plain) ?? index.find(plain, '') ?? null;
  return index.find(plain.slice(0, dot), plain.slice(dot + 1)) ?? index.find(plain.slice(0, last), plain.slice(last + 1)) ?? null;
}

/** What a function that somebody names does to the event loop, in a sentence or two; `api`: what `findApiByName` found of it. */
export function describeApi(name: string, api: ApiDescription | null): string {
  return api ? describeForHover(api) : `Nothing is known of ${plainName(name).slice(0, 100)}. That does not mean that it does not block.`;
}

function plainName(name: string): string {
  return name.replace(/^node:/, '').split('(', 1)[0]!.trim();
}
