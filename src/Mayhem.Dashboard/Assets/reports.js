import { kindTag } from './kinds.js';
import { address, ask, count, el, fillTable, find, isFiltered, moment, openFilters, pager, query, repeat, typeName } from './page.js';

const filters = find('#filters');
const wanted = query();
const here = (changes) => address('/reports', { ...wanted, page: '', ...changes });

const failure = (row) => [typeName(row.type), ': ', el('span', { class: 'muted' }, row.message)];

function drawCauses(causes) {
  fillTable(find('#causes'), causes, (cause) => el('tr', {},
    el('th', { scope: 'row', class: 'wide' }, el('a', { class: 'clamp', href: `/reports/${cause.last.id}` }, failure(cause.last))),
    el('td', { class: 'number' }, count(cause.failures)),
    el('td', { class: 'number' }, count(cause.hosts)),
    el('td', {}, moment(cause.first)),
    el('td', {}, moment(cause.last.at)),
    el('td', { class: 'mono' }, el('a', { href: here({ fingerprint: cause.fingerprint }) }, cause.fingerprint))), 'No report is like that.');
}

function drawList(page) {
  fillTable(find('#list'), page.rows, (row) => el('tr', {},
    el('td', {}, moment(row.at)),
    el('td', { class: 'break' }, row.host ? el('a', { href: here({ host: row.host }) }, row.host) : '–'),
    el('th', { scope: 'row', class: 'wide' }, el('a', { class: 'clamp', href: `/reports/${row.id}` }, failure(row)), row.unreported ? el('span', { class: 'muted' }, `and ${count(row.unreported)} more of this kind, not told`) : null),
    el('td', {}, kindTag(row.kind)),
    el('td', { class: 'number' }, row.attempt ?? '–')), 'No report is like that.');
  pager(find('#list .pager'), page, (number) => address('/reports', { ...wanted, page: number }));
}

async function refresh() {
  const answer = await ask(address('/api/reports', wanted));
  find('#summary').textContent = answer.isKnown
    ? `${count(answer.page.total)} ${answer.page.total === 1 ? 'report' : 'reports'}${answer.page.error ? `; may be old: ${answer.page.error}` : ''}`
    : 'Not known from here: this app keeps its reports elsewhere, as in Application Insights.';
  find('#clear').hidden = !isFiltered(wanted);
  drawCauses(answer.causes);
  drawList(answer.page);
}

openFilters(filters, '/reports', wanted);
repeat(refresh, 3000);
