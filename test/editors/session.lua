-- A session of neovim's own client: what it saw goes to standard output as one line of JSON.
local node, cli, root = os.getenv('LL_NODE'), os.getenv('LL_CLI'), os.getenv('LL_ROOT')
local seen = {}

vim.cmd('edit ' .. root .. '/report.js')
local buffer = vim.api.nvim_get_current_buf()
local client_id = vim.lsp.start_client({ cmd = { node, cli, 'lsp', '--stdio' }, root_dir = root, name = 'looplens' })
vim.lsp.buf_attach_client(buffer, client_id)

local function diagnostics() return vim.diagnostic.get(buffer) end
local function wait_for(count) return vim.wait(30000, function() return #diagnostics() == count end, 20) end

seen.found = wait_for(1)
local finding = diagnostics()[1]
seen.code, seen.line = finding and finding.code, finding and finding.lnum

local document = { uri = vim.uri_from_bufnr(buffer) }
local position = { line = 3, character = 14 }
local function request(method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 30000)
  return answers and answers[client_id] and answers[client_id].result
end
local hover = request('textDocument/hover', { textDocument = document, position = position })
seen.hover = hover and hover.contents.value

local actions = request('textDocument/codeAction', { textDocument = document, range = { start = position, ['end'] = position }, context = { diagnostics = {} } })
seen.actions = vim.tbl_map(function(action) return action.title end, actions or {})
vim.lsp.util.apply_workspace_edit(actions[1].edit, 'utf-16')
seen.text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
seen.fixed = wait_for(0)

vim.lsp.stop_client(client_id)
seen.stopped = vim.wait(10000, function() return vim.lsp.client_is_stopped(client_id) end, 20)
io.stdout:write(vim.json.encode(seen) .. '\n')
vim.cmd('qall!')
