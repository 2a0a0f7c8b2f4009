// Who acts: what this browser was told last, or else the user of the process that serves the page. It goes on record.
const key = 'mayhem-operator';

export const operator = () => localStorage.getItem(key) ?? document.querySelector('meta[name="mayhem-operator"]').content;
export const rememberOperator = (name) => localStorage.setItem(key, name);
