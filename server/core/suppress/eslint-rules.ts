/** What rules of ESLint say of the same thing as ours, by their names without a plugin's: whoever switches one of them off at a place has decided, and said so. */
export const eslintRules: Readonly<Record<string, readonly string[]>> = {
  'no-floating-promises': ['floating-promise'],
  'catch-or-return': ['floating-promise'],
  'no-misused-promises': ['async-express4-handler', 'async-listener-unhandled', 'async-in-http-create-server', 'async-callback-in-sync-iterator', 'promise-in-condition', 'setinterval-async-overlap'],
  'no-sync': ['blocking-fs', 'blocking-child-process', 'blocking-crypto', 'blocking-zlib', 'blocking-third-party'],
  'no-await-in-loop': ['await-in-loop-independent'],
  'no-async-promise-executor': ['async-promise-executor'],
  'no-promise-executor-return': ['executor-return'],
  'no-multiple-resolved': ['multiple-resolve'],
  'return-await': ['try-around-unawaited'],
  'require-atomic-updates': ['await-race-read-modify-write'],
  'handle-callback-err': ['callback-error-ignored'],
  'no-callback-literal': ['callback-literal-error'],
  'no-process-exit': ['process-exit-in-handler'],
  'global-require': ['sync-require-in-handler'],
};
