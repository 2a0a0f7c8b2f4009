import { openBench, picked } from './bench.js';
import { address, ask, count, el, fillTable, find, moment, repeat, show, span, typeName } from './page.js';

const number = location.pathname.split('/').at(-1);

const facts = (place, pairs) => show(place, pairs.map(([name, value]) => [name, value instanceof Node ? value.outerHTML : value]), () => pairs
  .filter(([, value]) => value)
  .flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));

function pretty(body) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function draw(letter) {
  const row = letter.row;
  find('#parts').hidden = false;
  find('#title').textContent = row.host ? `${row.host}: ${row.reason}` : row.reason;
  find('#crumb').textContent = row.messageId;
  document.title = `${find('#title').textContent} · Mayhem`;
  find('#cause').textContent = letter.description ?? '';
  facts(find('#why'), [
    ['Report', row.reportId ? el('a', { href: `/reports/${row.reportId}` }, letter.isItsReport ? 'Every frame with its values' : 'A report of the same cause: this failure was only counted') : null],
    ['Same cause', row.fingerprint ? el('a', { href: address('/dead-letters', { reason: row.reason, fingerprint: row.fingerprint }) }, `fingerprint ${row.fingerprint}`) : null],
    ['Same host', row.host ? el('a', { href: address('/dead-letters', { host: row.host }) }, row.host) : null],
    ['Group', row.group],
    ['Exception', row.type],
    ['Class', row.class],
    ['Attempt', row.attempt ? String(row.attempt) : null],
    ['Failed', moment(row.at)],
  ]);
  find('#body-length').textContent = `${count(letter.bodyBytes)} bytes`;
  body = letter.body === undefined ? '' : pretty(letter.body);
  find('#body').textContent = letter.body !== undefined ? pretty(letter.body) : letter.showsValues ? 'It is no text.' : 'Bodies are hidden in production mode.';
  fillTable(find('#history'), letter.history, (failure) => el('tr', {},
    el('td', {}, moment(failure.at)),
    el('td', {}, failure.class),
    el('td', { class: 'break' }, typeName(failure.type)),
    el('td', {}, failure.delaySeconds === undefined ? 'nothing: the end' : span(failure.delaySeconds * 1000)),
    el('td', { class: 'break muted' }, failure.instance)), 'No failure is on record.');
  facts(find('#properties'), [['Message id', row.messageId], ...letter.system.map((one) => [one.name, one.value]), ...letter.properties.map((one) => [one.name, one.value])]);
}

let body = '';
picked.add(Number(number));
openBench({}, () => {}, () => body);
repeat(async () => draw(await ask(`/api/dead-letters/${encodeURIComponent(number)}`)), 10000);
