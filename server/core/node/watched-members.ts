/** Members of node:cluster and its workers whose names changed, by the old name. */
export const renamedClusterMembers: ReadonlyMap<string, { readonly name: string; readonly of: 'cluster' | 'worker'; readonly since: number }> = new Map([
  ['isMaster', { name: 'isPrimary', of: 'cluster', since: 16 }],
  ['setupMaster', { name: 'setupPrimary', of: 'cluster', since: 16 }],
  ['suicide', { name: 'exitedAfterDisconnect', of: 'worker', since: 6 }],
]);

/** Members of which each read is kept with its place: the old names, and the new ones for code that asks for both. */
export const watchedMembers: ReadonlySet<string> = new Set([...renamedClusterMembers].flatMap(([old, { name }]) => [old, name]));
