import { readFile } from 'node:fs';

/**
 * Answers with the stock list at once and does the bookkeeping afterwards.
 * In which order do these lines print? `looplens explain examples/shop/src/routes/stock.js:8`
 */
export async function showStock(request, response) {
  console.log('request in');
  process.nextTick(() => console.log('tick: count the request'));
  setImmediate(() => console.log('immediate: flush the log'));

  readFile(new URL('../../stock.json', import.meta.url), 'utf8', (error, text) => {
    console.log(error ? 'no stock list' : 'stock list read');
    setTimeout(() => console.log('timer: refresh the cache'), 0);
    setImmediate(() => console.log('immediate: tell the warehouse'));
    process.nextTick(() => console.log('tick: answer'));
    response.end(text);
  });

  await null;
  console.log('after the await');
}
