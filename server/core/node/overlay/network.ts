import type { OverlayRule } from './rule.ts';

const sockets = 'libuv uv_tcp_t, uv_pipe_t, uv_udp_t: the kernel reports readiness, no thread of the pool is used';
const resolver = 'lib/internal/dns/utils.js ResolverBase; c-ares on sockets of its own, no thread pool';
const getaddrinfo = 'https://nodejs.org/api/dns.html#implementation-considerations: getaddrinfo(3) in the thread pool';

/** net, tls, http, https, http2, dgram, dns */
export const networkOverlay: readonly OverlayRule[] = [
  { module: ['net', 'tls', 'http', 'https', 'http2', 'dgram', 'quic'], members: ['*'], only: 'callback', threadPool: false, runsIn: 'poll', times: 'once', errorFirst: false, source: sockets },
  { module: ['net', 'tls', 'http', 'https', 'http2', 'dgram', 'quic'], members: ['*'], only: 'promise', threadPool: false, settlesIn: 'poll', source: sockets },
  { module: ['net', 'tls', 'http', 'https', 'http2'], members: ['createServer', 'createSecureServer', 'Server'], times: 'many' },
  { module: ['dgram'], members: ['createSocket', 'Socket'], times: 'many' },
  { module: ['net', 'tls', 'http', 'https'], members: ['Server#listen'], runsIn: 'nextTick', note: 'A host name is looked up in the thread pool first.', source: 'lib/net.js setupListenHandle: defaultTriggerAsyncIdScope(…, process.nextTick, emitListeningNT)' },
  { module: ['net', 'tls', 'http', 'https', 'http2'], members: ['*Server#close'], runsIn: 'nextTick', errorFirst: true, source: 'lib/net.js Server.prototype._emitCloseIfDrained' },
  { module: ['net', 'tls', 'http', 'https', 'http2'], members: ['*#setTimeout'], runsIn: 'timers', times: 'many', source: 'lib/internal/stream_base_commons.js setStreamTimeout' },
  { module: ['net', 'tls', 'http', 'https', 'http2'], members: ['*#write', '*#end'], runsIn: 'nextTick', errorFirst: true, source: 'lib/internal/stream_base_commons.js writeGeneric, afterWriteDispatched' },
  // Inherited from stream.Duplex, with behaviour of their own.
  { module: 'net', members: ['Socket#write', 'Socket#end'], defines: true, callback: -1, runsIn: 'nextTick', times: 'once', errorFirst: true, schedules: true, source: 'lib/internal/stream_base_commons.js writeGeneric' },
  { module: 'net', members: ['Socket#destroy'], defines: true, schedules: true, source: 'lib/net.js Socket.prototype._destroy: _handle.close(cb) in the close callbacks phase' },
  { module: ['net', 'http', 'https', 'tls'], members: ['Server#getConnections'], runsIn: 'nextTick', errorFirst: true },
  { module: 'net', members: ['Server#listen', 'Server#close', 'Server#getConnections', 'Socket#write', 'Socket#destroy'], evidence: 'measured' },
  { module: 'http', members: ['Server#close'], evidence: 'measured' },
  { module: ['http', 'https'], members: ['request', 'get'], note: 'The host name is looked up in the thread pool (dns.lookup) unless the agent keeps a connection.' },
  { module: ['http', 'https'], members: ['Agent#*'], errorFirst: true },
  { module: 'http2', members: ['Http2Session#ping', 'Http2Session#settings'], errorFirst: true },
  { module: ['tls', 'http2', 'https', 'net', 'http'], members: ['checkServerIdentity', 'performServerHandshake'], drop: true },
  { module: 'tls', members: ['*#addContext', '*#setSecureContext'], drop: true },
  { module: 'tls', members: ['TLSSocket#renegotiate'], errorFirst: true },
  { module: 'tls', members: ['createSecureContext', 'getCACertificates', 'setDefaultCACertificates'], blocking: true, source: 'lib/internal/tls/secure-context.js: parses keys and certificates at once' },
  { module: 'tls', members: ['setDefaultCACertificates'], since: '22.19.0' },
  { module: ['dns', 'dns/promises'], members: ['resolveTlsa', 'Resolver#resolveTlsa'], since: '22.15.0' },
  { module: 'dgram', members: ['Socket#bind', 'Socket#close', 'Socket#send'], runsIn: 'nextTick', evidence: 'measured' },
  { module: 'dgram', members: ['Socket#send', 'Socket#sendto', 'Socket#connect'], errorFirst: true },
  { module: ['dns', 'dns/promises'], members: ['*'], only: 'callback', threadPool: false, runsIn: 'poll', times: 'once', errorFirst: true, source: resolver },
  { module: ['dns', 'dns/promises'], members: ['*'], only: 'promise', threadPool: false, settlesIn: 'poll', source: resolver },
  {
    module: ['dns', 'dns/promises'],
    members: ['lookup', 'lookupService'],
    threadPool: true,
    note: 'getaddrinfo() takes a thread of the pool for as long as the resolver needs; at most half of the pool is given to it.',
    evidence: 'measured',
    source: getaddrinfo,
  },
];
