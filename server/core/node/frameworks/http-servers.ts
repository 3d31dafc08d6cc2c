import { requestInput, webRequestInput } from '../request-input.ts';
import type { FrameworkModel, HandlerSelector, Registration } from '../registration.ts';

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all'];
const expressVerbs = [...verbs, 'del', 'checkout', 'connect', 'copy', 'link', 'lock', 'm-search', 'merge', 'mkactivity', 'mkcol', 'move', 'notify', 'propfind', 'proppatch', 'purge', 'query', 'report', 'search', 'source', 'subscribe', 'trace', 'unbind', 'unlink', 'unlock', 'unsubscribe'];
const requestNames = ['req', 'request', 'err', 'error'];
const contextNames = ['ctx', 'context', 'c'];
const everyArgument: readonly HandlerSelector[] = [{ kind: 'arguments', from: 0 }];

/** Verbs and `use` of a router with (req, res, next) handlers. */
function expressRoutes(type: string): Registration[] {
  const params = { 0: 'express.Request', 1: 'express.Response' };
  return [
    { type, members: expressVerbs, handlers: everyArgument, role: 'request', label: '{MEMBER} {0} handler', params, likely: 'path' },
    { type, members: ['use'], handlers: everyArgument, role: 'request', label: '{0} middleware', params, likely: 'handler', parameterNames: requestNames },
    { type, members: ['use'], handlers: everyArgument, role: 'request', label: '{0} middleware', params, likely: 'path' },
    { type, members: ['param'], handlers: [{ kind: 'arguments', from: 0 }], role: 'request', label: 'parameter {0} handler', params },
    { type, members: ['ws'], handlers: [{ kind: 'arguments', from: 1 }], role: 'request', label: 'WebSocket {0} handler', params: { 0: 'ws.WebSocket', 1: 'express.Request' }, likely: 'path' },
  ];
}

const express: FrameworkModel = {
  name: 'Express, connect, router, polka, restify',
  docs: 'https://expressjs.com/en/4x/api.html',
  types: [
    { name: 'express.Router', annotations: [{ modules: ['express', 'express-serve-static-core', 'router', 'express-promise-router'], names: ['Router', 'IRouter'] }], results: { route: 'express.Route' }, chainable: true, names: ['router', 'routes', 'route', 'api', 'apiRouter', 'authRouter', 'adminRouter', 'r'] },
    { name: 'express.Application', extends: ['express.Router'], annotations: [{ modules: ['express', 'express-serve-static-core'], names: ['Application', 'Express', 'Core.Express'] }, { modules: ['express-ws'], names: ['Application'] }], results: { listen: 'http.Server' }, properties: { router: 'express.Router' }, names: ['app', 'application', 'expressApp', 'web', 'server'] },
    { name: 'express.Route', annotations: [{ modules: ['express', 'express-serve-static-core'], names: ['IRoute', 'Route'] }], chainable: true },
    { name: 'express.Request', extends: ['http.IncomingMessage'], annotations: [{ modules: ['express', 'express-serve-static-core', 'restify'], names: ['Request'] }], properties: { app: 'express.Application' }, input: requestInput },
    { name: 'express.Response', extends: ['http.ServerResponse'], annotations: [{ modules: ['express', 'express-serve-static-core', 'restify'], names: ['Response'] }], properties: { app: 'express.Application' } },
    { name: 'restify.Server', extends: ['express.Router'], annotations: [{ modules: ['restify'], names: ['Server'] }], properties: { server: 'http.Server' } },
  ],
  producers: [
    { type: 'express.Application', modules: ['express', 'polka', 'connect', '@feathersjs/express', 'restana', 'ultimate-express'], members: ['', 'express'], by: 'call' },
    { type: 'express.Application', modules: ['@tinyhttp/app'], members: ['App'], by: 'new' },
    { type: 'express.Application', modules: ['hyper-express'], members: ['Server'], by: 'new' },
    { type: 'express.Router', modules: ['express', 'express-promise-router', 'router', 'hyper-express'], members: ['Router', 'Router.Router'], by: 'either' },
    { type: 'express.Router', modules: ['router', 'express-promise-router', 'restify-router'], members: ['', 'Router'], by: 'either' },
    { type: 'restify.Server', modules: ['restify'], members: ['createServer'], by: 'call' },
  ],
  registrations: [
    ...expressRoutes('express.Router'),
    { type: 'express.Application', members: ['engine'], handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: 'view engine {0}' },
    { type: 'express.Application', members: ['listen'], handlers: [{ kind: 'argument', index: -1 }], role: 'startup', label: 'listen callback' },
    { type: 'express.Application', members: ['on', 'once'], handlers: [{ kind: 'argument', index: 1 }], role: 'startup', label: 'app {0} listener' },
    { type: 'express.Route', members: expressVerbs, handlers: everyArgument, role: 'request', label: '{MEMBER} route handler', params: { 0: 'express.Request', 1: 'express.Response' } },
    { type: 'restify.Server', members: ['pre'], handlers: everyArgument, role: 'request', label: 'pre handler', params: { 0: 'express.Request', 1: 'express.Response' } },
    { type: 'restify.Server', members: ['listen'], handlers: [{ kind: 'argument', index: -1 }], role: 'startup', label: 'listen callback' },
    { type: 'restify.Server', members: ['on', 'once'], handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: 'server {0} listener', params: { 0: 'express.Request', 1: 'express.Response' } },
    { modules: ['express', 'body-parser'], members: ['json', 'urlencoded', 'raw', 'text'], handlers: [{ kind: 'properties', index: 0, paths: ['verify', 'type', 'reviver'] }], role: 'request', label: 'body parser {property}', params: { 0: 'express.Request', 1: 'express.Response' } },
    { modules: ['express', 'serve-static'], members: ['static', ''], handlers: [{ kind: 'properties', index: 1, paths: ['setHeaders'] }], role: 'request', label: 'static files {property}', params: { 0: 'express.Response' } },
    { modules: ['express-rate-limit', 'express-slow-down'], members: ['', 'rateLimit', 'slowDown'], handlers: [{ kind: 'properties', index: 0, paths: ['handler', 'keyGenerator', 'skip', 'limit', 'max', 'requestWasSuccessful', 'message'] }], role: 'request', label: 'rate limit {property}', params: { 0: 'express.Request', 1: 'express.Response' } },
    { modules: ['cors', '@fastify/cors', '@koa/cors'], members: [''], handlers: [{ kind: 'argument', index: 0 }, { kind: 'properties', index: 0, paths: ['origin'] }], role: 'request', label: 'CORS {property}' },
    { modules: ['on-finished', 'on-headers'], members: [''], handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: 'response listener' },
    { modules: ['morgan'], members: ['', 'token', 'format'], handlers: [{ kind: 'arguments', from: 0 }, { kind: 'properties', index: 1, paths: ['skip'] }], role: 'request', label: 'request logger' },
    { modules: ['express-validator'], members: ['body.custom', 'check.custom'], handlers: everyArgument, role: 'request', label: 'validator' },
    { modules: ['http-proxy-middleware'], members: ['createProxyMiddleware', ''], handlers: [{ kind: 'argument', index: 0 }, { kind: 'properties', index: 0, paths: ['router', 'pathRewrite', 'pathFilter', 'onProxyReq', 'onProxyRes', 'onError', 'on.proxyReq', 'on.proxyRes', 'on.error'] }, { kind: 'properties', index: 1, paths: ['router', 'pathRewrite', 'onProxyReq', 'onProxyRes', 'onError'] }], role: 'request', label: 'proxy {property}' },
    { modules: ['micro', 'micro/lib', 'microrouter'], members: ['', 'serve', 'run', ...verbs], handlers: everyArgument, role: 'request', label: 'request handler', params: { 0: 'http.IncomingMessage', 1: 'http.ServerResponse' } },
  ],
};

const koa: FrameworkModel = {
  name: 'Koa',
  docs: 'https://koajs.com/',
  types: [
    { name: 'koa.Application', annotations: [{ modules: ['koa'], names: ['', 'Application'] }], results: { listen: 'http.Server' }, properties: { ws: 'koa.Application' }, chainable: true, names: ['app', 'koa'] },
    { name: 'koa.Router', annotations: [{ modules: ['koa-router', '@koa/router', 'koa-joi-router'], names: ['', 'Router'] }], chainable: true, names: ['router'] },
    { name: 'koa.Context', annotations: [{ modules: ['koa'], names: ['Context', 'ParameterizedContext', 'DefaultContext'] }], properties: { req: 'http.IncomingMessage', res: 'http.ServerResponse', request: 'koa.Request', app: 'koa.Application', websocket: 'ws.WebSocket' }, input: requestInput },
    { name: 'koa.Request', annotations: [{ modules: ['koa'], names: ['Request'] }], properties: { req: 'http.IncomingMessage' }, input: requestInput },
  ],
  producers: [
    { type: 'koa.Application', modules: ['koa', 'koa-websocket'], members: [''], by: 'either' },
    { type: 'koa.Router', modules: ['koa-router', '@koa/router', 'koa-better-router', 'koa-tree-router', 'koa-joi-router'], members: ['', 'Router'], by: 'either' },
  ],
  registrations: [
    { type: 'koa.Application', members: ['use'], handlers: everyArgument, role: 'request', label: 'Koa middleware', params: { 0: 'koa.Context' }, likely: 'handler', parameterNames: contextNames },
    { type: 'koa.Application', members: ['on', 'once'], handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: 'app {0} listener' },
    { type: 'koa.Application', members: ['listen'], handlers: [{ kind: 'argument', index: -1 }], role: 'startup', label: 'listen callback' },
    { type: 'koa.Router', members: [...verbs, 'del', 'link', 'unlink'], handlers: everyArgument, role: 'request', label: '{MEMBER} {0} handler', params: { 0: 'koa.Context' }, likely: 'path' },
    { type: 'koa.Router', members: ['use'], handlers: everyArgument, role: 'request', label: '{0} middleware', params: { 0: 'koa.Context' }, likely: 'handler', parameterNames: contextNames },
    { type: 'koa.Router', members: ['register'], handlers: [{ kind: 'arguments', from: 2 }], role: 'request', label: '{0} handler', params: { 0: 'koa.Context' } },
    { type: 'koa.Router', members: ['param'], handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: 'parameter {0} handler' },
    { type: 'koa.Router', members: ['route'], handlers: [{ kind: 'argument', index: -1 }, { kind: 'properties', index: 0, paths: ['handler', 'pre'] }], role: 'request', label: 'route handler' },
    { modules: ['koa-compose'], members: [''], handlers: everyArgument, role: 'request', label: 'Koa middleware', params: { 0: 'koa.Context' } },
    { modules: ['koa-route'], members: verbs, handlers: everyArgument, role: 'request', label: '{MEMBER} {0} handler', params: { 0: 'koa.Context' } },
    { modules: ['koa-mount'], members: [''], handlers: everyArgument, role: 'request', label: '{0} middleware', params: { 0: 'koa.Context' } },
    { modules: ['koa-body', 'koa-bodyparser', '@koa/bodyparser'], members: ['', 'koaBody', 'bodyParser'], handlers: [{ kind: 'properties', index: 0, paths: ['onError', 'onerror', 'detectJSON', 'formidable.onFileBegin'] }], role: 'request', label: 'body parser {property}' },
  ],
};

const fastifyRouteOptions = ['handler', 'onRequest', 'preParsing', 'preValidation', 'preHandler', 'preSerialization', 'onSend', 'onResponse', 'onError', 'onTimeout', 'onRequestAbort', 'errorHandler', 'wsHandler', 'validatorCompiler', 'validatorCompiler()', 'serializerCompiler', 'serializerCompiler()'];

const fastify: FrameworkModel = {
  name: 'Fastify',
  docs: 'https://fastify.dev/docs/latest/Reference/Server/',
  types: [
    { name: 'fastify.Instance', annotations: [{ modules: ['fastify'], names: ['FastifyInstance'] }], properties: { server: 'http.Server', io: 'socket.io.Server', websocketServer: 'ws.Server' }, results: { listen: 'fastify.Instance' }, chainable: true, names: ['fastify', 'app', 'server', 'instance', 'f'] },
    { name: 'fastify.Request', annotations: [{ modules: ['fastify'], names: ['FastifyRequest'] }], properties: { raw: 'http.IncomingMessage', socket: 'net.Socket', server: 'fastify.Instance' }, input: requestInput },
    { name: 'fastify.Reply', annotations: [{ modules: ['fastify'], names: ['FastifyReply'] }], properties: { raw: 'http.ServerResponse', server: 'fastify.Instance' } },
  ],
  producers: [{ type: 'fastify.Instance', modules: ['fastify'], members: ['', 'fastify', 'Fastify'], by: 'call' }],
  registrations: [
    { type: 'fastify.Instance', members: verbs, handlers: [{ kind: 'argument', index: -1 }, { kind: 'properties', index: 1, paths: fastifyRouteOptions }], role: 'request', label: '{MEMBER} {0} {property} handler', params: { 0: 'fastify.Request', 1: 'fastify.Reply' }, likely: 'path' },
    { type: 'fastify.Instance', members: ['route'], handlers: [{ kind: 'properties', index: 0, paths: fastifyRouteOptions }], role: 'request', label: '{0.method} {0.url} {property}', params: { 0: 'fastify.Request', 1: 'fastify.Reply' } },
    { type: 'fastify.Instance', members: ['addHook'], when: { argument: 0, in: ['onReady', 'onListen', 'onRoute', 'onRegister'] }, handlers: [{ kind: 'argument', index: 1 }], role: 'startup', label: '{0} hook', likely: 'event' },
    { type: 'fastify.Instance', members: ['addHook'], when: { argument: 0, in: ['preClose', 'onClose'] }, handlers: [{ kind: 'argument', index: 1 }], role: 'shutdown', label: '{0} hook', params: { 0: 'fastify.Instance' }, likely: 'event' },
    { type: 'fastify.Instance', members: ['addHook'], handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: '{0} hook', params: { 0: 'fastify.Request', 1: 'fastify.Reply' }, likely: 'event' },
    { type: 'fastify.Instance', members: ['setErrorHandler'], handlers: [{ kind: 'argument', index: 0 }], role: 'request', label: 'error handler', params: { 1: 'fastify.Request', 2: 'fastify.Reply' } },
    { type: 'fastify.Instance', members: ['setNotFoundHandler'], handlers: [{ kind: 'argument', index: -1 }, { kind: 'properties', index: 0, paths: ['preHandler', 'preValidation'] }], role: 'request', label: 'not-found handler', params: { 0: 'fastify.Request', 1: 'fastify.Reply' } },
    { type: 'fastify.Instance', members: ['addContentTypeParser'], handlers: [{ kind: 'argument', index: -1 }], role: 'request', label: '{0} parser', params: { 0: 'fastify.Request' } },
    { type: 'fastify.Instance', members: ['setValidatorCompiler', 'setSerializerCompiler', 'setReplySerializer', 'setSchemaErrorFormatter', 'setChildLoggerFactory', 'setGenReqId'], handlers: [{ kind: 'argument', index: 0 }, { kind: 'returned', index: 0 }], role: 'request', label: '{member}' },
    { type: 'fastify.Instance', members: ['decorate', 'decorateRequest', 'decorateReply'], handlers: [{ kind: 'argument', index: 1 }, { kind: 'properties', index: 1, paths: ['getter', 'setter'] }], role: 'request', label: 'decorator {0}', params: { 0: 'fastify.Request', 1: 'fastify.Reply' } },
    { type: 'fastify.Instance', members: ['use'], handlers: everyArgument, role: 'request', label: '{0} middleware', params: { 0: 'http.IncomingMessage', 1: 'http.ServerResponse' } },
    { type: 'fastify.Instance', members: ['register'], plugin: ['mercurius'], handlers: [{ kind: 'properties', index: 1, paths: ['resolvers.*.*', 'resolvers.*.*.subscribe', 'loaders.*.*', 'loaders.*.*.loader', 'context', 'errorFormatter', 'errorHandler', 'subscription.context', 'subscription.onConnect', 'subscription.verifyClient', 'subscription.onDisconnect'] }], role: 'request', label: 'GraphQL {path}', params: { 1: 'client.Body' } },
    { type: 'fastify.Instance', members: ['register'], plugin: ['@trpc/server/adapters/fastify'], handlers: [{ kind: 'properties', index: 1, paths: ['trpcOptions.createContext', 'trpcOptions.onError', 'trpcOptions.responseMeta'] }], role: 'request', label: 'tRPC {property}' },
    { type: 'fastify.Instance', members: ['register'], plugin: ['@connectrpc/connect-fastify'], handlers: [{ kind: 'properties', index: 1, paths: ['routes'] }], role: 'startup', label: 'Connect routes', params: { 0: 'connect.Router' } },
    { type: 'fastify.Instance', members: ['register'], plugin: ['@fastify/jwt', '@fastify/cors', '@fastify/rate-limit', '@fastify/basic-auth', '@fastify/bearer-auth', '@fastify/static', '@fastify/http-proxy', '@fastify/websocket', '@fastify/session', '@fastify/secure-session', '@fastify/oauth2', '@fastify/multipart', '@fastify/middie', '@fastify/view', '@fastify/circuit-breaker', '@fastify/caching', '@fastify/auth', '@as-integrations/fastify', '@fastify/helmet'], handlers: [{ kind: 'argument', index: 1 }, { kind: 'properties', index: 1, paths: ['verify.*', 'trusted', 'formatUser', 'decode.*', 'secret', 'origin', 'delegator', 'max', 'keyGenerator', 'allowList', 'errorResponseBuilder', 'onExceeded', 'onExceeding', 'validate', 'auth', 'setHeaders', 'allowedPath', 'preHandler', 'preValidation', 'replyOptions.onResponse', 'replyOptions.onError', 'replyOptions.rewriteHeaders', 'replyOptions.rewriteRequestHeaders', 'errorHandler', 'options.verifyClient', 'callbackUri', 'generateStateFunction', 'checkStateFunction', 'onFile', 'context'] }], role: 'request', label: 'plugin {property}', params: { 0: 'fastify.Request', 1: 'fastify.Reply' } },
    { type: 'fastify.Instance', members: ['register'], handlers: [{ kind: 'argument', index: 0 }], role: 'startup', label: 'plugin', params: { 0: 'fastify.Instance' }, likely: 'handler', parameterNames: ['fastify', 'app', 'instance', 'f', 'server'] },
    { type: 'fastify.Instance', members: ['after', 'ready', 'listen'], handlers: [{ kind: 'argument', index: -1 }], role: 'startup', label: '{member} callback' },
    { type: 'fastify.Instance', members: ['close'], handlers: [{ kind: 'argument', index: -1 }], role: 'shutdown', label: 'close callback' },
    { modules: ['fastify-plugin'], members: ['', 'fastifyPlugin'], handlers: [{ kind: 'argument', index: 0 }], role: 'startup', label: 'plugin', params: { 0: 'fastify.Instance' } },
  ],
  files: [
    { files: ['{,src/}{routes,plugins,hooks}/**/*.{js,cjs,mjs,ts,cts,mts}'], packages: ['@fastify/autoload', 'fastify-autoload'], exports: ['default'], take: 'function', role: 'startup', label: 'plugin {file}', params: { 0: 'fastify.Instance' } },
  ],
};

const hapiEvents = ['onRequest', 'onPreAuth', 'onCredentials', 'onPostAuth', 'onPreHandler', 'onPostHandler', 'onPreResponse', 'onPostResponse', 'onPreCookies'];
const hapiRoute = ['handler', 'options.handler', 'config.handler', 'options.pre', 'options.pre.method', 'config.pre', 'config.pre.method', 'options.validate.failAction', 'options.validate.payload', 'options.validate.query', 'options.response.failAction', ...hapiEvents.map(event => `options.ext.${event}.method`)];

const hapi: FrameworkModel = {
  name: 'hapi',
  docs: 'https://hapi.dev/api/',
  types: [
    { name: 'hapi.Server', annotations: [{ modules: ['@hapi/hapi', 'hapi'], names: ['Server'] }], properties: { auth: 'hapi.Auth', events: 'hapi.Events', listener: 'http.Server' } },
    { name: 'hapi.Auth' },
    { name: 'hapi.Events', extends: ['events.EventEmitter'] },
    { name: 'hapi.Request', annotations: [{ modules: ['@hapi/hapi', 'hapi'], names: ['Request'] }], properties: { server: 'hapi.Server', events: 'events.EventEmitter' }, input: requestInput },
  ],
  producers: [{ type: 'hapi.Server', modules: ['@hapi/hapi', 'hapi'], members: ['server', 'Server'], by: 'either' }],
  registrations: [
    { type: 'hapi.Server', members: ['route'], handlers: [{ kind: 'properties', index: 0, paths: hapiRoute }], role: 'request', label: '{0.method} {0.path} {property}', params: { 0: 'hapi.Request' } },
    { type: 'hapi.Server', members: ['ext'], when: { argument: 0, in: ['onPreStart', 'onPostStart'] }, handlers: [{ kind: 'argument', index: 1 }], role: 'startup', label: '{0} extension', params: { 0: 'hapi.Server' } },
    { type: 'hapi.Server', members: ['ext'], when: { argument: 0, in: ['onPreStop', 'onPostStop'] }, handlers: [{ kind: 'argument', index: 1 }], role: 'shutdown', label: '{0} extension', params: { 0: 'hapi.Server' } },
    { type: 'hapi.Server', members: ['ext'], handlers: [{ kind: 'argument', index: 1 }, { kind: 'properties', index: 0, paths: ['method'] }], role: 'request', label: '{0} extension', params: { 0: 'hapi.Request' } },
    { type: 'hapi.Server', members: ['method'], handlers: [{ kind: 'argument', index: 1 }, { kind: 'properties', index: 0, paths: ['method'] }], role: 'request', label: 'server method {0}' },
    { type: 'hapi.Server', members: ['decorate', 'handler'], handlers: [{ kind: 'argument', index: -1 }], role: 'request', label: 'decoration' },
    { type: 'hapi.Server', members: ['register'], handlers: [{ kind: 'properties', index: 0, paths: ['register', 'plugin.register'] }], role: 'startup', label: 'plugin', params: { 0: 'hapi.Server' } },
    { type: 'hapi.Auth', members: ['scheme'], handlers: [{ kind: 'returned', index: 1, paths: ['authenticate', 'payload', 'response', 'verify'] }], role: 'request', label: 'authentication scheme {0}', params: { 0: 'hapi.Request' } },
    { type: 'hapi.Auth', members: ['strategy'], handlers: [{ kind: 'properties', index: 2, paths: ['validate', 'validateFunc', 'validateFunction', 'verify', 'cookie.validate'] }], role: 'request', label: 'authentication strategy {0}', params: { 0: 'hapi.Request' } },
    { type: 'hapi.Events', members: ['on', 'once'], when: { argument: 0, in: ['start'] }, handlers: [{ kind: 'argument', index: 1 }], role: 'startup', label: 'server {0} listener' },
    { type: 'hapi.Events', members: ['on', 'once'], when: { argument: 0, in: ['stop', 'closing'] }, handlers: [{ kind: 'argument', index: 1 }], role: 'shutdown', label: 'server {0} listener' },
    { type: 'hapi.Events', members: ['on', 'once'], handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: 'server {0} listener' },
  ],
  files: [
    { files: ['**/*.{js,cjs,mjs,ts}'], packages: ['@hapi/hapi', 'hapi'], exports: ['plugin'], take: 'members', methods: ['register'], role: 'startup', label: 'plugin {file}', params: { 0: 'hapi.Server' } },
  ],
};

const modern: FrameworkModel = {
  name: 'Hono, Elysia, h3/Nitro, uWebSockets.js, itty-router, find-my-way',
  docs: 'https://hono.dev/docs/api/routing',
  types: [
    { name: 'hono.Hono', annotations: [{ modules: ['hono', 'hono/tiny', 'hono/quick', '@hono/zod-openapi'], names: ['Hono', 'OpenAPIHono'] }], chainable: true, names: ['app', 'api', 'router'] },
    { name: 'hono.Context', annotations: [{ modules: ['hono'], names: ['Context'] }], properties: { req: 'hono.Request' } },
    { name: 'hono.Request', annotations: [{ modules: ['hono'], names: ['HonoRequest'] }], input: webRequestInput },
    { name: 'elysia.Elysia', annotations: [{ modules: ['elysia'], names: ['', 'Elysia'] }], chainable: true },
    { name: 'h3.App', chainable: true },
    { name: 'uws.App', annotations: [{ modules: ['uWebSockets.js'], names: ['TemplatedApp'] }], chainable: true },
    { name: 'router.Simple', chainable: true },
  ],
  producers: [
    { type: 'hono.Hono', modules: ['hono', 'hono/tiny', 'hono/quick', '@hono/zod-openapi'], members: ['Hono', 'OpenAPIHono'], by: 'new' },
    { type: 'elysia.Elysia', modules: ['elysia'], members: ['', 'Elysia'], by: 'new' },
    { type: 'h3.App', modules: ['h3'], members: ['createApp', 'createRouter', 'H3'], by: 'either' },
    { type: 'uws.App', modules: ['uWebSockets.js'], members: ['App', 'SSLApp'], by: 'either' },
    { type: 'router.Simple', modules: ['itty-router', 'find-my-way', 'trouter', '0http'], members: ['', 'Router', 'AutoRouter', 'IttyRouter'], by: 'either' },
  ],
  registrations: [
    { type: 'hono.Hono', members: [...verbs, 'use', 'on', 'openapi'], handlers: everyArgument, role: 'request', label: '{MEMBER} {0} handler', params: { 0: 'hono.Context' }, likely: 'path' },
    { type: 'hono.Hono', members: ['use'], handlers: everyArgument, role: 'request', label: 'middleware', params: { 0: 'hono.Context' }, likely: 'handler', parameterNames: contextNames },
    { type: 'hono.Hono', members: ['notFound', 'onError', 'mount'], handlers: everyArgument, role: 'request', label: '{member} handler' },
    { modules: ['hono/factory'], members: ['createMiddleware'], handlers: everyArgument, role: 'request', label: 'middleware' },
    { type: 'elysia.Elysia', members: [...verbs, 'route'], handlers: [{ kind: 'arguments', from: 1 }, { kind: 'properties', index: 2, paths: ['beforeHandle', 'afterHandle', 'transform', 'parse', 'error'] }], role: 'request', label: '{MEMBER} {0} handler' },
    { type: 'elysia.Elysia', members: ['ws'], handlers: [{ kind: 'properties', index: 1, paths: ['open', 'message', 'close', 'drain', 'upgrade', 'beforeHandle'] }], role: 'request', label: 'WebSocket {0} {property}' },
    { type: 'elysia.Elysia', members: ['onRequest', 'onParse', 'onTransform', 'onBeforeHandle', 'onAfterHandle', 'onAfterResponse', 'onError', 'derive', 'resolve', 'mapResponse'], handlers: everyArgument, role: 'request', label: '{member} hook' },
    { type: 'elysia.Elysia', members: ['onStart'], handlers: everyArgument, role: 'startup', label: 'start hook' },
    { type: 'elysia.Elysia', members: ['onStop'], handlers: everyArgument, role: 'shutdown', label: 'stop hook' },
    { type: 'elysia.Elysia', members: ['group', 'guard', 'use'], handlers: everyArgument, role: 'startup', label: 'group {0}', params: { 0: 'elysia.Elysia' } },
    { type: 'h3.App', members: [...verbs, 'use', 'add', 'on'], handlers: everyArgument, role: 'request', label: '{MEMBER} {0} handler' },
    { modules: ['h3', 'nitropack', 'nitropack/runtime', 'nitro', 'nitro/h3', '#imports', 'globals'], members: ['defineEventHandler', 'eventHandler', 'defineHandler', 'defineCachedEventHandler', 'cachedEventHandler', 'defineRequestMiddleware', 'defineWebSocketHandler', 'defineRenderHandler', 'defineCachedFunction', 'cachedFunction'], handlers: [{ kind: 'argument', index: 0 }, { kind: 'properties', index: 0, paths: ['handler', 'onRequest', 'onBeforeResponse', 'open', 'message', 'close', 'upgrade'] }], role: 'request', label: 'event handler' },
    { modules: ['h3', 'nitropack/runtime', 'nitro/h3', '#imports', 'globals'], members: ['lazyEventHandler', 'defineLazyEventHandler'], handlers: [{ kind: 'returned', index: 0 }], role: 'request', label: 'event handler' },
    { modules: ['nitropack/runtime', 'nitro', '#imports', 'globals'], members: ['defineNitroPlugin'], handlers: [{ kind: 'argument', index: 0 }], role: 'startup', label: 'Nitro plugin' },
    { modules: ['nitropack/runtime', 'nitro', '#imports', 'globals'], members: ['defineTask'], handlers: [{ kind: 'properties', index: 0, paths: ['run'] }], role: 'background', label: 'Nitro task' },
    { type: 'uws.App', members: [...verbs, 'any', 'del', 'connect', 'trace'], handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: '{MEMBER} {0} handler' },
    { type: 'uws.App', members: ['ws'], handlers: [{ kind: 'properties', index: 1, paths: ['open', 'message', 'upgrade', 'drain', 'close', 'ping', 'pong', 'subscription'] }], role: 'request', label: 'WebSocket {0} {property}' },
    { type: 'uws.App', members: ['listen'], handlers: [{ kind: 'argument', index: -1 }], role: 'startup', label: 'listen callback' },
    { type: 'router.Simple', members: [...verbs, 'on', 'add', 'use'], handlers: everyArgument, role: 'request', label: '{MEMBER} {0} handler' },
    { modules: ['bun', 'globals'], members: ['serve', 'Bun.serve', 'Deno.serve'], handlers: [{ kind: 'argument', index: -1 }, { kind: 'properties', index: 0, paths: ['fetch', 'error', 'routes.*', 'routes.*.*', 'websocket.*'] }], role: 'request', label: 'request handler' },
    { modules: ['@hono/node-server'], members: ['serve'], handlers: [{ kind: 'properties', index: 0, paths: ['fetch'] }], role: 'request', label: 'fetch handler' },
  ],
};

/** Libraries whose main business is answering HTTP requests. */
export const httpServers: readonly FrameworkModel[] = [express, koa, fastify, hapi, modern];
