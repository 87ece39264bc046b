// What this device keeps. Where storage is full or forbidden, as it may be in a frame, it is kept as long as the page is open.
const here = new Map();

export function read(name, otherwise) {
  try {
    return JSON.parse(here.get(name) ?? localStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function keep(name, value) {
  const text = JSON.stringify(value);
  here.delete(name);
  try {
    if (value === undefined) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    if (value !== undefined) here.set(name, text);
  }
}
