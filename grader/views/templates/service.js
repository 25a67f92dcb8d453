"use strict";
// Sends a notebook, says how it goes, and shows the feedback when it comes. Nothing of a notebook runs here.
const base = document.body.dataset.base, token = document.body.dataset.token;
const own = { cache: "no-store", headers: { "X-XSRFToken": token } }; // a hub asks for it in what is read, too
const wait = ms => new Promise(go => setTimeout(go, ms));
const mine = new Map(); // hand-ins sent from this page and not shown yet: lesson by id

function say(section, words, tone) {
  const said = section.querySelector(".said");
  said.className = "said " + (tone || "");
  said.textContent = words;
}

function show(address, title) {
  const verdict = document.getElementById("verdict"), frame = verdict.querySelector("iframe");
  document.getElementById("verdict-title").textContent = "Feedback: " + title;
  document.getElementById("verdict-alone").href = frame.src = address;
  verdict.hidden = false;
  verdict.scrollIntoView();
  document.getElementById("verdict-title").focus({ preventScroll: true });
}

async function refresh(section) {
  const answer = await fetch(base + "?lesson=" + encodeURIComponent(section.dataset.lesson), own);
  if (!answer.ok) return;
  const live = section.querySelector(".live"), text = await answer.text();
  const focus = live.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const open = live.querySelector("details")?.open;
  live.innerHTML = text; // our own page's words, every value escaped
  const details = live.querySelector("details");
  if (details && open !== undefined) details.open = open;
  if (focus) [...live.querySelectorAll("a")].find(a => a.getAttribute("href") === focus)?.focus();
}

async function news(event) {
  const sections = [...document.querySelectorAll(".lesson")];
  const about = event.lesson ? sections.filter(one => one.dataset.lesson === event.lesson) : sections;
  if (event.id && mine.has(event.id)) settle(event.id, event.state);
  await Promise.all(about.map(refresh));
}

function settle(id, state) {
  const section = mine.get(id);
  if (!section || state === "waiting") return;
  mine.delete(id);
  if (state === "graded") {
    say(section, "Graded. Your feedback is below.", "good");
    show(base + "feedback/" + id, section.querySelector("h2").textContent);
  } else if (state === "refused") say(section, "This file could not be graded; the list says why. No attempt was used.", "bad");
  else say(section, "Something failed on our side. It will be graded again, and no attempt was used.", "part");
}

async function catchUp() { // after a break: ask what became of what we have sent
  for (const [id] of mine) {
    const answer = await fetch(base + "hand-in/" + id + "/state", own).catch(() => null);
    if (answer?.ok) settle(id, (await answer.json()).state);
  }
}

async function send(section, file) {
  if (section.dataset.busy) return;
  if (file.size > 10485760) return say(section, "The file has more than 10 MB. Clear its outputs, save it and try again.", "bad");
  section.dataset.busy = "yes";
  const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), n => n.toString(16).padStart(2, "0")).join("");
  say(section, "Sending " + file.name + " …");
  try {
    for (let attempt = 0; ; attempt++) { // the same key: however often it arrives, it is one hand-in
      const answer = await fetch(base + "hand-in/" + section.dataset.lesson, {
        method: "POST", body: file, headers: { "Idempotency-Key": key, "X-XSRFToken": token, "Content-Type": "application/octet-stream" },
      }).catch(() => null);
      if (answer?.ok) {
        const { id, state } = await answer.json();
        mine.set(id, section);
        say(section, "Taken. It is being graded …");
        if (state === "waiting") await refresh(section);
        await catchUp();
        return;
      }
      const gone = !answer || answer.status === 503;
      if (!gone || attempt === 9) {
        const said = answer && await answer.json().catch(() => null);
        return say(section, said?.reason || "The grader cannot be reached. Your file was not taken; try again.", "bad");
      }
      say(section, "The grader cannot be reached. Trying again …", "part");
      await wait(Math.min(500 * 2 ** attempt, 5000));
    }
  } finally { delete section.dataset.busy; }
}

for (const section of document.querySelectorAll(".lesson")) {
  const drop = section.querySelector(".drop"), input = section.querySelector("input");
  input.addEventListener("change", () => { if (input.files[0]) send(section, input.files[0]); input.value = ""; });
  for (const name of ["dragover", "dragleave", "drop"]) section.addEventListener(name, event => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files[0]) send(section, event.dataTransfer.files[0]);
  });
}
document.addEventListener("click", event => {
  const link = event.target.closest?.("a.show");
  if (!link || event.metaKey || event.ctrlKey || !document.getElementById("verdict")) return;
  event.preventDefault();
  show(link.href, link.dataset.title);
});
if (document.querySelector(".lesson")) {
  const stream = new EventSource(base + "events?_xsrf=" + encodeURIComponent(token));
  stream.onopen = catchUp;
  stream.onmessage = message => { const event = JSON.parse(message.data); news(event); if (!event.id) catchUp(); };
  setInterval(() => { if (mine.size) catchUp(); }, 5000);
}
const together = document.getElementById("class");
if (together) setInterval(async () => {
  if (document.hidden || together.contains(document.activeElement)) return;
  const answer = await fetch(base + "staff?part=1", own).catch(() => null);
  if (answer?.ok) together.innerHTML = await answer.text(); // our own page's words, every value escaped
}, 3000);
