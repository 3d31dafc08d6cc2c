const sleep = (ms, value) => new Promise(resolve => setTimeout(resolve, ms, value));
const timeout = ms => new Promise((_, reject) => setTimeout(() => reject(new Error('timed out')), ms).unref());
console.log(await Promise.race([sleep(5, 'in time'), timeout(500)]));
try {
  await Promise.race([sleep(300), timeout(20)]);
} catch (error) {
  console.log(error.message);
}
