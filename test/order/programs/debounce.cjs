function debounce(callback, ms) {
  let timer;
  return value => {
    clearTimeout(timer);
    timer = setTimeout(() => callback(value), ms);
  };
}
const save = debounce(value => console.log('saved', value), 30);
save('a');
save('b');
setTimeout(save, 5, 'c');
setTimeout(save, 200, 'd');
