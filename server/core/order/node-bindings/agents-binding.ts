import type { Member, Sent } from '../agent-cluster.ts';
import type { ProgramSource } from '../run.ts';
import type { MachineHooks } from './host.ts';
import type { GuestValue, Realm } from './realm.ts';

/**
 * `internalBinding('agents')`: starting threads and processes (`start`, `stop`), and the channels to them (`post`, `onReceive`).
 * What arrives calls `tell(type, text, detail)` of the starter or `receive(type, text)` of what was started, in its poll phase.
 */
export function createAgentsBinding(realm: Realm, { cluster, self, program, node, options: { budget } }: MachineHooks): GuestValue {
  const start = self.started;
  const members: Member[] = [];
  const text = (value: GuestValue): string => String(realm.host(value));
  const optional = (value: GuestValue): string | null => (realm.host(value) == null ? null : text(value));
  const strings = (value: GuestValue): string[] => realm.elements(value).map(text);
  const listener = (callback: GuestValue): Member['tell'] => (type, content, detail = '') =>
    realm.truthy(realm.call(callback, undefined, [type, content, detail].map(one => realm.primitive(one))));
  const sent = (name: GuestValue, channel: string, payload: GuestValue, other: Member['kind']): Sent =>
    ({ name: text(name), channel, payload: text(payload), together: other === 'process' && text(payload) !== '' });
  return realm.object({
    kind: realm.primitive(start?.kind ?? 'main'),
    hasChannel: realm.primitive(start?.channel ?? false),
    threadId: realm.primitive(start?.threadId ?? 0),
    data: realm.primitive(start?.data ?? null),
    argv: realm.array((start?.argv ?? []).map(one => realm.primitive(one))),
    execArgv: realm.array((start?.execArgv ?? []).map(one => realm.primitive(one))),
    env: realm.primitive(start?.env ?? null),
    /** The file of the program that the path means, or null. */
    file: realm.func('file', ([path]) => {
      const name = text(path);
      return realm.primitive(program.read(name) !== null ? name : program.resolve(name, program.entry, 'require'));
    }),
    start: realm.func('start', ([given, callback]) => {
      const at = (key: string): GuestValue => realm.get(given, key);
      const entry = text(at('file'));
      const source = optional(at('source'));
      const own: ProgramSource = {
        entry,
        read: file => (source !== null && file === entry ? source : program.read(file)),
        resolve: (specifier, from, kind) => program.resolve(specifier, from === entry && source !== null ? program.entry : from, kind),
        moduleType: (file, major) => (source !== null && file === entry ? 'commonjs' : program.moduleType(file, major)),
      };
      const member = cluster.start(self, {
        kind: text(at('kind')) === 'thread' ? 'thread' : 'process',
        program: own,
        options: { node, module: own.moduleType(entry, node), entryPoint: { kind: 'file' }, budget },
        argv: strings(at('argv')), execArgv: strings(at('execArgv')), env: optional(at('env')), data: optional(at('data')),
        threadId: Number(realm.host(at('threadId'))) || 0, inherits: realm.truthy(at('inherits')), channel: realm.truthy(at('channel')),
      });
      member.tell = listener(callback);
      return realm.primitive(members.push(member) - 1);
    }),
    /** A message to a thread or process that this one started; '' closes the channel to it. */
    post: realm.func('post', ([id, name, payload]) => {
      const target = members[Number(realm.host(id))]!;
      if (text(payload) === '') cluster.sendEnd(self, target, () => target.receive('disconnect', ''));
      else cluster.send(self, target, sent(name, 'messages', payload, target.kind), one => target.receive('messages', one));
      return undefined;
    }),
    /** The same to the starter, on channel `messages` or `port`. */
    postUp: realm.func('postUp', ([channel, type, name, payload]) => {
      if (text(payload) === '') cluster.sendEnd(self, self.starter!, () => self.tell('disconnect', ''));
      else cluster.send(self, self.starter!, sent(name, text(channel), payload, self.kind), one => self.tell(text(type), one));
      return undefined;
    }),
    /** The next message of that child (of the starter, without an id) if it came in the same read, or null. */
    alsoRead: realm.func('alsoRead', ([id]) => {
      const other = realm.host(id) === undefined ? self.starter! : members[Number(realm.host(id))]!;
      return realm.primitive(cluster.alsoRead(other, self, 'messages'));
    }),
    stop: realm.func('stop', ([id, signal]) => { cluster.stop(self, members[Number(realm.host(id))]!, text(signal)); }),
    onReceive: realm.func('onReceive', ([callback]) => { self.receive = listener(callback); }),
    claimPort: realm.func('claimPort', ([port]) => realm.primitive(cluster.claimPort(String(realm.host(port)), self))),
    releasePort: realm.func('releasePort', ([port]) => { cluster.releasePort(String(realm.host(port))); }),
    isClaimed: realm.func('isClaimed', ([port]) => realm.primitive(cluster.isClaimed(String(realm.host(port))))),
  });
}
