// Replaying, editing, discarding, exporting and importing dead letters. What is meant: the messages picked, or else all that the filter lets pass.
import { operator, rememberOperator } from './operator.js';
import { act, address, ask, count, el, find, showProblem } from './page.js';

export const picked = new Set();

const actions = {
  replay: { title: 'Replay', done: 'replayed', text: 'They are sent again under new ids, with no attempt used up, pass all guards again, and are removed here once the queue has them.' },
  edit: { title: 'Edit and replay', done: 'replayed', text: 'It is sent again with the new body. The old body is kept in the audit.' },
  discard: { title: 'Discard', done: 'discarded', text: 'They are removed for good. Their bodies are kept in the audit.' },
  import: { title: 'Import', done: 'imported', text: 'What was exported is sent as a replay is. The same file again sends nothing twice while the queue remembers ids.' },
};

let filter = {};
let total = 0;
let after = () => {};
let body = () => '';
let action;
let watching = false;

const dialog = find('#dialog');
const order = find('#order');
const many = (number) => `${count(number)} ${number === 1 ? 'message' : 'messages'}`;

/** Tells how many messages an action would be about. */
export function tellMeant(matching) {
  total = matching;
  const text = picked.size ? `${many(picked.size)} picked` : `all ${many(total)}`;
  if (find('#meant').textContent !== text) find('#meant').textContent = text;
  const { page, id, ...kept } = filter;
  find('#export').href = picked.size
    ? `/api/bench/export?${[...picked].map((number) => `number=${number}`).join('&')}`
    : address('/api/bench/export', kept);
  // An id is looked for in the page's list only: what is meant by it has to be picked.
  for (const button of document.querySelectorAll('#bench [data-action="replay"], #bench [data-action="discard"]')) button.disabled = !picked.size && (total === 0 || Boolean(id));
  find('#export').hidden = !picked.size && Boolean(id);
}

function call() {
  const { page, id, ...kept } = filter;
  const fields = order.elements;
  return {
    ...(picked.size ? { numbers: [...picked] } : kept),
    by: fields.by.value.trim(),
    why: fields.why.value.trim(),
    max: fields.max.value ? Number(fields.max.value) : undefined,
    rate: fields.rate.value ? Number(fields.rate.value) : undefined,
    confirmed: fields.confirmed.value ? Number(fields.confirmed.value) : undefined,
    body: action === 'edit' ? fields.body.value : undefined,
  };
}

function send(dryRun) {
  const wanted = call();
  rememberOperator(wanted.by);
  if (action !== 'import') return act(`/api/bench/${action}`, { ...wanted, dryRun });
  return ask(address('/api/bench/import', { by: wanted.by, why: wanted.why, dryRun }), {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson', 'X-Mayhem-Token': find('meta[name="mayhem-token"]').content },
    body: order.elements.file.files[0] ?? '',
  });
}

function problem(text) {
  find('#dialog-problem').textContent = text;
  find('#dialog-problem').hidden = !text;
}

function open(chosen) {
  action = chosen;
  order.reset();
  order.elements.by.value = operator();
  order.elements.body.value = body();
  problem('');
  find('#checked').textContent = '';
  find('#dialog-title').textContent = actions[action].title;
  find('#dialog-text').textContent = action === 'import' || action === 'edit' ? actions[action].text
    : `${many(picked.size || total)}. ${actions[action].text}`;
  find('#file-field').hidden = action !== 'import';
  find('#body-field').hidden = action !== 'edit';
  find('#pace-fields').hidden = action === 'import' || action === 'edit';
  find('#confirm-field').hidden = action !== 'discard';
  order.elements.confirmed.required = action === 'discard';
  order.elements.check.hidden = action === 'edit';
  order.elements.go.textContent = actions[action].title;
  order.elements.go.className = action === 'discard' ? 'danger' : 'primary';
  dialog.showModal();
  order.elements.why.focus();
}

async function check() {
  problem('');
  order.elements.confirmed.required = false;
  const complete = order.reportValidity();
  order.elements.confirmed.required = action === 'discard';
  if (!complete) return;
  try {
    const outcome = await send(true);
    find('#checked').textContent = `${many(outcome.planned)} would be ${actions[action].done}${outcome.failed ? `; ${many(outcome.failed)} cannot be` : ''}.`;
  } catch (wrong) {
    problem(wrong.message);
  }
}

async function go() {
  problem('');
  try {
    const job = await send(false);
    dialog.close();
    picked.clear();
    drawJob(job);
    watch();
  } catch (wrong) {
    problem(wrong.message);
  }
}

function drawJob(job) {
  const panel = find('#job');
  const name = actions[job.action];
  const { outcome, progress } = job;
  panel.hidden = false;
  find('#job-title').textContent = name.title;
  const bar = find('#job-progress');
  bar.hidden = !job.running;
  if (progress) {
    bar.max = Math.max(1, progress.planned);
    bar.value = progress.done + progress.failed;
  } else {
    bar.removeAttribute('value');
  }
  find('#job-cancel').hidden = !job.running;
  find('#job-state').textContent = job.error ? `Nothing was done: ${job.error}`
    : outcome ? [`${many(outcome.done)} ${name.done}`, outcome.failed ? `${count(outcome.failed)} failed` : '', outcome.notReached ? `${count(outcome.notReached)} not reached` : '',
      outcome.cancelled ? 'cancelled' : '', outcome.auditError ? `the end is not on record: ${outcome.auditError}` : ''].filter(Boolean).join('; ')
      : progress ? `${count(progress.done)} of ${many(progress.planned)}` : 'Beginning';
  find('#job-failures').replaceChildren(...(outcome?.failures ?? []).map((failure) => el('li', {}, `${failure.messageId ?? failure.sequenceNumber}: ${failure.error}`)));
}

async function watch() {
  if (watching) return;
  watching = true;
  try {
    for (let job; !job || job.running;) {
      job = await ask('/api/bench/job');
      drawJob(job);
      await after();
      if (job.running) await new Promise((resolve) => { setTimeout(resolve, 400); });
    }
  } catch (wrong) {
    showProblem(wrong);
  } finally {
    watching = false;
  }
}

/** Makes the buttons work, where there is a bench. */
export function openBench(wanted, refresh, currentBody = () => '') {
  filter = wanted;
  after = refresh;
  body = currentBody;
  if (find('meta[name="mayhem-bench"]').content !== 'yes') return;
  find('#bench').hidden = false;
  find('#bench').addEventListener('click', (event) => { if (event.target.dataset.action) open(event.target.dataset.action); });
  order.elements.check.addEventListener('click', check);
  order.elements.close.addEventListener('click', () => dialog.close());
  order.addEventListener('submit', (event) => { event.preventDefault(); go(); });
  find('#job-cancel').addEventListener('click', () => act('/api/bench/cancel').then(drawJob, showProblem));
  find('#list')?.addEventListener('change', (event) => {
    const all = event.target.id === 'pick-all';
    const boxes = all ? [...document.querySelectorAll('#list [data-number]')] : [event.target];
    for (const box of boxes) {
      if (all) box.checked = event.target.checked;
      if (box.checked) picked.add(Number(box.dataset.number));
      else picked.delete(Number(box.dataset.number));
    }
    tellMeant(total);
  });
}
