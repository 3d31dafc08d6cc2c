const task = async (name, steps) => {
  for (let step = 1; step <= steps; step++) {
    console.log(name, step);
    await null;
  }
  return name;
};
const results = await Promise.all([task('a', 3), task('b', 2), task('c', 1)]);
console.log(results);
