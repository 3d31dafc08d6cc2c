// Preload: a job of about 20 ms is ahead in the thread pool; started with UV_THREADPOOL_SIZE=1 it keeps the only thread busy.
'use strict';
require('node:crypto').pbkdf2('x', 'y', 20_000, 32, 'sha256', () => {});
