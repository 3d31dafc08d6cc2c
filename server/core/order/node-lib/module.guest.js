'use strict';
const binding = internalBinding('process');

function Module(id = '', parent = undefined) {
  this.id = id;
  this.path = id;
  this.exports = {};
  this.filename = null;
  this.loaded = false;
  this.children = [];
  this.parent = parent;
}
Module.Module = Module;
Module.builtinModules = binding.builtinModules;
Module.isBuiltin = name => binding.isBuiltin(`${name}`.replace(/^node:/, ''));
Module.createRequire = from => internalBinding('modules').createRequire(typeof from === 'string' && !from.startsWith('file:') ? from : decodeURIComponent(`${from.href || from}`.replace(/^file:\/\//, '')));
Module.syncBuiltinESMExports = () => {};
Module.enableCompileCache = () => ({ status: 3 });
Module.findSourceMap = () => undefined;
module.exports = Module;
