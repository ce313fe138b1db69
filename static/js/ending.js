// Five minutes before the session ends the page says so; one press goes on, and nothing typed is lost.
"use strict";

(() => {
  const BEFORE = 5 * 60; // seconds
  const SEEN = "session-seen"; // in localStorage: when any page of this browser last heard from the server
  const dialog = document.getElementById("ending-dialog");
  const form = dialog.querySelector("form");
  const now = () => Date.now() / 1000;
  const atTheLatest = now() + Number(dialog.dataset.left);
  let timer = 0;

  function seen() {
    localStorage.setItem(SEEN, String(now()));
    watch();
  }

  const idleEnd = () => Number(localStorage.getItem(SEEN) ?? now()) + Number(dialog.dataset.idle);
  const end = () => Math.min(idleEnd(), atTheLatest);

  function watch() {
    clearTimeout(timer);
    const left = end() - now();
    if (left > BEFORE && dialog.open) dialog.close(); // another page went on
    if (left > BEFORE) timer = setTimeout(watch, Math.min(left - BEFORE, 86400) * 1000);
    else if (left > 0) warn(left);
    else dialog.close(); // whatever is done next asks to sign in
  }

  function warn(left) {
    const mayStay = end() < atTheLatest;
    form.querySelector("button").textContent = mayStay ? "ใช้งานต่อ" : "ปิด";
    say(mayStay ? "" : "ครบเวลาการใช้งานต่อเนื่องแล้ว บันทึกงานก่อน แล้วเข้าสู่ระบบอีกครั้ง");
    if (!dialog.open && !document.querySelector("dialog[open]:modal") && !dialog.dataset.told) dialog.showModal();
    if (!mayStay) dialog.dataset.told = "1";
    timer = setTimeout(watch, Math.min(left, 30) * 1000); // another page may go on meanwhile
  }

  function say(words) { form.querySelector("[role=status]").textContent = words; }

  async function stay() {
    const headers = { Accept: "application/json" };
    const answer = await fetch(form.action, { method: "POST", headers, body: new URLSearchParams(new FormData(form)), redirect: "error" }).catch(() => null);
    if (answer?.ok) { dialog.close(); seen(); }
    else say(answer?.status === 401 ? (await answer.json()).message : "ติดต่อระบบไม่ได้ ตรวจสอบอินเทอร์เน็ตแล้วลองอีกครั้ง");
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (end() < atTheLatest) stay();
    else dialog.close();
  });
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); form.requestSubmit(); }); // Esc goes on too
  document.addEventListener("htmx:afterRequest", seen);
  document.addEventListener("session:seen", seen); // a script of the page heard from the server
  addEventListener("storage", ({ key }) => { if (key === SEEN) watch(); });
  document.addEventListener("visibilitychange", watch);
  seen();
})();
