import express, { type NextFunction, type Request, type Response } from 'express';
import { config } from './config.js';
import { accounts } from './routes/accounts.js';
import { orders } from './routes/orders.js';
import { reports } from './routes/reports.js';
import { showStock } from './routes/stock.js';
import { scheduleClosing } from './jobs/daily-closing.js';

const app = express();
app.use(express.json({ limit: '100kb' }));
app.use('/accounts', accounts);
app.use('/orders', orders);
app.use('/reports', reports);
app.get('/stock', showStock);
app.get('/health', (_request, response) => {
  response.json({ ok: true, name: config.shopName });
});

app.use((error: Error, _request: Request, response: Response, _next: NextFunction) => {
  console.error(error);
  response.status(500).json({ error: 'something went wrong' });
});

const server = app.listen(config.port);
scheduleClosing();

process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
});
