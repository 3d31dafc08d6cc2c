import type { FrameworkModel } from '../registration.ts';

const nest: FrameworkModel = {
  name: 'NestJS',
  docs: 'https://docs.nestjs.com/',
  types: [
    { name: 'nest.Application', annotations: [{ modules: ['@nestjs/common'], names: ['INestApplication', 'INestMicroservice'] }, { modules: ['@nestjs/platform-express'], names: ['NestExpressApplication'] }, { modules: ['@nestjs/platform-fastify'], names: ['NestFastifyApplication'] }], results: { getHttpServer: 'http.Server' } },
  ],
  producers: [{ type: 'nest.Application', modules: ['@nestjs/core'], members: ['NestFactory.create', 'NestFactory.createMicroservice'], by: 'call' }],
  registrations: [
    { type: 'nest.Application', members: ['use'], handlers: [{ kind: 'arguments', from: 0 }], role: 'request', label: '{0} middleware', params: { 0: 'express.Request', 1: 'express.Response' } },
    { modules: ['@nestjs/common'], members: ['createParamDecorator'], handlers: [{ kind: 'argument', index: 0 }], role: 'request', label: 'parameter decorator' },
  ],
  decorators: [
    { modules: ['@nestjs/common'], names: ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Options', 'Head', 'All', 'Sse', 'Search', 'Propfind'], target: 'method', role: 'request', label: '{METHOD} {0} handler' },
    { modules: ['@nestjs/common'], names: ['Render', 'HttpCode', 'Redirect'], target: 'method', role: 'request', label: 'handler' },
    { modules: ['@nestjs/common'], names: ['Injectable'], target: 'class', methods: ['canActivate', 'intercept', 'transform', 'use'], role: 'request', label: '' },
    { modules: ['@nestjs/common'], names: ['Catch'], target: 'class', methods: ['catch'], role: 'request', label: 'exception filter' },
    { modules: ['@nestjs/common'], names: ['Injectable', 'Controller', 'Module', 'Global'], target: 'class', methods: ['onModuleInit', 'onApplicationBootstrap', 'configure'], role: 'startup', label: '' },
    { modules: ['@nestjs/common'], names: ['Injectable', 'Controller', 'Module', 'Global'], target: 'class', methods: ['onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown'], role: 'shutdown', label: '' },
    { modules: ['@nestjs/websockets'], names: ['SubscribeMessage'], target: 'method', role: 'request', label: 'message {0} handler' },
    { modules: ['@nestjs/websockets'], names: ['WebSocketGateway'], target: 'class', methods: ['handleConnection', 'handleDisconnect'], role: 'request', label: 'WebSocket' },
    { modules: ['@nestjs/websockets'], names: ['WebSocketGateway'], target: 'class', methods: ['afterInit'], role: 'startup', label: 'WebSocket' },
    { modules: ['@nestjs/microservices'], names: ['MessagePattern', 'EventPattern', 'GrpcMethod', 'GrpcStreamMethod', 'GrpcStreamCall'], target: 'method', role: 'request', label: '{name} {0} handler' },
    { modules: ['@nestjs/graphql'], names: ['Query', 'Mutation', 'Subscription', 'ResolveField', 'ResolveProperty', 'ResolveReference'], target: 'method', role: 'request', label: 'GraphQL {name} {0}' },
    { modules: ['@nestjs/schedule'], names: ['Cron', 'Interval', 'Timeout'], target: 'method', role: 'timer', label: '@{name} {0}' },
    { modules: ['@nestjs/bull', '@nestjs/bullmq'], names: ['Process', 'OnQueueActive', 'OnQueueCompleted', 'OnQueueFailed', 'OnQueueEvent', 'OnWorkerEvent', 'OnGlobalQueueCompleted'], target: 'method', role: 'background', label: 'job {0}' },
    { modules: ['@nestjs/bullmq'], names: ['Processor'], target: 'class', methods: ['process'], role: 'background', label: 'job processor {0}' },
    { modules: ['@nestjs/event-emitter'], names: ['OnEvent'], target: 'method', role: 'background', label: 'event {0} listener' },
    { modules: ['@nestjs/cqrs'], names: ['CommandHandler', 'QueryHandler', 'EventsHandler'], target: 'class', methods: ['execute', 'handle'], role: 'request', label: '{name}' },
    { modules: ['@golevelup/nestjs-rabbitmq'], names: ['RabbitSubscribe', 'RabbitRPC', 'RabbitHandler'], target: 'method', role: 'background', label: 'RabbitMQ {0}' },
    { modules: ['nest-commander'], names: ['Command', 'SubCommand', 'Option'], target: 'method', role: 'cli', label: 'command {0}' },
    { modules: ['nest-commander'], names: ['Command', 'SubCommand'], target: 'class', methods: ['run'], role: 'cli', label: 'command' },
  ],
  classes: [
    { modules: ['@nestjs/common'], names: ['CanActivate', 'NestInterceptor', 'PipeTransform', 'ExceptionFilter', 'NestMiddleware'], relation: 'implements', methods: ['canActivate', 'intercept', 'transform', 'catch', 'use'], role: 'request', label: '{class}.{method}' },
    { modules: ['@nestjs/common'], names: ['OnModuleInit', 'OnApplicationBootstrap', 'NestModule'], relation: 'implements', methods: ['onModuleInit', 'onApplicationBootstrap', 'configure'], role: 'startup', label: '{class}.{method}' },
    { modules: ['@nestjs/common'], names: ['OnModuleDestroy', 'BeforeApplicationShutdown', 'OnApplicationShutdown'], relation: 'implements', methods: ['onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown'], role: 'shutdown', label: '{class}.{method}' },
    { modules: ['@nestjs/websockets'], names: ['OnGatewayConnection', 'OnGatewayDisconnect'], relation: 'implements', methods: ['handleConnection', 'handleDisconnect'], role: 'request', label: '{class}.{method}' },
    { modules: ['@nestjs/bullmq'], names: ['WorkerHost'], relation: 'extends', methods: ['process'], role: 'background', label: '{class}.process' },
    { modules: ['@nestjs/cqrs'], names: ['ICommandHandler', 'IQueryHandler', 'IEventHandler'], relation: 'implements', methods: ['execute', 'handle'], role: 'request', label: '{class}.{method}' },
    { modules: ['nest-commander'], names: ['CommandRunner'], relation: 'extends', methods: ['run'], role: 'cli', label: '{class}.run' },
    { modules: ['@nestjs/passport'], names: ['PassportSerializer'], relation: 'extends', methods: ['serializeUser', 'deserializeUser'], role: 'request', label: '{class}.{method}' },
  ],
};

const verbDecorators = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Del', 'Head', 'Options', 'All', 'Method'];

const others: FrameworkModel = {
  name: 'routing-controllers, tsoa, inversify-express-utils, Midway, LoopBack, type-graphql, Ts.ED, TypeORM',
  docs: 'https://github.com/typestack/routing-controllers https://tsoa-community.github.io/docs/ https://loopback.io/doc/en/lb4/ https://typegraphql.com/',
  decorators: [
    { modules: ['routing-controllers', 'routing-controllers-openapi', '@tsoa/runtime', 'tsoa', '@midwayjs/core', '@midwayjs/decorator', '@tsed/common', '@tsed/schema', '@overnightjs/core', '@n8n/decorators'], names: verbDecorators, target: 'method', role: 'request', label: '{METHOD} {0} handler' },
    { modules: ['inversify-express-utils', '@inversifyjs/http-core'], names: ['httpGet', 'httpPost', 'httpPut', 'httpPatch', 'httpDelete', 'httpHead', 'httpMethod', 'all', 'Get', 'Post', 'Put', 'Patch', 'Delete'], target: 'method', role: 'request', label: '{name} {0} handler' },
    { modules: ['@loopback/rest', '@loopback/openapi-v3'], names: ['get', 'post', 'put', 'patch', 'del', 'operation'], target: 'method', role: 'request', label: '{METHOD} {0} handler' },
    { modules: ['@foal/core'], names: ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'All'], target: 'method', role: 'request', label: '{METHOD} {0} handler' },
    { modules: ['routing-controllers'], names: ['Middleware', 'Interceptor'], target: 'class', methods: ['use', 'error', 'intercept'], role: 'request', label: 'middleware' },
    { modules: ['@midwayjs/core', '@midwayjs/decorator'], names: ['Middleware'], target: 'class', methods: ['resolve'], role: 'startup', label: 'middleware' },
    { modules: ['@midwayjs/core', '@midwayjs/decorator', '@midwayjs/cron', '@midwayjs/bull'], names: ['Schedule', 'Job', 'TaskLocal', 'Task', 'Processor'], target: 'class', methods: ['exec', 'execute', 'onTick'], role: 'timer', label: 'job' },
    { modules: ['@tsed/common', '@tsed/platform-middlewares'], names: ['Middleware'], target: 'class', methods: ['use'], role: 'request', label: 'middleware' },
    { modules: ['discordx'], names: ['Slash', 'On', 'Once', 'ButtonComponent', 'SelectMenuComponent', 'ModalComponent', 'ContextMenu', 'SimpleCommand', 'Reaction'], target: 'method', role: 'request', label: '{name} {0}' },
    { modules: ['@sapphire/decorators'], names: ['RequiresClientPermissions'], target: 'method', role: 'request', label: 'command' },
    { modules: ['type-graphql'], names: ['Query', 'Mutation', 'Subscription', 'FieldResolver'], target: 'method', role: 'request', label: 'GraphQL {name}' },
    { modules: ['typeorm'], names: ['BeforeInsert', 'AfterInsert', 'BeforeUpdate', 'AfterUpdate', 'BeforeRemove', 'AfterRemove', 'AfterLoad', 'BeforeSoftRemove', 'BeforeRecover'], target: 'method', role: 'request', label: '{name} hook' },
    { modules: ['typeorm'], names: ['EventSubscriber'], target: 'class', methods: ['beforeInsert', 'afterInsert', 'beforeUpdate', 'afterUpdate', 'beforeRemove', 'afterRemove', 'afterLoad'], role: 'request', label: 'entity subscriber' },
    { modules: ['sequelize-typescript'], names: ['BeforeCreate', 'AfterCreate', 'BeforeUpdate', 'AfterUpdate', 'BeforeSave', 'AfterSave', 'BeforeDestroy', 'AfterDestroy', 'BeforeFind', 'AfterFind', 'BeforeValidate', 'BeforeBulkCreate'], target: 'method', role: 'request', label: '{name} hook' },
    { modules: ['@mikro-orm/core'], names: ['BeforeCreate', 'AfterCreate', 'BeforeUpdate', 'AfterUpdate', 'BeforeDelete', 'AfterDelete', 'OnInit', 'OnLoad'], target: 'method', role: 'request', label: '{name} hook' },
    { modules: ['moleculer-decorators'], names: ['Action', 'Event', 'Method'], target: 'method', role: 'request', label: '{name}' },
  ],
  classes: [
    { modules: ['@loopback/rest', '@loopback/express'], names: ['SequenceHandler', 'MiddlewareSequence', 'DefaultSequence'], relation: 'either', methods: ['handle'], role: 'request', label: '{class}.{method}' },
    { modules: ['@loopback/core', '@loopback/context'], names: ['Provider'], relation: 'implements', methods: ['intercept', 'action', 'value'], role: 'request', label: '{class}.{method}' },
    { modules: ['@loopback/core'], names: ['LifeCycleObserver'], relation: 'implements', methods: ['init', 'start'], role: 'startup', label: '{class}.{method}' },
    { modules: ['@nestjs/passport'], names: ['PassportStrategy()#', 'PassportStrategy()'], relation: 'extends', methods: ['validate', 'authenticate'], role: 'request', label: '{class}.{method}' },
    { modules: ['discord.js', '@sapphire/framework', 'discord-akairo', '@discordjs/core'], names: ['Command', 'Listener', 'Precondition', 'InteractionHandler', 'Route'], relation: 'extends', methods: ['run', 'exec', 'chatInputRun', 'messageRun', 'contextMenuRun', 'autocompleteRun', 'parse', 'parseMessageCommand', 'chatInputCommand', 'contextMenuCommand'], role: 'request', label: '{class}.{method}' },
    { modules: ['routing-controllers'], names: ['ExpressMiddlewareInterface', 'ExpressErrorMiddlewareInterface', 'KoaMiddlewareInterface', 'InterceptorInterface'], relation: 'implements', methods: ['use', 'error', 'intercept'], role: 'request', label: '{class}.{method}' },
    { modules: ['inversify-express-utils'], names: ['BaseMiddleware'], relation: 'extends', methods: ['handler'], role: 'request', label: '{class}.handler' },
    { modules: ['typeorm'], names: ['EntitySubscriberInterface'], relation: 'implements', methods: ['beforeInsert', 'afterInsert', 'beforeUpdate', 'afterUpdate', 'beforeRemove', 'afterRemove', 'afterLoad'], role: 'request', label: '{class}.{method}' },
    { modules: ['typeorm'], names: ['MigrationInterface'], relation: 'implements', methods: ['up', 'down'], role: 'cli', label: 'migration {class}.{method}' },
    { modules: ['@mikro-orm/migrations'], names: ['Migration'], relation: 'extends', methods: ['up', 'down'], role: 'cli', label: 'migration {class}.{method}' },
    { modules: ['@oclif/core', '@oclif/command'], names: ['Command', ''], relation: 'extends', methods: ['run', 'init', 'catch', 'finally'], role: 'cli', label: 'command {class}' },
    { modules: ['clipanion'], names: ['Command'], relation: 'extends', methods: ['execute'], role: 'cli', label: 'command {class}' },
    { modules: ['graphql-tools', '@graphql-tools/utils'], names: ['SchemaDirectiveVisitor'], relation: 'extends', methods: ['visitFieldDefinition', 'visitObject'], role: 'startup', label: '{class}.{method}' },
    { modules: ['express-session'], names: ['Store'], relation: 'extends', methods: ['get', 'set', 'destroy', 'touch', 'all', 'clear', 'length'], role: 'request', label: 'session store {class}.{method}' },
    { modules: ['apollo-datasource', 'apollo-datasource-rest', '@apollo/datasource-rest'], names: ['DataSource', 'RESTDataSource'], relation: 'extends', methods: ['*'], role: 'request', label: 'data source {class}.{method}' },
    { modules: ['passport-strategy', 'passport'], names: ['', 'Strategy'], relation: 'extends', methods: ['authenticate'], role: 'request', label: '{class}.authenticate' },
    { modules: ['@feathersjs/authentication', '@feathersjs/authentication-local', '@feathersjs/authentication-oauth'], names: ['AuthenticationBaseStrategy', 'LocalStrategy', 'OAuthStrategy', 'JWTStrategy'], relation: 'extends', methods: ['*'], role: 'request', label: '{class}.{method}' },
    { modules: ['n8n-workflow'], names: ['INodeType'], relation: 'implements', methods: ['execute', 'webhook', 'poll', 'trigger'], role: 'background', label: 'node {class}.{method}' },
    { modules: ['homebridge'], names: ['DynamicPlatformPlugin', 'StaticPlatformPlugin', 'AccessoryPlugin'], relation: 'implements', methods: ['configureAccessory', 'getServices'], role: 'startup', label: '{class}.{method}' },
  ],
};

/** Frameworks that find handlers by decorators and by what a class extends or implements. */
export const decorated: readonly FrameworkModel[] = [nest, others];
