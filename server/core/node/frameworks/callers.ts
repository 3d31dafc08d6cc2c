import type { FrameworkModel } from '../registration.ts';

const collections = ['each', 'eachRight', 'forEach', 'forEachRight', 'forIn', 'forOwn', 'map', 'flatMap', 'filter', 'reject', 'find', 'findIndex', 'findLast', 'findKey', 'some', 'every', 'reduce', 'reduceRight', 'sortBy', 'orderBy', 'groupBy', 'keyBy', 'countBy', 'partition', 'mapValues', 'mapKeys', 'pickBy', 'omitBy', 'sumBy', 'maxBy', 'minBy', 'meanBy', 'uniqBy', 'times', 'transform', 'tap', 'thru', 'attempt', 'defaultTo', 'cloneDeepWith', 'mergeWith', 'assignWith', 'isEqualWith', 'takeWhile', 'dropWhile', 'differenceBy', 'unionBy', 'update', 'sortedIndexBy', 'invokeMap'];
const asyncControl = ['series', 'parallel', 'parallelLimit', 'waterfall', 'auto', 'autoInject', 'each', 'eachOf', 'eachSeries', 'eachLimit', 'eachOfSeries', 'eachOfLimit', 'forEach', 'forEachOf', 'forEachSeries', 'forEachLimit', 'map', 'mapSeries', 'mapLimit', 'mapValues', 'mapValuesLimit', 'filter', 'filterSeries', 'filterLimit', 'reject', 'detect', 'some', 'every', 'concat', 'concatSeries', 'reduce', 'reduceRight', 'sortBy', 'transform', 'groupBy', 'times', 'timesSeries', 'timesLimit', 'whilst', 'doWhilst', 'until', 'doUntil', 'forever', 'race', 'retry', 'tryEach', 'applyEach', 'compose', 'seq', 'nextTick', 'setImmediate'];
const every = [{ kind: 'arguments', from: 0 }] as const;

/** Libraries that call a function for whoever hands it to them: now, later in the same work, or wrapped. */
export const callers: FrameworkModel = {
  name: 'Control flow, collections and wrappers',
  docs: 'https://lodash.com/docs https://caolan.github.io/async/ http://bluebirdjs.com/docs/api-reference.html',
  types: [
    { name: 'pqueue.Queue', annotations: [{ modules: ['p-queue'], names: ['', 'PQueue'] }] },
    { name: 'plimit.Limit' },
    { name: 'sql.Transactional', annotations: [{ modules: ['knex'], names: ['Knex'] }, { modules: ['typeorm'], names: ['DataSource', 'EntityManager', 'Connection'] }, { modules: ['mongoose'], names: ['ClientSession', 'Connection'] }], results: { getRepository: 'typeorm.Repository' } },
  ],
  producers: [
    { type: 'pqueue.Queue', modules: ['p-queue', 'bottleneck', 'async-lock', 'async-mutex', 'await-lock'], members: ['', 'PQueue', 'Mutex', 'Semaphore'], by: 'new' },
    { type: 'plimit.Limit', modules: ['p-limit', 'promise-limit', 'p-throttle', 'limit-concur'], members: [''], by: 'call' },
    { type: 'sql.Transactional', modules: ['knex', 'typeorm', 'mongoose'], members: ['', 'DataSource', 'knex'], by: 'either' },
  ],
  registrations: [
    { modules: ['lodash', 'lodash-es', 'underscore', 'ramda', 'radash', 'remeda', 'lodash/fp'], members: collections, handlers: every, role: 'caller', label: 'callback of {member}()' },
    { modules: collections.map(name => `lodash/${name}`), members: [''], handlers: every, role: 'caller', label: 'callback' },
    { modules: ['async', 'neo-async'], members: asyncControl, handlers: every, role: 'caller', label: 'callback of async.{member}()' },
    { modules: asyncControl.map(name => `async/${name}`), members: [''], handlers: every, role: 'caller', label: 'callback' },
    { modules: ['bluebird'], members: ['map', 'mapSeries', 'each', 'filter', 'reduce', 'try', 'attempt', 'using', 'fromCallback', 'fromNode', 'join', 'props', ''], by: 'either', handlers: every, role: 'caller', label: 'callback of Promise.{member}()' },
    { modules: ['p-map', 'p-map-series', 'p-each-series', 'p-filter', 'p-reduce', 'p-all', 'p-series', 'p-props', 'p-times', 'p-whilst', 'p-wait-for', 'p-retry', 'async-retry', 'promise-retry', 'exponential-backoff', 'p-try', 'p-settle', 'p-tap', 'retry', 'co', 'run-series', 'run-parallel', 'step', 'each-limit'], members: ['', 'backOff', 'retry'], handlers: every, role: 'caller', label: 'callback' },
    { type: 'pqueue.Queue', members: ['add', 'addAll', 'schedule', 'wrap', 'acquire', 'runExclusive', 'submit'], handlers: every, role: 'caller', label: 'queued function' },
    { type: 'plimit.Limit', members: [''], handlers: every, role: 'caller', label: 'limited function' },
    { type: 'sql.Transactional', members: ['transaction', 'withTransaction'], handlers: every, role: 'caller', label: 'transaction callback' },
    { modules: ['@opentelemetry/api', '@sentry/node', 'newrelic', 'dd-trace', 'elastic-apm-node', 'cls-hooked', 'continuation-local-storage'], members: ['context.with', 'withScope', 'startSpan', 'startSpanManual', 'withIsolationScope', 'startWebTransaction', 'startBackgroundTransaction', 'startSegment', 'trace'], handlers: every, role: 'caller', label: 'callback' },
    { modules: ['next/server'], members: ['after', 'unstable_after'], handlers: every, role: 'caller', label: 'callback of {member}()' },
    { modules: ['deepmerge', 'clone', 'immer', 'mutative'], members: ['', 'produce', 'create'], handlers: every, role: 'caller', label: 'callback' },
  ],
  wrappers: [
    { modules: ['express-async-handler', 'express-async-wrap', 'express-asyncify', 'express-promise-wrap', 'express-wrap-async', 'middleware-async', 'async-middleware'], members: ['', 'asyncHandler', 'wrap', 'asyncMiddleware', 'asyncify'], argument: 0, effect: 'calls' },
    { modules: ['@awaitjs/express', 'express-promise-router'], members: ['wrap', 'decorateApp'], argument: 0, effect: 'calls' },
    { modules: ['fastify-plugin'], members: ['', 'fastifyPlugin'], argument: 0, effect: 'calls' },
    { modules: ['@middy/core', 'middy'], members: ['', 'middy'], argument: 0, effect: 'calls' },
    { modules: ['next-connect'], members: [''], argument: 0, effect: 'calls' },
    { modules: ['@sentry/nextjs', '@sentry/serverless', '@sentry/aws-serverless', '@sentry/google-cloud-serverless', '@sentry/node'], members: ['withSentry', 'wrapHandler', 'wrapApiHandlerWithSentry', 'AWSLambda.wrapHandler', 'wrapHttpFunction'], argument: 0, effect: 'calls' },
    { modules: ['iron-session/next', 'next-iron-session', 'next-session'], members: ['withIronSessionApiRoute', 'withIronSessionSsr', 'withIronSession', 'withSession'], argument: 0, effect: 'calls' },
    { modules: ['lodash', 'lodash-es', 'underscore', 'ramda', 'radash', 'remeda'], members: ['merge', 'mergeWith', 'assign', 'assignIn', 'extend', 'defaults', 'defaultsDeep', 'mergeRight', 'mergeLeft', 'mergeDeepRight', 'mergeAll'], argument: 0, effect: 'merges' },
    { modules: ['lodash.merge', 'lodash.assign', 'lodash.defaults', 'lodash.defaultsdeep', 'lodash/merge', 'lodash/assign', 'lodash/defaults', 'deepmerge', 'deepmerge-ts', 'defu', 'object-assign', 'xtend', 'extend', 'ts-deepmerge', '@graphql-tools/merge', '@graphql-tools/schema', 'graphql-tools'], members: ['', 'all', 'deepmerge', 'defu', 'mergeResolvers', 'merge'], argument: 0, effect: 'merges' },
    { modules: ['react', 'next/cache'], members: ['cache', 'unstable_cache'], argument: 0, effect: 'calls' },
    { modules: ['h3', '#imports', 'globals'], members: ['fromNodeMiddleware', 'toNodeListener', 'defineNodeListener'], argument: 0, effect: 'calls' },

    { modules: ['util'], members: ['promisify'], argument: 0, effect: 'promisified' },
    { modules: ['es6-promisify', 'pify', 'bluebird', 'util.promisify', 'promisify-any', 'denodeify', 'thenify', 'any-promise', 'universalify'], members: ['', 'promisify', 'default', 'fromCallback'], argument: 0, effect: 'promisified' },
    { modules: ['promise', 'q', 'rsvp'], members: ['denodeify', 'nodeify', 'nbind'], argument: 0, effect: 'promisified' },
    { modules: ['util'], members: ['callbackify'], argument: 0, effect: 'callbackified' },
    { modules: ['async'], members: ['asyncify', 'ensureAsync', 'reflect', 'timeout', 'apply', 'unmemoize'], argument: 0, effect: 'calls' },
    { modules: ['util'], members: ['deprecate', 'debounce', 'throttle'], argument: 0, effect: 'calls' },
    { modules: ['async_hooks'], members: ['AsyncResource.bind', 'AsyncLocalStorage.bind'], argument: 0, effect: 'calls' },
    { modules: ['bluebird'], members: ['method', 'coroutine'], argument: 0, effect: 'calls' },
    { modules: ['co'], members: ['wrap'], argument: 0, effect: 'calls' },
    { modules: ['lodash', 'lodash-es', 'underscore', 'ramda', 'lodash/fp'], members: ['throttle', 'debounce', 'partial', 'partialRight', 'bind', 'curry', 'curryRight', 'ary', 'unary', 'rearg', 'negate', 'flip', 'spread', 'rest', 'before', 'overArgs', 'complement'], argument: 0, effect: 'calls' },
    { modules: ['throttle', 'debounce', 'partial', 'partialRight', 'bind', 'curry', 'ary', 'unary', 'negate', 'flip'].map(name => `lodash/${name}`), members: [''], argument: 0, effect: 'calls' },
    { modules: ['lodash.throttle', 'lodash.debounce', 'debounce', 'throttle-debounce', 'p-debounce', 'p-throttle', 'debounce-fn', 'just-debounce-it', 'just-throttle'], members: ['', 'throttle', 'debounce'], argument: 0, effect: 'calls' },
    { modules: ['lodash', 'lodash-es', 'underscore'], members: ['after', 'wrap'], argument: 1, effect: 'calls' },
    { modules: ['lodash', 'lodash-es', 'underscore', 'ramda'], members: ['once', 'memoize', 'memoizeWith'], argument: 0, effect: 'memoised' },
    { modules: ['lodash/once', 'lodash/memoize', 'lodash.once', 'lodash.memoize', 'once', 'onetime', 'mem', 'memoize', 'memoizee', 'memoizee/promise', 'memoize-one', 'moize', 'micro-memoize', 'fast-memoize', 'nano-memoize', 'p-memoize', 'memoizerific', 'promise-memoize', 'memoizee/weak'], members: ['', 'once', 'memoize', 'memoizeOne', 'strict'], argument: 0, effect: 'memoised' },
    { modules: ['async'], members: ['memoize'], argument: 0, effect: 'memoised' },
  ],
};
