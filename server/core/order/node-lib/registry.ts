// The text of every library of the guest, by its id. A new library is a new line here.
import assertText from './assert.guest.js';
import assertStrictText from './assert/strict.guest.js';
import asyncHooksText from './async_hooks.guest.js';
import bufferText from './buffer.guest.js';
import childProcessText from './child_process.guest.js';
import clusterText from './cluster.guest.js';
import cryptoText from './crypto.guest.js';
import diagnosticsChannelText from './diagnostics_channel.guest.js';
import dnsText from './dns.guest.js';
import dnsPromisesText from './dns/promises.guest.js';
import eventsText from './events.guest.js';
import fsText from './fs.guest.js';
import fsPromisesText from './fs/promises.guest.js';
import httpText from './http.guest.js';
import httpsText from './https.guest.js';
import internalBlobText from './internal/blob.guest.js';
import internalComparisonsText from './internal/comparisons.guest.js';
import internalChildEnvironmentText from './internal/child-environment.guest.js';
import internalDuplexText from './internal/duplex.guest.js';
import internalEncodingText from './internal/encoding.guest.js';
import internalErrorsText from './internal/errors.guest.js';
import internalEventTargetText from './internal/event-target.guest.js';
import internalFetchText from './internal/fetch.guest.js';
import internalFsStreamsText from './internal/fs-streams.guest.js';
import internalHttpParserText from './internal/http-parser.guest.js';
import internalHttpHooksText from './internal/http-hooks.guest.js';
import internalInheritText from './internal/inherit.guest.js';
import internalIpcText from './internal/ipc.guest.js';
import internalLegacyStreamText from './internal/legacy-stream.guest.js';
import internalNavigatorText from './internal/navigator.guest.js';
import internalReadableText from './internal/readable.guest.js';
import internalSerializerText from './internal/serializer.guest.js';
import internalStdioText from './internal/stdio.guest.js';
import internalStreamEndText from './internal/stream-end.guest.js';
import internalStreamOperatorsText from './internal/stream-operators.guest.js';
import internalStreamStateText from './internal/stream-state.guest.js';
import internalStructuredCloneText from './internal/structured-clone.guest.js';
import internalUnknownValuesText from './internal/unknown-values.guest.js';
import internalVfsText from './internal/vfs.guest.js';
import internalWritableText from './internal/writable.guest.js';
import moduleText from './module.guest.js';
import netText from './net.guest.js';
import osText from './os.guest.js';
import pathText from './path.guest.js';
import pathPosixText from './path/posix.guest.js';
import perfHooksText from './perf_hooks.guest.js';
import processText from './process.guest.js';
import querystringText from './querystring.guest.js';
import readlineText from './readline.guest.js';
import readlinePromisesText from './readline/promises.guest.js';
import streamText from './stream.guest.js';
import streamConsumersText from './stream/consumers.guest.js';
import streamPromisesText from './stream/promises.guest.js';
import stringDecoderText from './string_decoder.guest.js';
import timersText from './timers.guest.js';
import timersPromisesText from './timers/promises.guest.js';
import ttyText from './tty.guest.js';
import urlText from './url.guest.js';
import utilText from './util.guest.js';
import utilTypesText from './util/types.guest.js';
import workerThreadsText from './worker_threads.guest.js';
import zlibText from './zlib.guest.js';

/** Guest code by module id: `events`, `stream/promises`; ids below `internal/` cannot be required by the program. */
export const guestLibraries: ReadonlyMap<string, string> = new Map([
  ['assert', assertText],
  ['assert/strict', assertStrictText],
  ['async_hooks', asyncHooksText],
  ['buffer', bufferText],
  ['child_process', childProcessText],
  ['cluster', clusterText],
  ['crypto', cryptoText],
  ['diagnostics_channel', diagnosticsChannelText],
  ['dns', dnsText],
  ['dns/promises', dnsPromisesText],
  ['events', eventsText],
  ['fs', fsText],
  ['fs/promises', fsPromisesText],
  ['http', httpText],
  ['https', httpsText],
  ['internal/blob', internalBlobText],
  ['internal/child-environment', internalChildEnvironmentText],
  ['internal/comparisons', internalComparisonsText],
  ['internal/duplex', internalDuplexText],
  ['internal/encoding', internalEncodingText],
  ['internal/errors', internalErrorsText],
  ['internal/event-target', internalEventTargetText],
  ['internal/fetch', internalFetchText],
  ['internal/fs-streams', internalFsStreamsText],
  ['internal/http-parser', internalHttpParserText],
  ['internal/http-hooks', internalHttpHooksText],
  ['internal/inherit', internalInheritText],
  ['internal/ipc', internalIpcText],
  ['internal/legacy-stream', internalLegacyStreamText],
  ['internal/navigator', internalNavigatorText],
  ['internal/readable', internalReadableText],
  ['internal/serializer', internalSerializerText],
  ['internal/stdio', internalStdioText],
  ['internal/stream-end', internalStreamEndText],
  ['internal/stream-operators', internalStreamOperatorsText],
  ['internal/stream-state', internalStreamStateText],
  ['internal/structured-clone', internalStructuredCloneText],
  ['internal/unknown-values', internalUnknownValuesText],
  ['internal/vfs', internalVfsText],
  ['internal/writable', internalWritableText],
  ['module', moduleText],
  ['net', netText],
  ['os', osText],
  ['path', pathText],
  ['path/posix', pathPosixText],
  ['perf_hooks', perfHooksText],
  ['process', processText],
  ['querystring', querystringText],
  ['readline', readlineText],
  ['readline/promises', readlinePromisesText],
  ['stream', streamText],
  ['stream/consumers', streamConsumersText],
  ['stream/promises', streamPromisesText],
  ['string_decoder', stringDecoderText],
  ['timers', timersText],
  ['timers/promises', timersPromisesText],
  ['tty', ttyText],
  ['url', urlText],
  ['util', utilText],
  ['util/types', utilTypesText],
  ['worker_threads', workerThreadsText],
  ['zlib', zlibText],
]);
