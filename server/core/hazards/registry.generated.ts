// Generated from server/core/hazards/rules by scripts/generate-rules.ts; a test keeps it fresh.
import { rule as arrayShiftQueue } from './rules/array-shift-queue.ts';
import arrayShiftQueuePage from './rules/array-shift-queue.md';
import { rule as asyncCallbackInSyncIterator } from './rules/async-callback-in-sync-iterator.ts';
import asyncCallbackInSyncIteratorPage from './rules/async-callback-in-sync-iterator.md';
import { rule as asyncExpress4Handler } from './rules/async-express4-handler.ts';
import asyncExpress4HandlerPage from './rules/async-express4-handler.md';
import { rule as asyncInHttpCreateServer } from './rules/async-in-http-create-server.ts';
import asyncInHttpCreateServerPage from './rules/async-in-http-create-server.md';
import { rule as asyncListenerUnhandled } from './rules/async-listener-unhandled.ts';
import asyncListenerUnhandledPage from './rules/async-listener-unhandled.md';
import { rule as asyncPromiseExecutor } from './rules/async-promise-executor.ts';
import asyncPromiseExecutorPage from './rules/async-promise-executor.md';
import { rule as asyncWorkInExitHandler } from './rules/async-work-in-exit-handler.ts';
import asyncWorkInExitHandlerPage from './rules/async-work-in-exit-handler.md';
import { rule as atomicsWaitMainThread } from './rules/atomics-wait-main-thread.ts';
import atomicsWaitMainThreadPage from './rules/atomics-wait-main-thread.md';
import { rule as awaitInLoopIndependent } from './rules/await-in-loop-independent.ts';
import awaitInLoopIndependentPage from './rules/await-in-loop-independent.md';
import { rule as awaitRaceReadModifyWrite } from './rules/await-race-read-modify-write.ts';
import awaitRaceReadModifyWritePage from './rules/await-race-read-modify-write.md';
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
import { rule as callbackCalledTwice } from './rules/callback-called-twice.ts';
import callbackCalledTwicePage from './rules/callback-called-twice.md';
import { rule as callbackErrorIgnored } from './rules/callback-error-ignored.ts';
import callbackErrorIgnoredPage from './rules/callback-error-ignored.md';
import { rule as callbackLiteralError } from './rules/callback-literal-error.ts';
import callbackLiteralErrorPage from './rules/callback-literal-error.md';
import { rule as childForkSamePort } from './rules/child-fork-same-port.ts';
import childForkSamePortPage from './rules/child-fork-same-port.md';
import { rule as childProcessPerRequest } from './rules/child-process-per-request.ts';
import childProcessPerRequestPage from './rules/child-process-per-request.md';
import { rule as clusterCronInEveryWorker } from './rules/cluster-cron-in-every-worker.ts';
import clusterCronInEveryWorkerPage from './rules/cluster-cron-in-every-worker.md';
import { rule as clusterDeprecatedApi } from './rules/cluster-deprecated-api.ts';
import clusterDeprecatedApiPage from './rules/cluster-deprecated-api.md';
import { rule as clusterDoubleRefork } from './rules/cluster-double-refork.ts';
import clusterDoubleReforkPage from './rules/cluster-double-refork.md';
import { rule as clusterForkInWorker } from './rules/cluster-fork-in-worker.ts';
import clusterForkInWorkerPage from './rules/cluster-fork-in-worker.md';
import { rule as clusterHandlerUnresolvedName } from './rules/cluster-handler-unresolved-name.ts';
import clusterHandlerUnresolvedNamePage from './rules/cluster-handler-unresolved-name.md';
import { rule as clusterListenFd } from './rules/cluster-listen-fd.ts';
import clusterListenFdPage from './rules/cluster-listen-fd.md';
import { rule as clusterListenZero } from './rules/cluster-listen-zero.ts';
import clusterListenZeroPage from './rules/cluster-listen-zero.md';
import { rule as clusterNoRefork } from './rules/cluster-no-refork.ts';
import clusterNoReforkPage from './rules/cluster-no-refork.md';
import { rule as clusterPrimaryDoesWork } from './rules/cluster-primary-does-work.ts';
import clusterPrimaryDoesWorkPage from './rules/cluster-primary-does-work.md';
import { rule as clusterReforkDuringShutdown } from './rules/cluster-refork-during-shutdown.ts';
import clusterReforkDuringShutdownPage from './rules/cluster-refork-during-shutdown.md';
import { rule as clusterReforkNoBackoff } from './rules/cluster-refork-no-backoff.ts';
import clusterReforkNoBackoffPage from './rules/cluster-refork-no-backoff.md';
import { rule as clusterReforkVoluntaryExit } from './rules/cluster-refork-voluntary-exit.ts';
import clusterReforkVoluntaryExitPage from './rules/cluster-refork-voluntary-exit.md';
import { rule as clusterSchedulingPolicyInWorker } from './rules/cluster-scheduling-policy-in-worker.ts';
import clusterSchedulingPolicyInWorkerPage from './rules/cluster-scheduling-policy-in-worker.md';
import { rule as clusterSchedulingPolicyInvalid } from './rules/cluster-scheduling-policy-invalid.ts';
import clusterSchedulingPolicyInvalidPage from './rules/cluster-scheduling-policy-invalid.md';
import { rule as clusterSchedulingPolicyLate } from './rules/cluster-scheduling-policy-late.ts';
import clusterSchedulingPolicyLatePage from './rules/cluster-scheduling-policy-late.md';
import { rule as clusterSharedStateAssumed } from './rules/cluster-shared-state-assumed.ts';
import clusterSharedStateAssumedPage from './rules/cluster-shared-state-assumed.md';
import { rule as clusterSideEffectInBoth } from './rules/cluster-side-effect-in-both.ts';
import clusterSideEffectInBothPage from './rules/cluster-side-effect-in-both.md';
import { rule as clusterStickyMissing } from './rules/cluster-sticky-missing.ts';
import clusterStickyMissingPage from './rules/cluster-sticky-missing.md';
import { rule as clusterWorkerCountFromCpus } from './rules/cluster-worker-count-from-cpus.ts';
import clusterWorkerCountFromCpusPage from './rules/cluster-worker-count-from-cpus.md';
import { rule as cpuHeavyCall } from './rules/cpu-heavy-call.ts';
import cpuHeavyCallPage from './rules/cpu-heavy-call.md';
import { rule as cpuLoopBoundByInput } from './rules/cpu-loop-bound-by-input.ts';
import cpuLoopBoundByInputPage from './rules/cpu-loop-bound-by-input.md';
import { rule as cpuRecursionInHandler } from './rules/cpu-recursion-in-handler.ts';
import cpuRecursionInHandlerPage from './rules/cpu-recursion-in-handler.md';
import { rule as dnsLookupInPool } from './rules/dns-lookup-in-pool.ts';
import dnsLookupInPoolPage from './rules/dns-lookup-in-pool.md';
import { rule as emitInConstructor } from './rules/emit-in-constructor.ts';
import emitInConstructorPage from './rules/emit-in-constructor.md';
import { rule as emitterErrorUnhandled } from './rules/emitter-error-unhandled.ts';
import emitterErrorUnhandledPage from './rules/emitter-error-unhandled.md';
import { rule as executorReturn } from './rules/executor-return.ts';
import executorReturnPage from './rules/executor-return.md';
import { rule as finallyAsync } from './rules/finally-async.ts';
import finallyAsyncPage from './rules/finally-async.md';
import { rule as floatingPromise } from './rules/floating-promise.ts';
import floatingPromisePage from './rules/floating-promise.md';
import { rule as fsReadfileLarge } from './rules/fs-readfile-large.ts';
import fsReadfileLargePage from './rules/fs-readfile-large.md';
import { rule as handlersRegisteredAfterAsyncInit } from './rules/handlers-registered-after-async-init.ts';
import handlersRegisteredAfterAsyncInitPage from './rules/handlers-registered-after-async-init.md';
import { rule as inconsistentlyAsyncCallback } from './rules/inconsistently-async-callback.ts';
import inconsistentlyAsyncCallbackPage from './rules/inconsistently-async-callback.md';
import { rule as intervalNotCleared } from './rules/interval-not-cleared.ts';
import intervalNotClearedPage from './rules/interval-not-cleared.md';
import { rule as jsonLargeSync } from './rules/json-large-sync.ts';
import jsonLargeSyncPage from './rules/json-large-sync.md';
import { rule as maxListenersInHandler } from './rules/max-listeners-in-handler.ts';
import maxListenersInHandlerPage from './rules/max-listeners-in-handler.md';
import { rule as microtaskYieldIllusion } from './rules/microtask-yield-illusion.ts';
import microtaskYieldIllusionPage from './rules/microtask-yield-illusion.md';
import { rule as missingAwaitAssignment } from './rules/missing-await-assignment.ts';
import missingAwaitAssignmentPage from './rules/missing-await-assignment.md';
import { rule as missingAwaitOperand } from './rules/missing-await-operand.ts';
import missingAwaitOperandPage from './rules/missing-await-operand.md';
import { rule as multipleResolve } from './rules/multiple-resolve.ts';
import multipleResolvePage from './rules/multiple-resolve.md';
import { rule as nexttickDeprecatedSemantics } from './rules/nexttick-deprecated-semantics.ts';
import nexttickDeprecatedSemanticsPage from './rules/nexttick-deprecated-semantics.md';
import { rule as noGracefulShutdown } from './rules/no-graceful-shutdown.ts';
import noGracefulShutdownPage from './rules/no-graceful-shutdown.md';
import { rule as orderNexttickVsMicrotask } from './rules/order-nexttick-vs-microtask.ts';
import orderNexttickVsMicrotaskPage from './rules/order-nexttick-vs-microtask.md';
import { rule as orderReliesOnTimerVsImmediate } from './rules/order-relies-on-timer-vs-immediate.ts';
import orderReliesOnTimerVsImmediatePage from './rules/order-relies-on-timer-vs-immediate.md';
import { rule as orphanChildProcess } from './rules/orphan-child-process.ts';
import orphanChildProcessPage from './rules/orphan-child-process.md';
import { rule as processExitInHandler } from './rules/process-exit-in-handler.ts';
import processExitInHandlerPage from './rules/process-exit-in-handler.md';
import { rule as processExitTruncates } from './rules/process-exit-truncates.ts';
import processExitTruncatesPage from './rules/process-exit-truncates.md';
import { rule as promiseAllUnbounded } from './rules/promise-all-unbounded.ts';
import promiseAllUnboundedPage from './rules/promise-all-unbounded.md';
import { rule as promiseInCondition } from './rules/promise-in-condition.ts';
import promiseInConditionPage from './rules/promise-in-condition.md';
import { rule as promiseNeverSettles } from './rules/promise-never-settles.ts';
import promiseNeverSettlesPage from './rules/promise-never-settles.md';
import { rule as recursiveNexttickStarvation } from './rules/recursive-nexttick-starvation.ts';
import recursiveNexttickStarvationPage from './rules/recursive-nexttick-starvation.md';
import { rule as redosDynamic } from './rules/redos-dynamic.ts';
import redosDynamicPage from './rules/redos-dynamic.md';
import { rule as redosLiteral } from './rules/redos-literal.ts';
import redosLiteralPage from './rules/redos-literal.md';
import { rule as routePatternRedos } from './rules/route-pattern-redos.ts';
import routePatternRedosPage from './rules/route-pattern-redos.md';
import { rule as serverErrorUnhandled } from './rules/server-error-unhandled.ts';
import serverErrorUnhandledPage from './rules/server-error-unhandled.md';
import { rule as setintervalAsyncOverlap } from './rules/setinterval-async-overlap.ts';
import setintervalAsyncOverlapPage from './rules/setinterval-async-overlap.md';
import { rule as settimeoutZeroAsDefer } from './rules/settimeout-zero-as-defer.ts';
import settimeoutZeroAsDeferPage from './rules/settimeout-zero-as-defer.md';
import { rule as signalHandlerDoesNotExit } from './rules/signal-handler-does-not-exit.ts';
import signalHandlerDoesNotExitPage from './rules/signal-handler-does-not-exit.md';
import { rule as streamPipeUnhandledError } from './rules/stream-pipe-unhandled-error.ts';
import streamPipeUnhandledErrorPage from './rules/stream-pipe-unhandled-error.md';
import { rule as syncEmitterFanout } from './rules/sync-emitter-fanout.ts';
import syncEmitterFanoutPage from './rules/sync-emitter-fanout.md';
import { rule as syncRequireInHandler } from './rules/sync-require-in-handler.ts';
import syncRequireInHandlerPage from './rules/sync-require-in-handler.md';
import { rule as syncSortDedupeLarge } from './rules/sync-sort-dedupe-large.ts';
import syncSortDedupeLargePage from './rules/sync-sort-dedupe-large.md';
import { rule as syncStdioLogging } from './rules/sync-stdio-logging.ts';
import syncStdioLoggingPage from './rules/sync-stdio-logging.md';
import { rule as syncTemplateCompilePerRequest } from './rules/sync-template-compile-per-request.ts';
import syncTemplateCompilePerRequestPage from './rules/sync-template-compile-per-request.md';
import { rule as threadpoolExhaustion } from './rules/threadpool-exhaustion.ts';
import threadpoolExhaustionPage from './rules/threadpool-exhaustion.md';
import { rule as threadpoolSizeSetLate } from './rules/threadpool-size-set-late.ts';
import threadpoolSizeSetLatePage from './rules/threadpool-size-set-late.md';
import { rule as throwInAsyncCallback } from './rules/throw-in-async-callback.ts';
import throwInAsyncCallbackPage from './rules/throw-in-async-callback.md';
import { rule as timerDelayOverflow } from './rules/timer-delay-overflow.ts';
import timerDelayOverflowPage from './rules/timer-delay-overflow.md';
import { rule as timerKeepsProcessAlive } from './rules/timer-keeps-process-alive.ts';
import timerKeepsProcessAlivePage from './rules/timer-keeps-process-alive.md';
import { rule as timerPrecisionAssumed } from './rules/timer-precision-assumed.ts';
import timerPrecisionAssumedPage from './rules/timer-precision-assumed.md';
import { rule as tryAroundUnawaited } from './rules/try-around-unawaited.ts';
import tryAroundUnawaitedPage from './rules/try-around-unawaited.md';
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
import { rule as workerDisconnectNoDeadline } from './rules/worker-disconnect-no-deadline.ts';
import workerDisconnectNoDeadlinePage from './rules/worker-disconnect-no-deadline.md';
import { rule as workerNoUncaughtHandler } from './rules/worker-no-uncaught-handler.ts';
import workerNoUncaughtHandlerPage from './rules/worker-no-uncaught-handler.md';
import { rule as workerThreadsMisuse } from './rules/worker-threads-misuse.ts';
import workerThreadsMisusePage from './rules/worker-threads-misuse.md';
import { rule as zlibPerMessage } from './rules/zlib-per-message.ts';
import zlibPerMessagePage from './rules/zlib-per-message.md';
import type { Rule } from './rule.ts';

/** Every rule with its page. */
export const ruleModules: readonly { readonly rule: Rule; readonly page: string }[] = [
  { rule: arrayShiftQueue, page: arrayShiftQueuePage },
  { rule: asyncCallbackInSyncIterator, page: asyncCallbackInSyncIteratorPage },
  { rule: asyncExpress4Handler, page: asyncExpress4HandlerPage },
  { rule: asyncInHttpCreateServer, page: asyncInHttpCreateServerPage },
  { rule: asyncListenerUnhandled, page: asyncListenerUnhandledPage },
  { rule: asyncPromiseExecutor, page: asyncPromiseExecutorPage },
  { rule: asyncWorkInExitHandler, page: asyncWorkInExitHandlerPage },
  { rule: atomicsWaitMainThread, page: atomicsWaitMainThreadPage },
  { rule: awaitInLoopIndependent, page: awaitInLoopIndependentPage },
  { rule: awaitRaceReadModifyWrite, page: awaitRaceReadModifyWritePage },
  { rule: blockingChildProcess, page: blockingChildProcessPage },
  { rule: blockingCrypto, page: blockingCryptoPage },
  { rule: blockingFs, page: blockingFsPage },
  { rule: blockingSyncDb, page: blockingSyncDbPage },
  { rule: blockingThirdParty, page: blockingThirdPartyPage },
  { rule: blockingZlib, page: blockingZlibPage },
  { rule: bodyLimitMissing, page: bodyLimitMissingPage },
  { rule: busyWait, page: busyWaitPage },
  { rule: callbackCalledTwice, page: callbackCalledTwicePage },
  { rule: callbackErrorIgnored, page: callbackErrorIgnoredPage },
  { rule: callbackLiteralError, page: callbackLiteralErrorPage },
  { rule: childForkSamePort, page: childForkSamePortPage },
  { rule: childProcessPerRequest, page: childProcessPerRequestPage },
  { rule: clusterCronInEveryWorker, page: clusterCronInEveryWorkerPage },
  { rule: clusterDeprecatedApi, page: clusterDeprecatedApiPage },
  { rule: clusterDoubleRefork, page: clusterDoubleReforkPage },
  { rule: clusterForkInWorker, page: clusterForkInWorkerPage },
  { rule: clusterHandlerUnresolvedName, page: clusterHandlerUnresolvedNamePage },
  { rule: clusterListenFd, page: clusterListenFdPage },
  { rule: clusterListenZero, page: clusterListenZeroPage },
  { rule: clusterNoRefork, page: clusterNoReforkPage },
  { rule: clusterPrimaryDoesWork, page: clusterPrimaryDoesWorkPage },
  { rule: clusterReforkDuringShutdown, page: clusterReforkDuringShutdownPage },
  { rule: clusterReforkNoBackoff, page: clusterReforkNoBackoffPage },
  { rule: clusterReforkVoluntaryExit, page: clusterReforkVoluntaryExitPage },
  { rule: clusterSchedulingPolicyInWorker, page: clusterSchedulingPolicyInWorkerPage },
  { rule: clusterSchedulingPolicyInvalid, page: clusterSchedulingPolicyInvalidPage },
  { rule: clusterSchedulingPolicyLate, page: clusterSchedulingPolicyLatePage },
  { rule: clusterSharedStateAssumed, page: clusterSharedStateAssumedPage },
  { rule: clusterSideEffectInBoth, page: clusterSideEffectInBothPage },
  { rule: clusterStickyMissing, page: clusterStickyMissingPage },
  { rule: clusterWorkerCountFromCpus, page: clusterWorkerCountFromCpusPage },
  { rule: cpuHeavyCall, page: cpuHeavyCallPage },
  { rule: cpuLoopBoundByInput, page: cpuLoopBoundByInputPage },
  { rule: cpuRecursionInHandler, page: cpuRecursionInHandlerPage },
  { rule: dnsLookupInPool, page: dnsLookupInPoolPage },
  { rule: emitInConstructor, page: emitInConstructorPage },
  { rule: emitterErrorUnhandled, page: emitterErrorUnhandledPage },
  { rule: executorReturn, page: executorReturnPage },
  { rule: finallyAsync, page: finallyAsyncPage },
  { rule: floatingPromise, page: floatingPromisePage },
  { rule: fsReadfileLarge, page: fsReadfileLargePage },
  { rule: handlersRegisteredAfterAsyncInit, page: handlersRegisteredAfterAsyncInitPage },
  { rule: inconsistentlyAsyncCallback, page: inconsistentlyAsyncCallbackPage },
  { rule: intervalNotCleared, page: intervalNotClearedPage },
  { rule: jsonLargeSync, page: jsonLargeSyncPage },
  { rule: maxListenersInHandler, page: maxListenersInHandlerPage },
  { rule: microtaskYieldIllusion, page: microtaskYieldIllusionPage },
  { rule: missingAwaitAssignment, page: missingAwaitAssignmentPage },
  { rule: missingAwaitOperand, page: missingAwaitOperandPage },
  { rule: multipleResolve, page: multipleResolvePage },
  { rule: nexttickDeprecatedSemantics, page: nexttickDeprecatedSemanticsPage },
  { rule: noGracefulShutdown, page: noGracefulShutdownPage },
  { rule: orderNexttickVsMicrotask, page: orderNexttickVsMicrotaskPage },
  { rule: orderReliesOnTimerVsImmediate, page: orderReliesOnTimerVsImmediatePage },
  { rule: orphanChildProcess, page: orphanChildProcessPage },
  { rule: processExitInHandler, page: processExitInHandlerPage },
  { rule: processExitTruncates, page: processExitTruncatesPage },
  { rule: promiseAllUnbounded, page: promiseAllUnboundedPage },
  { rule: promiseInCondition, page: promiseInConditionPage },
  { rule: promiseNeverSettles, page: promiseNeverSettlesPage },
  { rule: recursiveNexttickStarvation, page: recursiveNexttickStarvationPage },
  { rule: redosDynamic, page: redosDynamicPage },
  { rule: redosLiteral, page: redosLiteralPage },
  { rule: routePatternRedos, page: routePatternRedosPage },
  { rule: serverErrorUnhandled, page: serverErrorUnhandledPage },
  { rule: setintervalAsyncOverlap, page: setintervalAsyncOverlapPage },
  { rule: settimeoutZeroAsDefer, page: settimeoutZeroAsDeferPage },
  { rule: signalHandlerDoesNotExit, page: signalHandlerDoesNotExitPage },
  { rule: streamPipeUnhandledError, page: streamPipeUnhandledErrorPage },
  { rule: syncEmitterFanout, page: syncEmitterFanoutPage },
  { rule: syncRequireInHandler, page: syncRequireInHandlerPage },
  { rule: syncSortDedupeLarge, page: syncSortDedupeLargePage },
  { rule: syncStdioLogging, page: syncStdioLoggingPage },
  { rule: syncTemplateCompilePerRequest, page: syncTemplateCompilePerRequestPage },
  { rule: threadpoolExhaustion, page: threadpoolExhaustionPage },
  { rule: threadpoolSizeSetLate, page: threadpoolSizeSetLatePage },
  { rule: throwInAsyncCallback, page: throwInAsyncCallbackPage },
  { rule: timerDelayOverflow, page: timerDelayOverflowPage },
  { rule: timerKeepsProcessAlive, page: timerKeepsProcessAlivePage },
  { rule: timerPrecisionAssumed, page: timerPrecisionAssumedPage },
  { rule: tryAroundUnawaited, page: tryAroundUnawaitedPage },
  { rule: uncaughtExceptionExitZero, page: uncaughtExceptionExitZeroPage },
  { rule: uncaughtExceptionHandlerThrows, page: uncaughtExceptionHandlerThrowsPage },
  { rule: uncaughtExceptionNoClose, page: uncaughtExceptionNoClosePage },
  { rule: uncaughtExceptionNoDeadline, page: uncaughtExceptionNoDeadlinePage },
  { rule: uncaughtExceptionNoNotify, page: uncaughtExceptionNoNotifyPage },
  { rule: uncaughtExceptionSwallowed, page: uncaughtExceptionSwallowedPage },
  { rule: unhandledRejectionSwallowed, page: unhandledRejectionSwallowedPage },
  { rule: workerDisconnectNoDeadline, page: workerDisconnectNoDeadlinePage },
  { rule: workerNoUncaughtHandler, page: workerNoUncaughtHandlerPage },
  { rule: workerThreadsMisuse, page: workerThreadsMisusePage },
  { rule: zlibPerMessage, page: zlibPerMessagePage },
];
