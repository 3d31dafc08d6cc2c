interface Job { readonly id: number; run(): Promise<string> }
type Result = { id: number; text: string };
const jobs: Job[] = [1, 2].map(id => ({ id, run: async () => `job ${id}` }));
async function all(list: readonly Job[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const job of list) results.push({ id: job.id, text: await job.run() } satisfies Result);
  return results;
}
process.nextTick((): void => console.log('tick'));
void all(jobs).then((results: Result[]) => console.log(results.map(({ text }) => text as string).join(', ')));
console.log('sync');
