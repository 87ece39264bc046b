// For a commune's site: <script src="https://…/widget.js" defer></script> puts a button there that opens the chat in a frame.
// data-label changes what stands on the button.
(() => {
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const label = script.dataset.label || "Hỏi Một Cửa";
  const button = document.createElement("button");
  const frame = document.createElement("iframe");
  const styled = (element, style) => Object.assign(element.style, style);

  button.type = "button";
  button.textContent = label;
  button.setAttribute("aria-expanded", "false");
  styled(button, { position: "fixed", right: "1rem", bottom: "1rem", zIndex: 2147483000, minHeight: "3.25rem", padding: "0 1.25rem",
    font: "700 1.1875rem/1.3 system-ui, sans-serif", color: "#fff", background: "#8f4526", border: "2px solid #fff",
    borderRadius: "2rem", boxShadow: "0 2px 8px rgb(0 0 0 / 35%)", cursor: "pointer" });
  frame.title = label;
  frame.hidden = true;
  styled(frame, { position: "fixed", right: "1rem", bottom: "5rem", zIndex: 2147483000, width: "min(27rem, calc(100vw - 2rem))",
    height: "min(44rem, calc(100vh - 6rem))", border: "1px solid #1e2f41", borderRadius: "0.75rem", background: "#fbf7f2" });

  const show = (isOpen) => {
    if (isOpen && !frame.src) frame.src = `${home}/embed`;
    frame.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    (isOpen ? frame : button).focus();
  };
  button.addEventListener("click", () => show(frame.hidden));
  addEventListener("keydown", (event) => event.key === "Escape" && !frame.hidden && show(false));
  document.body.append(button, frame);
})();
