-- Neovim with the file that its page tells to copy: the right word underlined, a fix
-- applied, cleared, shut down. Ends with status 0, or 1 and the step that failed.
local function fail(step, what)
  io.stderr:write(step, ": ", vim.inspect(what), "\n")
  vim.cmd("cquit 1")
end

local function wait(step, holds)
  if not vim.wait(30000, holds, 20) then fail(step, vim.diagnostic.get(0)) end
end

local function words(d)
  local line = vim.api.nvim_buf_get_lines(0, d.lnum, d.lnum + 1, false)[1]
  return line:sub(d.col + 1, d.end_col)
end

wait("a finding", function() return #vim.diagnostic.get(0) > 0 end)
local found = vim.diagnostic.get(0)
if #found ~= 1 or words(found[1]) ~= "honey cures asthma" then fail("the words", found) end
if found[1].severity ~= vim.diagnostic.severity.WARN then fail("the level", found) end
if found[1].source ~= "postlint" then fail("the source", found) end

local client = vim.lsp.get_active_clients()[1]
vim.api.nvim_win_set_cursor(0, { 1, found[1].col })
local place = vim.lsp.util.make_position_params(0, client.offset_encoding)
local shown = vim.lsp.buf_request_sync(0, "textDocument/hover", place, 30000)
shown = shown[client.id].result
if not shown.contents.value:find("trial evidence", 1, true) then fail("the hover", shown) end

local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
params.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(0, 0) }
local actions = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 30000)
actions = actions[client.id].result
if not actions[1] or not actions[1].edit then fail("a fix", actions) end
vim.lsp.util.apply_workspace_edit(actions[1].edit, client.offset_encoding)
local text = vim.api.nvim_buf_get_lines(0, 0, 1, false)[1]
if text ~= vim.env.FIXED then fail("the fixed text", text) end
wait("cleared", function() return #vim.diagnostic.get(0) == 0 end)

-- Typed back, it is found again: Neovim sends what changed, not all.
vim.api.nvim_buf_set_text(0, 0, #text, 0, #text, { ". It rained. Then we all had soup. Garlic cures covid" })
wait("found again", function()
  local d = vim.diagnostic.get(0)
  return #d == 1 and words(d[1]) == "Garlic cures covid"
end)

client.stop()
wait("stopped", function() return client.is_stopped() end)
vim.cmd("qall!")
