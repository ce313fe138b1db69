// Pictures taken for a visit: drawn anew in the browser, smaller and without what the camera wrote into them.
import * as store from "./store.js";
import { STATES } from "./outbox.js";

const LONGEST = 1600; // pixels
const QUALITY = 0.8; // about 400 kB
const LARGEST = 50_000_000; // pixels a phone can draw

export class CannotTake extends Error {}

const hex = (bytes) => [...new Uint8Array(bytes)].map((each) => each.toString(16).padStart(2, "0")).join("");

async function opened(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) throw new CannotTake(`เปิดไฟล์ “${file.name}” เป็นภาพไม่ได้ ใช้ภาพ JPG PNG หรือ WebP`);
  if (picture.width * picture.height > LARGEST) throw new CannotTake(`ภาพ “${file.name}” ใหญ่เกิน 50 ล้านจุด`);
  return picture;
}

function onCanvas(picture, longest, canvas = document.createElement("canvas")) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

// A message that waits for its caption and consent. The hash is that of the camera's own file.
export async function take(file, visit, answer) {
  if (file.size > 50 * 1024 * 1024) throw new CannotTake(`ไฟล์ “${file.name}” ใหญ่กว่า 50 MB`);
  const picture = await opened(file);
  const canvas = onCanvas(picture, LONGEST);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return {
    kind: "photo", key: crypto.randomUUID(), visit, answer, blob, name: "photo.jpg", caption: "", has_consent: false, at: Date.now(),
    original_sha256: hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())),
    taken_at: new Date(file.lastModified).toISOString(),
  };
}

const stateOf = (photo) => photo.refused ?? (photo.has_consent ? STATES.waiting : "รอยืนยันความยินยอม");

export function tell(photo, text) {
  const state = document.getElementById(`shot-${photo.key}`)?.querySelector("[role=status]");
  if (state) state.textContent = text;
}

// A row for a picture: what it shows, its caption, the consent; `changed()` after each change.
export function show(photo, changed) {
  const row = document.getElementById("shot").content.firstElementChild.cloneNode(true);
  const [caption, consent] = row.querySelectorAll("input");
  row.id = `shot-${photo.key}`;
  Object.assign(caption, { value: photo.caption });
  Object.assign(consent, { checked: photo.has_consent });
  createImageBitmap(photo.blob).then((picture) => onCanvas(picture, 240, row.querySelector("canvas")));
  const keep = async () => {
    if (!(await store.get("messages", photo.key))) return; // sent meanwhile
    Object.assign(photo, { caption: caption.value, has_consent: consent.checked, refused: undefined });
    await store.put("messages", photo);
    tell(photo, stateOf(photo));
    changed();
  };
  row.addEventListener("input", (event) => { event.stopPropagation(); });
  row.addEventListener("change", keep);
  row.querySelector("button").addEventListener("click", async () => {
    await store.remove("messages", photo.key);
    row.remove();
    changed();
  });
  const place = document.querySelector(`.shots[data-answer="${photo.answer}"]`) ?? document.querySelector('.shots[data-answer=""]');
  place.querySelector(".shots-taken").append(row);
  tell(photo, stateOf(photo));
}
