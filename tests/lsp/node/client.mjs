// The client library of the protocol's own authors against the server, once pushing
// and once pulling; every message that the server sent becomes a typed literal.
// usage: node client.mjs PROGRAM messages.ts
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { StreamMessageReader, StreamMessageWriter, createMessageConnection } from 'vscode-jsonrpc/node';
import * as lsp from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

const [program, out] = process.argv.slice(2);
const LINE = '😀 Jose\u0301 says honey cures asthma';
const FIXED = LINE.replace('honey', 'no good evidence shows that honey');
const URI = 'file:///drafts/post.txt';
const rules = { claim: 'claims/cure/absolute' };

// What the server may send, by method: the type of a result or of params.
const RESULTS = {
  initialize: 'InitializeResult',
  shutdown: 'null',
  'textDocument/diagnostic': 'DocumentDiagnosticReport',
  'textDocument/codeAction': '(Command | CodeAction)[] | null',
  'textDocument/hover': 'Hover | null',
  'workspace/executeCommand': 'LSPAny',
};
const PARAMS = {
  'textDocument/publishDiagnostics': 'PublishDiagnosticsParams',
  'window/showMessage': 'ShowMessageParams',
  'window/showMessageRequest': 'ShowMessageRequestParams',
  'workspace/applyEdit': 'ApplyWorkspaceEditParams',
  'workspace/configuration': 'ConfigurationParams',
  'client/registerCapability': 'RegistrationParams',
  'workspace/diagnostic/refresh': 'undefined',
};
const servers = []; // ended if a test fails: they would wait for more
after(() => servers.forEach((server) => server.kill()));
const literals = [];
const asked = new Map();

function record(message) {
  const head = message.id === undefined ? 'NotificationMessage'
    : message.method === undefined ? 'ResponseMessage' : 'RequestMessage';
  literals.push([head, message]);
  if (message.method !== undefined) {
    assert.ok(message.method in PARAMS, `an unexpected ${message.method}`);
    literals.push([PARAMS[message.method], message.params]);
  } else if ('result' in message) {
    literals.push([RESULTS[asked.get(message.id)], message.result]);
  }
}

class Reader extends StreamMessageReader {
  listen(callback) {
    return super.listen((message) => { record(message); callback(message); });
  }
}

class Writer extends StreamMessageWriter {
  write(message) {
    if (message.id !== undefined && message.method) asked.set(message.id, message.method);
    return super.write(message);
  }
}

function start(args) {
  const server = spawn(program, ['lsp', ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  servers.push(server);
  const connection = createMessageConnection(new Reader(server.stdout), new Writer(server.stdin));
  const waiting = [], published = [];
  connection.onNotification(lsp.PublishDiagnosticsNotification.type, (p) => {
    const next = waiting.shift();
    next ? next(p) : published.push(p);
  });
  const next = () => published.length ? Promise.resolve(published.shift())
    : new Promise((resolve) => waiting.push(resolve));
  connection.listen();
  const ended = new Promise((resolve) => server.on('exit', resolve));
  return { connection, next, ended, seen: published };
}

function capabilities(pull) {
  return {
    general: { positionEncodings: ['utf-16'] },
    textDocument: {
      publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, dataSupport: true },
      codeAction: { isPreferredSupport: true, codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
      hover: { contentFormat: ['markdown'] },
      ...(pull ? { diagnostic: {} } : {}),
    },
    workspace: {
      applyEdit: true, configuration: true,
      workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
      didChangeWatchedFiles: { dynamicRegistration: true },
      diagnostics: { refreshSupport: true },
    },
    window: { showMessage: {} },
  };
}

async function open(pull) {
  const s = start(['--stdio', '--docs', 'https://docs.example/rules.html']);
  const { connection } = s;
  s.edits = [];
  s.messages = [];
  connection.onRequest(lsp.ConfigurationRequest.type, () => [{ level: 'note' }]);
  connection.onRequest(lsp.RegistrationRequest.type, (p) => { s.registered = p.registrations; });
  connection.onRequest(lsp.DiagnosticRefreshRequest.type, () => { s.refreshed = true; });
  connection.onRequest(lsp.ApplyWorkspaceEditRequest.type, (p) => {
    s.edits.push(p.edit);
    s.applied?.(p.edit);
    return { applied: true };
  });
  connection.onRequest(lsp.ShowMessageRequest.type, (p) => p.actions[0]);
  connection.onNotification(lsp.ShowMessageNotification.type, (p) => s.messages.push(p.message));
  s.started = await connection.sendRequest(lsp.InitializeRequest.type, {
    processId: process.pid, rootUri: null, workspaceFolders: null, capabilities: capabilities(pull),
  });
  await connection.sendNotification(lsp.InitializedNotification.type, {});
  return s;
}

async function close(s) {
  await s.connection.sendRequest(lsp.ShutdownRequest.type);
  await s.connection.sendNotification(lsp.ExitNotification.type);
  assert.equal(await s.ended, 0);
  s.connection.dispose();
}

function opened(text, version = 1) {
  return { textDocument: { uri: URI, languageId: 'plaintext', version, text } };
}

/* Settings arrive after the start and have all texts judged again. */
async function publishedWith(s, version, count) {
  for (;;) {
    const p = await s.next();
    if (p.uri === URI && p.version === version && p.diagnostics.length === count) return p;
  }
}

test('pushing', async () => {
  const s = await open(false);
  const { connection } = s;
  await connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, opened(LINE));
  const { diagnostics } = await publishedWith(s, 1, 1);
  const document = TextDocument.create(URI, 'plaintext', 1, LINE);
  assert.equal(document.getText(diagnostics[0].range), 'honey cures asthma');
  assert.equal(diagnostics[0].code, rules.claim);
  const context = { diagnostics, only: [lsp.CodeActionKind.QuickFix] };
  const actions = await connection.sendRequest(lsp.CodeActionRequest.type,
    { textDocument: { uri: URI }, range: diagnostics[0].range, context });
  const fix = actions.find((a) => a.isPreferred);
  const [change] = fix.edit.documentChanges;
  assert.equal(change.textDocument.version, 1);
  assert.equal(TextDocument.applyEdits(document, change.edits), FIXED);
  await connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
    textDocument: { uri: URI, version: 2 },
    contentChanges: change.edits.map((e) => ({ range: e.range, text: e.newText })),
  });
  await publishedWith(s, 2, 0);
  assert.ok(s.registered.some((r) => r.method === 'workspace/didChangeWatchedFiles'));
  const command = (name) => actions.map((a) => a.command).find((c) => c?.command === name);
  const explain = command('postlint.explain');
  const text = await connection.sendRequest(lsp.ExecuteCommandRequest.type,
    { command: explain.command, arguments: explain.arguments });
  assert.match(text, /trial evidence/);
  await connection.sendRequest(lsp.ExecuteCommandRequest.type,
    { command: 'postlint.apply', arguments: [fix.edit] });
  await assert.rejects(connection.sendRequest('textDocument/rename', {}), { code: -32601 });
  assert.deepEqual(s.edits, [fix.edit]);
  const allow = command('postlint.allow');
  const applied = new Promise((resolve) => { s.applied = resolve; });
  await connection.sendRequest(lsp.ExecuteCommandRequest.type,
    { command: allow.command, arguments: allow.arguments });
  const [create, write] = (await applied).documentChanges;
  assert.equal(create.kind, 'create');
  assert.match(write.edits[0].newText, /phrase: .*reason: "our own name"/);
  await close(s);
});

test('pulling', async () => {
  const s = await open(true);
  const { connection } = s;
  assert.ok(s.started.capabilities.diagnosticProvider);
  await connection.sendNotification(lsp.DidOpenTextDocumentNotification.type,
    opened('My patient Mrs Patel, 87, broke her hip in Leeds today. Cancer. ' + LINE));
  const pull = () => connection.sendRequest(lsp.DocumentDiagnosticRequest.type, { textDocument: { uri: URI } });
  const report = await pull();
  assert.equal(report.kind, 'full');
  const related = report.items.find((d) => d.relatedInformation);
  assert.ok(related.relatedInformation.length > 2);
  assert.ok(report.items.every((d) => d.codeDescription.href.endsWith('#' + d.code)));
  const same = await connection.sendRequest(lsp.DocumentDiagnosticRequest.type,
    { textDocument: { uri: URI }, previousResultId: report.resultId });
  assert.equal(same.kind, 'unchanged');
  const hover = await connection.sendRequest(lsp.HoverRequest.type,
    { textDocument: { uri: URI }, position: related.range.start });
  assert.equal(hover.contents.kind, 'markdown');
  await connection.sendNotification(lsp.DidCloseTextDocumentNotification.type, { textDocument: { uri: URI } });
  await close(s);
  assert.equal(s.seen.length, 0, 'nothing is pushed');
});

test('what was sent, for the type checker', () => {
  const used = new Set(literals.map(([type]) => type).join(' ').match(/\b[A-Z]\w+/g));
  const lines = [`import type { ${[...used].join(', ')} } from 'vscode-languageserver-protocol';`];
  literals.forEach(([type, value], i) => {
    lines.push(`export const m${i}: ${type} = ${JSON.stringify(value, null, 1) ?? 'undefined'};`);
  });
  writeFileSync(out, lines.join('\n') + '\n');
  assert.ok(literals.length > 20);
});
