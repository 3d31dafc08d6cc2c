import type { FrameworkModel } from '../registration.ts';

const listen = ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'];
const last = [{ kind: 'argument', index: -1 }] as const;
const every = [{ kind: 'arguments', from: 0 }] as const;
const first = [{ kind: 'argument', index: 0 }] as const;

const rpc: FrameworkModel = {
  name: 'tRPC, oRPC, ts-rest, Connect, JSON-RPC, OpenAPI back ends, server actions',
  docs: 'https://trpc.io/docs/server/procedures https://orpc.unnoq.com/docs/procedure https://ts-rest.com/server/express https://connectrpc.com/docs/node/implementing-services',
  types: [
    { name: 'trpc.Init', results: { context: 'trpc.Init', meta: 'trpc.Init', create: 'trpc.Instance' } },
    { name: 'trpc.Options', input: { input: 'body', rawInput: 'body' } },
    { name: 'trpc.Middleware', annotations: [{ modules: ['@trpc/server'], names: ['TRPCMiddlewareBuilder'] }], chainable: true },
    { name: 'orpc.Builder', annotations: [{ modules: ['@orpc/server'], names: ['Builder'] }], chainable: true },
    { name: 'orpc.Contract', extends: ['orpc.Builder'], properties: { '*': 'orpc.Contract' } },
    { name: 'orpc.Options', input: { input: 'body' } },
    { name: 'tsrest.Server' },
    { name: 'connect.Router', annotations: [{ modules: ['@connectrpc/connect'], names: ['ConnectRouter'] }], chainable: true },
    { name: 'jsonrpc.Server', annotations: [{ modules: ['json-rpc-2.0'], names: ['JSONRPCServer', 'JSONRPCServerAndClient'] }] },
    { name: 'openapi.Backend', annotations: [{ modules: ['openapi-backend'], names: ['', 'OpenAPIBackend'] }] },
    { name: 'openapi.Context', properties: { request: 'openapi.Request' } },
    { name: 'openapi.Request', input: { body: 'body', requestBody: 'body', query: 'head', params: 'head', headers: 'head', path: 'head' } },
    { name: 'safeaction.Client', chainable: true },
    { name: 'safeaction.Options', input: { parsedInput: 'body', clientInput: 'body' } },
  ],
  producers: [
    { type: 'trpc.Init', modules: ['@trpc/server'], members: ['initTRPC'], by: 'value' },
    { type: 'trpc.Init', modules: ['@trpc/server'], members: ['initTRPC'], by: 'either' },
    { type: 'trpc.Middleware', modules: ['@trpc/server'], members: ['experimental_standaloneMiddleware'], by: 'call' },
    { type: 'orpc.Builder', modules: ['@orpc/server'], members: ['os'], by: 'value' },
    { type: 'orpc.Contract', modules: ['@orpc/server', '@orpc/nest'], members: ['implement'], by: 'call' },
    { type: 'tsrest.Server', modules: ['@ts-rest/express', '@ts-rest/fastify', '@ts-rest/serverless/fetch', '@ts-rest/serverless/aws', '@ts-rest/serverless/azure'], members: ['initServer', 'tsr'], by: 'call' },
    { type: 'tsrest.Server', modules: ['@ts-rest/serverless/fetch', '@ts-rest/serverless/aws', '@ts-rest/serverless/next', '@ts-rest/serverless/azure'], members: ['tsr'], by: 'value' },
    { type: 'connect.Router', modules: ['@connectrpc/connect'], members: ['createConnectRouter'], by: 'call' },
    { type: 'jsonrpc.Server', modules: ['json-rpc-2.0'], members: ['JSONRPCServer', 'JSONRPCServerAndClient'], by: 'new' },
    { type: 'openapi.Backend', modules: ['openapi-backend'], members: ['', 'OpenAPIBackend'], by: 'new' },
    { type: 'safeaction.Client', modules: ['next-safe-action'], members: ['createSafeActionClient'], by: 'call' },
  ],
  registrations: [
    { type: 'trpc.Init', members: ['create'], handlers: [{ kind: 'properties', index: 0, paths: ['errorFormatter'] }], role: 'request', label: 'tRPC {property}' },
    { type: 'trpc.Instance', members: ['middleware'], handlers: first, role: 'request', label: 'tRPC middleware' },
    { type: 'trpc.Middleware', members: ['unstable_pipe', 'pipe', 'create'], handlers: every, role: 'request', label: 'tRPC middleware' },
    {
      modules: ['@trpc/server/adapters/standalone', '@trpc/server/adapters/express', '@trpc/server/adapters/fetch', '@trpc/server/adapters/next', '@trpc/server/adapters/next-app-dir', '@trpc/server/adapters/ws', '@trpc/server/adapters/aws-lambda', '@trpc/server/adapters/node-http', 'trpc-openapi', 'trpc-to-openapi'],
      members: ['createHTTPServer', 'createHTTPHandler', 'createExpressMiddleware', 'fetchRequestHandler', 'createNextApiHandler', 'applyWSSHandler', 'awsLambdaRequestHandler', 'nodeHTTPRequestHandler', 'createOpenApiExpressMiddleware', 'createOpenApiNextHandler', 'createOpenApiHttpHandler', 'experimental_nextAppDirCaller'],
      handlers: [{ kind: 'properties', index: 0, paths: ['createContext', 'onError', 'responseMeta', 'middleware', 'batching.onError'] }], role: 'request', label: 'tRPC {property}',
    },
    { type: 'orpc.Builder', members: ['handler'], handlers: first, role: 'request', label: 'oRPC procedure', params: { 0: 'orpc.Options' } },
    { type: 'orpc.Builder', members: ['use', 'middleware', 'mapOutput'], handlers: first, role: 'request', label: 'oRPC middleware', params: { 0: 'orpc.Options' } },
    { modules: ['@orpc/server/node', '@orpc/server/fetch', '@orpc/openapi/node', '@orpc/openapi/fetch', '@orpc/server/fastify', '@orpc/server/ws'], members: ['RPCHandler', 'OpenAPIHandler'], by: 'new', handlers: [{ kind: 'properties', index: 1, paths: ['interceptors', 'rootInterceptors', 'clientInterceptors'] }], role: 'request', label: 'oRPC {property}' },
    { type: 'tsrest.Server', members: ['router', 'route', 'routerWithMiddleware', 'platformContext'], handlers: [{ kind: 'argument', index: 1 }, { kind: 'properties', index: 1, paths: ['handler', '*', '*.handler', '*.middleware', '*.*', '*.*.handler'] }], role: 'request', label: 'ts-rest {property}' },
    { modules: ['@ts-rest/express', '@ts-rest/next', '@ts-rest/fastify', '@ts-rest/nest', '@ts-rest/serverless/fetch', '@ts-rest/serverless/next', '@ts-rest/serverless/aws'], members: ['createExpressEndpoints', 'createNextRoute', 'createNextRouter', 'createFetchHandler', 'createNextHandler', 'createLambdaHandler', 'tsRestHandler', 'fetchRequestHandler'], handlers: [{ kind: 'argument', index: 1 }, { kind: 'properties', index: 1, paths: ['*', '*.handler', '*.*', '*.*.handler'] }, { kind: 'properties', index: 2, paths: ['requestMiddleware', 'responseHandlers', 'errorHandler', 'globalMiddleware'] }], role: 'request', label: 'ts-rest {property}' },
    { type: 'connect.Router', members: ['service'], handlers: [{ kind: 'properties', index: 1, paths: ['*'] }], role: 'request', label: 'Connect {property}', params: { 0: 'client.Message' } },
    { type: 'connect.Router', members: ['rpc'], handlers: last, role: 'request', label: 'Connect method', params: { 0: 'client.Message' } },
    { modules: ['@connectrpc/connect-node', '@connectrpc/connect-express', '@connectrpc/connect-next', '@bufbuild/connect-node'], members: ['connectNodeAdapter', 'expressConnectMiddleware', 'nextJsApiRouter'], handlers: [{ kind: 'properties', index: 0, paths: ['routes'] }], role: 'startup', label: 'Connect routes', params: { 0: 'connect.Router' } },
    { type: 'jsonrpc.Server', members: ['addMethod', 'addMethodAdvanced', 'applyServerMiddleware'], handlers: every, role: 'request', label: 'JSON-RPC {0}', params: { 0: 'client.Message' } },
    { modules: ['openapi-backend'], members: ['', 'OpenAPIBackend'], by: 'new', handlers: [{ kind: 'properties', index: 0, paths: ['handlers.*', 'securityHandlers.*'] }], role: 'request', label: 'operation {property}', params: { 0: 'openapi.Context' } },
    { type: 'openapi.Backend', members: ['register', 'registerHandler', 'registerSecurityHandler'], handlers: [{ kind: 'argument', index: 1 }, { kind: 'properties', index: 0, paths: ['*'] }], role: 'request', label: 'operation {0} {property}', params: { 0: 'openapi.Context' } },
    { modules: ['express-openapi', 'express-openapi-validator', 'openapi-framework'], members: ['initialize', 'middleware'], handlers: [{ kind: 'properties', index: 0, paths: ['operations.*', 'securityHandlers.*', 'validateSecurity.handlers.*', 'errorMiddleware'] }], role: 'request', label: 'operation {property}' },
    { type: 'safeaction.Client', members: ['action', 'stateAction'], handlers: first, role: 'request', label: 'server action', params: { 0: 'safeaction.Options' } },
    { type: 'safeaction.Client', members: ['use'], handlers: first, role: 'request', label: 'server action middleware' },
    { modules: ['next-safe-action'], members: ['createSafeActionClient'], handlers: [{ kind: 'properties', index: 0, paths: ['handleServerError', 'handleReturnedServerError'] }], role: 'request', label: 'server action {property}' },
    { modules: ['better-auth', 'better-auth/minimal'], members: ['betterAuth'], handlers: [{ kind: 'properties', index: 0, paths: ['hooks.before', 'hooks.after', 'databaseHooks.*.*.before', 'databaseHooks.*.*.after', 'emailAndPassword.sendResetPassword', 'emailAndPassword.onPasswordReset', 'emailAndPassword.password.hash', 'emailAndPassword.password.verify', 'emailVerification.sendVerificationEmail', 'emailVerification.afterEmailVerification', 'user.changeEmail.sendChangeEmailVerification', 'user.deleteUser.*', 'socialProviders.*.mapProfileToUser', 'onAPIError.onError', 'advanced.generateId', 'plugins.sendMagicLink', 'plugins.sendVerificationOTP'] }], role: 'request', label: 'authentication {property}' },
    { modules: ['better-auth/api', 'better-auth/plugins', 'better-auth'], members: ['createAuthMiddleware', 'createAuthEndpoint'], handlers: last, role: 'request', label: 'authentication {member}' },
    { modules: ['better-auth/plugins', 'better-auth/plugins/magic-link', 'better-auth/plugins/email-otp', 'better-auth/plugins/custom-session'], members: ['magicLink', 'emailOTP', 'phoneNumber', 'twoFactor', 'organization', 'customSession', 'genericOAuth', 'jwt'], handlers: [{ kind: 'argument', index: 0 }, { kind: 'properties', index: 0, paths: ['sendMagicLink', 'sendVerificationOTP', 'sendOTP', 'otpOptions.sendOTP', 'sendInvitationEmail', 'jwt.definePayload'] }], role: 'request', label: 'authentication {property}' },
  ],
};

const network: FrameworkModel = {
  name: 'Proxies, SSH, MQTT brokers, other servers',
  docs: 'https://github.com/http-party/node-http-proxy https://github.com/mscdex/ssh2 https://github.com/moscajs/aedes/blob/main/docs/Aedes.md',
  types: [
    { name: 'proxy.Server', extends: ['events.EventEmitter'], annotations: [{ modules: ['http-proxy', 'httpxy'], names: ['', 'ProxyServer'] }] },
    { name: 'ssh2.Server', extends: ['events.EventEmitter'] },
    { name: 'ssh2.Connection', extends: ['events.EventEmitter'], annotations: [{ modules: ['ssh2'], names: ['Connection', 'AuthContext'] }] },
    { name: 'aedes.Broker', extends: ['events.EventEmitter'], annotations: [{ modules: ['aedes'], names: ['', 'Aedes'] }], names: ['aedes'] },
    { name: 'amqp10.Container', extends: ['events.EventEmitter'] },
    { name: 'ftp.Server', extends: ['events.EventEmitter'] },
  ],
  producers: [
    { type: 'proxy.Server', modules: ['http-proxy', 'httpxy'], members: ['', 'createProxyServer', 'createProxy', 'createServer', 'ProxyServer', 'createProxyServer'], by: 'either' },
    { type: 'ssh2.Server', modules: ['ssh2'], members: ['Server'], by: 'new' },
    { type: 'aedes.Broker', modules: ['aedes'], members: ['', 'Aedes', 'Aedes.createBroker', 'createBroker'], by: 'either' },
    { type: 'amqp10.Container', modules: ['rhea', 'rhea-promise'], members: [''], by: 'value' },
    { type: 'amqp10.Container', modules: ['rhea', 'rhea-promise'], members: ['create_container', 'Container'], by: 'either' },
    { type: 'ftp.Server', modules: ['ftp-srv'], members: ['', 'FtpSrv'], by: 'new' },
  ],
  registrations: [
    { type: 'proxy.Server', members: listen, when: { argument: 0, in: ['proxyReq', 'proxyReqWs', 'proxyRes', 'start', 'end', 'error', 'open', 'close', 'econnreset'] }, handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: 'proxy {0} listener' },
    { modules: ['ssh2'], members: ['Server'], by: 'new', handlers: last, role: 'request', label: 'SSH connection listener', params: { 0: 'ssh2.Connection' } },
    { type: 'ssh2.Server', members: listen, handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: 'SSH {0} listener', params: { 0: 'ssh2.Connection' } },
    { type: 'ssh2.Connection', members: listen, handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: 'SSH {0} listener' },
    { modules: ['aedes'], members: ['', 'Aedes', 'Aedes.createBroker', 'createBroker'], by: 'either', handlers: [{ kind: 'properties', index: 0, paths: ['authenticate', 'preConnect', 'authorizePublish', 'authorizeSubscribe', 'authorizeForward', 'published'] }], role: 'request', label: 'MQTT {property}' },
    { type: 'aedes.Broker', members: ['authenticate', 'preConnect', 'authorizePublish', 'authorizeSubscribe', 'authorizeForward', 'published'], by: 'assigned', handlers: first, role: 'request', label: 'MQTT {member}' },
    { type: 'aedes.Broker', members: listen, handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: 'MQTT {0} listener' },
    { type: 'aedes.Broker', members: ['subscribe'], handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: 'MQTT {0} subscriber' },
    { type: 'amqp10.Container', members: listen, handlers: [{ kind: 'argument', index: 1 }], role: 'background', label: 'AMQP {0} listener' },
    { type: 'ftp.Server', members: listen, handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: 'FTP {0} listener' },
    { modules: ['srvx', 'srvx/node', 'nitro', 'crossws/server', '@hattip/adapter-node', '@whatwg-node/server'], members: ['serve', 'createServer', 'createServerAdapter'], handlers: [{ kind: 'argument', index: 0 }, { kind: 'properties', index: 0, paths: ['fetch', 'error', 'middleware'] }], role: 'request', label: 'fetch handler' },
    { modules: ['peer', 'engine.io', '@hocuspocus/server'], members: ['Server', 'Hocuspocus', 'Server.configure', 'PeerServer', 'ExpressPeerServer'], by: 'either', handlers: [{ kind: 'properties', index: 0, paths: ['onAuthenticate', 'onChange', 'onConnect', 'onDisconnect', 'onLoadDocument', 'onStoreDocument', 'onRequest', 'onStateless', 'onUpgrade', 'onAwarenessUpdate', 'beforeHandleMessage', 'allowRequest', 'generateClientId'] }], role: 'request', label: 'server {property}' },
    { modules: ['http-proxy-middleware', '@fastify/http-proxy', '@fastify/reply-from', 'express-http-proxy', 'koa-proxies'], members: ['', 'createProxyMiddleware', 'responseInterceptor'], handlers: [{ kind: 'argument', index: 0 }, ...[0, 1].map(index => ({ kind: 'properties', index, paths: ['filter', 'router', 'pathRewrite', 'pathFilter', 'onProxyReq', 'onProxyRes', 'onProxyReqWs', 'onError', 'on.proxyReq', 'on.proxyRes', 'on.proxyReqWs', 'on.error', 'on.open', 'on.close', 'userResDecorator', 'proxyReqPathResolver', 'proxyReqOptDecorator', 'proxyReqBodyDecorator', 'userResHeaderDecorator', 'skipToNextHandlerFilter'] }) as const)], role: 'request', label: 'proxy {property}' },
  ],
};

const jobs: FrameworkModel = {
  name: 'Jobs: graphile-worker, Inngest, trigger.dev, Azure and AWS messages, Temporal',
  docs: 'https://worker.graphile.org/docs/library/run https://www.inngest.com/docs/reference/functions/create https://trigger.dev/docs/tasks/overview',
  types: [
    { name: 'inngest.Client', annotations: [{ modules: ['inngest'], names: ['Inngest'] }] },
    { name: 'servicebus.Client', annotations: [{ modules: ['@azure/service-bus'], names: ['ServiceBusClient'] }], results: { createReceiver: 'servicebus.Receiver', acceptSession: 'servicebus.Receiver', acceptNextSession: 'servicebus.Receiver' } },
    { name: 'servicebus.Receiver', annotations: [{ modules: ['@azure/service-bus'], names: ['ServiceBusReceiver', 'ServiceBusSessionReceiver'] }, { modules: ['@azure/event-hubs'], names: ['EventHubConsumerClient'] }] },
    { name: 'sqs.Consumer', extends: ['events.EventEmitter'], annotations: [{ modules: ['sqs-consumer'], names: ['Consumer'] }] },
    { name: 'rabbit.Connection', extends: ['events.EventEmitter'] },
  ],
  producers: [
    { type: 'inngest.Client', modules: ['inngest'], members: ['Inngest'], by: 'new' },
    { type: 'servicebus.Client', modules: ['@azure/service-bus'], members: ['ServiceBusClient'], by: 'new' },
    { type: 'servicebus.Receiver', modules: ['@azure/event-hubs'], members: ['EventHubConsumerClient'], by: 'new' },
    { type: 'sqs.Consumer', modules: ['sqs-consumer'], members: ['Consumer.create'], by: 'call' },
    { type: 'rabbit.Connection', modules: ['rabbitmq-client'], members: ['Connection'], by: 'new' },
  ],
  registrations: [
    { modules: ['graphile-worker'], members: ['run', 'runOnce', 'runTaskList', 'makeWorkerUtils', 'runTaskListOnce'], handlers: [{ kind: 'properties', index: 0, paths: ['taskList.*'] }, { kind: 'properties', index: 1, paths: ['*'] }], role: 'background', label: 'job {property}' },
    { type: 'inngest.Client', members: ['createFunction'], handlers: last, role: 'background', label: 'Inngest function {0.id}' },
    { modules: ['@trigger.dev/sdk', '@trigger.dev/sdk/v3', '@trigger.dev/sdk/v4'], members: ['task', 'schemaTask', 'schedules.task', 'lazyTask', 'defineConfig'], handlers: [{ kind: 'properties', index: 0, paths: ['run', 'init', 'cleanup', 'onStart', 'onStartAttempt', 'onSuccess', 'onFailure', 'onComplete', 'onCancel', 'catchError', 'handleError', 'middleware'] }], role: 'background', label: 'task {0.id} {property}' },
    { modules: ['@trigger.dev/sdk', '@trigger.dev/sdk/v3'], members: ['tasks.onStart', 'tasks.onSuccess', 'tasks.onFailure', 'tasks.middleware'], handlers: last, role: 'background', label: '{member}' },
    { type: 'servicebus.Receiver', members: ['subscribe'], handlers: [0, 1].map(index => ({ kind: 'properties', index, paths: ['processMessage', 'processError', 'processEvents', 'processInitialize', 'processClose'] }) as const), role: 'background', label: 'message receiver {property}' },
    { modules: ['sqs-consumer'], members: ['Consumer.create'], handlers: [{ kind: 'properties', index: 0, paths: ['handleMessage', 'handleMessageBatch', 'preReceiveMessageCallback', 'postReceiveMessageCallback'] }], role: 'background', label: 'SQS {property}' },
    { type: 'sqs.Consumer', members: listen, handlers: [{ kind: 'argument', index: 1 }], role: 'background', label: 'SQS {0} listener' },
    { type: 'rabbit.Connection', members: ['createConsumer'], handlers: last, role: 'background', label: 'AMQP consumer' },
    { modules: ['bullmq-pro', '@taskforcesh/bullmq-pro'], members: ['WorkerPro'], by: 'new', handlers: [{ kind: 'argument', index: 1 }], role: 'background', label: '{0} job processor' },
    { modules: ['quirrel/next', 'quirrel/express', 'quirrel/fastify', 'quirrel/sveltekit', 'quirrel/nuxt'], members: ['Queue', 'CronJob'], handlers: every, role: 'background', label: 'job {0}' },
    { modules: ['@vercel/queue', 'workflow', '@upstash/workflow/nextjs', '@upstash/workflow/express', '@upstash/workflow/hono', '@upstash/workflow'], members: ['handleCallback', 'serve', 'createWorkflow'], handlers: first, role: 'background', label: 'workflow' },
    { modules: ['@aws-lambda-powertools/batch'], members: ['processPartialResponse', 'processPartialResponseSync'], handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: 'batch record handler' },
  ],
  files: [
    { files: ['{,src/}tasks/*.{js,cjs,mjs,ts}'], packages: ['graphile-worker'], exports: ['default'], take: 'function', role: 'background', label: 'job {file}' },
    { files: ['{,src/}activities{,/**/*}.{js,cjs,mjs,ts}'], packages: ['@temporalio/worker'], exports: ['*'], take: 'function', role: 'background', label: 'activity {export}' },
  ],
};

const commerce: FrameworkModel = {
  name: 'Medusa, Payload, Keystone, Directus',
  docs: 'https://docs.medusajs.com/learn/fundamentals/api-routes https://payloadcms.com/docs/hooks/overview https://keystonejs.com/docs/config/hooks',
  types: [{ name: 'medusa.Request', extends: ['express.Request'], annotations: [{ modules: ['@medusajs/framework/http', '@medusajs/framework', '@medusajs/medusa'], names: ['MedusaRequest', 'AuthenticatedMedusaRequest'] }] }],
  registrations: [
    { modules: ['@medusajs/framework/http', '@medusajs/medusa', '@medusajs/framework'], members: ['defineMiddlewares'], handlers: [{ kind: 'properties', index: 0, paths: ['routes.middlewares', 'errorHandler'] }], role: 'request', label: 'middleware', params: { 0: 'express.Request', 1: 'express.Response' } },
    { modules: ['@medusajs/framework/workflows-sdk', '@medusajs/workflows-sdk'], members: ['createStep'], handlers: [{ kind: 'argument', index: 1 }, { kind: 'argument', index: 2 }], role: 'request', label: 'workflow step {0}' },
    { modules: ['@medusajs/framework/workflows-sdk', '@medusajs/workflows-sdk'], members: ['transform'], handlers: last, role: 'request', label: 'workflow transform' },
    { modules: ['payload', 'payload/config'], members: ['buildConfig'], handlers: [{ kind: 'properties', index: 0, paths: payloadPaths('') .concat(payloadPaths('collections.'), payloadPaths('globals.')) }], role: 'request', label: 'Payload {property}' },
    { modules: ['payload', 'payload/config'], members: ['buildConfig.onInit'], handlers: first, role: 'startup', label: 'onInit' },
    { modules: ['@keystone-6/core'], members: ['list'], handlers: [{ kind: 'properties', index: 0, paths: ['resolveInput', 'validateInput', 'validateDelete', 'validate', 'beforeOperation', 'afterOperation'].flatMap(hook => [`hooks.${hook}`, ...['create', 'update', 'delete'].map(operation => `hooks.${hook}.${operation}`)]).concat(['access.operation.*', 'access.filter.*', 'access.item.*', 'fields.*.hooks.*']) }], role: 'request', label: 'list {property}' },
    { modules: ['@keystone-6/core'], members: ['config'], handlers: [{ kind: 'properties', index: 0, paths: ['ui.isAccessAllowed', 'graphql.apolloConfig.formatError', 'storage.*.generateUrl', 'storage.*.transformName'] }], role: 'request', label: 'Keystone {property}' },
    { modules: ['@keystone-6/core'], members: ['graphql.field'], handlers: [{ kind: 'properties', index: 0, paths: ['resolve'] }], role: 'request', label: 'GraphQL resolver' },
    { modules: ['@keystone-6/core/fields'], members: ['virtual', 'text', 'password', 'relationship', 'timestamp', 'integer', 'json', 'checkbox', 'select'], handlers: [{ kind: 'properties', index: 0, paths: ['hooks.*', 'access.*', 'field.resolve'] }], role: 'request', label: 'field {property}' },
  ],
  files: [
    { files: ['src/api/**/route.{js,mjs,ts}'], packages: ['@medusajs/medusa', '@medusajs/framework'], exports: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'], take: 'function', role: 'request', label: '{export} {file}', params: { 0: 'express.Request', 1: 'express.Response' } },
    { files: ['src/subscribers/**/*.{js,mjs,ts}'], packages: ['@medusajs/medusa', '@medusajs/framework'], exports: ['default'], take: 'function', role: 'background', label: 'subscriber {file}' },
    { files: ['src/jobs/**/*.{js,mjs,ts}'], packages: ['@medusajs/medusa', '@medusajs/framework'], exports: ['default'], take: 'function', role: 'timer', label: 'scheduled job {file}' },
    { files: ['src/scripts/**/*.{js,mjs,ts}', 'src/migration-scripts/**/*.{js,mjs,ts}'], packages: ['@medusajs/medusa', '@medusajs/framework'], exports: ['default'], take: 'function', role: 'cli', label: 'script {file}' },
    { files: ['src/loaders/**/*.{js,mjs,ts}', 'src/modules/*/loaders/**/*.{js,mjs,ts}'], packages: ['@medusajs/medusa', '@medusajs/framework'], exports: ['default'], take: 'function', role: 'startup', label: 'loader {file}' },
    { files: ['src/**/policies/**/*.{js,mjs,ts}'], packages: ['@strapi/strapi', 'strapi'], exports: ['default'], take: 'function', role: 'request', label: 'policy {file}' },
    { files: ['{,src/}collections/**/*.{js,mjs,ts}', '{,src/}globals/**/*.{js,mjs,ts}'], packages: ['payload'], exports: ['*'], take: 'members', methods: payloadPaths(''), role: 'request', label: 'Payload {method}' },
  ],
  classes: [{ modules: ['@medusajs/framework/utils', '@medusajs/utils'], names: ['AbstractPaymentProvider', 'AbstractFulfillmentProviderService', 'AbstractNotificationProviderService', 'AbstractFileProviderService', 'AbstractAuthModuleProvider', 'MedusaService()'], relation: 'extends', methods: ['*'], role: 'request', label: '{class}.{method}' }],
};

/** The functions in a configuration of Payload, below a collection, a global or the whole. */
function payloadPaths(below: string): string[] {
  const hooks = ['beforeOperation', 'beforeValidate', 'beforeChange', 'afterChange', 'beforeRead', 'afterRead', 'beforeDelete', 'afterDelete', 'afterOperation', 'afterError', 'beforeLogin', 'afterLogin', 'afterLogout', 'afterMe', 'afterRefresh', 'afterForgotPassword', 'refresh', 'me'];
  return [...hooks.map(hook => `${below}hooks.${hook}`), ...['create', 'read', 'update', 'delete', 'admin', 'unlock', 'readVersions'].map(operation => `${below}access.${operation}`), `${below}endpoints.handler`, `${below}fields.validate`, `${below}fields.defaultValue`, ...hooks.slice(1, 6).map(hook => `${below}fields.hooks.${hook}`), `${below}fields.access.read`, `${below}fields.access.update`, `${below}fields.access.create`, `${below}auth.strategies.authenticate`, `${below}upload.handlers`];
}

/** Remote procedures, network servers, jobs and content systems. */
export const procedures: readonly FrameworkModel[] = [rpc, network, jobs, commerce];
