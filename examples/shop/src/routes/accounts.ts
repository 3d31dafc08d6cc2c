import { Router } from 'express';
import { query } from '../lib/database.js';
import { checkPassword, hashPassword } from '../lib/passwords.js';

export const accounts = Router();

accounts.post('/', async (request, response) => {
  const { email, password } = request.body as { email: string; password: string };
  await query('insert into accounts (email, password) values ($1, $2)', email, await hashPassword(password));
  response.status(201).end();
});

accounts.post('/login', async (request, response) => {
  const { email, password } = request.body as { email: string; password: string };
  const [account] = await query<{ password: string }>('select password from accounts where email = $1', email);
  const known = account !== undefined && (await checkPassword(password, account.password));
  response.status(known ? 204 : 401).end();
});
