'use strict';
// Node's `dns`: lookup of an address calls back on nextTick, of a name from the thread pool (SEMANTICS S-48, S-54); what a name
// resolves to is unknown but for localhost.
const { validateFunction } = require('internal/errors');
const poll = internalBinding('poll');
const { unknown } = internalBinding('process');

const isIPv4 = text => /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text);
const isIPv6 = text => /^[0-9a-fA-F:]*:[0-9a-fA-F:.]*$/.test(text);
const family = text => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0);

function lookup(hostname, options, callback) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  validateFunction(callback, 'callback');
  const settings = typeof options === 'number' ? { family: options } : options || {};
  const answer = (address, kind) => (settings.all ? [[{ address, family: kind }]] : [address, kind]);
  if (!hostname || family(hostname)) {
    process.nextTick(callback, null, ...answer(hostname || '127.0.0.1', family(hostname) || 4));
    return {};
  }
  poll.start({ name: `dns.lookup('${hostname}')`, rounds: 0, within: hostname === 'localhost' ? 35 : Infinity, pool: true, ref: true }, () => {
    if (hostname === 'localhost') callback(null, ...answer(settings.family === 6 ? '::1' : '127.0.0.1', settings.family === 6 ? 6 : 4));
    else if (internalBinding('order').choose(`whether '${hostname}' resolves`, ['it resolves', 'it does not']) === 0) {
      callback(null, ...answer(unknown(`the address of ${hostname}`, 'string'), unknown('the address family', 'number')));
    } else {
      const error = new Error(`getaddrinfo ENOTFOUND ${hostname}`);
      Object.assign(error, { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname });
      callback(error);
    }
  });
  return {};
}

/** Queries that leave the machine: c-ares, not the pool. */
function query(name) {
  return (hostname, ...rest) => {
    const callback = rest.pop();
    validateFunction(callback, 'callback');
    poll.start({ name: `dns.${name}`, rounds: 0, within: Infinity, pool: false, ref: true }, () => {
      if (internalBinding('order').choose(`whether dns.${name} succeeds`, ['it succeeds', 'it fails']) === 0) callback(null, unknown(`the result of dns.${name}`, 'object'));
      else callback(Object.assign(new Error(`query${name.slice(7) || 'A'} ENOTFOUND ${hostname}`), { errno: undefined, code: 'ENOTFOUND', syscall: `query${name.slice(7) || 'A'}`, hostname }));
    });
  };
}

class Resolver {}
const queries = ['resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname', 'resolveMx', 'resolveNaptr', 'resolveNs', 'resolvePtr', 'resolveSoa', 'resolveSrv', 'resolveTxt', 'reverse'];
module.exports = { lookup, Resolver, getServers: () => unknown('dns.getServers()', 'object'), setServers() {}, setDefaultResultOrder() {}, getDefaultResultOrder: () => 'verbatim', NOTFOUND: 'ENOTFOUND', ADDRCONFIG: 32, V4MAPPED: 8, ALL: 16 };
for (const name of queries) {
  module.exports[name] = query(name);
  Resolver.prototype[name] = module.exports[name];
}
module.exports.lookupService = (address, port, callback) => {
  poll.start({ name: 'dns.lookupService', rounds: 0, within: Infinity, pool: true, ref: true }, () => callback(null, unknown('the host name', 'string'), unknown('the service name', 'string')));
};
Object.defineProperty(lookup, Symbol.for('nodejs.util.promisify.customArgs'), { value: ['address', 'family'], enumerable: false });
Object.defineProperty(module.exports, 'promises', { configurable: true, enumerable: true, get: () => require('dns/promises') });
module.exports._family = family;
Object.defineProperty(module.exports, '_family', { enumerable: false });
