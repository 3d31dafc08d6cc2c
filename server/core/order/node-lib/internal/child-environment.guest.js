'use strict';
// The environment of a thread or process that the program starts.
const { isUnknown, likely } = internalBinding('process');

/** JSON of the variables whose values the program determines. */
exports.environmentOf = given => {
  // Of the others not even the names are known, and a child's are as open as its parent's.
  const env = given === process.env ? internalBinding('process').env : given;
  const known = {};
  for (const name of Object.keys(env)) {
    if (!isUnknown(env[name]) && env[name] !== undefined) known[name] = `${likely(env[name])}`;
  }
  return JSON.stringify(known);
};
