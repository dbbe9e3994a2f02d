/* Shows what would make the plan better while it is typed. Without this script the same is shown on the draft's page. */

const AFTER_TYPING = 900;
const place = document.querySelector("[data-plan-prompts]");
const form = place.closest("form");
const lists = [...place.querySelectorAll("[data-prompts-of]")];
let timer = null;
let asked = answers();

function answers() {
  const typed = [...new FormData(form)].filter(([name]) => !name.startsWith("draft_") && name !== "submission");
  return new URLSearchParams([["form", place.dataset.planForm], ...typed]).toString();
}

async function look() {
  const now = answers();
  if (now === asked) return;
  asked = now;
  const response = await fetch(place.dataset.planPrompts, { method: "POST", body: new URLSearchParams(now) });
  if (!response.ok || now !== asked) return;
  const { prompts } = await response.json();
  for (const list of lists) show(list, prompts.filter((one) => one.field === list.dataset.promptsOf));
}

function show(list, prompts) {
  const items = prompts.map((one) => {
    const item = document.createElement("li");
    const why = Object.assign(document.createElement("span"), { className: "gt-quiet", textContent: one.why });
    item.append(`${one.says} `, why);
    return item;
  });
  if (items.map((one) => one.textContent).join() !== [...list.children].map((one) => one.textContent).join()) list.replaceChildren(...items);
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => look().catch(() => {}), AFTER_TYPING);
});
