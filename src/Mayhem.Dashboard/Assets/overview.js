import { Chart } from './chart.js';
import { address, ask, clockTime, count, el, fillTable, find, moment, rate, repeat, show, span, typeName } from './page.js';

const kept = 900;
const rows = 12;
let samples = [];

const charts = [
  new Chart(find('#rate-chart'), [{ key: 'restarted', label: 'restarted' }, { key: 'received', label: 'deliveries' }, { key: 'deadLettered', label: 'dead-lettered' }], { format: rate, tick: (value) => (Number.isInteger(value) ? count(value) : rate(value)) }),
  new Chart(find('#time-chart'), [{ key: 'median', label: 'median' }, { key: 'slow', label: '95 %' }], { format: span, least: 10 }),
  new Chart(find('#depth-chart'), [{ key: 'ready', label: 'ready' }, { key: 'scheduled', label: 'scheduled' }, { key: 'dead', label: 'dead letters' }, { key: 'locked', label: 'locked' }], { format: count, least: 10 }),
];

function stat(name, value, note) {
  const place = find(`[data-stat="${name}"]`);
  show(place, [value, note], () => [value, el('small', {}, note ?? '')]);
}

function tell(text, dot) {
  if (find('#state').textContent !== text) find('#state').textContent = text;
  find('#connected').className = `dot ${dot}`;
}

function drawStats(state) {
  const { queue, counts, sample } = state;
  stat('ready', count(queue?.ready), queue?.deferred ? `${count(queue.deferred)} deferred` : '');
  stat('inFlight', count(state.inFlight?.count ?? queue?.locked));
  stat('waiting', count(queue?.scheduled));
  stat('dead', count(queue?.deadLettered));
  find('[data-stat="dead"]').parentElement.classList.toggle('alarm', queue?.deadLettered > 0);
  stat('restarted', count(counts?.restarted), counts ? `${rate(sample.restarted)} a second` : '');
  stat('retried', counts ? count(counts.retriedNow + counts.retriedLater) : '–', counts?.postponed ? `${count(counts.postponed)} postponed` : '');
  stat('median', span(sample.median));
  stat('slow', span(sample.slow));
}

const stages = { Parsing: 'reading', Restarting: 'restarting', Waiting: 'waiting', Settling: 'settling' };

function drawInFlight(state) {
  const panel = find('#in-flight');
  const list = state.inFlight;
  panel.querySelector('[data-count]').textContent = list && list.count > rows ? `the oldest ${rows} of ${count(list.count)}` : '';
  fillTable(panel, (list?.rows ?? []).slice(0, rows), (row) => el('tr', {},
    el('th', { scope: 'row', class: 'break' }, row.host ?? row.messageId),
    el('td', {}, el('span', { class: `tag ${row.stage === 'Waiting' ? 'warn' : row.stage === 'Restarting' ? 'good' : ''}` }, stages[row.stage])),
    el('td', { class: 'number' }, String(row.attempt)),
    el('td', { class: 'number' }, span(row.ageSeconds * 1000))), list ? 'Nothing is in flight.' : 'Not known from here: the engine runs elsewhere.');
}

function dueIn(at, now) {
  const left = new Date(at) - now;
  return el('span', { class: 'nowrap' }, left > 0 ? `in ${span(left)} ` : 'now ', el('span', { class: 'faint' }, moment(at)));
}

function drawWaiting(state) {
  const panel = find('#waiting');
  const now = new Date(state.at);
  const here = (state.inFlight?.rows ?? []).filter((row) => row.dueAt).map((row) => ({ ...row, where: 'in place' }));
  const later = state.waiting?.rows ?? [];
  const all = [...here, ...later].sort((one, other) => new Date(one.dueAt) - new Date(other.dueAt));
  const total = here.length + (state.waiting?.count ?? 0);
  const least = state.waiting && !state.waiting.isComplete ? 'at least ' : '';
  panel.querySelector('[data-count]').textContent = total > rows ? `the next ${rows} of ${least}${count(total)}` : '';
  fillTable(panel, all.slice(0, rows).map((row) => ({ ...row, left: Math.round((new Date(row.dueAt) - now) / 1000) })), (row) => el('tr', {},
    el('th', { scope: 'row', class: 'break' }, row.host ?? row.messageId),
    el('td', {}, row.where ? el('span', { class: 'muted' }, 'waits in place') : row.after ? typeName(row.after) : el('span', { class: 'muted' }, 'sent for later')),
    el('td', { class: 'number' }, String(row.attempt)),
    el('td', {}, dueIn(row.dueAt, now))), 'Nothing waits.');
}

const breakers = { Closed: ['closed', 'good'], Open: ['open', 'bad'], HalfOpen: ['half open', 'warn'] };

function drawHeldBack(state) {
  const panel = find('#held-back');
  fillTable(panel, state.heldBack ?? [], (group) => el('tr', {},
    el('th', { scope: 'row' }, group.group),
    el('td', {}, el('span', { class: `tag ${breakers[group.state][1]}` }, breakers[group.state][0])),
    el('td', {}, `${count(group.failed)} of ${count(group.all)}`),
    el('td', {}, group.delayedUntil ? ['left alone until ', moment(group.delayedUntil)] : moment(group.nextProbeAt))),
  state.heldBack ? 'No group is held back.' : 'Not known from here: the engine runs elsewhere.');
}

function drawHalt(halt) {
  const notice = find('#halted');
  notice.hidden = !halt;
  show(notice, halt ?? null, () => (halt ? [el('strong', {}, 'All restarts are halted'), ` by ${halt.by} since ${clockTime(new Date(halt.at))}: ${halt.reason}. `, el('a', { href: '/rules' }, 'Guards and rules')] : []));
}

function draw(state) {
  drawHalt(state.halt);
  if (state.queueError) tell(`The queue cannot be read: ${state.queueError}`, 'bad');
  else if (state.stopping) tell('Finishing what is in flight', 'bad');
  else tell('Live', 'good');
  samples.push(state.sample);
  if (samples.length > kept) samples = samples.slice(-kept);
  charts.forEach((chart) => chart.update(samples));
  drawStats(state);
  drawInFlight(state);
  drawWaiting(state);
  drawHeldBack(state);
}

const short = (text, length = 140) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

// The cause leads to the report where there is one, and to the message where there is none.
function lastCause(host) {
  if (host.last) return el('a', { class: 'clamp one', href: `/reports/${host.last.id}`, title: host.last.message }, typeName(host.last.type), ': ', short(host.last.message));
  const dead = host.lastDead;
  return el('a', { class: 'clamp one', href: dead.reportId ? `/reports/${dead.reportId}` : `/dead-letters/${dead.number}` }, typeName(dead.type) || dead.reason);
}

function drawAttention(answer) {
  fillTable(find('#hosts'), answer.hosts, (host) => el('tr', {},
    el('th', { scope: 'row', class: 'break' }, host.host ?? el('span', { class: 'muted' }, 'none named')),
    el('td', { class: 'number' }, host.deadLetters ? el('a', { href: host.host ? address('/dead-letters', { host: host.host }) : '/dead-letters' }, count(host.deadLetters)) : '0'),
    el('td', { class: 'number hide-narrow' }, !answer.knowsReports ? '–' : host.host ? el('a', { href: address('/reports', { host: host.host }) }, count(host.failures)) : count(host.failures)),
    el('td', { class: 'wide' }, lastCause(host)),
    el('td', { class: 'hide-narrow' }, moment(host.at))), 'No host is in trouble.');
  const all = answer.reasons.reduce((sum, reason) => sum + reason.count, 0);
  fillTable(find('#reasons'), answer.reasons.slice(0, 10), (reason) => el('tr', {},
    el('th', { scope: 'row', class: 'break' }, el('a', { href: address('/dead-letters', { reason: reason.name }) }, reason.name),
      el('progress', { class: 'bar', max: all, value: reason.count, 'aria-hidden': 'true' })),
    el('td', { class: 'number' }, count(reason.count))), 'There are no dead letters.');
}

async function follow() {
  samples = await ask('/api/samples');
  samples.pop();
  const stream = new EventSource('/api/live');
  stream.onmessage = (message) => draw(JSON.parse(message.data));
  stream.onerror = () => tell('No connection: the run may have ended. Trying again', 'bad');
}

repeat(async () => drawAttention(await ask('/api/attention')), 3000);
follow().catch(() => tell('No connection: the run may have ended. Reload the page to try again', 'bad'));
