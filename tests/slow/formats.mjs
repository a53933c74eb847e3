// SPDX-License-Identifier: MIT
// Validates out.* of this folder; each validator must also refuse a broken file.
// usage: formats.mjs ROOT BUILD
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const [root, build] = process.argv.slice(2);
const multitool = "node_modules/@microsoft/sarif-multitool-linux/";
let passed = 0;
let failed = 0;

function check(name, truth, detail = "") {
  if (truth) {
    passed++;
  } else {
    failed++;
    console.log(`FAILED ${name}: ${detail}`);
  }
}

const read = (path) => JSON.parse(readFileSync(path, "utf8"));

function compile(path) {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  return ajv.compile(read(path));
}

function changed(value, change) {
  const copy = structuredClone(value);
  change(copy);
  return copy;
}

function run(command, ...args) {
  const done = spawnSync(command, args, {
    encoding: "utf8",
    env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" },
  });
  return { status: done.status, text: done.stdout + done.stderr };
}

// ---- SARIF -----------------------------------------------------------------

const sarif = read("out.sarif");
const bySchema = compile(`${multitool}sarif-2.1.0.json`);
check("sarif by its schema", bySchema(sarif),
  JSON.stringify(bySchema.errors?.slice(0, 3)));
check("there are results", sarif.runs[0].results.length > 50);
check("the schema refuses an invented level", !bySchema(changed(sarif,
  (s) => { s.runs[0].results[0].level = "fatal"; })));

function byMultitool(value) {
  writeFileSync("try.sarif", JSON.stringify(value));
  return run(`${multitool}Sarif.Multitool`, "validate", "try.sarif",
    "--rule-kind", "Sarif;Ghas",
    "--output", "told.sarif", "--log", "ForceOverwrite");
}

// What it holds against a file; its status is 0 all the same. SARIF2005 asks for
// the address of a project page.
const complaints = (value) => byMultitool(value).text.split("\n").filter(
  (line) => / (error|warning) /.test(line) && !line.includes("SARIF2005"));
const told = complaints(sarif);
check("sarif by Multitool", told.length === 0, told.slice(0, 5).join("\n"));
check("Multitool refuses an end before its start", complaints(changed(sarif,
  (s) => {
    const place = s.runs[0].results[0].locations[0].physicalLocation;
    Object.assign(place.region, { startColumn: 30, endColumn: 5 });
    delete place.region.endLine;
  })).length > 0);

// ---- rdjson ----------------------------------------------------------------

function byRdformat(value) {
  writeFileSync("try.json", JSON.stringify(value));
  return run("node", "node_modules/.bin/rdformat-validator", "--strict",
    "--no-extra-fields", "try.json");
}

const rdjson = read("out.rdjson");
const rd = byRdformat(rdjson);
check("rdjson by its validator", rd.status === 0, rd.text);
check("there are diagnostics", rdjson.diagnostics.length > 50);
check("the validator refuses a diagnostic without a message",
  byRdformat(changed(rdjson, (d) => { delete d.diagnostics[0].message; }))
    .status !== 0);

// ---- our own ---------------------------------------------------------------

const json = compile(`${root}/src/schemas/json.schema.json`);
check("json by our schema", json(read("out.json")),
  JSON.stringify(json.errors?.slice(0, 3)));
const jsonl = compile(`${root}/src/schemas/jsonl.schema.json`);
for (const line of readFileSync("out.jsonl", "utf8").trim().split("\n")) {
  check("jsonl by our schema", jsonl(JSON.parse(line)),
    JSON.stringify(jsonl.errors?.slice(0, 3)));
}
for (const name of ["batch", "batch-input"]) {
  check(`${name} is a schema`, compile(
    `${root}/src/schemas/${name}.schema.json`));
}
const kinds = {
  rules: compile(`${build}/rules.schema.json`),
  pack: compile(`${build}/pack.schema.json`),
};
for (const line of readFileSync("rules.jsonl", "utf8").trim().split("\n")) {
  const [kind, name, data] = JSON.parse(line);
  check(`${name} by our schema`, kinds[kind](data),
    JSON.stringify(kinds[kind].errors?.slice(0, 3)));
  check(`${name} with another key is refused`,
    !kinds[kind]({ ...data, nonsense: 1 }));
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
