import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryPointAt } from '../../server/core/order/function-role.ts';
import { parse } from '../../server/core/syntax/parse.ts';

/** Explains the place marked `|`, or line `line` as a whole. */
function check(name: string, text: string, expected: string, line?: number): void {
  test(name, () => {
    const offset = text.indexOf('|');
    const code = offset < 0 ? text : text.slice(0, offset) + text.slice(offset + 1);
    const source = parse('/p/a.ts', code);
    const position = line === undefined ? source.lines.positionAt(offset) : { line, column: undefined };
    const entry = entryPointAt(source, position.line, position.column);
    assert.equal(entry.kind === 'file' ? 'file' : `${entry.phase}: ${entry.label} @ ${source.lines.positionAt(entry.offset!).line}`, expected);
  });
}

check('top level is the file', 'const a = 1;|\nfunction f() {}', 'file');
check('a route handler starts in poll', "app.get('/report', async (req, res) => { | });", 'poll: GET /report handler @ 1');
check('a line without column means the function that starts on it', "const app = express();\napp.post('/x', (req, res) => {\n  res.end();\n});", 'poll: POST /x handler @ 2', 2);
check('a line without column inside a function', "app.post('/x', (req, res) => {\n  res.end();\n});", 'poll: POST /x handler @ 1', 2);
check('a timer callback starts in timers', 'function f() { setTimeout(() => {|}, 10); }', 'timers: setTimeout callback @ 1');
check('an immediate starts in check', 'setImmediate(function () {|});', 'check: setImmediate callback @ 1');
check('a reaction is a microtask', 'p.then(value => {|});', 'microtask: then callback @ 1');
check('array callbacks belong to the function around them', "app.get('/x', (req, res) => { ids.map(id => {|}); });", 'poll: GET /x handler @ 1');
check('promise executors belong to the function around them', 'async function load() { await new Promise(resolve => {|}); }', 'poll: load() @ 1');
check('an invoked function expression at top level is the file', '(async () => { | })();', 'file');
check('a handler registered by name', "router.delete('/x/:id', remove);\nasync function remove(req, res) {|}", 'poll: DELETE /x/:id handler @ 2');
check('a request handler known by its parameters', 'export const handle = async (req, res) => {|};', 'poll: request handler handle @ 1');
check('a listener', "socket.on('data', chunk => {|});", "poll: 'data' listener of socket @ 1");
check("process.on('exit') runs at exit", "process.on('exit', () => {|});", "exit: 'exit' listener of process @ 1");
check('a callback of an API', "fs.readFile('x', (error, data) => {|});", 'poll: callback of fs.readFile() @ 1');
check('a server', 'http.createServer((req, res) => {|}).listen(80);', 'poll: request handler of http.createServer() @ 1');
check('a decorated method', "class C { @Get('reports') list() {|} }", 'poll: GET /reports · C.list @ 1');
check('a cron job', "class C { @Cron('* * * * *') run() {|} }", 'timers: @Cron job · C.run @ 1');

check('a route of a controller with a prefix', "@Controller({ path: 'cats' }) class C { @UseGuards(G) @Get(':id') findOne() {|} }", 'poll: GET /cats/:id · C.findOne @ 1');
check('a route without a path', "@Controller('cats') class C { @ApiOperation({ summary: 'x' }) @Get() list() {|} }", 'poll: GET /cats · C.list @ 1');
check('a decorator of a method belongs to it', "@Controller('cats') class C { @Get() @ApiResponse({ status: |200 }) list() {} }", 'poll: GET /cats · C.list @ 1');
check('a message handler', "class C { @MessagePattern('sum') sum(data) {|} }", 'poll: @MessagePattern sum · C.sum @ 1');
check('a decorator that says nothing of a role', "class C { @Transactional() save() {|} }", 'poll: C.save @ 1');
check('a handler in a wrapper', "router.post('/a', catchAsync(async (req, res) => {|}));", 'poll: POST /a handler @ 1');
check('a handler in a list and a wrapper', "router.post('/a', [auth, wrap(async (req, res) => {|})]);", 'poll: POST /a handler @ 1');
check('a handler as a field of a class', 'class C { list = async (req, res) => {|}; }', 'poll: C.list @ 1');

test('the program graph is asked first', () => {
  const source = parse('/p/a.ts', 'function f() {\n}');
  const entry = entryPointAt(source, 1, 14, start => (start === 0 ? { phase: 'poll', label: 'GET /f handler' } : null));
  assert.deepEqual(entry, { kind: 'function', offset: 0, phase: 'poll', label: 'GET /f handler' });
});
