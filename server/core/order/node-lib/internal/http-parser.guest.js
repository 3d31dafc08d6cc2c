'use strict';
// The part of HTTP/1.1 that a client and a server of one program say to each other.
const { Buffer } = require('buffer');
const { nodeError } = require('internal/errors');
const order = internalBinding('order');
const { major } = internalBinding('process');

/**
 * Feeds bytes of one direction to `on.head({first, headers, rawHeaders})`, `on.body(chunk)` and `on.complete()`.
 * `on.head` returns true when the message has no body whatever its headers say (a response to HEAD).
 */
function createParser(on) {
  let pending = Buffer.alloc(0);
  let state = 'head';
  let left = 0;
  const take = count => {
    const part = pending.subarray(0, count);
    pending = pending.subarray(count);
    return part;
  };
  const line = () => {
    const end = pending.indexOf('\r\n');
    return end < 0 ? null : take(end + 2).toString('latin1').slice(0, -2);
  };
  const complete = () => {
    state = 'head';
    on.complete();
  };
  /** Chunks that came at once: from Node 24 on a message that is written piece by piece in one turn may be sent as one (differs by release). */
  const parts = [];
  const flush = () => {
    const list = parts.splice(0);
    if (list.length > 1 && major >= 24 && order.choose('how the writes of one turn are sent', ['as one chunk', 'each by itself']) === 0) on.body(Buffer.concat(list));
    else for (const part of list) on.body(part);
  };
  const step = {
    head() {
      const end = pending.indexOf('\r\n\r\n');
      if (end < 0) return false;
      const [first, ...lines] = take(end + 4).toString('latin1').slice(0, -4).split('\r\n');
      const headers = {};
      const rawHeaders = [];
      for (const text of lines) {
        const colon = text.indexOf(':');
        const name = text.slice(0, colon);
        const value = text.slice(colon + 1).trim();
        rawHeaders.push(name, value);
        const key = name.toLowerCase();
        if (key === 'set-cookie') (headers[key] = headers[key] || []).push(value);
        else if (headers[key] === undefined) headers[key] = value;
        else if (!/^(?:age|authorization|content-length|content-type|etag|expires|from|host|if-modified-since|last-modified|location|max-forwards|referer|retry-after|server|user-agent)$/.test(key)) headers[key] += `${key === 'cookie' ? '; ' : ', '}${value}`;
      }
      const length = headers['content-length'];
      const isRequest = !first.startsWith('HTTP/');
      const status = isRequest ? 0 : Number(first.split(' ')[1]);
      const chunked = /chunked/i.test(headers['transfer-encoding'] || '');
      const none = on.head({ first, headers, rawHeaders, status });
      if (none || status === 204 || status === 304 || (status >= 100 && status < 200)) complete();
      else if (chunked) state = 'size';
      else if (length !== undefined) {
        left = Number(length);
        if (left === 0) complete();
        else state = 'body';
      } else if (isRequest) complete();
      else state = 'rest';
      return true;
    },
    body() {
      if (pending.length === 0) return false;
      const part = take(Math.min(left, pending.length));
      left -= part.length;
      on.body(part);
      if (left === 0) complete();
      return true;
    },
    rest() {
      if (pending.length === 0) return false;
      on.body(take(pending.length));
      return true;
    },
    size() {
      const text = line();
      if (text === null) return false;
      left = Number.parseInt(text, 16);
      state = left === 0 ? 'last' : 'chunk';
      return true;
    },
    chunk() {
      if (pending.length < left + 2) return false;
      parts.push(take(left));
      take(2);
      state = 'size';
      return true;
    },
    last() {
      flush();
      if (line() === null) return false;
      complete();
      return true;
    },
  };
  return {
    execute(bytes) {
      pending = pending.length > 0 ? Buffer.concat([pending, bytes]) : bytes;
      if (state === 'head' && pending.length > 0 && !/^[A-Z]/.test(pending.toString('latin1', 0, 1))) throw nodeError(Error, 'HPE_INVALID_METHOD', 'Parse Error: Invalid method encountered');
      while (step[state]()) if (state === 'head' || state === 'last') flush();
      flush();
    },
    /** The peer has ended: a body without a length is complete. Returns whether a message was under way. */
    finish() {
      if (state === 'rest') complete();
      return state !== 'head';
    },
  };
}

module.exports = { createParser };
