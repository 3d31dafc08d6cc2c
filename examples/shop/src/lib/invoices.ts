import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { config } from '../config.js';

export interface Order {
  readonly id: string;
  readonly customer: string;
  readonly total: number;
  readonly placed: string;
}

/** The invoice of an order as a PDF. */
export function renderInvoice(order: Order): Promise<Buffer> {
  const document = new PDFDocument();
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    document.on('data', chunk => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
    document.text(letterhead(order.customer));
    document.text(`Order ${order.id}: ${order.total.toFixed(2)}`);
    document.end();
  });
}

/** Customers can have a letterhead of their own. */
function letterhead(customer: string): string {
  const own = join(config.archive, 'letterheads', `${customer}.txt`);
  const path = existsSync(own) ? own : join(config.archive, 'letterheads', 'default.txt');
  return readFileSync(path, 'utf8');
}

/** Many orders as one compressed text, for the bookkeeper. */
export function packOrders(orders: readonly Order[]): Buffer {
  const lines = orders.map(order => `${order.id};${order.customer};${order.total};${order.placed}`);
  return gzipSync(lines.join('\n'), { level: 9 });
}
