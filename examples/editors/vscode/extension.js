// postlint in VS Code: starts the language server, and hands it the settings.
'use strict';
const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

const languages = ['plaintext', 'markdown', 'html', 'yaml'];
let client;

/* The server asks for the section `postlint` itself, and again when it changes. */
function make() {
  const program = vscode.workspace.getConfiguration('postlint').get('program');
  const run = { command: program, args: ['lsp'] };
  return new LanguageClient('postlint', 'postlint', { run, debug: run }, {
    documentSelector: languages.flatMap((language) => [
      { scheme: 'file', language }, { scheme: 'untitled', language },
    ]),
    synchronize: { configurationSection: 'postlint' },
  });
}

async function start() {
  client = make();
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(
      `postlint did not start (${error.message}). Is it installed? See the setting postlint.program.`);
  }
}

async function stop() {
  const old = client;
  client = undefined;
  if (old && old.needsStop()) await old.stop();
}

exports.activate = async (context) => {
  context.subscriptions.push(vscode.commands.registerCommand('postlint.restart', async () => {
    await stop();
    await start();
  }));
  await start();
};

exports.deactivate = stop;
