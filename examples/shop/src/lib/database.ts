import { Pool } from 'pg';
import { config } from '../config.js';

const pool = new Pool({ connectionString: config.database });

export async function query<Row>(text: string, ...values: unknown[]): Promise<Row[]> {
  const result = await pool.query(text, values);
  return result.rows as Row[];
}
