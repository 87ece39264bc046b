// Answers that only the citizen may see are on the page for a while, and in no copy that this device keeps.
const SECONDS = 28 * 60;

export function withoutPrivate(turn) {
  const copy = turn.cloneNode(true);
  for (const answer of copy.querySelectorAll("[data-expires-to]")) conceal(answer);
  return copy;
}

// The note takes their place on a page that stays open, too.
export function expirePrivate(turns) {
  for (const answer of turns.querySelectorAll("[data-expires-to]:not([data-watched])")) {
    answer.dataset.watched = "";
    setTimeout(() => conceal(answer), SECONDS * 1000);
  }
}

function conceal(answer) {
  answer.textContent = answer.dataset.expiresTo;
  delete answer.dataset.expiresTo;
}
