'use strict';
// The environment of a thread or process that the program starts.
const { isUnknown, likely } = internalBinding('process');

/** JSON of the variables whose values the program determines. */
exports.environmentOf = env => {
  const known = {};
  for (const name of Object.keys(env)) {
    if (!isUnknown(env[name]) && env[name] !== undefined) known[name] = `${likely(env[name])}`;
  }
  return JSON.stringify(known);
};
