// Drives code-server in Chromium; see vscode.sh. usage: node vscode.mjs FOLDER PROGRAM
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [work, program] = process.argv.slice(2);
const { chromium } = createRequire(join(work, 'package.json'))('playwright-core');
const LINE = '😀 Jose\u0301 says honey cures asthma';
const FIXED = LINE.replace('honey', 'no good evidence shows that honey');
const place = mkdtempSync(join(tmpdir(), 'postlint-vscode-'));
const drafts = join(place, 'drafts');
const entry = join(work, 'node_modules/code-server/out/node/entry.js');
const own = ['--user-data-dir', join(place, 'user'), '--extensions-dir', join(place, 'extensions')];

mkdirSync(join(place, 'user/User'), { recursive: true });
mkdirSync(drafts);
writeFileSync(join(drafts, 'draft.txt'), LINE + '\n');
writeFileSync(join(place, 'user/User/settings.json'), JSON.stringify({
  'postlint.program': program,
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'files.autoSave': 'off',
}));
execFileSync('node', [entry, ...own, '--install-extension', join(work, 'postlint.vsix')], { stdio: 'inherit' });

const port = await new Promise((resolve) => {
  const s = createServer().listen(0, '127.0.0.1', () => {
    const { port } = s.address();
    s.close(() => resolve(port));
  });
});
const server = spawn('node', [entry, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`,
  '--disable-telemetry', '--disable-update-check', ...own, drafts], { stdio: 'ignore' });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 1200, height: 700 } });
page.setDefaultTimeout(120000);

const shot = (name) => page.screenshot({ path: join(work, `${name}.png`) });

try {
  for (let turn = 0; ; turn++) {
    try {
      await page.goto(`http://127.0.0.1:${port}/`);
      break;
    } catch (error) {
      if (turn > 120) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
  await page.getByRole('treeitem', { name: 'draft.txt' }).dblclick();
  await page.locator('.squiggly-warning').first().waitFor();
  await page.locator('.view-lines').first().click();
  await page.keyboard.press('F8');
  await page.getByText('This reads as a promise').first().waitFor();
  await page.getByText('claims/cure/absolute').first().waitFor();
  await shot('found');
  const told = await page.locator('.zone-widget').innerText();
  assert.ok(!/1 of 2/.test(told), 'it is told once');
  // The settings arrive after the start and have the draft judged again: until then
  // the menu may be empty.
  for (let turn = 0; turn < 20; turn++) {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+.');
    const menu = page.getByText('Reword:').first();
    if (await menu.waitFor({ timeout: 3000 }).then(() => true, () => false)) break;
  }
  await shot('menu');
  await page.keyboard.press('Enter');
  await page.locator('.squiggly-warning').first().waitFor({ state: 'detached' });
  const text = (await page.locator('.view-line').first().innerText()).replaceAll('\u00a0', ' ');
  assert.equal(text, FIXED);
  await shot('fixed');
  console.log(`1 passed, 0 failed; screenshots in ${work}`);
} catch (error) {
  await shot('failed');
  console.error(error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  await browser.close();
  server.kill();
  rmSync(place, { recursive: true, force: true });
}
