'use strict';
// What `http` shares with `https` and no program sees; `http` fills it in.
module.exports = { initServer: null };
