import type { Io } from './io.ts';
import { say } from './messages.ts';

/**
 * Says on a terminal, in place, how much is done once a second has passed. Elsewhere it is silent: nobody watches a log, and lines on
 * standard error look like trouble.
 */
export function progressTo(io: Io): (done: number, total: number) => void {
  const start = Date.now();
  let last = start;
  return (done, total) => {
    if (!io.stderr.isTTY) return;
    const now = Date.now();
    if (now - start < 1000 || (now - last < 100 && done < total)) return;
    last = now;
    io.stderr.write(done < total ? `\r\u001B[2K${say('progress', { done, total })[io.locale]}` : '\r\u001B[2K');
  };
}
