import type { ProgramGraph, Role } from './program-graph.ts';

/** What of a program is known to be called from outside: how many functions by role, and which libraries that call handlers are imported where none was recognised. */
export interface EntryCoverage {
  readonly entries: Readonly<Partial<Record<Role, number>>>;
  readonly silent: readonly string[];
}

/** Libraries that are there to call what they are handed: where one is imported and nothing was recognised, something was missed. */
const calling: ReadonlySet<string> = new Set([
  'express', 'fastify', 'koa', '@hapi/hapi', 'hono', 'restify', 'polka', 'connect', '@nestjs/core', 'socket.io', '@trpc/server', 'moleculer', '@apollo/server', 'apollo-server', 'graphql-yoga', '@grpc/grpc-js', 'bullmq', 'bull', 'amqplib', 'kafkajs', 'discord.js', 'telegraf', 'elysia', 'h3', 'srvx', '@feathersjs/feathers', 'sails', '@adonisjs/core', '@loopback/rest', 'egg', 'midway', '@strapi/strapi',
]);

/** Of linked files; a library is silent in the folder of a package where no function is known to be called for a client. */
export function entryCoverage(graph: ProgramGraph): EntryCoverage {
  const entries: Partial<Record<Role, number>> = {};
  const serving = new Set<string>();
  const directoryOf = (file: string): string => graph.packageOf(file)?.directory ?? '';
  const counted = new Set<string>();
  for (const { role, location, label, function: fn } of graph.entries) {
    const key = `${role} ${location.file} ${location.start} ${label} ${fn.file} ${fn.index}`;
    if (counted.has(key)) continue;
    counted.add(key);
    entries[role] = (entries[role] ?? 0) + 1;
    if (role === 'request' || role === 'background') serving.add(directoryOf(location.file)).add(directoryOf(fn.file));
  }
  const silent = new Set<string>();
  for (const file of graph.linkedFiles) {
    for (const { specifier, typeOnly } of graph.module(file).imports) if (!typeOnly && calling.has(specifier) && !serving.has(directoryOf(file))) silent.add(specifier);
  }
  return { entries: Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1))), silent: [...silent].sort() };
}
