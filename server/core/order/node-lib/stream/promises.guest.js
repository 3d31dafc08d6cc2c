'use strict';
const { finishedPromise, pipelinePromise } = require('internal/stream-end');

module.exports = { finished: finishedPromise, pipeline: pipelinePromise };
