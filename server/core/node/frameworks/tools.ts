import type { FrameworkModel } from '../registration.ts';

const every = [{ kind: 'arguments', from: 0 }] as const;
const js = '{js,cjs,mjs,ts,cts,mts,jsx,tsx}';

/** The names that test runners share, with their modifiers. */
const testNames = ['it', 'test', 'describe', 'suite', 'specify', 'context', 'xit', 'fit', 'xtest', 'xdescribe', 'fdescribe', 'bench', 'before', 'after', 'beforeEach', 'afterEach', 'beforeAll', 'afterAll', 'setup', 'teardown', 'suiteSetup', 'suiteTeardown', 'serial'];
const modified = testNames.flatMap(name => [name, `${name}.only`, `${name}.skip`, `${name}.concurrent`, `${name}.serial`, `${name}.todo`, `${name}.fails`, `${name}.failing`, `${name}.sequential`, `${name}.each()`, `${name}.skipIf()`, `${name}.runIf()`, `${name}.step`, `${name}.describe`, `${name}.beforeEach`, `${name}.afterEach`, `${name}.beforeAll`, `${name}.afterAll`, `${name}.before`, `${name}.after`]);

const tests: FrameworkModel = {
  name: 'Test runners',
  docs: 'https://nodejs.org/api/test.html https://jestjs.io/docs/api https://mochajs.org/',
  registrations: [
    { modules: ['globals', 'test', 'vitest', '@jest/globals', 'mocha', 'bun:test', 'uvu', '@playwright/test', 'jasmine', '@japa/runner'], members: ['', 'only', 'skip', 'todo', ...modified], handlers: every, role: 'test', label: '{member} {0}' },
    { modules: ['ava', 'tape', 'tap', 'qunit', 'zora', 'supertape', 'brittle'], members: ['', 'only', 'skip', 'serial', 'before', 'after', 'beforeEach', 'afterEach', 'failing', 'module', 'test', 'serial.before', 'serial.after', 'before.always', 'after.always', 'onFinish'], handlers: every, role: 'test', label: 'test {0}' },
    { modules: ['globals'], members: ['jest.mock', 'jest.doMock', 'jest.fn', 'jest.spyOn().mockImplementation', 'vi.mock', 'vi.fn', 'vi.doMock', 'cy.task', 'Cypress.Commands.add'], handlers: every, role: 'test', label: '{member}' },
    { modules: ['vitest', '@jest/globals'], members: ['vi.mock', 'vi.fn', 'vi.doMock', 'jest.mock', 'jest.fn'], handlers: every, role: 'test', label: '{member}' },
    { modules: ['msw'], members: ['http.get', 'http.post', 'http.put', 'http.patch', 'http.delete', 'http.all', 'http.head', 'http.options', 'rest.get', 'rest.post', 'rest.put', 'rest.patch', 'rest.delete', 'rest.all', 'graphql.query', 'graphql.mutation'], handlers: every, role: 'test', label: 'mock {member} {0}' },
    { modules: ['sinon', 'proxyquire', 'nock', 'rewire', 'mockery', 'testdouble'], members: ['stub().callsFake', 'fake', '', 'spy', 'stub'], handlers: every, role: 'test', label: 'mock' },
    { modules: ['@cucumber/cucumber', 'cucumber'], members: ['Given', 'When', 'Then', 'Before', 'After', 'BeforeAll', 'AfterAll', 'BeforeStep', 'AfterStep'], handlers: every, role: 'test', label: 'step {0}' },
  ],
  roles: [
    { files: [`**/{test,tests,__tests__,__test__,spec,specs,__mocks__,e2e,cypress,test-utils,__fixtures__}/**`], role: 'test' },
    { files: ['**/{test,tests,__tests__,spec}/{fixtures,fixture}/**'], around: true, role: 'test' },
    { files: [`**/*{.,-,_}{test,tests,spec,e2e,e2e-spec,e2e-test,int-test,integration-test,cy,bench}.${js}`, `**/{test,tests,vitest.setup,jest.setup,setupTests,test-setup,test-helper,test-helpers,test_helper}.${js}`], role: 'test' },
  ],
};

const commandLine: FrameworkModel = {
  name: 'Command lines and scripts',
  docs: 'https://github.com/tj/commander.js https://yargs.js.org/docs/',
  types: [
    { name: 'commander.Command', annotations: [{ modules: ['commander'], names: ['', 'Command', 'CommanderStatic'] }], chainable: true, names: ['program', 'cmd', 'command', 'cli'] },
    { name: 'yargs.Argv', annotations: [{ modules: ['yargs'], names: ['Argv'] }], chainable: true, names: ['yargs'] },
    { name: 'cli.Chain', chainable: true },
  ],
  producers: [
    { type: 'commander.Command', modules: ['commander', '@commander-js/extra-typings'], members: ['', 'program'], by: 'value' },
    { type: 'commander.Command', modules: ['commander', '@commander-js/extra-typings'], members: ['Command'], by: 'new' },
    { type: 'commander.Command', modules: ['commander'], members: ['createCommand'], by: 'call' },
    { type: 'yargs.Argv', modules: ['yargs', 'yargs/yargs'], members: ['', 'default'], by: 'value' },
    { type: 'yargs.Argv', modules: ['yargs', 'yargs/yargs'], members: [''], by: 'either' },
    { type: 'cli.Chain', modules: ['cac', 'sade', 'vorpal', '@caporal/core', 'caporal', 'gunshi', 'cleye', 'clipanion'], members: ['', 'cac', 'program'], by: 'either' },
  ],
  registrations: [
    { type: 'commander.Command', members: ['action', 'hook', 'on', 'option', 'argument', 'exitOverride', 'configureOutput'], handlers: every, role: 'cli', label: 'command action' },
    { type: 'yargs.Argv', members: ['command', 'middleware', 'check', 'coerce', 'fail', 'option', 'options', 'completion', 'usage'], handlers: [{ kind: 'arguments', from: 0 }, { kind: 'properties', index: 0, paths: ['handler', 'builder'] }], role: 'cli', label: 'command {0}' },
    { type: 'cli.Chain', members: ['action', 'command', 'validate'], handlers: every, role: 'cli', label: 'command action' },
    { modules: ['citty'], members: ['defineCommand'], handlers: [{ kind: 'properties', index: 0, paths: ['run', 'setup', 'cleanup'] }], role: 'cli', label: 'command' },
    { modules: ['inquirer', 'prompts', 'enquirer', '@inquirer/prompts', '@clack/prompts', 'readline-sync'], members: ['', 'prompt', 'input', 'select', 'confirm', 'group', 'text'], handlers: [{ kind: 'properties', index: 0, paths: ['validate', 'filter', 'when', 'choices', 'onState', 'default', 'message'] }], role: 'cli', label: 'prompt {property}' },
    { modules: ['umzug'], members: ['Umzug'], by: 'new', handlers: [{ kind: 'properties', index: 0, paths: ['migrations.up', 'migrations.down', 'migrations.resolve'] }], role: 'cli', label: 'migration' },
  ],
  files: [
    { files: [`**/{migrations,migration,seeders,seeds}/**/*.${js}`], exports: ['up', 'down', 'seed', 'default'], take: 'function', role: 'cli', label: '{export} of {file}' },
  ],
  roles: [
    { files: [`{,src/,server/,app/,lib/,db/,database/,packages/*/}{migrations,seeders,seeds}/**`, `**/{migrations,seeders}/*.${js}`], role: 'cli' },
    { files: ['{bin,scripts,script,tools,hack,ci,.github,devtools}/**', '{,src/,server/,app/}{scripts,cli,bin}/**', `**/{cli,postinstall,preinstall}.${js}`], role: 'cli' },
    { files: ['{,src/}commands/**'], packages: ['@oclif/core', '@oclif/command', 'nest-commander', 'gluegun', '@adonisjs/ace'], role: 'cli' },
    { files: ['{bench,benchmark,benchmarks,perf}/**'], role: 'cli' },
    { files: ['{bench,benchmark,benchmarks}/**'], around: true, role: 'cli' },
  ],
};

const builds: FrameworkModel = {
  name: 'Build tools',
  docs: 'https://gulpjs.com/docs/en/api/task https://gruntjs.com/api/grunt.task',
  types: [
    { name: 'grunt.Grunt', properties: { task: 'grunt.Grunt' }, names: ['grunt'] },
    { name: 'gulp.Gulp', names: ['gulp'] },
    { name: 'webpack.Compiler', annotations: [{ modules: ['webpack', '@rspack/core'], names: ['Compiler', 'Compilation'] }], properties: { hooks: 'webpack.Hooks' }, names: ['compiler', 'compilation'] },
    { name: 'webpack.Hooks', properties: { '*': 'webpack.Hook' } },
    { name: 'webpack.Hook' },
  ],
  producers: [
    { type: 'gulp.Gulp', modules: ['gulp'], members: ['', 'default'], by: 'value' },
    { type: 'grunt.Grunt', modules: ['grunt'], members: [''], by: 'value' },
  ],
  registrations: [
    { type: 'gulp.Gulp', members: ['task', 'series', 'parallel', 'watch'], handlers: every, role: 'build', label: 'gulp task {0}', likely: 'event' },
    { modules: ['gulp'], members: ['task', 'series', 'parallel', 'watch'], handlers: every, role: 'build', label: 'gulp task {0}' },
    { type: 'grunt.Grunt', members: ['registerTask', 'registerMultiTask'], handlers: every, role: 'build', label: 'grunt task {0}', likely: 'event' },
    { type: 'webpack.Hook', members: ['tap', 'tapAsync', 'tapPromise'], handlers: [{ kind: 'argument', index: 1 }], role: 'build', label: 'webpack hook' },
    { modules: ['globals', 'jake'], members: ['desc', 'task', 'namespace', 'directory'], handlers: [{ kind: 'argument', index: -1 }], role: 'build', label: 'jake task {0}' },
    { modules: ['vite', 'vitest/config', 'rollup', 'tsup', 'unbuild', '@rsbuild/core', 'astro/config', '@sveltejs/kit/vite', 'nuxt/config'], members: ['defineConfig', 'defineNuxtConfig', 'build', 'createServer'], handlers: [{ kind: 'argument', index: 0 }, { kind: 'properties', index: 0, paths: ['plugins.*', 'hooks.*', 'esbuildOptions', 'onSuccess'] }], role: 'build', label: 'build configuration' },
    { modules: ['esbuild'], members: ['build', 'context'], handlers: [{ kind: 'properties', index: 0, paths: ['plugins.setup'] }], role: 'build', label: 'esbuild plugin' },
    { modules: ['unplugin'], members: ['createUnplugin'], handlers: [{ kind: 'returned', index: 0, paths: ['*'] }], role: 'build', label: 'build plugin {property}' },
  ],
  roles: [
    { files: [`**/{webpack,rollup,vite,vitest,jest,babel,tailwind,postcss,eslint,prettier,next,nuxt,svelte,astro,metro,esbuild,tsup,tsdown,karma,commitlint,stylelint,playwright,cypress,docusaurus,rspack,craco,vue,quasar,wdio,protractor,nightwatch,lint-staged,release,semantic-release,ecosystem,electron-builder,forge,rsbuild,unocss,windi,remix,react-router,drizzle,knip,typedoc,svgo,codegen,orval,graphql,nodemon,gatsby}{,.*}.config{,.*}.${js}`], role: 'build' },
    { files: [`**/{webpack,rollup}{,.*}.${js}`, `**/{Gruntfile,gruntfile,gulpfile,Gulpfile,gulpfile.babel,Jakefile,jakefile,fuse,knexfile,.eslintrc,.prettierrc,.babelrc,babel.config,gatsby-config,gatsby-node,gatsby-ssr}.${js}`, `**/{gulpfile.js,gulpfile.ts,gulp,grunt,webpack,build-scripts,.storybook,.vitepress,.vuepress}/**`, '{,packages/*/}build/{webpack,gulp,rollup}*'], role: 'build' },
    // Code for browsers: nothing waits for its socket listeners and timers.
    { files: [`**/*.stories.${js}`, '{public,static,assets,src/static,src/assets}/**'], role: 'build' },
  ],
};

/** What looks like a handler but serves nobody: tests, command lines, builds, migrations. */
export const tools: readonly FrameworkModel[] = [tests, commandLine, builds];
