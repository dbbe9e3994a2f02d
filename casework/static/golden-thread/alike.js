/* Shows who on record is like the person being typed, while it is typed. Without this script the same list is shown
   when the form is sent, before anything is saved. */

const AFTER_TYPING = 600;
const ASKED = /^(csrfmiddlewaretoken|forename|surname|born_on_|expected_on_|postcode|nhs|upn)/;
const place = document.getElementById("alike");
const form = place.closest("form");
let timer = null;
let asked = answers();

function answers() {
  return new URLSearchParams([...new FormData(form)].filter(([name]) => ASKED.test(name))).toString();
}

async function look() {
  const now = answers();
  if (now === asked) return;
  asked = now;
  const response = await fetch(place.dataset.alikeAt, { method: "POST", body: new URLSearchParams(now) });
  if (!response.ok || now !== asked) return;
  const ticked = place.querySelector("[name=not_these]")?.checked;
  const before = place.querySelector("[name=looked_at]")?.value;
  place.innerHTML = await response.text();
  // A tick holds for the people it was given for, and for no others.
  if (ticked && before === place.querySelector("[name=looked_at]")?.value) place.querySelector("[name=not_these]").checked = true;
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => look().catch(() => {}), AFTER_TYPING);
});
