import { formatNames } from '../reporters.ts';
import { locales } from '../../core/hazards/messages.ts';
import { rules } from '../../core/hazards/registry.ts';
import { exitCode, UsageError } from '../exit-code.ts';
import { oneOf, parseFlags } from '../flags.ts';
import type { Io } from '../io.ts';
import { lintOptions } from '../lint-options.ts';
import { say, type Told } from '../messages.ts';
import { explainOptions } from './explain.ts';

export const completionHelp: Told = {
  en: `looplens completion bash|zsh|fish

Prints a script that completes commands, flags, rules and formats in a shell:

  bash   source <(looplens completion bash)          in ~/.bashrc
  zsh    source <(looplens completion zsh)           in ~/.zshrc, after compinit
  fish   looplens completion fish | source           in ~/.config/fish/config.fish
`,
  'zh-cn': `looplens completion bash|zsh|fish

输出补全脚本，在 shell 中补全命令、选项、规则名和输出格式：

  bash   source <(looplens completion bash)          写入 ~/.bashrc
  zsh    source <(looplens completion zsh)           写入 ~/.zshrc，放在 compinit 之后
  fish   looplens completion fish | source           写入 ~/.config/fish/config.fish
`,
};

const commands = ['lint', 'explain', 'rules', 'init', 'print-config', 'merge', 'facts', 'completion', 'lsp', 'mcp'];

/** Words that a flag takes; flags that are not here take files, or anything. */
const values: Readonly<Record<string, readonly string[]>> = {
  format: formatNames,
  severity: ['error', 'warn', 'info'],
  confidence: ['certain', 'likely', 'possible'],
  only: rules.map(({ meta }) => meta.id),
  rule: rules.map(({ meta }) => `${meta.id}:`),
  'suppress-rule': rules.map(({ meta }) => meta.id),
  locale: locales,
  node: ['18', '20', '22', '24', '26'],
  module: ['commonjs', 'module'],
};

const flagsOf: Readonly<Record<string, readonly string[]>> = { lint: Object.keys(lintOptions), explain: Object.keys(explainOptions), merge: ['format', 'output-file', 'max-warnings', 'help'], rules: ['format', 'help'] };

/** `looplens completion`: returns the exit code. */
export async function completion(args: string[], io: Io): Promise<number> {
  const { values: given, positionals } = parseFlags(args, { help: { type: 'boolean', short: 'h' } });
  if (given.help) {
    io.stdout.write(completionHelp[io.locale]);
    return exitCode.ok;
  }
  const [shell, ...more] = positionals;
  if (shell === undefined || more.length > 0) throw new UsageError(say('oneShell'), true);
  io.stdout.write({ bash, zsh, fish }[oneOf('shell', shell, ['bash', 'zsh', 'fish'])]());
  return exitCode.ok;
}

/** One `case` branch per command with flags of its own, and one per flag with words of its own. */
function bash(): string {
  const perCommand = Object.entries(flagsOf).map(([command, flags]) => `    ${command}) flags="${flags.map(flag => `--${flag}`).join(' ')} --locale" ;;`);
  const perFlag = Object.entries(values).map(([flag, words]) => `    --${flag}${flag === 'format' ? '|-f' : ''}) COMPREPLY=($(compgen -W "${words.join(' ')}" -- "$word")); return ;;`);
  return `# looplens completion for bash
_looplens() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" flags="--help --version --locale"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W "${commands.join(' ')} --help --version" -- "$word")); return; fi
  case "$previous" in
${perFlag.join('\n')}
    rules) COMPREPLY=($(compgen -W "${values['only']!.join(' ')}" -- "$word")); return ;;
    completion) COMPREPLY=($(compgen -W "bash zsh fish" -- "$word")); return ;;
  esac
  case "\${COMP_WORDS[1]}" in
${perCommand.join('\n')}
  esac
  case "$word" in -*) COMPREPLY=($(compgen -W "$flags" -- "$word")) ;; esac
}
complete -o default -F _looplens looplens
`;
}

/** zsh reads bash's form. */
function zsh(): string {
  return `#compdef looplens\nautoload -U +X bashcompinit && bashcompinit\n${bash()}`;
}

function fish(): string {
  const lines = [`complete -c looplens -n __fish_use_subcommand -xa "${commands.join(' ')}"`, 'complete -c looplens -n __fish_use_subcommand -l version -s v'];
  for (const [command, flags] of Object.entries(flagsOf)) {
    for (const flag of flags) lines.push(`complete -c looplens -n "__fish_seen_subcommand_from ${command}" -l ${flag}${values[flag] ? ` -xa "${values[flag].join(' ')}"` : ''}`);
  }
  lines.push(`complete -c looplens -n "__fish_seen_subcommand_from rules" -xa "${values['only']!.join(' ')}"`, 'complete -c looplens -n "__fish_seen_subcommand_from completion" -xa "bash zsh fish"', `complete -c looplens -l locale -xa "${locales.join(' ')}"`);
  return `# looplens completion for fish\n${lines.join('\n')}\n`;
}
