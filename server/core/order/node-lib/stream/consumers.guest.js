'use strict';
// stream/consumers: reads a stream to its end with `for await`.
const { Buffer } = require('buffer');

async function buffer(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}
async function text(stream) {
  const decoder = new TextDecoder();
  let result = '';
  for await (const chunk of stream) result += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  return result + decoder.decode();
}
const json = async stream => JSON.parse(await text(stream));
const arrayBuffer = async stream => Uint8Array.from(await buffer(stream)).buffer;
const blob = async stream => new Blob([await buffer(stream)]);

module.exports = { arrayBuffer, blob, buffer, json, text };
