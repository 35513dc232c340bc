/**
 * Security keys and passkeys fail in many ways (no key, cancelled, wrong address); the reader gets a sentence, not silence.
 */
import { flash } from "./messages.js";
import { t } from "./words.js";

const WHY = {
  NotAllowedError: () => t("No key was used: it was cancelled, or took too long."),
  InvalidStateError: () => t("This key is already registered."),
  SecurityError: () => t("Keys work only over https or on this computer itself."),
  NotSupportedError: () => t("This browser or key cannot do this."),
};

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const why = WHY[event.detail.exception?.name] ?? (() => t("The key could not be used. Try again, or use another way."));
  flash(why(), "error");
});
