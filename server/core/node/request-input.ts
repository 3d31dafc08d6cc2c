import type { InputKind } from './registration.ts';

/** Members of request objects of Node, Express, Koa, Fastify, hapi and their relatives that hold what the client sent. */
export const requestInput: Readonly<Record<string, InputKind>> = {
  url: 'head',
  originalUrl: 'head',
  href: 'head',
  path: 'head',
  pathname: 'head',
  querystring: 'head',
  search: 'head',
  query: 'head',
  params: 'head',
  param: 'head',
  headers: 'head',
  header: 'head',
  rawHeaders: 'head',
  get: 'head',
  cookies: 'head',
  body: 'body',
  rawBody: 'body',
  payload: 'body',
  // `for await (const chunk of request)`, `request[part]`
  '*': 'body',
};

/** The same of `Request` of the Fetch standard and of those made after it. */
export const webRequestInput: Readonly<Record<string, InputKind>> = {
  url: 'head',
  nextUrl: 'head',
  path: 'head',
  query: 'head',
  queries: 'head',
  param: 'head',
  header: 'head',
  headers: 'head',
  cookies: 'head',
  json: 'body',
  text: 'body',
  formData: 'body',
  parseBody: 'body',
  body: 'body',
};

const lambdaInput: Readonly<Record<string, InputKind>> = { body: 'body', queryStringParameters: 'head', multiValueQueryStringParameters: 'head', pathParameters: 'head', headers: 'head', rawPath: 'head', rawQueryString: 'head' };

/** By the name of a request handler's parameter, where its type is not known: handlers that frameworks find by the place of their files. */
export const inputByParameterName: Readonly<Record<string, Readonly<Record<string, InputKind>>>> = {
  req: { ...webRequestInput, ...requestInput },
  request: { ...webRequestInput, ...requestInput },
  ctx: requestInput,
  context: requestInput,
  event: lambdaInput,
};

/** Decorators of parameters that hold what the client sent, by module and name. */
export const decoratedInput: Readonly<Record<string, Readonly<Record<string, InputKind>>>> = {
  '@nestjs/common': { Query: 'head', Param: 'head', Headers: 'head', Body: 'body', RawBody: 'body' },
  '@nestjs/graphql': { Args: 'body' },
  '@nestjs/websockets': { MessageBody: 'message' },
  '@nestjs/microservices': { Payload: 'message' },
  'routing-controllers': { QueryParam: 'head', QueryParams: 'head', Param: 'head', Params: 'head', HeaderParam: 'head', HeaderParams: 'head', CookieParam: 'head', Body: 'body', BodyParam: 'body' },
  tsoa: { Query: 'head', Queries: 'head', Path: 'head', Header: 'head', Body: 'body', BodyProp: 'body' },
  'type-graphql': { Arg: 'body', Args: 'body' },
};

/** Conversions that such a decorator can be given; they limit nothing. Every other pipe is expected to check. */
export const convertingPipe = /^(?:ParseIntPipe|ParseFloatPipe|ParseBoolPipe|ParseArrayPipe|DefaultValuePipe|TrimPipe)$/;
