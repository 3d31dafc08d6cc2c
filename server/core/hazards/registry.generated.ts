// Generated from server/core/hazards/rules by scripts/generate-rules.ts; a test keeps it fresh.
import { rule as arrayShiftQueue } from './rules/array-shift-queue.ts';
import arrayShiftQueuePage from './rules/array-shift-queue.md';
import { rule as asyncCallbackInSyncIterator } from './rules/async-callback-in-sync-iterator.ts';
import asyncCallbackInSyncIteratorPage from './rules/async-callback-in-sync-iterator.md';
import { rule as atomicsWaitMainThread } from './rules/atomics-wait-main-thread.ts';
import atomicsWaitMainThreadPage from './rules/atomics-wait-main-thread.md';
import { rule as blockingChildProcess } from './rules/blocking-child-process.ts';
import blockingChildProcessPage from './rules/blocking-child-process.md';
import { rule as blockingCrypto } from './rules/blocking-crypto.ts';
import blockingCryptoPage from './rules/blocking-crypto.md';
import { rule as blockingFs } from './rules/blocking-fs.ts';
import blockingFsPage from './rules/blocking-fs.md';
import { rule as blockingSyncDb } from './rules/blocking-sync-db.ts';
import blockingSyncDbPage from './rules/blocking-sync-db.md';
import { rule as blockingThirdParty } from './rules/blocking-third-party.ts';
import blockingThirdPartyPage from './rules/blocking-third-party.md';
import { rule as blockingZlib } from './rules/blocking-zlib.ts';
import blockingZlibPage from './rules/blocking-zlib.md';
import { rule as bodyLimitMissing } from './rules/body-limit-missing.ts';
import bodyLimitMissingPage from './rules/body-limit-missing.md';
import { rule as busyWait } from './rules/busy-wait.ts';
import busyWaitPage from './rules/busy-wait.md';
import { rule as clusterDoubleRefork } from './rules/cluster-double-refork.ts';
import clusterDoubleReforkPage from './rules/cluster-double-refork.md';
import { rule as clusterReforkDuringShutdown } from './rules/cluster-refork-during-shutdown.ts';
import clusterReforkDuringShutdownPage from './rules/cluster-refork-during-shutdown.md';
import { rule as clusterReforkNoBackoff } from './rules/cluster-refork-no-backoff.ts';
import clusterReforkNoBackoffPage from './rules/cluster-refork-no-backoff.md';
import { rule as cpuHeavyCall } from './rules/cpu-heavy-call.ts';
import cpuHeavyCallPage from './rules/cpu-heavy-call.md';
import { rule as cpuLoopBoundByInput } from './rules/cpu-loop-bound-by-input.ts';
import cpuLoopBoundByInputPage from './rules/cpu-loop-bound-by-input.md';
import { rule as cpuRecursionInHandler } from './rules/cpu-recursion-in-handler.ts';
import cpuRecursionInHandlerPage from './rules/cpu-recursion-in-handler.md';
import { rule as emitterErrorUnhandled } from './rules/emitter-error-unhandled.ts';
import emitterErrorUnhandledPage from './rules/emitter-error-unhandled.md';
import { rule as floatingPromise } from './rules/floating-promise.ts';
import floatingPromisePage from './rules/floating-promise.md';
import { rule as maxListenersInHandler } from './rules/max-listeners-in-handler.ts';
import maxListenersInHandlerPage from './rules/max-listeners-in-handler.md';
import { rule as missingAwaitAssignment } from './rules/missing-await-assignment.ts';
import missingAwaitAssignmentPage from './rules/missing-await-assignment.md';
import { rule as missingAwaitOperand } from './rules/missing-await-operand.ts';
import missingAwaitOperandPage from './rules/missing-await-operand.md';
import { rule as promiseInCondition } from './rules/promise-in-condition.ts';
import promiseInConditionPage from './rules/promise-in-condition.md';
import { rule as redosDynamic } from './rules/redos-dynamic.ts';
import redosDynamicPage from './rules/redos-dynamic.md';
import { rule as redosLiteral } from './rules/redos-literal.ts';
import redosLiteralPage from './rules/redos-literal.md';
import { rule as serverErrorUnhandled } from './rules/server-error-unhandled.ts';
import serverErrorUnhandledPage from './rules/server-error-unhandled.md';
import { rule as streamPipeUnhandledError } from './rules/stream-pipe-unhandled-error.ts';
import streamPipeUnhandledErrorPage from './rules/stream-pipe-unhandled-error.md';
import { rule as syncRequireInHandler } from './rules/sync-require-in-handler.ts';
import syncRequireInHandlerPage from './rules/sync-require-in-handler.md';
import { rule as syncSortDedupeLarge } from './rules/sync-sort-dedupe-large.ts';
import syncSortDedupeLargePage from './rules/sync-sort-dedupe-large.md';
import { rule as syncTemplateCompilePerRequest } from './rules/sync-template-compile-per-request.ts';
import syncTemplateCompilePerRequestPage from './rules/sync-template-compile-per-request.md';
import { rule as threadpoolExhaustion } from './rules/threadpool-exhaustion.ts';
import threadpoolExhaustionPage from './rules/threadpool-exhaustion.md';
import { rule as threadpoolSizeSetLate } from './rules/threadpool-size-set-late.ts';
import threadpoolSizeSetLatePage from './rules/threadpool-size-set-late.md';
import { rule as uncaughtExceptionExitZero } from './rules/uncaught-exception-exit-zero.ts';
import uncaughtExceptionExitZeroPage from './rules/uncaught-exception-exit-zero.md';
import { rule as uncaughtExceptionHandlerThrows } from './rules/uncaught-exception-handler-throws.ts';
import uncaughtExceptionHandlerThrowsPage from './rules/uncaught-exception-handler-throws.md';
import { rule as uncaughtExceptionNoClose } from './rules/uncaught-exception-no-close.ts';
import uncaughtExceptionNoClosePage from './rules/uncaught-exception-no-close.md';
import { rule as uncaughtExceptionNoDeadline } from './rules/uncaught-exception-no-deadline.ts';
import uncaughtExceptionNoDeadlinePage from './rules/uncaught-exception-no-deadline.md';
import { rule as uncaughtExceptionNoNotify } from './rules/uncaught-exception-no-notify.ts';
import uncaughtExceptionNoNotifyPage from './rules/uncaught-exception-no-notify.md';
import { rule as uncaughtExceptionSwallowed } from './rules/uncaught-exception-swallowed.ts';
import uncaughtExceptionSwallowedPage from './rules/uncaught-exception-swallowed.md';
import { rule as unhandledRejectionSwallowed } from './rules/unhandled-rejection-swallowed.ts';
import unhandledRejectionSwallowedPage from './rules/unhandled-rejection-swallowed.md';
import { rule as workerThreadsMisuse } from './rules/worker-threads-misuse.ts';
import workerThreadsMisusePage from './rules/worker-threads-misuse.md';
import type { Rule } from './rule.ts';

/** Every rule with its page, and the Chinese page where there is one. */
export const ruleModules: readonly { readonly rule: Rule; readonly page: string; readonly pageZh: string | null }[] = [
  { rule: arrayShiftQueue, page: arrayShiftQueuePage, pageZh: null },
  { rule: asyncCallbackInSyncIterator, page: asyncCallbackInSyncIteratorPage, pageZh: null },
  { rule: atomicsWaitMainThread, page: atomicsWaitMainThreadPage, pageZh: null },
  { rule: blockingChildProcess, page: blockingChildProcessPage, pageZh: null },
  { rule: blockingCrypto, page: blockingCryptoPage, pageZh: null },
  { rule: blockingFs, page: blockingFsPage, pageZh: null },
  { rule: blockingSyncDb, page: blockingSyncDbPage, pageZh: null },
  { rule: blockingThirdParty, page: blockingThirdPartyPage, pageZh: null },
  { rule: blockingZlib, page: blockingZlibPage, pageZh: null },
  { rule: bodyLimitMissing, page: bodyLimitMissingPage, pageZh: null },
  { rule: busyWait, page: busyWaitPage, pageZh: null },
  { rule: clusterDoubleRefork, page: clusterDoubleReforkPage, pageZh: null },
  { rule: clusterReforkDuringShutdown, page: clusterReforkDuringShutdownPage, pageZh: null },
  { rule: clusterReforkNoBackoff, page: clusterReforkNoBackoffPage, pageZh: null },
  { rule: cpuHeavyCall, page: cpuHeavyCallPage, pageZh: null },
  { rule: cpuLoopBoundByInput, page: cpuLoopBoundByInputPage, pageZh: null },
  { rule: cpuRecursionInHandler, page: cpuRecursionInHandlerPage, pageZh: null },
  { rule: emitterErrorUnhandled, page: emitterErrorUnhandledPage, pageZh: null },
  { rule: floatingPromise, page: floatingPromisePage, pageZh: null },
  { rule: maxListenersInHandler, page: maxListenersInHandlerPage, pageZh: null },
  { rule: missingAwaitAssignment, page: missingAwaitAssignmentPage, pageZh: null },
  { rule: missingAwaitOperand, page: missingAwaitOperandPage, pageZh: null },
  { rule: promiseInCondition, page: promiseInConditionPage, pageZh: null },
  { rule: redosDynamic, page: redosDynamicPage, pageZh: null },
  { rule: redosLiteral, page: redosLiteralPage, pageZh: null },
  { rule: serverErrorUnhandled, page: serverErrorUnhandledPage, pageZh: null },
  { rule: streamPipeUnhandledError, page: streamPipeUnhandledErrorPage, pageZh: null },
  { rule: syncRequireInHandler, page: syncRequireInHandlerPage, pageZh: null },
  { rule: syncSortDedupeLarge, page: syncSortDedupeLargePage, pageZh: null },
  { rule: syncTemplateCompilePerRequest, page: syncTemplateCompilePerRequestPage, pageZh: null },
  { rule: threadpoolExhaustion, page: threadpoolExhaustionPage, pageZh: null },
  { rule: threadpoolSizeSetLate, page: threadpoolSizeSetLatePage, pageZh: null },
  { rule: uncaughtExceptionExitZero, page: uncaughtExceptionExitZeroPage, pageZh: null },
  { rule: uncaughtExceptionHandlerThrows, page: uncaughtExceptionHandlerThrowsPage, pageZh: null },
  { rule: uncaughtExceptionNoClose, page: uncaughtExceptionNoClosePage, pageZh: null },
  { rule: uncaughtExceptionNoDeadline, page: uncaughtExceptionNoDeadlinePage, pageZh: null },
  { rule: uncaughtExceptionNoNotify, page: uncaughtExceptionNoNotifyPage, pageZh: null },
  { rule: uncaughtExceptionSwallowed, page: uncaughtExceptionSwallowedPage, pageZh: null },
  { rule: unhandledRejectionSwallowed, page: unhandledRejectionSwallowedPage, pageZh: null },
  { rule: workerThreadsMisuse, page: workerThreadsMisusePage, pageZh: null },
];
