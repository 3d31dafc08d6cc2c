import type { FrameworkModel } from '../registration.ts';

const every = [{ kind: 'arguments', from: 0 }] as const;
const sequelizeHooks = ['beforeValidate', 'afterValidate', 'beforeCreate', 'afterCreate', 'beforeDestroy', 'afterDestroy', 'beforeUpdate', 'afterUpdate', 'beforeSave', 'afterSave', 'beforeUpsert', 'afterUpsert', 'beforeBulkCreate', 'afterBulkCreate', 'beforeBulkDestroy', 'afterBulkDestroy', 'beforeBulkUpdate', 'afterBulkUpdate', 'beforeFind', 'afterFind', 'beforeCount'];

/** Authentication, databases and uploads: functions that a library calls while a request is served. */
export const dataHooks: readonly FrameworkModel[] = [
  {
    name: 'Passport',
    docs: 'https://www.passportjs.org/concepts/authentication/strategies/',
    types: [{ name: 'passport.Passport', annotations: [{ modules: ['passport'], names: ['', 'Authenticator', 'PassportStatic', 'Passport'] }], names: ['passport'] }],
    producers: [
      { type: 'passport.Passport', modules: ['passport', 'koa-passport', '@fastify/passport'], members: ['', 'default'], by: 'value' },
      { type: 'passport.Passport', modules: ['passport', 'koa-passport', '@fastify/passport'], members: ['Passport', 'Authenticator', 'KoaPassport'], by: 'new' },
    ],
    registrations: [
      { type: 'passport.Passport', members: ['serializeUser', 'deserializeUser', 'transformAuthInfo', 'registerUserSerializer', 'registerUserDeserializer'], handlers: every, role: 'request', label: 'passport {member}', likely: 'handler', parameterNames: ['user', 'id', 'req', 'obj', 'serializedUser'] },
      { type: 'passport.Passport', members: ['authenticate', 'authorize'], handlers: [{ kind: 'argument', index: -1 }], role: 'request', label: 'passport {0} callback' },
      { modules: ['passport-local', 'passport-jwt', 'passport-http', 'passport-http-bearer', 'passport-google-oauth20', 'passport-google-oauth', 'passport-github', 'passport-github2', 'passport-facebook', 'passport-twitter', 'passport-oauth2', 'passport-ldapauth', 'passport-saml', '@node-saml/passport-saml', 'passport-custom', 'passport-openidconnect', 'passport-azure-ad', 'passport-magic-link', 'passport-headerapikey', 'passport-discord', 'passport-apple', 'openid-client'],
        members: ['', 'Strategy', 'BasicStrategy', 'DigestStrategy', 'OAuth2Strategy', 'OIDCStrategy', 'BearerStrategy', 'MultiSamlStrategy', 'HeaderAPIKeyStrategy'], by: 'new', handlers: every, role: 'request', label: 'passport verify callback' },
    ],
  },
  {
    name: 'Mongoose',
    docs: 'https://mongoosejs.com/docs/middleware.html',
    types: [
      { name: 'mongoose.Schema', annotations: [{ modules: ['mongoose'], names: ['Schema'] }], results: { virtual: 'mongoose.Virtual', path: 'mongoose.SchemaType' }, properties: { methods: 'mongoose.Methods', statics: 'mongoose.Methods' }, names: ['schema'] },
      { name: 'mongoose.Virtual', chainable: true },
      { name: 'mongoose.SchemaType', chainable: true },
      { name: 'mongoose.Methods' },
    ],
    producers: [{ type: 'mongoose.Schema', modules: ['mongoose'], members: ['Schema'], by: 'either' }],
    registrations: [
      { type: 'mongoose.Schema', members: ['pre', 'post'], handlers: [{ kind: 'argument', index: -1 }], role: 'request', label: 'mongoose {member} {0} hook', likely: 'event' },
      { type: 'mongoose.Schema', members: ['method', 'static', 'query'], handlers: [{ kind: 'argument', index: 1 }, { kind: 'properties', index: 0, paths: ['*'] }], role: 'request', label: 'mongoose {member} {0}' },
      { type: 'mongoose.Schema', members: ['plugin'], handlers: [{ kind: 'argument', index: 0 }], role: 'startup', label: 'schema plugin', params: { 0: 'mongoose.Schema' } },
      { type: 'mongoose.Virtual', members: ['get', 'set'], handlers: [{ kind: 'argument', index: 0 }], role: 'request', label: 'virtual {member}ter' },
      { type: 'mongoose.SchemaType', members: ['validate', 'get', 'set'], handlers: [{ kind: 'argument', index: 0 }], role: 'request', label: 'schema {member}' },
      { modules: ['mongoose'], members: ['Schema'], by: 'either', handlers: [{ kind: 'properties', index: 0, paths: ['*.set', '*.get', '*.validate', '*.validate.validator', '*.default'] }, { kind: 'properties', index: 1, paths: ['toJSON.transform', 'toObject.transform', 'methods.*', 'statics.*'] }], role: 'request', label: 'schema {property}' },
    ],
  },
  {
    name: 'Sequelize',
    docs: 'https://sequelize.org/docs/v6/other-topics/hooks/',
    types: [
      { name: 'sequelize.Sequelize', annotations: [{ modules: ['sequelize', 'sequelize-typescript'], names: ['', 'Sequelize'] }], results: { define: 'sequelize.Model' }, names: ['sequelize'] },
      { name: 'sequelize.Model' },
    ],
    producers: [{ type: 'sequelize.Sequelize', modules: ['sequelize', 'sequelize-typescript'], members: ['', 'Sequelize'], by: 'new' }],
    registrations: [
      { type: 'sequelize.Sequelize', members: ['define'], handlers: [{ kind: 'properties', index: 2, paths: ['hooks.*', 'instanceMethods.*', 'classMethods.*', 'getterMethods.*', 'setterMethods.*', 'validate.*'] }, { kind: 'properties', index: 1, paths: ['*.get', '*.set'] }], role: 'request', label: 'model {0} {property}' },
      { type: 'sequelize.Sequelize', members: ['addHook', 'hook', ...sequelizeHooks], handlers: [{ kind: 'argument', index: -1 }], role: 'request', label: 'sequelize {0} hook' },
      { type: 'sequelize.Sequelize', members: ['transaction'], handlers: [{ kind: 'argument', index: -1 }], role: 'caller', label: 'transaction callback' },
      { type: 'sequelize.Model', members: ['addHook', 'hook', ...sequelizeHooks], handlers: [{ kind: 'argument', index: -1 }], role: 'request', label: 'model {member} hook' },
    ],
    classes: [{ modules: ['sequelize', 'sequelize-typescript'], names: ['Model'], relation: 'extends', methods: sequelizeHooks, role: 'request', label: 'model hook {class}.{method}' }],
  },
  {
    name: 'Objection, Bookshelf, Prisma, Waterline',
    docs: 'https://vincit.github.io/objection.js/api/model/instance-methods.html#beforeinsert',
    types: [{ name: 'prisma.Client', annotations: [{ modules: ['@prisma/client'], names: ['PrismaClient'] }], results: { $extends: 'this' }, properties: { '*': 'prisma.Delegate' } }],
    producers: [{ type: 'prisma.Client', modules: ['@prisma/client'], members: ['PrismaClient'], by: 'new' }],
    registrations: [
      { type: 'prisma.Client', members: ['$use', '$on'], handlers: [{ kind: 'argument', index: -1 }], role: 'request', label: 'Prisma {0} middleware' },
      { type: 'prisma.Client', members: ['$extends'], handlers: [{ kind: 'properties', index: 0, paths: ['query.*.*', 'model.*.*', 'client.*', 'result.*.*.compute'] }], role: 'request', label: 'Prisma extension' },
    ],
    classes: [{ modules: ['objection', '@adonisjs/lucid', '@ioc:Adonis/Lucid/Orm'], names: ['Model', 'BaseModel'], relation: 'extends', methods: ['$beforeInsert', '$afterInsert', '$beforeUpdate', '$afterUpdate', '$beforeDelete', '$afterDelete', '$afterFind', '$parseJson', '$formatJson', '$parseDatabaseJson', '$formatDatabaseJson', '$beforeValidate', '$afterValidate'], role: 'request', label: 'model hook {class}.{method}' }],
  },
  {
    name: 'Uploads, sessions, validation',
    docs: 'https://github.com/expressjs/multer#diskstorage',
    registrations: [
      { modules: ['multer', '@koa/multer', 'koa-multer', 'fastify-multer', '@nestjs/platform-express'], members: ['diskStorage', ''], handlers: [{ kind: 'properties', index: 0, paths: ['destination', 'filename', 'fileFilter'] }], role: 'request', label: 'upload {property}' },
      { modules: ['@nestjs/platform-express'], members: ['FileInterceptor', 'FilesInterceptor', 'FileFieldsInterceptor', 'AnyFilesInterceptor'], handlers: [{ kind: 'properties', index: -1, paths: ['fileFilter', 'storage.destination'] }], role: 'request', label: 'upload {property}' },
      { modules: ['multer-s3', 'multer-storage-cloudinary', 'multer-gridfs-storage'], members: ['', 'CloudinaryStorage', 'GridFsStorage'], by: 'either', handlers: [{ kind: 'properties', index: 0, paths: ['key', 'metadata', 'contentType', 'bucket', 'acl', 'params', 'params.public_id', 'params.folder', 'file'] }], role: 'request', label: 'upload {property}' },
      { modules: ['express-session', 'cookie-session', 'csurf', 'express-jwt', 'express-fileupload', 'express-basic-auth', 'connect-busboy'], members: ['', 'expressjwt'], handlers: [{ kind: 'properties', index: 0, paths: ['genid', 'secret', 'getToken', 'isRevoked', 'authorizer', 'value', 'unauthorizedResponse'] }], role: 'request', label: '{property}' },
      { modules: ['formidable', 'busboy', 'multiparty'], members: ['', 'IncomingForm', 'Formidable', 'Form'], by: 'either', handlers: [{ kind: 'properties', index: 0, paths: ['filename', 'filter', 'onFileBegin', 'fileWriteStreamHandler'] }], role: 'request', label: 'form {property}' },
      { modules: ['@tus/server', 'tus-node-server'], members: ['Server'], by: 'new', handlers: [{ kind: 'properties', index: 0, paths: ['namingFunction', 'onUploadCreate', 'onUploadFinish', 'onIncomingRequest', 'generateUrl'] }], role: 'request', label: 'upload {property}' },
      { modules: ['next-auth', 'next-auth/next', '@auth/core', '@auth/express'], members: ['', 'Auth', 'ExpressAuth'], handlers: [{ kind: 'properties', index: -1, paths: ['callbacks.*', 'events.*', 'providers.authorize', 'jwt.encode', 'jwt.decode'] }], role: 'request', label: 'authentication {property}' },
      { modules: ['next-auth/providers/credentials', '@auth/core/providers/credentials'], members: ['', 'Credentials', 'CredentialsProvider'], handlers: [{ kind: 'properties', index: 0, paths: ['authorize'] }], role: 'request', label: 'credentials check' },
    ],
  },
];
