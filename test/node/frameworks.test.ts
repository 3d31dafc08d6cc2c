import assert from 'node:assert/strict';
import { test } from 'node:test';
import picomatch from 'picomatch';
import { frameworks } from '../../server/core/node/frameworks.ts';
import type { FileConvention, FileRole, HandlerSelector } from '../../server/core/node/registration.ts';

const types = frameworks.flatMap(model => model.types ?? []);
const registrations = frameworks.flatMap(model => (model.registrations ?? []).map(registration => ({ model: model.name, registration })));

test('every type that is named is described, once', () => {
  const names = types.map(type => type.name);
  assert.deepEqual(names.filter((name, at) => names.indexOf(name) !== at), []);
  const used = [
    ...types.flatMap(type => [...(type.extends ?? []), ...Object.values(type.results ?? {}), ...Object.values(type.properties ?? {})]),
    ...frameworks.flatMap(model => (model.producers ?? []).map(producer => producer.type)),
    ...registrations.flatMap(({ registration }) => [registration.type ?? 'this', ...Object.values(registration.params ?? {}), registration.thisType ?? 'this']),
    ...frameworks.flatMap(model => [...(model.files ?? []), ...(model.classes ?? []), ...(model.decorators ?? [])].flatMap(item => Object.values(item.params ?? {}))),
  ];
  assert.deepEqual([...new Set(used)].filter(name => name !== 'this' && !names.includes(name)), []);
});

test('every type can be had, and is good for something', () => {
  const produced = new Set(frameworks.flatMap(model => (model.producers ?? []).map(producer => producer.type)));
  for (const type of types) produced.has(type.name) || [...Object.values(type.results ?? {}), ...Object.values(type.properties ?? {})].forEach(name => produced.add(name));
  for (const type of types) for (const name of [...Object.values(type.results ?? {}), ...Object.values(type.properties ?? {})]) produced.add(name);
  for (const { registration } of registrations) for (const name of Object.values(registration.params ?? {})) produced.add(name);
  assert.deepEqual(types.filter(type => !produced.has(type.name) && !type.annotations && !type.names).map(type => type.name), []);
});

test('a registration names a receiver, members and handlers', () => {
  for (const { model, registration } of registrations) {
    const where = `${model}: ${registration.label}`;
    assert.notEqual(registration.type === undefined, registration.modules === undefined, where);
    assert.ok(registration.members.length > 0, where);
    assert.ok(registration.handlers.length > 0, where);
    for (const selector of registration.handlers) if ('paths' in selector && selector.paths) assert.ok(selector.paths.every(path => /^[\w$*-]+(\(\))?(\.[\w$*-]+(\(\))?)*$/.test(path)), where);
    assert.equal(registration.parameterNames !== undefined, registration.likely === 'handler', where);
  }
});

test('a registration that holds always does not hide a later one', () => {
  const first = new Map<string, string>();
  for (const { registration } of registrations) {
    for (const receiver of registration.type ? [registration.type] : registration.modules!) {
      for (const member of registration.members) {
        const key = `${receiver} ${member} ${registration.by ?? 'call'}`;
        // Same receiver, same member, both without condition: only another shape of evidence is a reason.
        if (registration.when || registration.likely === 'path') continue;
        const kinds = selectorKinds(registration.handlers);
        assert.ok(!first.has(key) || first.get(key) !== kinds || registration.likely === 'handler', `${key}: ${registration.label}`);
        first.set(key, kinds);
      }
    }
  }
});

function selectorKinds(selectors: readonly HandlerSelector[]): string {
  return JSON.stringify(selectors);
}

/** Role of the first rule that matches the path from the package's directory. */
function roleOf(path: string): FileRole['role'] | null {
  const rule = frameworks.flatMap(model => model.roles ?? []).find(role => !role.packages && picomatch([...role.files], { dot: true })(path));
  return rule?.role ?? null;
}

test('files of tests, builds, command lines and migrations are known by their place', () => {
  for (const [path, role] of [
    ['src/users/users.controller.spec.ts', 'test'],
    ['test/helpers/server.js', 'test'],
    ['packages/a/__tests__/x.tsx', 'test'],
    ['webpack.config.js', 'build'],
    ['webpack.prod.config.ts', 'build'],
    ['vite.config.mts', 'build'],
    ['gulpfile.js', 'build'],
    ['Gruntfile.js', 'build'],
    ['scripts/release.ts', 'cli'],
    ['bin/cli.js', 'cli'],
    ['src/database/migrations/001-init.ts', 'cli'],
    ['db/seeds/users.js', 'cli'],
    ['src/server.ts', null],
    ['src/testimonials/index.ts', null],
    ['server/endpoints/system.js', null],
    ['src/build/plan.ts', null],
    ['src/contests/spec-sheet.ts', null],
    ['lib/cabin.js', null],
  ] as const) assert.equal(roleOf(path), role, path);
});

/** Labels of the conventions that hold for a path, in a package that depends on `dependency`. */
function conventionsFor(path: string, dependency: string): readonly FileConvention[] {
  return frameworks.flatMap(model => model.files ?? []).filter(file => file.packages?.includes(dependency) && picomatch([...file.files], { dot: true })(path));
}

test('file conventions match the places that frameworks document', () => {
  for (const [path, dependency, exported, role] of [
    ['pages/api/users/[id].ts', 'next', 'default', 'request'],
    ['src/app/api/users/route.ts', 'next', 'POST', 'request'],
    ['app/page.tsx', 'next', 'default', 'request'],
    ['src/app/blog/[slug]/page.tsx', 'next', 'generateStaticParams', 'build'],
    ['middleware.ts', 'next', 'middleware', 'request'],
    ['server/api/hello.get.ts', 'nuxt', 'default', 'request'],
    ['src/routes/api/+server.ts', '@sveltejs/kit', 'GET', 'request'],
    ['src/routes/+page.server.ts', '@sveltejs/kit', 'load', 'request'],
    ['src/hooks.server.ts', '@sveltejs/kit', 'handle', 'request'],
    ['app/routes/posts.$id.tsx', '@remix-run/node', 'loader', 'request'],
    ['app/controller/home.js', 'egg', 'default', 'request'],
    ['app/schedule/clean.js', 'egg', 'default', 'timer'],
    ['api/controllers/UserController.js', 'sails', 'default', 'request'],
    ['src/api/restaurant/controllers/restaurant.js', '@strapi/strapi', 'default', 'request'],
    ['services/math.service.js', 'moleculer', 'default', 'request'],
    ['src/handler.ts', 'serverless', 'handler', 'request'],
  ] as const) {
    const roles = conventionsFor(path, dependency).filter(file => file.exports.includes(exported)).map(file => file.role);
    assert.ok(roles.includes(role), `${path}: ${roles.join(', ') || 'nothing'}`);
  }
  assert.deepEqual(conventionsFor('src/lib/db.ts', 'next').filter(file => file.directive === undefined), []);
});
