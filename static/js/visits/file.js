// A draft as a file of its own, with its pictures: for a device that fails, or another device to go on with.
const KIND = "visit-draft";

const asText = (blob) => new Promise((done) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result);
  reader.readAsDataURL(blob);
});

function asBlob(text) {
  const bytes = atob(text.slice(text.indexOf(",") + 1));
  return new Blob([Uint8Array.from(bytes, (each) => each.charCodeAt(0))], { type: "image/jpeg" });
}

export async function download(draft, photos) {
  const pictures = await Promise.all(photos.map(async ({ blob, ...photo }) => ({ ...photo, data: await asText(blob) })));
  const content = JSON.stringify({ kind: KIND, visit: draft.visit, version: draft.version, fields: draft.fields, at: draft.at, photos: pictures });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  link.download = `visit-${draft.visit}-draft.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const isPair = (pair) => Array.isArray(pair) && pair.length === 2 && pair.every((each) => typeof each === "string");

// { version, fields, at, photos } of a file of this visit; null for any other file.
export async function read(file, visit) {
  try {
    const found = JSON.parse(await file.text());
    const isOurs = found.kind === KIND && found.visit === visit && Number.isInteger(found.version) && found.fields.every(isPair);
    if (!isOurs) return null;
    return { ...found, photos: found.photos.map(({ data, ...photo }) => ({ ...photo, visit, refused: undefined, blob: asBlob(data) })) };
  } catch {
    return null;
  }
}
