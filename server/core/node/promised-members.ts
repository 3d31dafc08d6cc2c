import type { TypeName } from './registration.ts';

/** What methods of a library's objects give: the promise of work that has begun, or one whose work begins when somebody waits for it. */
export interface PromisedMembers {
  readonly started?: readonly string[];
  /** Thenables that do nothing before `then()` is called. */
  readonly lazy?: readonly string[];
  /** Whether a function as the last argument takes the result instead. */
  readonly callback?: boolean;
  /** Packages of which an older version has callbacks alone, with the first major version that has promises. */
  readonly since?: Readonly<Record<string, number>>;
}

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head'];
const written = ['create', 'createMany', 'update', 'updateMany', 'upsert', 'delete', 'deleteMany'];
const redisCommands = 'set setEx setex setNX setnx del unlink incr incrBy incrby decr expire pExpire pexpire persist rename hSet hset hmset hDel hdel hIncrBy hincrby lPush lpush rPush rpush lTrim ltrim lRem lrem sAdd sadd sRem srem zAdd zadd zRem zrem zIncrBy zincrby publish xAdd xadd xAck xack flushAll flushall flushDb flushdb eval evalSha evalsha append getDel getdel get mGet mget exists keys ttl hGet hget hGetAll hgetall sMembers smembers quit'.split(' ');

/**
 * By type of frameworks/; `''` is the call of the object itself. Sources: the libraries' documentation (frameworks/promised.ts); Prisma docs,
 * "PrismaPromise behavior": "Prisma Client queries … only execute when you call await or .then() or .catch()"; mongoose docs, Queries are not
 * promises.
 */
export const promisedMembers: Readonly<Record<TypeName, PromisedMembers>> = {
  'axios.Client': { started: ['', 'request', 'options', 'postForm', 'putForm', 'patchForm', ...verbs] },
  'fetch.Function': { started: [''] },
  'got.Client': { started: ['', ...verbs] },
  'nodemailer.Transporter': { started: ['sendMail', 'verify'], callback: true },
  'aws.Client': { started: ['send'], callback: true },
  'pg.Client': { started: ['query', 'connect', 'end'], callback: true },
  'mysql.Promised': { started: ['query', 'execute', 'end', 'getConnection', 'beginTransaction', 'commit', 'rollback'] },
  'redis.Client': { started: redisCommands, callback: true, since: { redis: 4 } },
  'mongodb.Collection': {
    started: ['insertOne', 'insertMany', 'updateOne', 'updateMany', 'replaceOne', 'deleteOne', 'deleteMany', 'findOne', 'findOneAndUpdate', 'findOneAndReplace', 'findOneAndDelete', 'bulkWrite', 'countDocuments', 'distinct', 'createIndex', 'drop'],
    callback: true,
  },
  'mongodb.Client': { started: ['connect', 'close'], callback: true },
  'mongoose.Model': {
    started: ['create', 'insertMany', 'bulkWrite', 'bulkSave', 'syncIndexes', 'createIndexes'],
    lazy: ['updateOne', 'updateMany', 'replaceOne', 'deleteOne', 'deleteMany', 'findOneAndUpdate', 'findOneAndReplace', 'findOneAndDelete', 'findByIdAndUpdate', 'findByIdAndDelete', 'findByIdAndRemove', 'findOne', 'findById', 'find', 'countDocuments', 'exists'],
    callback: true,
  },
  'prisma.Delegate': { lazy: [...written, 'findUnique', 'findUniqueOrThrow', 'findFirst', 'findFirstOrThrow', 'findMany', 'count', 'aggregate', 'groupBy'] },
  'typeorm.Repository': {
    started: ['save', 'remove', 'softRemove', 'insert', 'update', 'upsert', 'delete', 'softDelete', 'restore', 'increment', 'decrement', 'find', 'findBy', 'findOne', 'findOneBy', 'findOneOrFail', 'findOneByOrFail', 'findAndCount', 'count', 'countBy', 'exist', 'exists', 'query', 'clear'],
  },
};
