// Sends a form with a file and shows how far it is; without script the form is sent as it is.
"use strict";

function say(words, percent) {
  const progress = document.querySelector("#upload-progress");
  const bar = progress.querySelector("progress");
  progress.hidden = false;
  progress.querySelector("label").textContent = words;
  if (percent === null) bar.removeAttribute("value");
  else bar.value = percent;
}

function showAnswer(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  document.title = answer.title;
  document.querySelector("main").replaceWith(document.adoptNode(answer.querySelector("main")));
  start();
  const errors = document.querySelector(".banner-error[role=alert]");
  if (errors) errors.focus();
}

function send(form) {
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("X-Upload", "1");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) say("กำลังส่งไฟล์…", Math.round((100 * event.loaded) / event.total));
  });
  request.upload.addEventListener("load", () => say("กำลังอ่านไฟล์…", null));
  request.addEventListener("load", () => {
    const address = request.status === 201 && request.getResponseHeader("Location");
    if (address) location.assign(address);
    else if (request.status === 200) showAnswer(request.responseText);
    else form.submit();
  });
  request.addEventListener("error", () => {
    say("ส่งไฟล์ไม่สำเร็จ ตรวจสอบอินเทอร์เน็ตแล้วลองอีกครั้ง", 0);
    delete form.dataset.sending;
  });
  request.send(new FormData(form));
}

function start() {
  const form = document.querySelector("main form[enctype]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "1";
    say("กำลังส่งไฟล์…", 0);
    send(form);
  });
}

start();
