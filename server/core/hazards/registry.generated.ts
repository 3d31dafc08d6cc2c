// Generated from server/core/hazards/rules by scripts/generate-rules.ts; a test keeps it fresh.
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
import { rule as busyWait } from './rules/busy-wait.ts';
import busyWaitPage from './rules/busy-wait.md';
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
import { rule as clusterListenZero } from './rules/cluster-listen-zero.ts';
import clusterListenZeroPage from './rules/cluster-listen-zero.md';
import { rule as clusterNoRefork } from './rules/cluster-no-refork.ts';
import clusterNoReforkPage from './rules/cluster-no-refork.md';
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
import { rule as clusterSideEffectInBoth } from './rules/cluster-side-effect-in-both.ts';
import clusterSideEffectInBothPage from './rules/cluster-side-effect-in-both.md';
import { rule as clusterWorkerCountFromCpus } from './rules/cluster-worker-count-from-cpus.ts';
import clusterWorkerCountFromCpusPage from './rules/cluster-worker-count-from-cpus.md';
import { rule as cpuLoopBoundByInput } from './rules/cpu-loop-bound-by-input.ts';
import cpuLoopBoundByInputPage from './rules/cpu-loop-bound-by-input.md';
import { rule as syncRequireInHandler } from './rules/sync-require-in-handler.ts';
import syncRequireInHandlerPage from './rules/sync-require-in-handler.md';
import { rule as uncaughtExceptionSwallowed } from './rules/uncaught-exception-swallowed.ts';
import uncaughtExceptionSwallowedPage from './rules/uncaught-exception-swallowed.md';
import { rule as unhandledRejectionSwallowed } from './rules/unhandled-rejection-swallowed.ts';
import unhandledRejectionSwallowedPage from './rules/unhandled-rejection-swallowed.md';
import type { Rule } from './rule.ts';

/** Every rule with its page, and the Chinese page where there is one. */
export const ruleModules: readonly { readonly rule: Rule; readonly page: string; readonly pageZh: string | null }[] = [
  { rule: atomicsWaitMainThread, page: atomicsWaitMainThreadPage, pageZh: null },
  { rule: blockingChildProcess, page: blockingChildProcessPage, pageZh: null },
  { rule: blockingCrypto, page: blockingCryptoPage, pageZh: null },
  { rule: blockingFs, page: blockingFsPage, pageZh: null },
  { rule: blockingSyncDb, page: blockingSyncDbPage, pageZh: null },
  { rule: blockingThirdParty, page: blockingThirdPartyPage, pageZh: null },
  { rule: blockingZlib, page: blockingZlibPage, pageZh: null },
  { rule: busyWait, page: busyWaitPage, pageZh: null },
  { rule: clusterCronInEveryWorker, page: clusterCronInEveryWorkerPage, pageZh: null },
  { rule: clusterDeprecatedApi, page: clusterDeprecatedApiPage, pageZh: null },
  { rule: clusterDoubleRefork, page: clusterDoubleReforkPage, pageZh: null },
  { rule: clusterForkInWorker, page: clusterForkInWorkerPage, pageZh: null },
  { rule: clusterHandlerUnresolvedName, page: clusterHandlerUnresolvedNamePage, pageZh: null },
  { rule: clusterListenZero, page: clusterListenZeroPage, pageZh: null },
  { rule: clusterNoRefork, page: clusterNoReforkPage, pageZh: null },
  { rule: clusterReforkDuringShutdown, page: clusterReforkDuringShutdownPage, pageZh: null },
  { rule: clusterReforkNoBackoff, page: clusterReforkNoBackoffPage, pageZh: null },
  { rule: clusterReforkVoluntaryExit, page: clusterReforkVoluntaryExitPage, pageZh: null },
  { rule: clusterSchedulingPolicyInWorker, page: clusterSchedulingPolicyInWorkerPage, pageZh: null },
  { rule: clusterSchedulingPolicyInvalid, page: clusterSchedulingPolicyInvalidPage, pageZh: null },
  { rule: clusterSchedulingPolicyLate, page: clusterSchedulingPolicyLatePage, pageZh: null },
  { rule: clusterSideEffectInBoth, page: clusterSideEffectInBothPage, pageZh: null },
  { rule: clusterWorkerCountFromCpus, page: clusterWorkerCountFromCpusPage, pageZh: null },
  { rule: cpuLoopBoundByInput, page: cpuLoopBoundByInputPage, pageZh: null },
  { rule: syncRequireInHandler, page: syncRequireInHandlerPage, pageZh: null },
  { rule: uncaughtExceptionSwallowed, page: uncaughtExceptionSwallowedPage, pageZh: null },
  { rule: unhandledRejectionSwallowed, page: unhandledRejectionSwallowedPage, pageZh: null },
];
