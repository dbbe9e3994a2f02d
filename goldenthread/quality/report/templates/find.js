(() => {
  const form = document.querySelector(".find"), told = form.querySelector("output");
  const all = [...document.querySelectorAll("[data-find]")];
  const show = () => {
    const words = form.querySelector("input").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const one of all) {
      const text = one.dataset.find + " " + one.textContent.toLowerCase();
      one.hidden = !words.every((word) => text.includes(word));
      left += one.hidden ? 0 : 1;
    }
    told.textContent = words.length ? `${left} of ${all.length} rules and children on this page have that` : "";
  };
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
})();
