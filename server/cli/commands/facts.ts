import type { Extracted } from '../../core/facts/extract-text.ts';
import { encodeFacts, factsKey } from '../../host/facts-file.ts';
import { createFastExtractor } from '../../host/fast-extractor.ts';
import { hashOf } from '../../host/facts-cache.ts';
import { findFiles } from '../../host/find-files.ts';
import { workspacePath } from '../../host/load-workspace.ts';
import { workspaceRoot } from '../../host/project-root.ts';
import { readBytes, sourceLimit } from '../../host/read-file.ts';
import { inShard, parseShard } from '../shard.ts';
import { writeOutput } from '../write-output.ts';
import { exitCode, UsageError } from '../exit-code.ts';
import { parseFlags } from '../flags.ts';
import type { Io } from '../io.ts';
import { say, type Told } from '../messages.ts';

export const factsHelp: Told = {
  en: `looplens facts [paths…] --out <file>

Extracts what "looplens lint" needs to know of the files under the paths (default: .), the costly part of its
work, into a file that does not depend on where or when it was made: a build artefact for Turborepo, Nx or
Bazel to cache and distribute. "looplens lint --facts <glob>" reads it instead of parsing.

      --out <file>             where to write; needed
      --ignore-pattern <glob>  leave files out, in .gitignore's form; may be repeated
      --shard <k/n>            only the k-th of n parts of the files, for n machines
`,
  'zh-cn': `looplens facts [路径…] --out <文件>

提取 "looplens lint" 需要了解的关于路径下（默认当前目录）各文件的信息，也就是其中最耗时的部分，写入
一个与生成的地点和时间无关的文件：可作为构建产物，由 Turborepo、Nx 或 Bazel 缓存和分发。
"looplens lint --facts <glob>" 会读取它，而不再解析源文件。

      --out <文件>             写入的位置，必填
      --ignore-pattern <glob>  排除文件，写法同 .gitignore；可重复
      --shard <k/n>            只处理 n 份文件中的第 k 份，供 n 台机器分担
`,
};

/** `looplens facts`: returns the exit code. */
export async function facts(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseFlags(args, { help: { type: 'boolean', short: 'h' }, out: { type: 'string' }, 'ignore-pattern': { type: 'string', multiple: true }, shard: { type: 'string' } });
  if (values.help) {
    io.stdout.write(factsHelp[io.locale]);
    return exitCode.ok;
  }
  if (values.out === undefined) throw new UsageError(say('missingValue', { name: 'out' }), true);
  const found = findFiles(positionals.length > 0 ? positionals : ['.'], { cwd: io.cwd, ignorePatterns: values['ignore-pattern'] ?? [] });
  const shard = values.shard === undefined ? null : parseShard(values.shard);
  const root = workspaceRoot(io.cwd);
  const extractFast = await createFastExtractor().load();
  const extract = async (path: string, text: string): Promise<Extracted> => (await extractFast?.(path, text)) ?? (await import('../../core/facts/extract-text.ts')).extractText(path, text);
  const extracted = new Map<string, Extracted>();
  for (const path of found.sources) {
    if (shard && !inShard(workspacePath(root, path), shard)) continue;
    const { bytes } = readBytes(path, found.named.has(path) ? 'named' : 'walked', sourceLimit);
    // What cannot be read now is told by the run that needs it.
    if (bytes === null) continue;
    extracted.set(factsKey(path, hashOf(bytes)), await extract(path, bytes.toString('utf8')));
  }
  writeOutput(io.cwd, values.out, encodeFacts(extracted));
  for (const { path, message } of found.problems) io.stderr.write(`looplens: ${path}: ${message}\n`);
  io.stdout.write(`${say('wroteFacts', { file: values.out, count: extracted.size })[io.locale]}\n`);
  return found.problems.length > 0 ? exitCode.failure : exitCode.ok;
}
