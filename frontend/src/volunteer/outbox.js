// The tally of a device that may have no network: kept until the server has it, which counts each id once.
import { keep, read } from "../kept.js";

const KEY = "tally";

export const waiting = () => read(KEY, []);

export function count(procedure) {
  const counted = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  keep(KEY, [...waiting(), { counted, procedure, at: Date.now() / 1000, person: read("person", null) }]);
}

// Sends what this person counted; returns the table of today as it then is, or null where nothing was sent.
export async function send({ person, csrf }) {
  let table = null;
  for (const { person: owner, ...entry } of waiting()) {
    if (owner !== null && owner !== person) continue;
    const response = await fetch("/volunteer/tally", {
      method: "POST", body: new URLSearchParams(entry), headers: { "X-CSRF-Token": csrf, "X-Background": "1" },
    });
    if (!response.ok || response.redirected) return table;
    table = await response.text();
    keep(KEY, waiting().filter(({ counted }) => counted !== entry.counted));
  }
  return table;
}
