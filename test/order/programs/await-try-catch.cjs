const fails = async () => { throw new Error('failed'); };
(async () => {
  try {
    fails();
    console.log('not awaited: not caught here');
  } catch {
    console.log('never');
  }
  try {
    await fails();
  } catch (error) {
    console.log('caught', error.message);
  } finally {
    console.log('finally');
  }
})();
process.on('unhandledRejection', error => console.log('unhandled', error.message));
