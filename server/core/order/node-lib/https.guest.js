'use strict';
// Node's `https`: `http` with another port. The handshake takes more turns of the loop but keeps the order of what is on top of it.
const inherit = require('internal/inherit');
const net = require('net');
const http = require('http');
const { initServer } = require('internal/http-hooks');

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  http.Agent.call(this, options);
  this.defaultPort = 443;
  this.protocol = 'https:';
}
inherit(Agent, http.Agent, class {});
const globalAgent = new Agent(internalBinding('process').major >= 19 ? { keepAlive: true, scheduling: 'lifo', timeout: 5000 } : {});

// Inherits from tls.Server, and has the methods of http.Server as its own.
function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  initServer(this, options, listener);
  this.on('newListener', event => {
    if (event === 'secureConnection' || event === 'tlsClientError') internalBinding('process').incomplete(`https.Server '${String(event)}'`);
  });
}
inherit(Server, net.Server, http.Server);

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
