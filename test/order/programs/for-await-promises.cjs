(async () => {
  const slow = new Promise(resolve => setTimeout(resolve, 40, 'slow'));
  for await (const value of [slow, 'quick', Promise.resolve('resolved')]) console.log(value);
})();
