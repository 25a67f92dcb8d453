"use strict";
// Saves the points of one group after another without losing what is typed in others. Without it, each form goes by itself.
const comments = [...document.querySelectorAll("#comments li")].map(one => one.textContent);
const typed = new Set(); // forms with something that is not saved
const left = document.getElementById("open");

function say(form, words, tone) {
  const said = form.querySelector(".said");
  said.className = "said " + (tone || "");
  said.textContent = words;
}

function offer() { // the comments there are, just given ones first, each to be put into a form's own
  for (const used of document.querySelectorAll(".reuse")) {
    used.hidden = !comments.length;
    used.querySelector("ul").replaceChildren(...comments.map(comment => {
      const item = document.createElement("li"), button = document.createElement("button");
      button.type = "button";
      button.textContent = comment; // text, never markup
      item.append(button);
      return item;
    }));
  }
}

function reuse(form, comment) {
  const field = form.elements.comment, before = field.value.trimEnd();
  field.value = before ? before + "\n" + comment : comment;
  typed.add(form);
  form.querySelector(".reuse").open = false;
  field.focus();
}

function settle(form) { // shows what its students have now
  const card = form.closest(".group"), points = form.elements.points.value, comment = form.elements.comment.value.trim();
  if (comment && !comments.includes(comment)) {
    comments.unshift(comment);
    offer();
  }
  if (comment && !form.elements.had) form.insertAdjacentHTML("beforeend", '<input type="hidden" name="had" value="1">');
  if (!points) return;
  if (card.classList.contains("part")) left.textContent = Number(left.textContent) - 1;
  card.classList.replace("part", "good");
  const state = card.querySelector(".state");
  state.querySelector("use").setAttribute("href", "#i-tick");
  state.lastChild.textContent = " " + Number(points) + " of " + Number(form.elements.points.max);
}

async function save(form) {
  const button = form.querySelector("button:not([type])");
  if (button.getAttribute("aria-disabled")) return;
  button.setAttribute("aria-disabled", "true");
  say(form, "Saving …");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), cache: "no-store" }).catch(() => null);
    const told = answer && await answer.json().catch(() => null);
    if (!answer?.ok) return say(form, told?.reason || "The grader cannot be reached. Nothing was written; try again.", "bad");
    typed.delete(form);
    settle(form);
    say(form, told.said + " " + left.textContent + " still open.", "good");
    const cards = [...document.querySelectorAll(".group")], later = cards.slice(cards.indexOf(form.closest(".group")) + 1);
    (later.find(card => card.classList.contains("part"))?.querySelector("[name=points]") || button).focus();
  } finally { button.removeAttribute("aria-disabled"); }
}

offer();
for (const form of document.querySelectorAll(".group form")) {
  form.querySelector(".reuse").addEventListener("click", event => { if (event.target.closest("button")) reuse(form, event.target.textContent); });
  form.addEventListener("input", () => typed.add(form));
  form.addEventListener("submit", event => { event.preventDefault(); save(form); });
  form.elements.comment.addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}
addEventListener("beforeunload", event => { if (typed.size) event.preventDefault(); });
