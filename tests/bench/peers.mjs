// Others on the same JSON lines: peers.mjs FOLDER list | NAME < posts.jsonl
// FOLDER has their node_modules. Each gets what it is made for: a text at a time.
import {createRequire} from 'node:module';
import {existsSync} from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';

const [folder, name] = process.argv.slice(2);
const require = createRequire(path.resolve(folder, 'x.js'));
const load = async (id) => import(require.resolve(id));

const peers = {
  'write-good': async () => {
    const judge = (await load('write-good')).default;
    return (text) => judge(text).length;
  },
  'alex': async () => {
    const {text: judge} = await load('alex');
    return (text) => judge(text).messages.length;
  },
  'redact-pii': async () => {
    const {SyncRedactor} = require('redact-pii');
    const redactor = new SyncRedactor();
    return (text) => redactor.redact(text).length;
  },
  '@openredaction/openredaction': async () => {
    const {OpenRedaction} = await load('@openredaction/openredaction');
    const judge = new OpenRedaction();
    return (text) => judge.detect(text);
  },
};

if (name === 'list') {
  for (const peer of Object.keys(peers))
    if (existsSync(path.join(folder, 'node_modules', peer))) console.log(peer);
} else {
  const judge = await peers[name]();
  for await (const line of readline.createInterface({input: process.stdin}))
    await judge(JSON.parse(line).text);
}
