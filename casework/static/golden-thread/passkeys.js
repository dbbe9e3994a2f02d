/* Says so on the page when a passkey could not be used: the sign-in library writes it to the console alone. */
const SAYS = "The passkey was not used: it was cancelled, took too long, or is not one for this site. Try again.";

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  let said = document.getElementById("passkey-problem");
  if (!said) {
    said = document.createElement("p");
    said.id = "passkey-problem";
    said.className = "govuk-error-message";
    said.setAttribute("role", "alert");
    document.querySelector("main h1").after(said);
  }
  said.textContent = "";
  said.textContent = SAYS;
});
