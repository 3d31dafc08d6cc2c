import { Router } from 'express';
import { query } from '../lib/database.js';
import { renderInvoice, type Order } from '../lib/invoices.js';

export const orders = Router();

orders.get('/:id', async (request, response) => {
  const [order] = await findOrder(request.params.id);
  if (order) response.json(order);
  else response.status(404).end();
});

orders.get('/:id/invoice', async (request, response) => {
  const [order] = await findOrder(request.params.id);
  if (!order) {
    response.status(404).end();
    return;
  }
  response.type('pdf').send(await renderInvoice(order));
});

function findOrder(id: string): Promise<Order[]> {
  return query<Order>('select * from orders where id = $1', id);
}
