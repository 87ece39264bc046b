// Requests to our own server. The page's conversation is in a cookie that no script can read; inside a frame of another site
// no cookie reaches us, so there a token is kept on the device.
import { keep, read } from "./kept.js";

export const isEmbedded = document.body.className === "embed";

export class Refused extends Error {
  constructor(status, sentence, wait) {
    super(sentence);
    this.status = status;
    this.wait = wait;
  }
}

// The response; throws TypeError without a network, Refused with the server's own sentence.
export async function request(method, path, body, more = {}) {
  const headers = { ...more };
  if (body) headers["Content-Type"] = "application/json";
  if (isEmbedded && read("token")) headers.Authorization = `Bearer ${read("token")}`;
  const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  if (response.ok) return response;
  const told = await response.json().catch(() => ({}));
  const sentence = typeof told.detail === "string" ? told.detail : told.error;
  throw new Refused(response.status, sentence, Number(response.headers.get("Retry-After")) || 0);
}

export async function openOnServer() {
  if (!isEmbedded) return request("POST", "/open");
  const opened = await (await request("POST", "/api/conversations")).json();
  keep("token", opened.conversation);
}

// The answer to a message, by server-sent events; where they do not come through, by asking again and again.
export async function answerTo(id, onSlow) {
  for (let pause = 1; ; pause = Math.min(pause * 1.6, 15)) {
    try {
      const answered = await streamed(id).catch(() => null);
      if (answered) return answered;
      const response = await request("GET", `/api/messages/${id}?html`);
      if (response.status === 200) return response.json();
    } catch (error) {
      if (error.status && error.status !== 429 && error.status < 500) throw error;
    }
    if (pause > 4) onSlow();
    await new Promise((done) => setTimeout(done, pause * 1000));
  }
}

async function streamed(id) {
  const response = await request("GET", `/api/messages/${id}/events`, null, { Accept: "text/event-stream" });
  if (!response.body) return null;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    said += value; // an answer is one event, and the stream ends with it
  }
  const answered = said.match(/^event: answered\r?\ndata: (.*)$/m);
  return answered && JSON.parse(answered[1]);
}
