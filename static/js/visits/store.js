// What stays on this device until it is sent: the drafts and messages of one officer, in IndexedDB.
const LITTLE = 50 * 1024 * 1024; // bytes left, below which the officer is warned
let opening = null;

export function open(officer) {
  opening = new Promise((done, fail) => {
    const request = indexedDB.open(`visits-${officer}`, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("drafts", { keyPath: "visit" });
      request.result.createObjectStore("messages", { keyPath: "key" });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close(); // somebody signs out
      done(request.result);
    };
    request.onerror = () => fail(request.error);
  });
  return opening;
}

async function ask(store, mode, act) {
  const database = await opening;
  return new Promise((done, fail) => {
    const work = database.transaction(store, mode);
    const request = act(work.objectStore(store));
    work.oncomplete = () => done(request.result);
    work.onabort = () => fail(work.error);
  });
}

export const get = (store, key) => ask(store, "readonly", (rows) => rows.get(key));
export const all = (store) => ask(store, "readonly", (rows) => rows.getAll());
export const put = (store, row) => ask(store, "readwrite", (rows) => rows.put(row));
export const remove = (store, key) => ask(store, "readwrite", (rows) => rows.delete(key));

export async function messagesOf(visit) {
  const messages = (await all("messages")).filter((each) => each.visit === visit);
  return messages.sort((one, other) => one.at - other.at);
}

// Other pages ask before signing out while something waits here (app.js).
export async function noteUnsent() {
  const waiting = (await all("messages")).length + (await all("drafts")).filter((each) => each.changed).length;
  if (waiting) localStorage.setItem("visits:unsent", waiting);
  else localStorage.removeItem("visits:unsent");
}

// The officer of this device: what was kept of another one's pages is not shown to this one.
export async function belongTo(officer) {
  if (localStorage.getItem("visits:officer") !== officer && self.caches) await caches.delete("visits");
  localStorage.setItem("visits:officer", officer);
}

export async function littleSpace() {
  if (!navigator.storage?.estimate) return false;
  const { quota, usage } = await navigator.storage.estimate();
  return quota - usage < LITTLE;
}
