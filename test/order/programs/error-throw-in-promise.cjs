new Promise(() => { throw new Error('in executor'); }).catch(error => console.log(error.message));
new Promise(resolve => {
  setTimeout(() => {
    try {
      throw new Error('in timer');
    } catch (error) {
      console.log(error.message);
      resolve();
    }
  }, 1);
}).then(() => console.log('resolved'));
