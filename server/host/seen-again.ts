import { lstatSync, readdirSync, statSync } from 'node:fs';
import { seenByError, seenByList, seenByRead, seenByStat, stampOf, type Look, type Sighting } from './disk-record.ts';
import { readBytes } from './read-file.ts';

/**
 * Looks again at all that was seen. Returns the sightings with the stamps of now where everything is the same (the same
 * array where no stamp is new), else null. Contents are read only where identity, size or times differ or prove nothing.
 */
export function seenAgain(sightings: readonly Sighting[]): readonly Sighting[] | null {
  let renewed = false;
  const now: Sighting[] = [];
  for (const sighting of sightings) {
    const { path, look, seen, stamp } = sighting;
    const fresh = stampOf(path, look);
    if (stamp === '' || stamp !== fresh) {
      if (lookAgain(path, look) !== seen) return null;
      if (fresh !== stamp) renewed = true;
    }
    now.push(fresh === stamp ? sighting : { ...sighting, stamp: fresh });
  }
  return renewed ? now : sightings;
}

function lookAgain(path: string, look: Look): string {
  try {
    switch (look.how) {
      case 'file':
        return seenByRead(readBytes(path, look.trust, look.limit));
      case 'folder':
        return seenByList(readdirSync(path, { withFileTypes: true }));
      case 'kind':
        return seenByStat(statSync(path, { throwIfNoEntry: false }));
      case 'link':
        return seenByStat(lstatSync(path, { throwIfNoEntry: false }));
    }
  } catch (error) {
    return seenByError(error);
  }
}
