import type * as protocol from '../server/lsp/protocol.ts';

// Names of the server's own methods: types of the server are imported here, code is not.

export const explainRequest: typeof protocol.explainRequest = 'looplens/explain';
export const renderRequest: typeof protocol.renderRequest = 'looplens/render';
export const rulePageRequest: typeof protocol.rulePageRequest = 'looplens/rulePage';
export const lintWorkspaceRequest: typeof protocol.lintWorkspaceRequest = 'looplens/lintWorkspace';
export const modelToolRequest: typeof protocol.modelToolRequest = 'looplens/modelTool';
export const debugInformationRequest: typeof protocol.debugInformationRequest = 'looplens/debugInformation';
export const cursorNotification: typeof protocol.cursorNotification = 'looplens/cursor';
export const statusNotification: typeof protocol.statusNotification = 'looplens/status';
