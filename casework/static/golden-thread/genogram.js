/* Begins at whose genogram it is, where the drawing is wider than its frame. Without this script it begins at the left. */

const frame = document.querySelector(".gt-genogram-frame");
const focus = frame?.querySelector("[data-focus]");
if (focus) {
  const [seen, whole] = [focus.getBoundingClientRect(), frame.getBoundingClientRect()];
  frame.scrollLeft += seen.left + seen.width / 2 - (whole.left + whole.width / 2);
}
