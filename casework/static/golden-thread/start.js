/* Pages work without any of this. It starts the components of GOV.UK and MOJ Frontend. */
import { initAll } from "../vendor/govuk/govuk-frontend.min.js";
import "./drafts.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
