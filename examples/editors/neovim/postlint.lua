-- postlint in Neovim 0.7 or newer. Copy this file to ~/.config/nvim/plugin/.
local filetypes = { "text", "markdown", "html", "mail" }
local options = {
  -- profile = { jurisdiction = "GB", profession = "nurse", platform = "facebook" },
  -- level = "warning",
}

local clients = {} -- for Neovim before 0.8: one for each folder

local function root_of(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  local folder = path ~= "" and vim.fn.fnamemodify(path, ":p:h") or vim.fn.getcwd()
  local git = vim.fn.finddir(".git", folder .. ";")
  return git ~= "" and vim.fn.fnamemodify(git, ":p:h:h") or folder
end

local function start(buffer)
  local config = {
    name = "postlint",
    cmd = { "postlint", "lsp" },
    root_dir = root_of(buffer),
    init_options = options,
  }
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  config.capabilities = vim.lsp.protocol.make_client_capabilities()
  config.on_exit = function() clients[config.root_dir] = nil end
  clients[config.root_dir] = clients[config.root_dir] or vim.lsp.start_client(config)
  vim.lsp.buf_attach_client(buffer, clients[config.root_dir])
end

vim.api.nvim_create_autocmd("FileType", {
  pattern = filetypes,
  callback = function(event) start(event.buf) end,
})

-- The editor underlines; the reason is one key away.
vim.keymap.set("n", "<Leader>k", vim.lsp.buf.hover, { desc = "why is this underlined?" })
vim.keymap.set("n", "<Leader>a", vim.lsp.buf.code_action, { desc = "what to write instead" })
