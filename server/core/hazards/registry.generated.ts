// Generated from server/core/hazards/rules by scripts/generate-rules.ts; a test keeps it fresh.
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
import { rule as busyWait } from './rules/busy-wait.ts';
import busyWaitPage from './rules/busy-wait.md';
import { rule as floatingPromise } from './rules/floating-promise.ts';
import floatingPromisePage from './rules/floating-promise.md';
import { rule as missingAwaitAssignment } from './rules/missing-await-assignment.ts';
import missingAwaitAssignmentPage from './rules/missing-await-assignment.md';
import { rule as missingAwaitOperand } from './rules/missing-await-operand.ts';
import missingAwaitOperandPage from './rules/missing-await-operand.md';
import { rule as promiseInCondition } from './rules/promise-in-condition.ts';
import promiseInConditionPage from './rules/promise-in-condition.md';
import { rule as syncRequireInHandler } from './rules/sync-require-in-handler.ts';
import syncRequireInHandlerPage from './rules/sync-require-in-handler.md';
import type { Rule } from './rule.ts';

/** Every rule with its page, and the Chinese page where there is one. */
export const ruleModules: readonly { readonly rule: Rule; readonly page: string; readonly pageZh: string | null }[] = [
  { rule: asyncCallbackInSyncIterator, page: asyncCallbackInSyncIteratorPage, pageZh: null },
  { rule: atomicsWaitMainThread, page: atomicsWaitMainThreadPage, pageZh: null },
  { rule: blockingChildProcess, page: blockingChildProcessPage, pageZh: null },
  { rule: blockingCrypto, page: blockingCryptoPage, pageZh: null },
  { rule: blockingFs, page: blockingFsPage, pageZh: null },
  { rule: blockingSyncDb, page: blockingSyncDbPage, pageZh: null },
  { rule: blockingThirdParty, page: blockingThirdPartyPage, pageZh: null },
  { rule: blockingZlib, page: blockingZlibPage, pageZh: null },
  { rule: busyWait, page: busyWaitPage, pageZh: null },
  { rule: floatingPromise, page: floatingPromisePage, pageZh: null },
  { rule: missingAwaitAssignment, page: missingAwaitAssignmentPage, pageZh: null },
  { rule: missingAwaitOperand, page: missingAwaitOperandPage, pageZh: null },
  { rule: promiseInCondition, page: promiseInConditionPage, pageZh: null },
  { rule: syncRequireInHandler, page: syncRequireInHandlerPage, pageZh: null },
];
