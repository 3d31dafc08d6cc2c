'use strict';
// Node's `https`: `http` with another port. The handshake takes more turns of the loop but keeps the order of what is on top of it.
const http = require('http');

class Agent extends http.Agent {
  constructor(options) {
    super(options);
    this.defaultPort = 443;
    this.protocol = 'https:';
  }
}
const globalAgent = new Agent(internalBinding('process').major >= 19 ? { keepAlive: true, scheduling: 'lifo', timeout: 5000 } : {});

class Server extends http.Server {
  constructor(options, listener) {
    super(options, listener);
    this.on('newListener', event => {
      if (event === 'secureConnection' || event === 'tlsClientError') internalBinding('process').incomplete(`https.Server '${String(event)}'`);
    });
  }
}

function request(input, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  return http.request(input, { ...options, _defaultAgent: globalAgent }, callback);
}
function get(input, options, callback) {
  const created = request(input, options, callback);
  created.end();
  return created;
}

module.exports = { Agent, Server, globalAgent, request, get, createServer: (options, listener) => new Server(options, listener) };
