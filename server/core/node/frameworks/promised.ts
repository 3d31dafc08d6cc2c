import type { FrameworkModel } from '../registration.ts';

const awsClients = ['s3', 'sqs', 'sns', 'ses', 'sesv2', 'dynamodb', 'lambda', 'eventbridge', 'kinesis', 'firehose', 'secrets-manager', 'ssm', 'cloudwatch', 'sfn'];
const awsNames = ['S3', 'SQS', 'SNS', 'SES', 'SESv2', 'DynamoDB', 'Lambda', 'EventBridge', 'Kinesis', 'Firehose', 'SecretsManager', 'SSM', 'CloudWatch', 'SFN'];

/** Clients of services, whose methods give promises; node/promised-members.ts says which. */
export const promised: FrameworkModel = {
  name: 'Clients of HTTP, databases and services',
  docs: 'https://axios-http.com/docs/api_intro https://www.mongodb.com/docs/drivers/node/ https://mongoosejs.com/docs/queries.html https://nodemailer.com/usage/',
  types: [
    { name: 'axios.Client', annotations: [{ modules: ['axios'], names: ['AxiosInstance', 'Axios', 'AxiosStatic'] }], results: { create: 'axios.Client' } },
    { name: 'fetch.Function' },
    { name: 'got.Client', results: { extend: 'got.Client' } },
    { name: 'nodemailer.Transporter', annotations: [{ modules: ['nodemailer'], names: ['Transporter'] }] },
    { name: 'aws.Client', annotations: [{ modules: [...awsClients.map(name => `@aws-sdk/client-${name}`), '@aws-sdk/lib-dynamodb'], names: [...awsNames.map(name => `${name}Client`), 'DynamoDBDocumentClient'] }] },
    { name: 'mysql.Promised', annotations: [{ modules: ['mysql2/promise'], names: ['Pool', 'Connection', 'PoolConnection'] }], results: { getConnection: 'mysql.Promised' } },
    { name: 'mongodb.Client', annotations: [{ modules: ['mongodb'], names: ['MongoClient'] }], results: { db: 'mongodb.Db', connect: 'mongodb.Client' } },
    { name: 'mongodb.Db', annotations: [{ modules: ['mongodb'], names: ['Db'] }], results: { collection: 'mongodb.Collection' } },
    { name: 'mongodb.Collection', annotations: [{ modules: ['mongodb'], names: ['Collection'] }] },
    { name: 'mongoose.Model', annotations: [{ modules: ['mongoose'], names: ['Model'] }] },
    { name: 'prisma.Delegate' },
    { name: 'typeorm.Repository', annotations: [{ modules: ['typeorm'], names: ['Repository', 'MongoRepository', 'TreeRepository'] }] },
  ],
  producers: [
    { type: 'axios.Client', modules: ['axios'], members: ['', 'default'], by: 'value' },
    { type: 'axios.Client', modules: ['axios'], members: ['create', 'default.create'], by: 'call' },
    { type: 'fetch.Function', modules: ['node-fetch', 'cross-fetch', 'isomorphic-fetch'], members: ['', 'default', 'fetch'], by: 'value' },
    { type: 'fetch.Function', modules: ['undici'], members: ['fetch', 'request'], by: 'value' },
    { type: 'got.Client', modules: ['got', 'ky'], members: ['', 'default', 'got'], by: 'value' },
    { type: 'nodemailer.Transporter', modules: ['nodemailer'], members: ['createTransport', 'default.createTransport'], by: 'call' },
    { type: 'aws.Client', modules: awsClients.map(name => `@aws-sdk/client-${name}`), members: awsNames.map(name => `${name}Client`), by: 'new' },
    { type: 'aws.Client', modules: ['@aws-sdk/lib-dynamodb'], members: ['DynamoDBDocumentClient.from'], by: 'call' },
    { type: 'mysql.Promised', modules: ['mysql2/promise'], members: ['createPool', 'createConnection', 'default.createPool', 'default.createConnection'], by: 'call' },
    { type: 'mongodb.Client', modules: ['mongodb'], members: ['MongoClient', 'default.MongoClient'], by: 'new' },
    { type: 'mongodb.Client', modules: ['mongodb'], members: ['MongoClient.connect'], by: 'call' },
    { type: 'mongoose.Model', modules: ['mongoose'], members: ['model', 'default.model', 'models.*'], by: 'call' },
  ],
};
