function f() {
  try {
    throw new Error('lost');
  } finally {
    return 'finally wins';
  }
}
console.log(f());
outer: for (const a of [1, 2]) {
  for (const b of [1, 2]) {
    try {
      if (b === 2) continue outer;
      console.log(a, b);
    } finally {
      console.log('finally', a, b);
    }
  }
}
