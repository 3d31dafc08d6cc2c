const object = {
  name: 'object',
  method() { return this?.name; },
  arrow: () => typeof this,
  delayed() { setTimeout(() => console.log('arrow in timer', this.name), 1); },
};
const { method } = object;
console.log(object.method(), method(), object.arrow());
object.delayed();
setTimeout(function () { console.log('function in timer', this.constructor.name); }, 1);
