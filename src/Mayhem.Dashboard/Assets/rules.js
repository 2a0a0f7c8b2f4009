import { rememberOperator, operator } from './operator.js';
import { act, ask, clockTime, count, el, fillTable, find, moment, repeat, showProblem, span, typeName } from './page.js';

const breakers = { Closed: ['closed', 'good'], Open: ['open', 'bad'], HalfOpen: ['half open', 'warn'] };

function drawGuards(rows) {
  fillTable(find('#guards'), rows ?? [], (row) => el('tr', {},
    el('th', { scope: 'row', class: 'break' }, row.group ?? el('span', { class: 'muted' }, 'all others')),
    el('td', { class: 'break' }, row.times ?? 'always'),
    el('td', {}, row.maxAgeSeconds ? `at most ${span(row.maxAgeSeconds * 1000)}` : 'any'),
    el('td', { class: 'wide' }, row.limits ?? 'none')), 'Not known from here: they are in the settings of the app that restarts hosts. Where those settings are, “mayhem guard explain --host HOST” tells which guards would let a request pass.');
}

function drawGroups(groups) {
  fillTable(find('#groups'), groups ?? [], (group) => el('tr', {},
    el('th', { scope: 'row', class: 'break' }, group.group),
    el('td', {}, el('span', { class: `tag ${breakers[group.state][1]}` }, breakers[group.state][0])),
    el('td', {}, moment(group.since)),
    el('td', {}, `${count(group.failed)} of ${count(group.all)}`),
    el('td', {}, moment(group.nextProbeAt)),
    el('td', {}, moment(group.delayedUntil))), groups ? 'No message has been about a group yet.' : 'Not known from here: only the process that restarts hosts knows them, and it is not this one.');
}

function drawRules(rules) {
  fillTable(find('#rules'), rules ?? [], (rule) => el('tr', {},
    el('th', { scope: 'row', class: 'break' }, typeName(rule.type)),
    el('td', {}, rule.when ?? '–'),
    el('td', {}, el('span', { class: `tag ${{ Fatal: 'bad', ProcessFatal: 'bad', Transient: 'warn', Throttled: 'warn' }[rule.class] ?? ''}` }, rule.class)),
    el('td', { class: 'wide' }, rule.sentence),
    el('td', {}, rule.isConfigured ? el('strong', {}, 'configuration') : el('span', { class: 'muted' }, 'code'))), 'Not known from here.');
}

const form = find('#halt-form');
const guards = {
  OptIn: 'opt-in', Age: 'age', KillSwitch: 'kill switch', Window: 'window', CoolDown: 'cool-down', Budget: 'budget', Concurrency: 'concurrency', MinHealthy: 'healthy hosts', Ineffective: 'no use',
};

function drawHalt(state) {
  const text = !state.isKnown ? 'Not known from here: the ledger, where the kill switch is, cannot be reached.'
    : state.halt ? `All restarts are halted by ${state.halt.by} since ${clockTime(new Date(state.halt.at))}: ${state.halt.reason}` : 'Restarts go ahead.';
  if (find('#halt-state').textContent !== text) find('#halt-state').textContent = text;
  find('#halt-state').classList.toggle('alarm', Boolean(state.halt));
  form.hidden = !state.isKnown;
  form.elements.halt.hidden = Boolean(state.halt);
  form.elements.resume.hidden = !state.halt;
  form.elements.why.required = !state.halt;
  fillTable(find('#halt'), state.switchings, (use) => el('tr', {},
    el('td', {}, moment(use.at)),
    el('td', {}, el('span', { class: `tag ${use.halts ? 'bad' : 'good'}` }, use.halts ? 'halted' : 'resumed')),
    el('td', { class: 'break' }, use.by), el('td', { class: 'wide' }, use.reason ?? '')), state.isKnown ? 'It was never used.' : '');
  fillTable(find('#refusals'), state.refusals, (refusal) => el('tr', {},
    el('th', { scope: 'row', class: 'break' }, refusal.host),
    el('td', {}, el('span', { class: 'tag warn', title: refusal.rule }, guards[refusal.guard] ?? refusal.guard)),
    el('td', { class: 'wide' }, refusal.why),
    el('td', { class: 'break' }, refusal.outcome),
    el('td', { class: 'number' }, count(refusal.count)),
    el('td', {}, moment(refusal.lastAt)),
    el('td', {}, moment(refusal.passesAt))), state.isKnown ? 'No guard has said no yet.' : 'Not known from here.');
}

form.elements.by.value = operator();
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const by = form.elements.by.value.trim();
  rememberOperator(by);
  try {
    drawHalt(await act(event.submitter?.name === 'resume' ? '/api/resume' : '/api/halt', { by, why: form.elements.why.value.trim() }));
    form.elements.why.value = '';
  } catch (problem) {
    showProblem(problem);
  }
});

repeat(async () => {
  drawHalt(await ask('/api/halt'));
  const answer = await ask('/api/rules');
  drawGuards(answer.guards);
  drawGroups(answer.groups);
  drawRules(answer.rules);
}, 3000);
