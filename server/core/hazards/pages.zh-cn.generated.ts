// Generated from server/core/hazards/rules by scripts/generate-rules.ts; a test keeps it fresh.
import arrayShiftQueue from './rules/array-shift-queue.zh-cn.md';
import asyncCallbackInSyncIterator from './rules/async-callback-in-sync-iterator.zh-cn.md';
import asyncExpress4Handler from './rules/async-express4-handler.zh-cn.md';
import asyncInHttpCreateServer from './rules/async-in-http-create-server.zh-cn.md';
import asyncListenerUnhandled from './rules/async-listener-unhandled.zh-cn.md';
import asyncPromiseExecutor from './rules/async-promise-executor.zh-cn.md';
import asyncWorkInExitHandler from './rules/async-work-in-exit-handler.zh-cn.md';
import atomicsWaitMainThread from './rules/atomics-wait-main-thread.zh-cn.md';
import awaitInLoopIndependent from './rules/await-in-loop-independent.zh-cn.md';
import awaitRaceReadModifyWrite from './rules/await-race-read-modify-write.zh-cn.md';
import blockingChildProcess from './rules/blocking-child-process.zh-cn.md';
import blockingCrypto from './rules/blocking-crypto.zh-cn.md';
import blockingFs from './rules/blocking-fs.zh-cn.md';
import blockingSyncDb from './rules/blocking-sync-db.zh-cn.md';
import blockingThirdParty from './rules/blocking-third-party.zh-cn.md';
import blockingZlib from './rules/blocking-zlib.zh-cn.md';
import bodyLimitMissing from './rules/body-limit-missing.zh-cn.md';
import busyWait from './rules/busy-wait.zh-cn.md';
import callbackCalledTwice from './rules/callback-called-twice.zh-cn.md';
import callbackErrorIgnored from './rules/callback-error-ignored.zh-cn.md';
import callbackLiteralError from './rules/callback-literal-error.zh-cn.md';
import childForkSamePort from './rules/child-fork-same-port.zh-cn.md';
import childProcessPerRequest from './rules/child-process-per-request.zh-cn.md';
import clusterCronInEveryWorker from './rules/cluster-cron-in-every-worker.zh-cn.md';
import clusterDeprecatedApi from './rules/cluster-deprecated-api.zh-cn.md';
import clusterDoubleRefork from './rules/cluster-double-refork.zh-cn.md';
import clusterForkInWorker from './rules/cluster-fork-in-worker.zh-cn.md';
import clusterHandlerUnresolvedName from './rules/cluster-handler-unresolved-name.zh-cn.md';
import clusterListenFd from './rules/cluster-listen-fd.zh-cn.md';
import clusterListenZero from './rules/cluster-listen-zero.zh-cn.md';
import clusterNoRefork from './rules/cluster-no-refork.zh-cn.md';
import clusterPrimaryDoesWork from './rules/cluster-primary-does-work.zh-cn.md';
import clusterReforkDuringShutdown from './rules/cluster-refork-during-shutdown.zh-cn.md';
import clusterReforkNoBackoff from './rules/cluster-refork-no-backoff.zh-cn.md';
import clusterReforkVoluntaryExit from './rules/cluster-refork-voluntary-exit.zh-cn.md';
import clusterSchedulingPolicyInWorker from './rules/cluster-scheduling-policy-in-worker.zh-cn.md';
import clusterSchedulingPolicyInvalid from './rules/cluster-scheduling-policy-invalid.zh-cn.md';
import clusterSchedulingPolicyLate from './rules/cluster-scheduling-policy-late.zh-cn.md';
import clusterSharedStateAssumed from './rules/cluster-shared-state-assumed.zh-cn.md';
import clusterSideEffectInBoth from './rules/cluster-side-effect-in-both.zh-cn.md';
import clusterStickyMissing from './rules/cluster-sticky-missing.zh-cn.md';
import clusterWorkerCountFromCpus from './rules/cluster-worker-count-from-cpus.zh-cn.md';
import cpuHeavyCall from './rules/cpu-heavy-call.zh-cn.md';
import cpuLoopBoundByInput from './rules/cpu-loop-bound-by-input.zh-cn.md';
import cpuRecursionInHandler from './rules/cpu-recursion-in-handler.zh-cn.md';
import dnsLookupInPool from './rules/dns-lookup-in-pool.zh-cn.md';
import emitInConstructor from './rules/emit-in-constructor.zh-cn.md';
import emitterErrorUnhandled from './rules/emitter-error-unhandled.zh-cn.md';
import executorReturn from './rules/executor-return.zh-cn.md';
import finallyAsync from './rules/finally-async.zh-cn.md';
import floatingPromise from './rules/floating-promise.zh-cn.md';
import fsReadfileLarge from './rules/fs-readfile-large.zh-cn.md';
import handlersRegisteredAfterAsyncInit from './rules/handlers-registered-after-async-init.zh-cn.md';
import inconsistentlyAsyncCallback from './rules/inconsistently-async-callback.zh-cn.md';
import intervalNotCleared from './rules/interval-not-cleared.zh-cn.md';
import jsonLargeSync from './rules/json-large-sync.zh-cn.md';
import maxListenersInHandler from './rules/max-listeners-in-handler.zh-cn.md';
import microtaskYieldIllusion from './rules/microtask-yield-illusion.zh-cn.md';
import missingAwaitAssignment from './rules/missing-await-assignment.zh-cn.md';
import missingAwaitOperand from './rules/missing-await-operand.zh-cn.md';
import multipleResolve from './rules/multiple-resolve.zh-cn.md';
import nexttickDeprecatedSemantics from './rules/nexttick-deprecated-semantics.zh-cn.md';
import noGracefulShutdown from './rules/no-graceful-shutdown.zh-cn.md';
import orderNexttickVsMicrotask from './rules/order-nexttick-vs-microtask.zh-cn.md';
import orderReliesOnTimerVsImmediate from './rules/order-relies-on-timer-vs-immediate.zh-cn.md';
import orphanChildProcess from './rules/orphan-child-process.zh-cn.md';
import processExitInHandler from './rules/process-exit-in-handler.zh-cn.md';
import processExitTruncates from './rules/process-exit-truncates.zh-cn.md';
import promiseAllUnbounded from './rules/promise-all-unbounded.zh-cn.md';
import promiseInCondition from './rules/promise-in-condition.zh-cn.md';
import promiseNeverSettles from './rules/promise-never-settles.zh-cn.md';
import recursiveNexttickStarvation from './rules/recursive-nexttick-starvation.zh-cn.md';
import redosDynamic from './rules/redos-dynamic.zh-cn.md';
import redosLiteral from './rules/redos-literal.zh-cn.md';
import routePatternRedos from './rules/route-pattern-redos.zh-cn.md';
import serverErrorUnhandled from './rules/server-error-unhandled.zh-cn.md';
import setintervalAsyncOverlap from './rules/setinterval-async-overlap.zh-cn.md';
import settimeoutZeroAsDefer from './rules/settimeout-zero-as-defer.zh-cn.md';
import signalHandlerDoesNotExit from './rules/signal-handler-does-not-exit.zh-cn.md';
import streamPipeUnhandledError from './rules/stream-pipe-unhandled-error.zh-cn.md';
import syncEmitterFanout from './rules/sync-emitter-fanout.zh-cn.md';
import syncRequireInHandler from './rules/sync-require-in-handler.zh-cn.md';
import syncSortDedupeLarge from './rules/sync-sort-dedupe-large.zh-cn.md';
import syncStdioLogging from './rules/sync-stdio-logging.zh-cn.md';
import syncTemplateCompilePerRequest from './rules/sync-template-compile-per-request.zh-cn.md';
import threadpoolExhaustion from './rules/threadpool-exhaustion.zh-cn.md';
import threadpoolSizeSetLate from './rules/threadpool-size-set-late.zh-cn.md';
import throwInAsyncCallback from './rules/throw-in-async-callback.zh-cn.md';
import timerDelayOverflow from './rules/timer-delay-overflow.zh-cn.md';
import timerKeepsProcessAlive from './rules/timer-keeps-process-alive.zh-cn.md';
import timerPrecisionAssumed from './rules/timer-precision-assumed.zh-cn.md';
import tryAroundUnawaited from './rules/try-around-unawaited.zh-cn.md';
import uncaughtExceptionExitZero from './rules/uncaught-exception-exit-zero.zh-cn.md';
import uncaughtExceptionHandlerThrows from './rules/uncaught-exception-handler-throws.zh-cn.md';
import uncaughtExceptionNoClose from './rules/uncaught-exception-no-close.zh-cn.md';
import uncaughtExceptionNoDeadline from './rules/uncaught-exception-no-deadline.zh-cn.md';
import uncaughtExceptionNoNotify from './rules/uncaught-exception-no-notify.zh-cn.md';
import uncaughtExceptionSwallowed from './rules/uncaught-exception-swallowed.zh-cn.md';
import unhandledRejectionSwallowed from './rules/unhandled-rejection-swallowed.zh-cn.md';
import workerDisconnectNoDeadline from './rules/worker-disconnect-no-deadline.zh-cn.md';
import workerNoUncaughtHandler from './rules/worker-no-uncaught-handler.zh-cn.md';
import workerThreadsMisuse from './rules/worker-threads-misuse.zh-cn.md';
import zlibPerMessage from './rules/zlib-per-message.zh-cn.md';

/** The Chinese pages by rule. */
export const pages: Readonly<Record<string, string>> = {
  'array-shift-queue': arrayShiftQueue,
  'async-callback-in-sync-iterator': asyncCallbackInSyncIterator,
  'async-express4-handler': asyncExpress4Handler,
  'async-in-http-create-server': asyncInHttpCreateServer,
  'async-listener-unhandled': asyncListenerUnhandled,
  'async-promise-executor': asyncPromiseExecutor,
  'async-work-in-exit-handler': asyncWorkInExitHandler,
  'atomics-wait-main-thread': atomicsWaitMainThread,
  'await-in-loop-independent': awaitInLoopIndependent,
  'await-race-read-modify-write': awaitRaceReadModifyWrite,
  'blocking-child-process': blockingChildProcess,
  'blocking-crypto': blockingCrypto,
  'blocking-fs': blockingFs,
  'blocking-sync-db': blockingSyncDb,
  'blocking-third-party': blockingThirdParty,
  'blocking-zlib': blockingZlib,
  'body-limit-missing': bodyLimitMissing,
  'busy-wait': busyWait,
  'callback-called-twice': callbackCalledTwice,
  'callback-error-ignored': callbackErrorIgnored,
  'callback-literal-error': callbackLiteralError,
  'child-fork-same-port': childForkSamePort,
  'child-process-per-request': childProcessPerRequest,
  'cluster-cron-in-every-worker': clusterCronInEveryWorker,
  'cluster-deprecated-api': clusterDeprecatedApi,
  'cluster-double-refork': clusterDoubleRefork,
  'cluster-fork-in-worker': clusterForkInWorker,
  'cluster-handler-unresolved-name': clusterHandlerUnresolvedName,
  'cluster-listen-fd': clusterListenFd,
  'cluster-listen-zero': clusterListenZero,
  'cluster-no-refork': clusterNoRefork,
  'cluster-primary-does-work': clusterPrimaryDoesWork,
  'cluster-refork-during-shutdown': clusterReforkDuringShutdown,
  'cluster-refork-no-backoff': clusterReforkNoBackoff,
  'cluster-refork-voluntary-exit': clusterReforkVoluntaryExit,
  'cluster-scheduling-policy-in-worker': clusterSchedulingPolicyInWorker,
  'cluster-scheduling-policy-invalid': clusterSchedulingPolicyInvalid,
  'cluster-scheduling-policy-late': clusterSchedulingPolicyLate,
  'cluster-shared-state-assumed': clusterSharedStateAssumed,
  'cluster-side-effect-in-both': clusterSideEffectInBoth,
  'cluster-sticky-missing': clusterStickyMissing,
  'cluster-worker-count-from-cpus': clusterWorkerCountFromCpus,
  'cpu-heavy-call': cpuHeavyCall,
  'cpu-loop-bound-by-input': cpuLoopBoundByInput,
  'cpu-recursion-in-handler': cpuRecursionInHandler,
  'dns-lookup-in-pool': dnsLookupInPool,
  'emit-in-constructor': emitInConstructor,
  'emitter-error-unhandled': emitterErrorUnhandled,
  'executor-return': executorReturn,
  'finally-async': finallyAsync,
  'floating-promise': floatingPromise,
  'fs-readfile-large': fsReadfileLarge,
  'handlers-registered-after-async-init': handlersRegisteredAfterAsyncInit,
  'inconsistently-async-callback': inconsistentlyAsyncCallback,
  'interval-not-cleared': intervalNotCleared,
  'json-large-sync': jsonLargeSync,
  'max-listeners-in-handler': maxListenersInHandler,
  'microtask-yield-illusion': microtaskYieldIllusion,
  'missing-await-assignment': missingAwaitAssignment,
  'missing-await-operand': missingAwaitOperand,
  'multiple-resolve': multipleResolve,
  'nexttick-deprecated-semantics': nexttickDeprecatedSemantics,
  'no-graceful-shutdown': noGracefulShutdown,
  'order-nexttick-vs-microtask': orderNexttickVsMicrotask,
  'order-relies-on-timer-vs-immediate': orderReliesOnTimerVsImmediate,
  'orphan-child-process': orphanChildProcess,
  'process-exit-in-handler': processExitInHandler,
  'process-exit-truncates': processExitTruncates,
  'promise-all-unbounded': promiseAllUnbounded,
  'promise-in-condition': promiseInCondition,
  'promise-never-settles': promiseNeverSettles,
  'recursive-nexttick-starvation': recursiveNexttickStarvation,
  'redos-dynamic': redosDynamic,
  'redos-literal': redosLiteral,
  'route-pattern-redos': routePatternRedos,
  'server-error-unhandled': serverErrorUnhandled,
  'setinterval-async-overlap': setintervalAsyncOverlap,
  'settimeout-zero-as-defer': settimeoutZeroAsDefer,
  'signal-handler-does-not-exit': signalHandlerDoesNotExit,
  'stream-pipe-unhandled-error': streamPipeUnhandledError,
  'sync-emitter-fanout': syncEmitterFanout,
  'sync-require-in-handler': syncRequireInHandler,
  'sync-sort-dedupe-large': syncSortDedupeLarge,
  'sync-stdio-logging': syncStdioLogging,
  'sync-template-compile-per-request': syncTemplateCompilePerRequest,
  'threadpool-exhaustion': threadpoolExhaustion,
  'threadpool-size-set-late': threadpoolSizeSetLate,
  'throw-in-async-callback': throwInAsyncCallback,
  'timer-delay-overflow': timerDelayOverflow,
  'timer-keeps-process-alive': timerKeepsProcessAlive,
  'timer-precision-assumed': timerPrecisionAssumed,
  'try-around-unawaited': tryAroundUnawaited,
  'uncaught-exception-exit-zero': uncaughtExceptionExitZero,
  'uncaught-exception-handler-throws': uncaughtExceptionHandlerThrows,
  'uncaught-exception-no-close': uncaughtExceptionNoClose,
  'uncaught-exception-no-deadline': uncaughtExceptionNoDeadline,
  'uncaught-exception-no-notify': uncaughtExceptionNoNotify,
  'uncaught-exception-swallowed': uncaughtExceptionSwallowed,
  'unhandled-rejection-swallowed': unhandledRejectionSwallowed,
  'worker-disconnect-no-deadline': workerDisconnectNoDeadline,
  'worker-no-uncaught-handler': workerNoUncaughtHandler,
  'worker-threads-misuse': workerThreadsMisuse,
  'zlib-per-message': zlibPerMessage,
};
