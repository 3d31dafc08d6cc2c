'use strict';
const { Interface: CallbackInterface } = require('readline');
const customPromisify = Symbol.for('nodejs.util.promisify.custom');

class Interface extends CallbackInterface {
  question(query, options = {}) {
    return CallbackInterface.prototype.question[customPromisify].call({
      __proto__: this,
      question: (text, settings, callback) => CallbackInterface.prototype.question.call(this, text, settings, callback),
    }, query, options);
  }
}

module.exports = {
  Interface,
  createInterface: (input, output, completer, terminal) => new Interface(input, output, completer, terminal),
};
