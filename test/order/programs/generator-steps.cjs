function* steps() {
  try {
    const answer = yield 'question';
    console.log('got', answer);
    yield* ['x', 'y'];
  } finally {
    console.log('cleanup');
  }
}
const iterator = steps();
console.log(iterator.next());
console.log(iterator.next('answer'));
console.log(iterator.return('early'));
for (const value of steps()) {
  console.log(value);
  if (value === 'x') break;
}
