import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { config } from '../config.js';
import { query } from '../lib/database.js';
import { packOrders, type Order } from '../lib/invoices.js';

export const reports = Router();

reports.get('/orders.csv.gz', async (request, response) => {
  const orders = await query<Order>('select * from orders where placed >= $1', request.query.since);
  response.type('application/gzip').send(packOrders(orders));
});

/** A report that the daily job has left in the archive. */
reports.get('/daily/:day', async (request, response) => {
  const path = join(config.archive, 'daily', `${request.params.day.replace(/\D/g, '')}.csv.gz`);
  const { size } = await stat(path);
  response.set('content-length', String(size));
  await pipeline(createReadStream(path), response);
});
