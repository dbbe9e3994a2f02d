/* Keeps what is typed on the server while it is typed. Nothing is stored in the browser: computers are shared
   (docs/explanation/drafts.md). Without this script, a draft is kept whenever a form is sent. */

const AFTER_TYPING = 1000;
const TRY_AGAIN = 5000;
const KEEPALIVE_LIMIT = 60000; // Browsers refuse a longer body for a request that outlives its page.
const CANNOT_SAVE = "The record cannot be reached. What you typed is only on this page: leave it open. It is tried again every few seconds.";

for (const form of document.querySelectorAll("form[data-golden-thread-form]")) {
  if (form.elements.draft_page) keepDraftsOf(form);
}

function keepDraftsOf(form) {
  const address = form.elements.draft_page.dataset.saveAt;
  const said = form.appendChild(element("p", { className: "gt-draft" }));
  const announced = form.appendChild(element("div", { className: "govuk-visually-hidden", role: "status" }));
  let kept = answers(form);
  let timer = null;
  let saving = null;
  let failing = false;
  let sending = false;

  const unsaved = () => answers(form) !== kept;

  function say(words, isFailing) {
    said.textContent = words;
    said.classList.toggle("gt-draft--failing", isFailing);
    // Read out once, and again when it stops or starts to work: not at each save.
    if (isFailing !== failing || !announced.textContent) announced.textContent = words;
    failing = isFailing;
  }

  async function save() {
    clearTimeout(timer);
    if (saving) await saving;
    if (!unsaved()) return true;
    saving = send();
    const worked = await saving;
    saving = null;
    if (!worked) timer = setTimeout(save, TRY_AGAIN);
    return worked;
  }

  async function send(keepalive = false) {
    const now = answers(form);
    form.elements.draft_sequence.value = Number(form.elements.draft_sequence.value) + 1;
    const body = new URLSearchParams(entries(form));
    try {
      const long = body.toString().length > KEEPALIVE_LIMIT;
      const response = await fetch(address, {
        method: "POST", body, keepalive: keepalive && !long, headers: { Accept: "application/json" },
      });
      const told = await response.json();
      if (told.reference) form.elements.draft_reference.value = told.reference;
      if (told.version) form.elements.draft_version.value = told.version;
      if (!told.failed) kept = now;
      say(told.says, Boolean(told.failed || told.signed_out));
      return !told.failed;
    } catch {
      say(CANNOT_SAVE, true);
      return false;
    }
  }

  function typed() {
    clearTimeout(timer);
    timer = setTimeout(save, AFTER_TYPING);
  }

  async function sendOnceKept(event) {
    if (sending || !(saving || unsaved())) {
      clearTimeout(timer);
      sending = true;
      return;
    }
    const by = event.submitter;
    event.preventDefault();
    if (await save()) {
      sending = true;
      form.requestSubmit(by);
    }
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", sendOnceKept);
  addEventListener("pageshow", () => { sending = false; });
  addEventListener("pagehide", () => { if (!sending && unsaved()) send(true); });
  addEventListener("beforeunload", (event) => { if (failing && !sending && unsaved()) event.preventDefault(); });
}

function entries(form) {
  return [...new FormData(form)].filter(([, value]) => typeof value === "string");
}

function answers(form) {
  const ofThePage = /^(csrfmiddlewaretoken$|submission$|draft_)/;
  return new URLSearchParams(entries(form).filter(([name]) => !ofThePage.test(name))).toString();
}

function element(name, { role, ...properties }) {
  const made = Object.assign(document.createElement(name), properties);
  if (role) made.setAttribute("role", role);
  return made;
}
