import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import cron from 'node-cron';
import { config } from '../config.js';
import { query } from '../lib/database.js';
import { packOrders, type Order } from '../lib/invoices.js';

/** Writes each day's orders into the archive, at four in the morning. */
export function scheduleClosing(): void {
  cron.schedule('0 4 * * *', async () => {
    const orders = await query<Order>("select * from orders where placed >= now() - interval '1 day'");
    const folder = join(config.archive, 'daily');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${new Date().toISOString().slice(0, 10).replaceAll('-', '')}.csv.gz`), packOrders(orders));
  });
}
