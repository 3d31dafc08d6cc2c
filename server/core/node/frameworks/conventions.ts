import type { FrameworkModel } from '../registration.ts';

const js = '{js,cjs,mjs,ts,cts,mts}';
const jsx = '{js,jsx,mjs,ts,tsx,mts}';
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const requestParams = { 0: 'http.IncomingMessage', 1: 'http.ServerResponse' } as const;

/** Frameworks that load handlers by the place and the exports of their files. */
const pages: readonly FrameworkModel[] = [
  {
    name: 'Next.js',
    docs: 'https://nextjs.org/docs/app/api-reference/file-conventions',
    files: [
      { files: [`{,src/}pages/api/**/*.${jsx}`], packages: ['next'], exports: ['default'], take: 'function', role: 'request', label: 'API route {file}', params: requestParams },
      { files: [`{,src/}app/**/route.${jsx}`], packages: ['next'], exports: methods, take: 'function', role: 'request', label: '{export} {file}' },
      { files: [`{,src/}pages/**/*.${jsx}`], packages: ['next'], exports: ['getServerSideProps', 'getInitialProps'], take: 'function', role: 'request', label: '{export} of {file}' },
      { files: [`{,src/}pages/**/*.${jsx}`], packages: ['next'], exports: ['default'], take: 'members', methods: ['getInitialProps'], role: 'request', label: '{method} of {file}' },
      { files: [`{,src/}app/**/{page,layout,template,loading,not-found,default}.${jsx}`], packages: ['next'], exports: ['default', 'generateMetadata', 'generateViewport'], take: 'function', role: 'request', label: '{export} of {file}' },
      { files: [`{,src/}app/**/{sitemap,robots,manifest,opengraph-image,twitter-image,icon}.${jsx}`], packages: ['next'], exports: ['default'], take: 'function', role: 'request', label: '{file}' },
      { files: [`{,src/}{middleware,proxy}.${jsx}`], packages: ['next'], exports: ['middleware', 'proxy', 'default'], take: 'function', role: 'request', label: 'middleware' },
      { files: [`**/*.${jsx}`], packages: ['next'], directive: 'use server', exports: ['*'], take: 'function', role: 'request', label: 'server action {export}' },
      { files: [`{,src/}{pages,app}/**/*.${jsx}`], packages: ['next'], exports: ['getStaticProps', 'getStaticPaths', 'generateStaticParams'], take: 'function', role: 'build', label: '{export} of {file}' },
      { files: [`{,src/}instrumentation.${jsx}`], packages: ['next'], exports: ['register'], take: 'function', role: 'startup', label: 'instrumentation' },
      { files: [`{,src/}instrumentation.${jsx}`], packages: ['next'], exports: ['onRequestError'], take: 'function', role: 'request', label: 'onRequestError' },
    ],
  },
  {
    name: 'Nuxt, Nitro',
    docs: 'https://nitro.build/guide/routing',
    files: [
      { files: [`{,src/,app/}server/{api,routes,middleware}/**/*.${js}`, `{api,routes,middleware}/**/*.${js}`], packages: ['nuxt', 'nitropack', 'nitro', 'nuxt-nightly'], exports: ['default'], take: 'function', role: 'request', label: 'handler {file}' },
      { files: [`{,src/,app/}server/plugins/**/*.${js}`], packages: ['nuxt', 'nitropack', 'nitro'], exports: ['default'], take: 'function', role: 'startup', label: 'plugin {file}' },
      { files: [`{server-middleware,serverMiddleware}/**/*.${js}`], packages: ['nuxt'], exports: ['default'], take: 'function', role: 'request', label: 'server middleware {file}', params: requestParams },
    ],
  },
  {
    name: 'Remix, React Router',
    docs: 'https://reactrouter.com/start/framework/route-module',
    files: [
      { files: [`app/routes/**/*.${jsx}`, `app/root.${jsx}`, `app/**/route.${jsx}`], packages: ['@remix-run/node', '@remix-run/react', '@remix-run/server-runtime', '@react-router/node', '@react-router/dev'], exports: ['loader', 'action', 'headers', 'middleware'], take: 'function', role: 'request', label: '{export} of {file}' },
      { files: [`app/entry.server.${jsx}`], packages: ['@remix-run/node', '@remix-run/react', '@react-router/node', '@react-router/dev'], exports: ['default', 'handleDataRequest', 'handleError'], take: 'function', role: 'request', label: '{file}' },
    ],
    registrations: [{ modules: ['@remix-run/express', '@react-router/express'], members: ['createRequestHandler'], handlers: [{ kind: 'properties', index: 0, paths: ['getLoadContext'] }], role: 'request', label: 'load context' }],
  },
  {
    name: 'SvelteKit',
    docs: 'https://svelte.dev/docs/kit/routing',
    files: [
      { files: [`src/routes/**/+server.${js}`], packages: ['@sveltejs/kit'], exports: [...methods, 'fallback'], take: 'function', role: 'request', label: '{export} {file}' },
      { files: [`src/routes/**/+{page,layout}{,.server}.${js}`], packages: ['@sveltejs/kit'], exports: ['load'], take: 'function', role: 'request', label: 'load of {file}' },
      { files: [`src/routes/**/+page.server.${js}`], packages: ['@sveltejs/kit'], exports: ['actions'], take: 'members', role: 'request', label: 'action {method} of {file}' },
      { files: [`src/hooks.server.${js}`, `src/hooks.server/index.${js}`], packages: ['@sveltejs/kit'], exports: ['handle', 'handleFetch', 'handleError'], take: 'function', role: 'request', label: '{export} hook' },
      { files: [`src/hooks.server.${js}`], packages: ['@sveltejs/kit'], exports: ['init'], take: 'function', role: 'startup', label: 'init hook' },
      { files: [`src/routes/**/*.remote.${js}`], packages: ['@sveltejs/kit'], exports: ['*'], take: 'function', role: 'request', label: 'remote function {export}' },
    ],
    registrations: [{ modules: ['@sveltejs/kit/hooks'], members: ['sequence'], handlers: [{ kind: 'arguments', from: 0 }], role: 'request', label: 'handle hook' }],
  },
  {
    name: 'Astro',
    docs: 'https://docs.astro.build/en/guides/endpoints/',
    files: [
      { files: [`src/pages/**/*.${js}`], packages: ['astro'], exports: [...methods, 'ALL', 'get', 'post', 'del', 'all'], take: 'function', role: 'request', label: '{export} {file}' },
      { files: [`src/pages/**/*.${js}`], packages: ['astro'], exports: ['getStaticPaths'], take: 'function', role: 'build', label: 'getStaticPaths of {file}' },
      { files: [`src/middleware.${js}`, `src/middleware/index.${js}`], packages: ['astro'], exports: ['onRequest'], take: 'function', role: 'request', label: 'middleware' },
    ],
    registrations: [{ modules: ['astro:actions', 'astro/actions/runtime/server.js'], members: ['defineAction'], handlers: [{ kind: 'properties', index: 0, paths: ['handler'] }], role: 'request', label: 'action' }, { modules: ['astro:middleware'], members: ['defineMiddleware', 'sequence'], handlers: [{ kind: 'arguments', from: 0 }], role: 'request', label: 'middleware' }],
  },
];

const applications: readonly FrameworkModel[] = [
  {
    name: 'Egg, Midway',
    docs: 'https://www.eggjs.org/basics/structure',
    types: [{ name: 'egg.Application', extends: ['koa.Application'], annotations: [{ modules: ['egg', 'midway'], names: ['Application', 'Agent', 'EggApplication'] }], properties: { router: 'koa.Router' } }],
    registrations: [
      { type: 'egg.Application', members: ['beforeStart', 'ready'], handlers: [{ kind: 'argument', index: 0 }], role: 'startup', label: '{member} callback', likely: 'handler', parameterNames: [''] },
      { type: 'egg.Application', members: ['beforeClose'], handlers: [{ kind: 'argument', index: 0 }], role: 'shutdown', label: 'beforeClose callback' },
    ],
    classes: [
      { modules: ['egg', 'midway', '@eggjs/core'], names: ['Controller', 'BaseController'], relation: 'extends', methods: ['*'], role: 'request', label: 'controller {class}.{method}' },
      { modules: ['egg', '@eggjs/core'], names: ['Subscription'], relation: 'extends', methods: ['subscribe'], role: 'timer', label: 'schedule {class}' },
    ],
    files: [
      { files: [`app/controller/**/*.${js}`], packages: ['egg', 'midway', '@midwayjs/web'], exports: ['default'], take: 'members', methods: ['*'], role: 'request', label: 'controller {file}.{method}', params: { 0: 'koa.Context' } },
      { files: [`app/middleware/**/*.${js}`], packages: ['egg', 'midway', '@midwayjs/web'], exports: ['default'], take: 'returned', role: 'request', label: 'middleware {file}', params: { 0: 'koa.Context' } },
      { files: [`app/schedule/**/*.${js}`], packages: ['egg', 'midway', '@midwayjs/web'], exports: ['default'], take: 'members', methods: ['task', 'subscribe'], role: 'timer', label: 'schedule {file}' },
      { files: [`app/io/{controller,middleware}/**/*.${js}`], packages: ['egg-socket.io'], exports: ['default'], take: 'members', methods: ['*'], role: 'request', label: 'socket {file}.{method}' },
      { files: [`{app,agent}.${js}`], packages: ['egg', 'midway'], exports: ['default'], take: 'members', methods: ['configWillLoad', 'configDidLoad', 'didLoad', 'willReady', 'didReady', 'serverDidReady'], role: 'startup', label: '{method}' },
      { files: [`{app,agent}.${js}`], packages: ['egg', 'midway'], exports: ['default'], take: 'members', methods: ['beforeClose'], role: 'shutdown', label: 'beforeClose' },
      { files: [`{app,agent}.${js}`, `app/router.${js}`], packages: ['egg', 'midway'], exports: ['default'], take: 'function', role: 'startup', label: '{file}', params: { 0: 'egg.Application' } },
    ],
  },
  {
    name: 'Sails',
    docs: 'https://sailsjs.com/documentation/concepts/actions-and-controllers',
    files: [
      { files: [`api/controllers/**/*Controller.${js}`, `api/policies/**/*.${js}`, `api/responses/**/*.${js}`], packages: ['sails'], exports: ['default'], take: 'members', methods: ['*'], role: 'request', label: '{file}.{method}', params: requestParams },
      { files: [`api/controllers/**/*.${js}`], packages: ['sails'], exports: ['default'], take: 'members', methods: ['fn'], role: 'request', label: 'action {file}' },
      { files: [`api/{policies,responses,controllers}/**/*.${js}`], packages: ['sails'], exports: ['default'], take: 'function', role: 'request', label: '{file}', params: requestParams },
      { files: [`config/bootstrap.${js}`], packages: ['sails'], exports: ['bootstrap', 'default'], take: 'function', role: 'startup', label: 'bootstrap' },
      { files: [`scripts/**/*.${js}`], packages: ['sails'], exports: ['default'], take: 'members', methods: ['fn'], role: 'cli', label: 'script {file}' },
    ],
  },
  {
    name: 'Strapi',
    docs: 'https://docs.strapi.io/cms/backend-customization',
    registrations: [
      { modules: ['@strapi/strapi'], members: ['factories.createCoreController', 'factories.createCoreService'], handlers: [{ kind: 'returned', index: 1, paths: ['*'] }, { kind: 'properties', index: 1, paths: ['*'] }], role: 'request', label: '{0} {property}' },
    ],
    files: [
      { files: [`src/{api,plugins,extensions}/**/{controllers,policies,services}/**/*.${js}`, `{api,plugins,extensions}/**/{controllers,services}/**/*.${js}`], packages: ['@strapi/strapi', 'strapi'], exports: ['default'], take: 'members', methods: ['*'], role: 'request', label: '{file}.{method}' },
      { files: [`src/**/lifecycles.${js}`], packages: ['@strapi/strapi'], exports: ['default'], take: 'members', methods: ['*'], role: 'request', label: 'lifecycle {method}' },
      { files: [`src/**/middlewares/**/*.${js}`], packages: ['@strapi/strapi'], exports: ['default'], take: 'returned', role: 'request', label: 'middleware {file}', params: { 0: 'koa.Context' } },
      { files: [`src/index.${js}`, `config/functions/bootstrap.${js}`], packages: ['@strapi/strapi', 'strapi'], exports: ['default'], take: 'members', methods: ['register', 'bootstrap'], role: 'startup', label: '{method}' },
    ],
  },
  {
    name: 'Feathers',
    docs: 'https://feathersjs.com/api/services.html',
    types: [
      { name: 'feathers.Application', extends: ['express.Application'], annotations: [{ modules: ['@feathersjs/feathers', '@feathersjs/express', '@feathersjs/koa'], names: ['Application'] }], results: { service: 'feathers.Service' } },
      { name: 'feathers.Service', extends: ['events.EventEmitter'] },
    ],
    producers: [{ type: 'feathers.Application', modules: ['@feathersjs/express', '@feathersjs/feathers', '@feathersjs/koa'], members: ['', 'express', 'feathers', 'koa'], by: 'call' }],
    registrations: [
      { type: 'feathers.Application', members: ['use'], handlers: [{ kind: 'arguments', from: 0 }, { kind: 'properties', index: 1, paths: ['find', 'get', 'create', 'update', 'patch', 'remove'] }], role: 'request', label: 'service {0} {property}' },
      { type: 'feathers.Application', members: ['configure'], handlers: [{ kind: 'argument', index: 0 }], role: 'startup', label: 'configure callback', params: { 0: 'feathers.Application' } },
      { type: 'feathers.Application', members: ['hooks'], handlers: [{ kind: 'properties', index: 0, paths: ['before.*', 'after.*', 'error.*', 'around.*'] }], role: 'request', label: '{property} hook' },
      { type: 'feathers.Service', members: ['hooks'], handlers: [{ kind: 'properties', index: 0, paths: ['before.*', 'after.*', 'error.*', 'around.*', '*.*'] }], role: 'request', label: '{property} hook' },
    ],
    files: [
      { files: [`{,src/}services/**/*.class.${js}`], packages: ['@feathersjs/feathers'], exports: ['*'], take: 'members', methods: ['find', 'get', 'create', 'update', 'patch', 'remove'], role: 'request', label: 'service {file}.{method}' },
      { files: [`{,src/}services/**/*.hooks.${js}`], packages: ['@feathersjs/feathers'], exports: ['default'], take: 'members', methods: ['before.*', 'after.*', 'error.*', 'around.*'], role: 'request', label: '{method} hook of {file}' },
    ],
  },
  {
    name: 'Moleculer',
    docs: 'https://moleculer.services/docs/latest/services.html',
    types: [{ name: 'moleculer.Broker', annotations: [{ modules: ['moleculer'], names: ['ServiceBroker'] }] }, { name: 'moleculer.Service', annotations: [{ modules: ['moleculer'], names: ['Service'] }] }],
    producers: [{ type: 'moleculer.Broker', modules: ['moleculer'], members: ['ServiceBroker'], by: 'new' }],
    registrations: [
      { type: 'moleculer.Service', members: ['parseServiceSchema'], handlers: [{ kind: 'properties', index: 0, paths: ['actions.*', 'actions.*.handler', 'events.*', 'events.*.handler', 'hooks.before.*', 'hooks.after.*', 'hooks.error.*', 'methods.*'] }], role: 'request', label: 'Moleculer {property}' },
      { type: 'moleculer.Broker', members: ['createService'], handlers: [{ kind: 'properties', index: 0, paths: ['actions.*', 'actions.*.handler', 'events.*', 'events.*.handler', 'hooks.before.*', 'hooks.after.*', 'methods.*'] }], role: 'request', label: 'Moleculer {property}' },
    ],
    files: [
      { files: [`**/*.service.${js}`], packages: ['moleculer'], exports: ['default'], take: 'members', methods: ['actions.*', 'actions.*.handler', 'events.*', 'events.*.handler', 'hooks.before.*', 'hooks.after.*'], role: 'request', label: 'Moleculer {method} of {file}' },
      { files: [`**/*.service.${js}`], packages: ['moleculer'], exports: ['default'], take: 'members', methods: ['created', 'started'], role: 'startup', label: '{method} of {file}' },
      { files: [`**/*.service.${js}`], packages: ['moleculer'], exports: ['default'], take: 'members', methods: ['stopped'], role: 'shutdown', label: '{method} of {file}' },
    ],
  },
  {
    name: 'AdonisJS',
    docs: 'https://docs.adonisjs.com/guides/basics/controllers',
    types: [{ name: 'adonis.Router', chainable: true }],
    producers: [{ type: 'adonis.Router', modules: ['@ioc:Adonis/Core/Route', '@adonisjs/core/services/router'], members: ['', 'default'], by: 'value' }],
    registrations: [
      { type: 'adonis.Router', members: ['get', 'post', 'put', 'patch', 'delete', 'any', 'route'], handlers: [{ kind: 'arguments', from: 1 }], role: 'request', label: '{MEMBER} {0} handler' },
      { type: 'adonis.Router', members: ['group'], handlers: [{ kind: 'argument', index: 0 }], role: 'startup', label: 'route group' },
    ],
    files: [
      { files: [`app/{Controllers,controllers}/**/*.${js}`], packages: ['@adonisjs/core', '@adonisjs/framework'], exports: ['default'], take: 'members', methods: ['*'], role: 'request', label: 'controller {file}.{method}' },
      { files: [`app/{Middleware,middleware,Exceptions,exceptions}/**/*.${js}`], packages: ['@adonisjs/core', '@adonisjs/framework'], exports: ['default'], take: 'members', methods: ['handle', 'report'], role: 'request', label: 'middleware {file}' },
      { files: [`{commands,database}/**/*.${js}`], packages: ['@adonisjs/core'], exports: ['default'], take: 'members', methods: ['run', 'up', 'down'], role: 'cli', label: '{file}' },
    ],
  },
  {
    name: 'Plugin hosts (Etherpad, Directus, NodeBB, Docusaurus)',
    docs: 'https://docs.directus.io/extensions/hooks.html https://etherpad.org/doc/latest/',
    registrations: [
      { modules: ['@directus/extensions-sdk'], members: ['defineEndpoint'], handlers: [{ kind: 'argument', index: 0 }, { kind: 'properties', index: 0, paths: ['handler'] }], role: 'startup', label: 'endpoint extension', params: { 0: 'express.Router' } },
      { modules: ['@directus/extensions-sdk'], members: ['defineHook'], handlers: [{ kind: 'argument', index: 0 }], role: 'startup', label: 'hook extension' },
      { modules: ['@directus/extensions-sdk'], members: ['defineOperationApi'], handlers: [{ kind: 'properties', index: 0, paths: ['handler'] }], role: 'background', label: 'flow operation' },
    ],
  },
];

const serverless: readonly FrameworkModel[] = [
  {
    name: 'AWS Lambda',
    docs: 'https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html',
    registrations: [
      { modules: ['@middy/core', 'middy'], members: ['', 'middy'], handlers: [{ kind: 'argument', index: 0 }], role: 'request', label: 'Lambda handler' },
      { modules: ['aws-lambda'], members: ['streamifyResponse'], handlers: [{ kind: 'argument', index: 0 }], role: 'request', label: 'Lambda handler' },
      { modules: ['globals'], members: ['awslambda.streamifyResponse'], handlers: [{ kind: 'argument', index: 0 }], role: 'request', label: 'Lambda handler' },
      { modules: ['@vendia/serverless-express', 'aws-serverless-express', 'serverless-http'], members: ['', 'serverlessExpress'], handlers: [{ kind: 'properties', index: 1, paths: ['request', 'response'] }], role: 'request', label: 'Lambda {property} hook' },
    ],
    files: [
      { files: [`**/*.${js}`], packages: ['@types/aws-lambda', 'aws-lambda', 'serverless', 'serverless-offline', 'sst', 'aws-cdk-lib', '@middy/core', 'aws-sdk', '@aws-sdk/client-lambda', '@aws-lambda-powertools/logger', '@architect/functions'], exports: ['handler', 'lambdaHandler', 'main', 'default'], parameterNames: ['event', '_event', 'evt'], take: 'function', role: 'request', label: 'Lambda {export}', confidence: 'likely' },
    ],
  },
  {
    name: 'Azure Functions',
    docs: 'https://learn.microsoft.com/azure/azure-functions/functions-reference-node',
    types: [{ name: 'azure.App' }],
    producers: [{ type: 'azure.App', modules: ['@azure/functions'], members: ['app'], by: 'value' }],
    registrations: [
      { type: 'azure.App', members: ['http', 'get', 'post', 'put', 'patch', 'deleteRequest'], handlers: [{ kind: 'argument', index: 1 }, { kind: 'properties', index: 1, paths: ['handler'] }], role: 'request', label: 'function {0}' },
      { type: 'azure.App', members: ['timer'], handlers: [{ kind: 'properties', index: 1, paths: ['handler'] }], role: 'timer', label: 'function {0}' },
      { type: 'azure.App', members: ['storageBlob', 'storageQueue', 'serviceBusQueue', 'serviceBusTopic', 'eventHub', 'eventGrid', 'cosmosDB', 'generic', 'warmup'], handlers: [{ kind: 'properties', index: 1, paths: ['handler'] }], role: 'background', label: 'function {0}' },
    ],
    files: [{ files: [`**/*.${js}`], packages: ['@azure/functions'], exports: ['default', 'run', 'index'], parameterNames: ['context'], take: 'function', role: 'request', label: 'function {file}' }],
  },
  {
    name: 'Google Cloud Functions, Firebase',
    docs: 'https://firebase.google.com/docs/functions',
    types: [{ name: 'firebase.Builder', chainable: true }],
    producers: [{ type: 'firebase.Builder', modules: ['firebase-functions', 'firebase-functions/v1'], members: ['firestore', 'database', 'auth', 'storage', 'pubsub', 'analytics', 'https', 'remoteConfig'], by: 'value' }, { type: 'firebase.Builder', modules: ['firebase-functions', 'firebase-functions/v1'], members: ['region', 'runWith'], by: 'call' }],
    registrations: [
      { modules: ['@google-cloud/functions-framework'], members: ['http', 'cloudEvent', 'event'], handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: 'function {0}', params: { 0: 'express.Request', 1: 'express.Response' } },
      { modules: ['firebase-functions/v2/https', 'firebase-functions/https'], members: ['onRequest', 'onCall'], handlers: [{ kind: 'argument', index: -1 }], role: 'request', label: '{member} function', params: { 0: 'express.Request', 1: 'express.Response' } },
      { modules: ['firebase-functions', 'firebase-functions/v1', 'firebase-functions/v2'], members: ['https.onRequest', 'https.onCall', 'https.onCallGenkit'], handlers: [{ kind: 'argument', index: -1 }], role: 'request', label: '{member} function' },
      { modules: ['firebase-functions/v2/firestore', 'firebase-functions/v2/database', 'firebase-functions/v2/storage', 'firebase-functions/v2/pubsub', 'firebase-functions/v2/tasks', 'firebase-functions/firestore', 'firebase-functions/v2/identity', 'firebase-functions/v2/eventarc'], members: ['onDocumentCreated', 'onDocumentUpdated', 'onDocumentDeleted', 'onDocumentWritten', 'onValueCreated', 'onValueUpdated', 'onValueWritten', 'onValueDeleted', 'onObjectFinalized', 'onObjectDeleted', 'onMessagePublished', 'onTaskDispatched', 'beforeUserCreated', 'beforeUserSignedIn', 'onCustomEventPublished'], handlers: [{ kind: 'argument', index: -1 }], role: 'background', label: '{member} function' },
      { modules: ['firebase-functions/v2/scheduler', 'firebase-functions/scheduler'], members: ['onSchedule'], handlers: [{ kind: 'argument', index: -1 }], role: 'timer', label: 'scheduled function' },
      { type: 'firebase.Builder', members: ['onRequest', 'onCall'], handlers: [{ kind: 'argument', index: -1 }], role: 'request', label: '{member} function' },
      { type: 'firebase.Builder', members: ['onCreate', 'onUpdate', 'onDelete', 'onWrite', 'onFinalize', 'onPublish', 'onArchive', 'onMetadataUpdate', 'onLog'], handlers: [{ kind: 'argument', index: 0 }], role: 'background', label: '{member} function' },
      { type: 'firebase.Builder', members: ['onRun'], handlers: [{ kind: 'argument', index: 0 }], role: 'timer', label: 'scheduled function' },
    ],
  },
  {
    name: 'Vercel, Netlify, Cloudflare',
    docs: 'https://vercel.com/docs/functions https://docs.netlify.com/functions/overview/',
    files: [
      { files: [`api/**/*.${js}`], packages: ['@vercel/node', 'vercel', '@vercel/functions'], exports: ['default', ...methods], take: 'function', role: 'request', label: 'function {file}', params: requestParams },
      { files: [`{netlify/functions,functions,netlify/edge-functions}/**/*.${js}`], packages: ['@netlify/functions', 'netlify-cli', 'netlify-lambda'], exports: ['handler', 'default'], take: 'function', role: 'request', label: 'function {file}' },
      { files: [`functions/**/*.${js}`], packages: ['wrangler', '@cloudflare/workers-types'], exports: ['onRequest', 'onRequestGet', 'onRequestPost', 'onRequestPut', 'onRequestDelete'], take: 'function', role: 'request', label: '{export} {file}' },
      { files: [`**/*.${js}`], packages: ['wrangler'], exports: ['default'], take: 'members', methods: ['fetch', 'scheduled', 'queue', 'email'], role: 'request', label: 'worker {method}' },
    ],
    registrations: [{ modules: ['@netlify/functions'], members: ['schedule', 'builder'], handlers: [{ kind: 'argument', index: -1 }], role: 'request', label: 'function' }],
  },
];

export const conventions: readonly FrameworkModel[] = [...pages, ...applications, ...serverless];
