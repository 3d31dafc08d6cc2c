console.log(typeof declared, typeof assigned);
try {
  lexical;
} catch (error) {
  console.log(error.name + ':', error.message);
}
function declared() {}
var assigned = () => {};
let lexical = 1;
console.log(typeof assigned, lexical);
