'use strict';
// Node's `querystring` (doc/api/querystring).
const unescape = text => {
  try { return decodeURIComponent(text); } catch { return text; }
};
const escape = text => encodeURIComponent(typeof text === 'string' ? text : `${text}`).replace(/%(?:21|27|28|29|2A|7E)/g, match => decodeURIComponent(match));
const primitive = value => (typeof value === 'string' ? value : typeof value === 'number' && Number.isFinite(value) ? `${value}` : typeof value === 'bigint' || typeof value === 'boolean' ? `${value}` : '');

function stringify(object, separator = '&', equals = '=', options = undefined) {
  const encode = options && typeof options.encodeURIComponent === 'function' ? options.encodeURIComponent : module.exports.escape;
  if (object === null || typeof object !== 'object') return '';
  const parts = [];
  for (const key of Object.keys(object)) {
    const values = Array.isArray(object[key]) ? object[key] : [object[key]];
    for (const value of values) parts.push(`${encode(primitive(key))}${equals}${encode(primitive(value))}`);
  }
  return parts.join(separator);
}

function parse(text, separator = '&', equals = '=', options = undefined) {
  const result = Object.create(null);
  if (typeof text !== 'string' || text.length === 0) return result;
  const decode = options && typeof options.decodeURIComponent === 'function' ? options.decodeURIComponent : module.exports.unescape;
  const limit = options && typeof options.maxKeys === 'number' ? options.maxKeys : 1000;
  let parts = text.split(separator);
  if (limit > 0) parts = parts.slice(0, limit);
  for (const part of parts) {
    if (part === '') continue;
    const plain = part.replace(/\+/g, ' ');
    const at = plain.indexOf(equals);
    const key = decode(at < 0 ? plain : plain.slice(0, at));
    const value = at < 0 ? '' : decode(plain.slice(at + equals.length));
    if (!(key in result)) result[key] = value;
    else if (Array.isArray(result[key])) result[key].push(value);
    else result[key] = [result[key], value];
  }
  return result;
}

module.exports = { stringify, encode: stringify, parse, decode: parse, escape, unescape };
