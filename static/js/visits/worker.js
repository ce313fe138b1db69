// Keeps the visit form usable without network: its page and the static files, asked for at the network first.
// No other page is ever kept, and nothing that an officer sends passes through here.
"use strict";

const KEPT = "visits";
const PAGE = /^\/monitoring\/visits\/(\d+\/edit|offline)\/$/;
const PATIENCE = 6000; // milliseconds for a network that does not answer, when there is a kept copy

const isPage = (url) => PAGE.test(url.pathname);
const isGone = (answer) => answer.status === 403 || answer.status === 404;

async function fromNetwork(request, url, kept) {
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected) await kept.put(url.href, answer.clone());
  else if (isPage(url) && isGone(answer)) await kept.delete(url.href);
  return answer;
}

async function networkFirst(request, url) {
  const kept = await caches.open(KEPT);
  const copy = await kept.match(url.href);
  const network = fromNetwork(request, url, kept);
  if (!copy) return network;
  const tired = new Promise((done) => setTimeout(done, PATIENCE, copy));
  return Promise.race([network.catch(() => copy), tired]);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  url.hash = "";
  if (event.request.method !== "GET" || url.origin !== self.location.origin || url.search) return;
  if (isPage(url) || url.pathname.startsWith("/static/")) event.respondWith(networkFirst(event.request, url));
});
