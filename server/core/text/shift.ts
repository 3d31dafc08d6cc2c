/** Where a range of a text lies after an edit, 0-based UTF-16 offsets; null where the edit touches it. */
export type Shift = (start: number, end: number) => readonly [start: number, end: number] | null;

/** Compares two states of a text: what they begin and end with alike is taken to have stayed, all between to have been edited. */
export function createShift(before: string, after: string): Shift {
  const most = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix < most && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix++;
  let suffix = 0;
  while (suffix < most - prefix && before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)) suffix++;
  const moved = after.length - before.length;
  return (start, end) => {
    if (end <= prefix) return [start, end];
    return start >= before.length - suffix ? [start + moved, end + moved] : null;
  };
}
