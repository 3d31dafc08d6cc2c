import type { Session } from '../session.ts';

/** `looplens/debugInformation`: what a bug report needs. Names nothing of the workspace. */
export async function debugInformation(session: Session, serverVersion: string): Promise<string> {
  const status = await session.status();
  const { rss, heapUsed } = process.memoryUsage();
  const rows: readonly (readonly [string, string | number])[] = [
    ['Looplens', serverVersion],
    ['Node.js of the server', `${process.version} ${process.platform} ${process.arch}`],
    ['Folders', session.projects().length - 1],
    ['Files', status.files],
    ['Findings', status.findings],
    ['Last analysis', `${status.durationMs} ms`],
    ['Memory', `${Math.round(rss / 1e6)} MB, of it heap ${Math.round(heapUsed / 1e6)} MB`],
    ['Assumed Node.js', `${status.node.version} (${status.node.source || 'default'})`],
    ['Client', Object.entries(session.client).filter(([, value]) => value === true).map(([key]) => key).join(', ')],
    ['Settings', JSON.stringify(session.settings)],
  ];
  return rows.map(([name, value]) => `${name}: ${value}`).join('\n');
}
