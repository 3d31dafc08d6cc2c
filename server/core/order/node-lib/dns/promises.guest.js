'use strict';
const dns = require('dns');

module.exports = {};
for (const name of Object.keys(dns)) {
  if (name === 'lookup') {
    module.exports.lookup = (hostname, options) => new Promise((resolve, reject) => dns.lookup(hostname, options || {}, (error, address, family) => (error ? reject(error) : resolve(options && options.all ? address : { address, family }))));
  } else if (/^(?:resolve|reverse|lookupService)/.test(name)) {
    module.exports[name] = (...args) => new Promise((resolve, reject) => dns[name](...args, (error, value) => (error ? reject(error) : resolve(value))));
  }
}
