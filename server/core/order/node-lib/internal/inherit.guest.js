'use strict';
// Constructors that Node writes as functions: they work without `new` and by `.call(this)` of constructors that inherit from them.

/**
 * Makes a function inherit from another, with the methods of a class that extends that one.
 * @returns the function
 */
module.exports = function inherit(constructor, parent, Methods) {
  Object.setPrototypeOf(constructor.prototype, parent.prototype);
  Object.setPrototypeOf(constructor, parent);
  for (const key of Reflect.ownKeys(Methods.prototype)) {
    if (key !== 'constructor') Object.defineProperty(constructor.prototype, key, Object.getOwnPropertyDescriptor(Methods.prototype, key));
  }
  return constructor;
};
