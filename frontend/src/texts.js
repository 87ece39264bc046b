// The sentences of the interface, in its language: the server puts them on the page.
const texts = JSON.parse(document.body.dataset.texts);

export const say = (name, number) => texts[name].replace("{number}", number);

export function made(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}
