import { readFileSync } from 'node:fs';

interface Config {
  readonly shopName: string;
  readonly port: number;
  readonly database: string;
  readonly archive: string;
}

// Read once, before the server listens: nobody waits for it.
const path = process.env.SHOP_CONFIG ?? new URL('../shop.json', import.meta.url);

export const config: Config = {
  shopName: 'The Shop',
  port: 3000,
  database: 'postgres://localhost/shop',
  archive: '/var/lib/shop',
  ...(JSON.parse(readFileSync(path, 'utf8')) as Partial<Config>),
};
