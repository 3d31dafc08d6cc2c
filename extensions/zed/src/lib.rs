use zed_extension_api::{self as zed, LanguageServerId, Result};

/// Starts the `looplens` of the project, else the one on the PATH.
struct LooplensExtension;

impl zed::Extension for LooplensExtension {
    fn new() -> Self {
        Self
    }

    fn language_server_command(&mut self, _id: &LanguageServerId, worktree: &zed::Worktree) -> Result<zed::Command> {
        let local = "node_modules/looplens/dist/cli.js";
        if worktree.read_text_file("node_modules/looplens/package.json").is_ok() {
            let node = zed::node_binary_path()?;
            let script = format!("{}/{}", worktree.root_path(), local);
            return Ok(zed::Command { command: node, args: vec![script, "lsp".into(), "--stdio".into()], env: worktree.shell_env() });
        }
        let command = worktree
            .which("looplens")
            .ok_or_else(|| "looplens is not installed: npm install -D looplens".to_string())?;
        Ok(zed::Command { command, args: vec!["lsp".into(), "--stdio".into()], env: worktree.shell_env() })
    }
}

zed::register_extension!(LooplensExtension);
