import type { FrameworkModel } from '../registration.ts';

const listen = ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'];
const last = [{ kind: 'argument', index: -1 }] as const;
const every = [{ kind: 'arguments', from: 0 }] as const;
const js = '{js,cjs,mjs,ts,cts,mts,jsx,tsx}';

/** The methods of what a VS Code extension registers as a provider, by the interfaces of `vscode.d.ts`. */
const providerMethods = [
  'provideHover', 'provideCompletionItems', 'resolveCompletionItem', 'provideInlineCompletionItems', 'provideDefinition', 'provideTypeDefinition', 'provideImplementation', 'provideDeclaration', 'provideReferences',
  'provideDocumentSymbols', 'provideWorkspaceSymbols', 'resolveWorkspaceSymbol', 'provideDocumentHighlights', 'provideCodeActions', 'resolveCodeAction', 'provideCodeLenses', 'resolveCodeLens', 'provideDocumentFormattingEdits',
  'provideDocumentRangeFormattingEdits', 'provideDocumentRangesFormattingEdits', 'provideOnTypeFormattingEdits', 'provideRenameEdits', 'prepareRename', 'provideSignatureHelp', 'provideDocumentLinks', 'resolveDocumentLink',
  'provideDocumentColors', 'provideColorPresentations', 'provideFoldingRanges', 'provideSelectionRanges', 'provideLinkedEditingRanges', 'provideInlayHints', 'resolveInlayHint', 'provideInlineValues', 'provideEvaluatableExpression',
  'prepareCallHierarchy', 'provideCallHierarchyIncomingCalls', 'provideCallHierarchyOutgoingCalls', 'prepareTypeHierarchy', 'provideTypeHierarchySupertypes', 'provideTypeHierarchySubtypes', 'provideDocumentSemanticTokens',
  'provideDocumentSemanticTokensEdits', 'provideDocumentRangeSemanticTokens', 'provideDocumentDropEdits', 'provideDocumentPasteEdits', 'prepareDocumentPaste', 'resolveDocumentPasteEdit',
  'getChildren', 'getTreeItem', 'getParent', 'resolveTreeItem', 'handleDrag', 'handleDrop', 'provideTextDocumentContent', 'provideTasks', 'resolveTask', 'provideTerminalProfile', 'provideTerminalLinks', 'handleTerminalLink',
  'provideFileDecoration', 'resolveWebviewView', 'deserializeWebviewPanel', 'resolveCustomEditor', 'resolveCustomTextEditor', 'openCustomDocument', 'saveCustomDocument', 'saveCustomDocumentAs', 'revertCustomDocument', 'backupCustomDocument',
  'provideDebugConfigurations', 'resolveDebugConfiguration', 'resolveDebugConfigurationWithSubstitutedVariables', 'createDebugAdapterDescriptor', 'createDebugAdapterTracker', 'getSessions', 'createSession', 'removeSession', 'handleUri',
  'stat', 'readDirectory', 'createDirectory', 'readFile', 'writeFile', 'delete', 'rename', 'copy', 'watch', 'deserializeNotebook', 'serializeNotebook', 'provideNotebookCellStatusBarItems', 'provideOriginalResource',
  'invoke', 'prepareInvocation', 'provideLanguageModelChatInformation', 'provideLanguageModelChatResponse', 'provideTokenCount', 'provideMcpServerDefinitions', 'resolveMcpServerDefinition', 'provideFollowups', 'provideCommentingRanges',
];
const provider = [0, 1, 2].map(index => ({ kind: 'properties', index, paths: providerMethods }) as const);

const vscodeSpaces = ['window', 'workspace', 'languages', 'commands', 'tasks', 'debug', 'env', 'extensions', 'authentication', 'notebooks', 'lm', 'comments', 'scm'];

const vscode: FrameworkModel = {
  name: 'VS Code extensions',
  docs: 'https://code.visualstudio.com/api/references/vscode-api',
  types: [
    {
      name: 'vscode.Space',
      results: { createWebviewPanel: 'vscode.Panel', createTreeView: 'vscode.View', createFileSystemWatcher: 'vscode.View', createQuickPick: 'vscode.View', createInputBox: 'vscode.View', createTextEditorDecorationType: 'vscode.View', createNotebookController: 'vscode.View', createTerminal: 'vscode.View' },
    },
    { name: 'vscode.View', annotations: [{ modules: ['vscode'], names: ['TreeView', 'FileSystemWatcher', 'QuickPick', 'InputBox', 'Webview', 'NotebookController', 'CancellationToken', 'DebugSession'] }] },
    { name: 'vscode.Panel', extends: ['vscode.View'], annotations: [{ modules: ['vscode'], names: ['WebviewPanel', 'WebviewView'] }], properties: { webview: 'vscode.View' } },
    { name: 'vscode.Context', annotations: [{ modules: ['vscode'], names: ['ExtensionContext'] }], properties: { secrets: 'vscode.View' } },
    { name: 'vscode.Tests', results: { createRunProfile: 'vscode.View' } },
  ],
  producers: [
    { type: 'vscode.Space', modules: ['vscode'], members: vscodeSpaces, by: 'value' },
    { type: 'vscode.Tests', modules: ['vscode'], members: ['tests.createTestController'], by: 'call' },
  ],
  registrations: [
    { type: 'vscode.Space', members: ['registerCommand', 'registerTextEditorCommand', 'registerDiffInformationCommand'], handlers: [{ kind: 'argument', index: 1 }], role: 'background', label: 'command {0}' },
    { type: 'vscode.Space', members: ['withProgress'], handlers: [{ kind: 'argument', index: 1 }], role: 'caller', label: 'progress task' },
    { type: 'vscode.Space', members: ['register*', 'createChatParticipant'], handlers: [...provider, { kind: 'arguments', from: 0 }], role: 'background', label: '{property}' },
    { type: 'vscode.Space', members: ['createTreeView'], handlers: [{ kind: 'properties', index: 1, paths: ['getChildren', 'getTreeItem', 'getParent', 'resolveTreeItem'].flatMap(name => [`treeDataProvider.${name}`, `dragAndDropController.${name}`]) }], role: 'background', label: '{property}' },
    { type: 'vscode.Space', members: ['onDid*', 'onWill*'], handlers: [{ kind: 'argument', index: 0 }], role: 'background', label: '{member} listener' },
    { type: 'vscode.View', members: ['on*'], handlers: [{ kind: 'argument', index: 0 }], role: 'background', label: '{member} listener' },
    { modules: ['vscode'], members: ['chat.createChatParticipant', 'tests.createTestController'], handlers: [{ kind: 'argument', index: 1 }], role: 'background', label: 'chat participant {0}' },
    { type: 'vscode.Tests', members: ['createRunProfile'], handlers: [{ kind: 'argument', index: 2 }], role: 'background', label: 'test run {0}' },
  ],
  files: [
    { files: [`**/extension.${js}`], packages: ['@types/vscode', 'vscode'], exports: ['activate'], take: 'function', role: 'startup', label: 'activate', params: { 0: 'vscode.Context' } },
    { files: [`**/extension.${js}`], packages: ['@types/vscode', 'vscode'], exports: ['deactivate'], take: 'function', role: 'shutdown', label: 'deactivate' },
  ],
};

const lspModules = ['vscode-languageserver', 'vscode-languageserver/node', 'vscode-languageserver/node.js', 'vscode-languageserver/lib/node/main', 'vscode-languageserver/browser'];

const languageServers: FrameworkModel = {
  name: 'Language servers, debug adapters',
  docs: 'https://code.visualstudio.com/api/language-extensions/language-server-extension-guide',
  types: [
    { name: 'lsp.Connection', annotations: [{ modules: lspModules, names: ['Connection', '_Connection', 'ProposedFeatures.Connection'] }], properties: { languages: 'lsp.Feature', workspace: 'lsp.Feature', window: 'lsp.Feature', notebooks: 'lsp.Feature', client: 'lsp.Feature' }, names: ['connection'] },
    { name: 'lsp.Feature', properties: { '*': 'lsp.Feature' } },
    { name: 'lsp.Documents', annotations: [{ modules: lspModules, names: ['TextDocuments', 'NotebookDocuments'] }] },
  ],
  producers: [
    { type: 'lsp.Connection', modules: lspModules, members: ['createConnection'], by: 'call' },
    { type: 'lsp.Connection', modules: ['vscode-jsonrpc', 'vscode-jsonrpc/node', 'vscode-jsonrpc/node.js', 'vscode-ws-jsonrpc'], members: ['createMessageConnection', 'createWebSocketConnection'], by: 'call' },
    { type: 'lsp.Documents', modules: lspModules, members: ['TextDocuments', 'NotebookDocuments'], by: 'new' },
  ],
  registrations: [
    { type: 'lsp.Connection', members: ['onInitialize', 'onInitialized'], handlers: last, role: 'startup', label: '{member}' },
    { type: 'lsp.Connection', members: ['onShutdown', 'onExit', 'onDispose', 'onClose', 'onError'], handlers: last, role: 'shutdown', label: '{member}' },
    { type: 'lsp.Connection', members: ['onRequest', 'onNotification', 'onProgress'], handlers: last, role: 'request', label: '{member} {0}' },
    { type: 'lsp.Connection', members: ['on*'], handlers: last, role: 'request', label: '{member}' },
    { type: 'lsp.Feature', members: ['on', 'on*'], handlers: last, role: 'request', label: 'language feature {member}' },
    { type: 'lsp.Documents', members: ['on*'], handlers: last, role: 'request', label: 'documents {member}' },
  ],
  classes: [{ modules: ['@vscode/debugadapter', 'vscode-debugadapter'], names: ['DebugSession', 'LoggingDebugSession'], relation: 'extends', methods: ['*'], role: 'request', label: '{class}.{method}' }],
};

const mcpHigh = ['@modelcontextprotocol/sdk/server/mcp.js', '@modelcontextprotocol/sdk/server/mcp', '@modelcontextprotocol/server', '@modelcontextprotocol/sdk/server'];
const mcpLow = ['@modelcontextprotocol/sdk/server/index.js', '@modelcontextprotocol/sdk/server/index', '@modelcontextprotocol/sdk/server', '@modelcontextprotocol/server', '@modelcontextprotocol/sdk/client/index.js', '@modelcontextprotocol/client'];

const modelContext: FrameworkModel = {
  name: 'Model Context Protocol servers',
  docs: 'https://github.com/modelcontextprotocol/typescript-sdk https://github.com/punkpeye/fastmcp',
  types: [
    { name: 'mcp.Server', annotations: [{ modules: mcpHigh, names: ['McpServer'] }], properties: { server: 'mcp.LowServer' } },
    { name: 'mcp.LowServer', annotations: [{ modules: mcpLow, names: ['Server', 'Client'] }] },
    { name: 'mcp.Fast', extends: ['events.EventEmitter'], annotations: [{ modules: ['fastmcp'], names: ['FastMCP'] }] },
  ],
  producers: [
    { type: 'mcp.Server', modules: mcpHigh, members: ['McpServer'], by: 'new' },
    { type: 'mcp.LowServer', modules: mcpLow, members: ['Server', 'Client'], by: 'new' },
    { type: 'mcp.Fast', modules: ['fastmcp'], members: ['FastMCP'], by: 'new' },
  ],
  registrations: [
    { type: 'mcp.Server', members: ['tool', 'registerTool'], handlers: [...last, { kind: 'properties', index: -1, paths: ['createTask', 'getTask', 'getTaskResult'] }], role: 'request', label: 'MCP tool {0}', params: { 0: 'client.Message' } },
    { type: 'mcp.Server', members: ['resource', 'registerResource'], handlers: last, role: 'request', label: 'MCP resource {0}' },
    { type: 'mcp.Server', members: ['prompt', 'registerPrompt'], handlers: last, role: 'request', label: 'MCP prompt {0}', params: { 0: 'client.Message' } },
    { modules: mcpHigh, members: ['ResourceTemplate'], by: 'new', handlers: [{ kind: 'properties', index: 1, paths: ['list', 'complete.*'] }], role: 'request', label: 'MCP resource {property}' },
    { modules: ['@modelcontextprotocol/sdk/server/completable.js', '@modelcontextprotocol/server'], members: ['completable'], handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: 'MCP completion' },
    { type: 'mcp.LowServer', members: ['setRequestHandler', 'setNotificationHandler'], handlers: last, role: 'request', label: 'MCP {0} handler', params: { 0: 'client.Message' } },
    { type: 'mcp.Fast', members: ['addTool', 'addTools'], handlers: [{ kind: 'properties', index: 0, paths: ['execute', 'canAccess'] }], role: 'request', label: 'MCP tool {0.name}', params: { 0: 'client.Message' } },
    { type: 'mcp.Fast', members: ['addResource', 'addResources', 'addResourceTemplate', 'addPrompt', 'addPrompts'], handlers: [{ kind: 'properties', index: 0, paths: ['load', 'complete', 'arguments.complete'] }], role: 'request', label: 'MCP {0.name}', params: { 0: 'client.Message' } },
    { type: 'mcp.Fast', members: listen, handlers: [{ kind: 'argument', index: 1 }], role: 'request', label: 'MCP {0} listener' },
    { modules: ['fastmcp'], members: ['FastMCP'], by: 'new', handlers: [{ kind: 'properties', index: 0, paths: ['authenticate'] }], role: 'request', label: 'MCP authentication' },
    { modules: ['ai', '@mastra/core/tools', '@langchain/core/tools', '@openai/agents', '@openai/agents-core'], members: ['tool', 'createTool', 'dynamicTool', 'DynamicStructuredTool', 'DynamicTool'], by: 'either', handlers: [{ kind: 'argument', index: 0 }, { kind: 'properties', index: 0, paths: ['execute', 'func'] }], role: 'request', label: 'tool {0.id}' },
  ],
};

const electron: FrameworkModel = {
  name: 'Electron',
  docs: 'https://www.electronjs.org/docs/latest/api/app',
  types: [
    { name: 'electron.Ready' },
    { name: 'electron.App', extends: ['events.EventEmitter'], results: { whenReady: 'electron.Ready' }, annotations: [{ modules: ['electron', 'electron/main'], names: ['App'] }] },
    { name: 'electron.Ipc', extends: ['events.EventEmitter'], annotations: [{ modules: ['electron', 'electron/main'], names: ['IpcMain'] }] },
    { name: 'electron.Emitter', extends: ['events.EventEmitter'], annotations: [{ modules: ['electron', 'electron/main'], names: ['Tray', 'Notification', 'MessagePortMain', 'UtilityProcess', 'AutoUpdater', 'Debugger'] }] },
    { name: 'electron.Window', extends: ['electron.Emitter'], annotations: [{ modules: ['electron', 'electron/main'], names: ['BrowserWindow', 'BaseWindow', 'BrowserView', 'WebContentsView'] }], properties: { webContents: 'electron.Contents' } },
    { name: 'electron.Contents', extends: ['electron.Emitter'], annotations: [{ modules: ['electron', 'electron/main'], names: ['WebContents'] }], properties: { session: 'electron.Session', ipc: 'electron.Ipc', mainFrame: 'electron.Emitter', debugger: 'electron.Emitter' } },
    { name: 'electron.Session', extends: ['electron.Emitter'], annotations: [{ modules: ['electron', 'electron/main'], names: ['Session'] }], properties: { webRequest: 'electron.WebRequest', protocol: 'electron.Protocol', cookies: 'electron.Emitter' } },
    { name: 'electron.WebRequest' },
    { name: 'electron.Protocol', annotations: [{ modules: ['electron', 'electron/main'], names: ['Protocol'] }] },
  ],
  producers: [
    { type: 'electron.App', modules: ['electron', 'electron/main'], members: ['app'], by: 'value' },
    { type: 'electron.Ipc', modules: ['electron', 'electron/main', 'electron/renderer'], members: ['ipcMain', 'ipcRenderer'], by: 'value' },
    { type: 'electron.Emitter', modules: ['electron', 'electron/main'], members: ['autoUpdater', 'powerMonitor', 'nativeTheme', 'screen', 'systemPreferences', 'pushNotifications', 'inAppPurchase'], by: 'value' },
    { type: 'electron.Emitter', modules: ['electron-updater'], members: ['autoUpdater'], by: 'value' },
    { type: 'electron.Emitter', modules: ['electron', 'electron/main'], members: ['Tray', 'Notification', 'MessageChannelMain', 'TouchBar.TouchBarButton'], by: 'new' },
    { type: 'electron.Emitter', modules: ['electron', 'electron/main'], members: ['utilityProcess.fork'], by: 'call' },
    { type: 'electron.Window', modules: ['electron', 'electron/main'], members: ['BrowserWindow', 'BaseWindow', 'BrowserView', 'WebContentsView'], by: 'new' },
    { type: 'electron.Window', modules: ['electron', 'electron/main'], members: ['BrowserWindow.getFocusedWindow', 'BrowserWindow.fromWebContents', 'BrowserWindow.fromId'], by: 'call' },
    { type: 'electron.Session', modules: ['electron', 'electron/main'], members: ['session.defaultSession'], by: 'value' },
    { type: 'electron.Session', modules: ['electron', 'electron/main'], members: ['session.fromPartition'], by: 'call' },
    { type: 'electron.Protocol', modules: ['electron', 'electron/main'], members: ['protocol'], by: 'value' },
  ],
  registrations: [
    { type: 'electron.Ready', members: ['then'], handlers: [{ kind: 'argument', index: 0 }], role: 'startup', label: 'Electron ready' },
    { type: 'electron.App', members: listen, when: { argument: 0, in: ['ready', 'will-finish-launching'] }, handlers: [{ kind: 'argument', index: 1 }], role: 'startup', label: 'Electron {0} listener' },
    { type: 'electron.App', members: listen, when: { argument: 0, in: ['will-quit', 'quit', 'before-quit', 'window-all-closed', 'before-quit-for-update', 'session-end'] }, handlers: [{ kind: 'argument', index: 1 }], role: 'shutdown', label: 'Electron {0} listener' },
    { type: 'electron.App', members: listen, when: { argument: 0, in: ['web-contents-created'] }, handlers: [{ kind: 'argument', index: 1 }], role: 'background', label: 'Electron {0} listener', params: { 1: 'electron.Contents' } },
    { type: 'electron.App', members: listen, when: { argument: 0, in: ['browser-window-*'] }, handlers: [{ kind: 'argument', index: 1 }], role: 'background', label: 'Electron {0} listener', params: { 1: 'electron.Window' } },
    { type: 'electron.App', members: listen, handlers: [{ kind: 'argument', index: 1 }], role: 'background', label: 'Electron {0} listener' },
    { type: 'electron.Ipc', members: [...listen, 'handle', 'handleOnce'], handlers: [{ kind: 'argument', index: 1 }], role: 'background', label: 'Electron {0} handler', params: { 1: 'client.Message' } },
    { type: 'electron.Emitter', members: listen, handlers: [{ kind: 'argument', index: 1 }], role: 'background', label: 'Electron {0} listener' },
    { type: 'electron.Window', members: ['hookWindowMessage'], handlers: [{ kind: 'argument', index: 1 }], role: 'background', label: 'Electron window message' },
    { type: 'electron.Contents', members: ['setWindowOpenHandler'], handlers: [{ kind: 'argument', index: 0 }], role: 'background', label: 'Electron window open handler' },
    { type: 'electron.Session', members: ['setPermissionRequestHandler', 'setPermissionCheckHandler', 'setCertificateVerifyProc', 'setDevicePermissionHandler', 'setDisplayMediaRequestHandler'], handlers: [{ kind: 'argument', index: 0 }], role: 'background', label: 'Electron {member}' },
    { type: 'electron.WebRequest', members: ['on*'], handlers: last, role: 'background', label: 'Electron {member} listener' },
    { type: 'electron.Protocol', members: ['handle', 'register*', 'intercept*'], handlers: [{ kind: 'argument', index: 1 }], role: 'background', label: 'Electron protocol {0}' },
    { modules: ['electron', 'electron/main'], members: ['Menu.buildFromTemplate', 'MenuItem'], by: 'either', handlers: [{ kind: 'properties', index: 0, paths: ['click', 'submenu.click', 'submenu.submenu.click'] }], role: 'background', label: 'menu handler' },
    { modules: ['electron', 'electron/main'], members: ['globalShortcut.register', 'globalShortcut.registerAll', 'powerMonitor.on', 'contentTracing.startRecording'], handlers: every, role: 'background', label: 'shortcut {0}' },
  ],
};

/** Programs for one user whose answers wait while their thread is busy: editors, language servers, tools of models, desktop applications. */
export const editors: readonly FrameworkModel[] = [vscode, languageServers, modelContext, electron];
