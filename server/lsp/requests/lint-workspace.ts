import type { Status } from '../protocol.ts';
import type { Session } from '../session.ts';

/** `looplens/lintWorkspace`: reads all files from the disk again. */
export async function lintWorkspace(session: Session): Promise<Status> {
  await session.rescan();
  return session.status();
}
