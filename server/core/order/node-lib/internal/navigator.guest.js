'use strict';
const { unknown, version } = internalBinding('process');

module.exports = {
  navigator: {
    get hardwareConcurrency() { return unknown('navigator.hardwareConcurrency', 'number'); },
    get language() { return unknown('navigator.language', 'string'); },
    get languages() { return [unknown('navigator.language', 'string')]; },
    userAgent: `Node.js/${version.slice(1).split('.')[0]}`,
    platform: 'linux',
  },
};
